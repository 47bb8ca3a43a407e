package e2e

import (
	"context"
	"crypto/ecdsa"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/e2e/program"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/mail/sendgridtest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// sending is the whole program, whose emails go to a SendGrid that tells what becomes of them.
type sending struct {
	*waitlisttest.Scene
	t    *testing.T
	p    *sendgridtest.Provider
	url  string
	mail *mail.Deliverer
}

func newSending(t *testing.T) *sending {
	t.Helper()
	s := &sending{Scene: waitlisttest.New(t), t: t, p: sendgridtest.New(t)}
	log := slog.New(slog.DiscardHandler)
	server := httptest.NewUnstartedServer(nil)
	s.url = "http://" + server.Listener.Addr().String()
	sender := mail.NewSendGrid(sendgridtest.Key, "mail@wait.example", "Waitlist")
	sender.Host = s.p.URL
	s.mail = &mail.Deliverer{DB: s.DB, Waitlist: s.W, Sender: sender, Base: paths.Base(s.url), Log: log}
	pages, err := handlers.New(handlers.Deps{
		Base: paths.Base(s.url), SessionSecret: strings.Repeat("s", 32), Log: log, Health: handlers.NewHealth(), Accounts: accounts.New(s.DB, accounts.SignupClosed),
		Business: business.New(s.DB, s.W), Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards, SendGrid: true,
		Reports: mail.Reports{DB: s.DB, Waitlist: s.W, Keys: []*ecdsa.PublicKey{s.p.Public()}, Log: log},
	})
	s.ok(err)
	server.Config.Handler = pages
	server.Start()
	t.Cleanup(server.Close)
	return s
}

func (s *sending) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// mailTo delivers what is due, and gives the newest email to an address with the first link in it.
func (s *sending) mailTo(address string) (l sendgridtest.Letter, link string) {
	s.t.Helper()
	_, err := s.mail.DeliverDue(s.t.Context())
	s.ok(err)
	for _, one := range s.p.Taken() {
		if one.To() == address {
			l = one
		}
	}
	if len(l.Content) == 0 {
		s.t.Fatalf("no email went to %s", address)
	}
	return l, regexp.MustCompile(regexp.QuoteMeta(s.url) + `/[a-z]/[\w-]+`).FindString(l.Content[0].Value)
}

func (s *sending) ask(method, address string) (status int, body string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, address, strings.NewReader(url.Values{}.Encode()))
	s.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	s.ok(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	s.ok(err)
	return answer.StatusCode, string(text)
}

func (s *sending) tells(events ...sendgridtest.Event) {
	s.t.Helper()
	status, err := s.p.Post(context.Background(), s.url+paths.SendGridHook, s.Now(), events...)
	s.ok(err)
	if status != http.StatusNoContent {
		s.t.Fatalf("the hook answers %d", status)
	}
}

// A customer cancels, the offer to the first comes back, and the second has it: no job runs and no time goes by in between.
func TestABouncedOfferGoesToTheNextAtOnce(t *testing.T) {
	s := newSending(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	booking, err := s.W.Book(t.Context(), s.Staff, waitlist.Book{
		StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 10 * 60, Name: "Greta", Email: "greta@example.org", OutsideHours: true,
	})
	s.ok(err)
	s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	s.WaitAs("Ben", "ben@example.org", cut, waitlist.Wishes{})
	_, cancel := s.mailTo("greta@example.org")
	if status, _ := s.ask(http.MethodPost, cancel+"/cancellation"); booking == "" || status != http.StatusSeeOther {
		t.Fatalf("the cancellation is answered %d", status)
	}

	bounced, lost := s.mailTo("amara@example.org")
	if status, page := s.ask(http.MethodGet, lost); status != http.StatusOK || !strings.Contains(page, "/acceptance") {
		t.Fatalf("the first offer is answered %d", status)
	}
	s.tells(sendgridtest.Bounced(bounced, "bounce", s.Now()))

	letter, link := s.mailTo("ben@example.org")
	if link == lost || link == "" {
		t.Fatalf("the second is sent %q", link)
	}
	if _, page := s.ask(http.MethodGet, lost); strings.Contains(page, "/acceptance") {
		t.Error("the offer that came back can still be taken")
	}
	s.tells(sendgridtest.About(bounced, "delivered", s.Now()), sendgridtest.Bounced(bounced, "bounce", s.Now()), sendgridtest.About(letter, "delivered", s.Now()))
	if status, _ := s.ask(http.MethodPost, link+"/acceptance"); status != http.StatusSeeOther {
		t.Errorf("the yes is answered %d", status)
	}
	for query, want := range map[string]int{
		"offers WHERE state = 'undeliverable'":                    1,
		"offers WHERE state = 'accepted' AND delivered_at > 0":    1,
		"bookings WHERE state = 'confirmed' AND offer_id > 0":     1,
		"suppressions WHERE reason = 'bounce'":                    1,
		"outbox WHERE kind = 'offer' AND error_class = 'bounced'": 1,
		"audit_entries WHERE action = 'suppression.bounce'":       1,
	} {
		var n int
		s.ok(s.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+query).Scan(&n))
		if n != want {
			t.Errorf("%d %s, want %d", n, query, want)
		}
	}
}

// The built program believes the key of its environment, and says when it has none.
func TestTheProgramHearsWhoHasTheKey(t *testing.T) {
	provider := sendgridtest.New(t)
	settings := []string{"SENDGRID_API_KEY=SG.none", "SENDGRID_FROM_EMAIL=hello@example.com"}
	p := program.New(t, append(settings, "SENDGRID_WEBHOOK_KEY="+provider.VerificationKey())...)
	p.Start()
	hears := func(from *sendgridtest.Provider, want int) {
		t.Helper()
		status, err := from.Post(t.Context(), p.URL+paths.SendGridHook, time.Now(), sendgridtest.Event{Event: "delivered", MessageID: "nobody's"})
		if err != nil || status != want {
			t.Errorf("answered %d (%v), want %d", status, err, want)
		}
	}
	noted := func() bool {
		answer, err := http.Get(p.URL + paths.Ready)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), "SENDGRID_WEBHOOK_KEY")
	}
	hears(provider, http.StatusNoContent)
	hears(sendgridtest.New(t), http.StatusForbidden)
	if noted() {
		t.Error("the key is missed though it is there")
	}

	p.Stop()
	p = program.New(t, settings...)
	p.Start()
	hears(provider, http.StatusForbidden)
	if !noted() {
		t.Error("nobody says that the key is missing")
	}
}
