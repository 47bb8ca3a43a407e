package counter_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/counter"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/policy"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/static"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// shop is a business with a haircut of 45 minutes, offered by Mia and Jonas, and a user at its counter.
type shop struct {
	*waitlisttest.Scene
	server           *httptest.Server
	client           *http.Client
	accounts         *accounts.Accounts
	cut, mia, jonas  string
	ada              string // token of the session at the counter
	today, yesterday rules.Date
}

// logIn, of the tests only, begins the session whose token it is given.
const logIn = "/log-in"

// open sets the shop up at 09:00 on Monday 1 March 2027. Its pages are in English.
func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{Scene: waitlisttest.New(t)}
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE settings SET locale = 'en'")
	s.check(err)
	s.cut = s.AddService("Haircut", 45*time.Minute, 0)
	s.mia, s.jonas = s.AddStaffMember("Mia", s.cut), s.AddStaffMember("Jonas", s.cut)
	s.today = rules.DateOf(s.Now(), s.Zone)
	s.yesterday = s.today.AddDays(-1)
	s.accounts = accounts.New(s.DB, accounts.SignupClosed)
	s.serve()
	s.ada = s.session(s.Slug, "ada@example.org")
	s.enter(s.ada)
	return s
}

func (s *shop) serve() {
	s.T.Helper()
	s.server = httptest.NewUnstartedServer(nil)
	cookies, err := middleware.NewCookies(strings.Repeat("c", 32), false)
	s.check(err)
	origin, err := middleware.Origin(paths.Base("http://" + s.server.Listener.Addr().String()))
	s.check(err)
	e := echo.New()
	e.HTTPErrorHandler = respond.ErrorHandler(slog.New(slog.DiscardHandler))
	e.Pre(middleware.Head)
	e.Use(middleware.Recover(), middleware.Headers(false), cookies.Use, middleware.Language, origin)
	e.GET(paths.Static+"*", echo.WrapHandler(static.Handler()))
	e.GET(logIn, func(c echo.Context) error {
		if err := middleware.Begin(c, c.QueryParam("token")); err != nil {
			return err
		}
		return c.Redirect(http.StatusSeeOther, paths.Counter)
	})
	working := e.Group("", middleware.Form, middleware.Session(s.accounts), policy.Enforce)
	counter.Routes(working, s.W, s.Boards)
	s.server.Config.Handler = e
	s.server.Start()
	s.T.Cleanup(s.server.Close)
}

// session is the token of a user of a business, who is made for it.
func (s *shop) session(slug, email string) string {
	s.T.Helper()
	const password = "correct horse battery"
	_, err := s.accounts.CreateAdmin(s.Context(), accounts.CreateAdmin{
		Email: email, Name: "Ada Lovelace", Business: slug, Password: password, Zone: "Europe/Paris", Currency: "EUR", Locale: "en",
	})
	s.check(err)
	in, err := s.accounts.LogIn(s.Context(), accounts.LogIn{Email: email, Password: password, Address: "192.0.2.7"})
	s.check(err)
	return in.Token
}

// enter gives the browser the session with this token and nothing else.
func (s *shop) enter(token string) {
	s.T.Helper()
	jar, err := cookiejar.New(nil)
	s.check(err)
	s.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if a := s.get(logIn + "?token=" + token); a.status != http.StatusSeeOther {
		s.T.Fatalf("logging in answers %d", a.status)
	}
}

func (s *shop) check(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// adds puts somebody with a phone but no address on the list, through the use case, and gives the entry's id.
func (s *shop) adds(name string) string {
	s.T.Helper()
	id, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: s.cut, Name: name, Phone: "+49 30 901820"})
	s.check(err)
	s.Pass(time.Second)
	return id
}

// crowd puts so many people with varied names, notes and wishes on the list, and gives their entries' ids.
func (s *shop) crowd(n int) []string {
	s.T.Helper()
	names := []string{"Amara Okafor", "Jo", "Maximiliane Wolkenstein-Trostburg", "Ravi", "Zoë Keller"}
	ids := make([]string, n)
	for i := range ids {
		form := waitlist.AddEntry{Service: s.cut, Name: fmt.Sprintf("%s %d", names[i%len(names)], i+1), Phone: "+49 30 901820", Press: fmt.Sprintf("crowd-%d", i)}
		switch i % 4 {
		case 1:
			form.Wishes.OnlyStaff = []string{s.mia}
		case 2:
			form.Wishes.Windows, form.Note = []rules.Window{{Weekday: 2, From: 9 * 60, To: 12 * 60}, {Weekday: 5, From: 14 * 60, To: 18 * 60}}, "Wheelchair access"
		}
		var err error
		ids[i], err = s.W.AddEntry(s.Context(), s.Staff, form)
		s.check(err)
		s.Pass(time.Minute)
	}
	return ids
}

