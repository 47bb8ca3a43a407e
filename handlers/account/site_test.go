package account_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

const password = "correct horse battery"

// site is the whole program on an empty database, and a browser.
type site struct {
	*visitor
	db     *db.DB
	server *httptest.Server
}

func open(t *testing.T, signup accounts.Signup) *site {
	t.Helper()
	return openAt(t, signup, "127.0.0.1")
}

// openAt opens it under a name of this machine: at localhost there are passkeys.
func openAt(t *testing.T, signup accounts.Signup, name string) *site {
	t.Helper()
	s := &site{db: dbtest.Open(t), server: httptest.NewUnstartedServer(nil)}
	log := slog.New(slog.DiscardHandler)
	client, prefix := redistest.Start(t), redistest.Prefix(t)
	boards := live.New(client, prefix, log)
	list := waitlist.New(s.db, holds.New(client, prefix), boards, log)
	address := strings.Replace("http://"+s.server.Listener.Addr().String(), "127.0.0.1", name, 1)
	e, err := handlers.New(handlers.Deps{
		Base: paths.Base(address), SessionSecret: strings.Repeat("s", 32), Log: log,
		Health: handlers.NewHealth(), Accounts: accounts.New(s.db, signup), Business: business.New(s.db, list), Waitlist: list, Insights: insights.New(s.db, list), Boards: boards,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.server.Config.Handler = e
	s.server.Start()
	s.server.URL = address
	t.Cleanup(s.server.Close)
	s.visitor = s.visit(t)
	return s
}

// visitor is a browser with cookies of its own.
type visitor struct {
	t       *testing.T
	client  *http.Client
	address string
}

func (s *site) visit(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &visitor{t: t, client: client, address: s.server.URL}
}

// answer is what a browser got.
type answer struct {
	*goquery.Document
	status int
	header http.Header
	body   string
}

// ask sends a request; headers alternate name and value.
func (v *visitor) ask(method, path string, form url.Values, headers ...string) answer {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		v.t.Fatal(err)
	}
	return answer{document, response.StatusCode, response.Header, string(body)}
}

func (v *visitor) get(path string, headers ...string) answer {
	v.t.Helper()
	return v.ask(http.MethodGet, path, nil, headers...)
}

func (v *visitor) post(path string, form url.Values, headers ...string) answer {
	v.t.Helper()
	return v.ask(http.MethodPost, path, form, headers...)
}

// page is a page that is there.
func (v *visitor) page(path string) answer {
	v.t.Helper()
	a := v.get(path)
	if a.status != http.StatusOK {
		v.t.Fatalf("%s answered %d: %s", path, a.status, a.Find("main").Text())
	}
	return a
}

// leads expects a redirect.
func (v *visitor) leads(a answer, path string) {
	v.t.Helper()
	if a.status != http.StatusSeeOther || a.header.Get("Location") != path {
		v.t.Fatalf("got %d to %q, want 303 to %q: %s", a.status, a.header.Get("Location"), path, a.Find("main").Text())
	}
}

// values is a form of name and value in turn.
func values(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

func signUpForm() url.Values {
	return values("business", "Salon Müller", "zone", "Europe/Berlin", "currency", "EUR", "name", "Ada Lovelace", "email", "ada@example.org", "password", password)
}

// signsUp makes a business and stays logged in as its owner.
func (v *visitor) signsUp() {
	v.t.Helper()
	v.leads(v.post(paths.Signup, signUpForm()), paths.Welcome)
}

func (v *visitor) logsIn(email string) {
	v.t.Helper()
	v.leads(v.post(paths.Login, values("email", email, "password", password)), paths.Home)
}

// invites makes a login and gives the path of its link.
func (v *visitor) invites(email, role string) string {
	v.t.Helper()
	v.leads(v.post(paths.Users, values("name", "Bo "+email, "email", email, "role", role)), paths.Users)
	link := ""
	v.page(paths.Users).Find("#invitations li").Each(func(_ int, li *goquery.Selection) {
		if strings.Contains(li.Text(), email) {
			link, _ = li.Find("input[readonly]").Attr("value")
		}
	})
	if link == "" {
		v.t.Fatalf("no link for %s", email)
	}
	return strings.TrimPrefix(link, v.address)
}
