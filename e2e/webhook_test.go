package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/e2e/program"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// listener is somebody's program that is told what happens, and checks every signature.
type listener struct {
	*httptest.Server
	mu     sync.Mutex
	secret string
	told   []string // types, in the order in which they came
	wrong  []string // what was wrong with a request
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(l)
	t.Cleanup(l.Close)
	return l
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var event struct{ ID, Type string }
	err := json.Unmarshal(body, &event)
	l.mu.Lock()
	defer l.mu.Unlock()
	hook, secretErr := standardwebhooks.NewWebhook(l.secret)
	if err != nil || secretErr != nil {
		l.wrong = append(l.wrong, "unreadable: "+string(body))
	} else if err := hook.Verify(body, r.Header); err != nil {
		l.wrong = append(l.wrong, event.Type+": "+err.Error())
	}
	l.told = append(l.told, event.Type)
	w.WriteHeader(http.StatusNoContent)
}

func (l *listener) heard(types ...string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !slices.ContainsFunc(types, func(one string) bool { return !slices.Contains(l.told, one) })
}

// An owner names an address on the program's pages; a slot opens, somebody is offered it and accepts, and the program behind the address hears
// of all three, signed.
func TestAnotherProgramHearsOfAnOfferAndItsAnswer(t *testing.T) {
	address := dbtest.URL(t)
	p := program.New(t, "DATABASE_URL="+address, "REDIS_URL="+dbtest.RedisURL(t), "ENCRYPTION_KEY="+dbtest.EncryptionKey,
		"SESSION_SECRET="+dbtest.EncryptionKey, "JWT_SECRET="+dbtest.EncryptionKey, "WEBHOOK_ALLOW=127.0.0.0/8")
	s := waitlisttest.On(t, dbtest.OpenURL(t, address))
	s.StartAt(time.Now()) // the program has a clock of its own, which nobody moves
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	const email, password = "ada@example.org", "correct horse battery"
	_, err := accounts.New(s.DB, accounts.SignupClosed).CreateAdmin(s.Context(), accounts.CreateAdmin{
		Email: email, Name: "Ada", Business: s.Slug, Password: password, Zone: "Europe/Berlin", Currency: "EUR", Locale: "en",
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Start()

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(path string, form url.Values) (status int, to, body string) {
		t.Helper()
		answer, err := owner.PostForm(p.URL+path, form)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("Location"), string(text)
	}
	if status, _, body := post(paths.Login, url.Values{"email": {email}, "password": {password}}); status != http.StatusSeeOther {
		t.Fatalf("logging in is answered %d: %s", status, body)
	}
	l := listen(t)
	status, to, body := post(paths.Webhooks, url.Values{
		"name": {"Calendar"}, "url": {l.URL + "/hook"}, "which": {"some"}, "events": {"slot.opened", "offer.made", "offer.accepted"},
	})
	if status != http.StatusSeeOther {
		t.Fatalf("adding a webhook is answered %d: %s", status, body)
	}
	_, _, body = post(to+strings.TrimPrefix(paths.WebhookSecretRoute, paths.WebhookRoute), nil)
	l.mu.Lock()
	l.secret = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+`).FindString(strings.ReplaceAll(body, "&#43;", "+"))
	l.mu.Unlock()
	if l.secret == "" {
		t.Fatalf("the secret is not shown: %s", body)
	}

	who := s.Wait(cut, waitlist.Wishes{})
	s.Pass(-time.Second)
	s.Open(mia, 2, "10:00", 30*time.Minute)
	p.Eventually("the other program hears of the offer", func() bool { return l.heard("slot.opened", "offer.made") })
	if status, _, _ := post(paths.OfferAcceptance(s.OfferTo(who)), nil); status != http.StatusSeeOther {
		t.Fatalf("accepting is answered %d", status)
	}
	p.Eventually("the other program hears of the answer", func() bool { return l.heard("offer.accepted") })
	l.mu.Lock()
	defer l.mu.Unlock()
	if told := strings.Join(l.told, " "); told != "slot.opened offer.made offer.accepted" || len(l.wrong) > 0 {
		t.Errorf("told %q; wrong: %v", told, l.wrong)
	}
	p.Stop()
}