// books an appointment with Mia for somebody, through the use case.
func (s *shop) books(name string, on rules.Date, minute int) string {
	s.T.Helper()
	id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: s.mia, Service: s.cut, Date: on, FromMinute: minute, Name: name, OutsideHours: true,
	})
	s.check(err)
	return id
}

// offer is the one that is out to somebody.
func (s *shop) offer(name string) waitlist.StaffOffer {
	s.T.Helper()
	offers, err := s.W.OffersOut(s.Context(), s.Tenant)
	s.check(err)
	for _, o := range offers {
		if o.Person.Name == name {
			return o
		}
	}
	s.T.Fatalf("no offer is out to %s", name)
	return waitlist.StaffOffer{}
}

// answer is what the browser got: a page, a part of one, or the way to another.
type answer struct {
	*goquery.Document
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (s *shop) ask(method, path string, form url.Values, headers ...string) answer {
	s.T.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(s.Context(), method, s.server.URL+path, body)
	s.check(err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := s.client.Do(r)
	s.check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	s.check(err)
	document, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
	s.check(err)
	return answer{document, s.T, response.StatusCode, response.Header, string(text)}
}

func (s *shop) get(path string) answer { s.T.Helper(); return s.ask("GET", path, nil) }

// page is a GET that is answered with a page.
func (s *shop) page(path string) answer {
	s.T.Helper()
	a := s.get(path)
	if a.status != http.StatusOK || a.Find("main").Length() != 1 {
		s.T.Fatalf("%s: status %d instead of a page:\n%s", path, a.status, a.text())
	}
	return a
}

// part asks as htmx does for the element it is going to replace; a form for a POST, nil for a GET.
func (s *shop) part(path, element string, form url.Values) answer {
	s.T.Helper()
	method := "GET"
	if form != nil {
		method = "POST"
	}
	a := s.ask(method, path, form, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", element)
	_, id, _ := strings.Cut(element, "#")
	if a.Find("main").Length() != 0 || a.Find("#"+id).Length() != 1 {
		s.T.Fatalf("%s: status %d, want the part %s alone:\n%s", path, a.status, element, a.text())
	}
	return a
}

// press sends the page's form for an action, as a browser would, with some fields changed, and follows where it leads.
func (s *shop) press(page answer, action string, changed url.Values) answer {
	s.T.Helper()
	a := s.ask("POST", action, page.fields(action, changed))
	if a.status != http.StatusSeeOther {
		s.T.Fatalf("%s: status %d instead of leading on:\n%s", action, a.status, a.text())
	}
	return s.get(a.header.Get("Location"))
}

// fields is what a browser would send of the first form for an action.
func (a answer) fields(action string, changed url.Values) url.Values {
	a.t.Helper()
	form := a.Find(`form[method="post"][action="` + action + `"]`).First()
	if form.Length() == 0 {
		a.t.Fatalf("no form for %s:\n%s", action, a.text())
	}
	values := url.Values{}
	form.Find("input[name], textarea[name]").Each(func(_ int, input *goquery.Selection) {
		_, ticked := input.Attr("checked")
		if kind := input.AttrOr("type", ""); kind != "checkbox" && kind != "radio" || ticked {
			values.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
		}
	})
	form.Find("select[name]").Each(func(_ int, list *goquery.Selection) {
		chosen := list.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = list.Find("option").First()
		}
		values.Add(list.AttrOr("name", ""), chosen.AttrOr("value", ""))
	})
	for name, all := range changed {
		values[name] = all
	}
	return values
}

func (a answer) text() string { return strings.Join(strings.Fields(a.Find("body").Text()), " ") }

func (a answer) has(selector string) bool { return a.Find(selector).Length() > 0 }

func (a answer) says(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.text(), text) {
			a.t.Errorf("does not say %q:\n%s", text, a.text())
		}
	}
	return a
}

func (a answer) silent(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.text(), text) {
			a.t.Errorf("says %q:\n%s", text, a.text())
		}
	}
	return a
}

// refuses fails the test unless the form came back with this field refused, and a place to go to.
func (a answer) refuses(field string) answer {
	a.t.Helper()
	id := "#f-" + strings.ReplaceAll(field, "_", "-")
	if a.status != http.StatusUnprocessableEntity || !a.has(`.wl-errors a[href="`+id+`"]`) || !a.has(id) {
		a.t.Errorf("status %d, want 422 with %s refused: %s", a.status, field, strings.Join(strings.Fields(a.Find(".wl-errors").Text()), " "))
	}
	return a
}
