package admin_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/admin"
	"github.com/your-org/waitlist-management/handlers/counter"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/policy"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/static"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
	"github.com/your-org/waitlist-management/webhooks"
)

const logIn = "/log-in" // of the tests: begins a session whose id it is given

// site is a business with its admin's pages, and an admin at the browser.
type site struct {
	*waitlisttest.Scene
	t      *testing.T
	client *http.Client
	server *httptest.Server
	token  string
	trail  *audit.Trail
	hooks  *webhooks.Webhooks
}

// open serves the pages in English at 09:00 on Monday 1 March 2027.
func open(t *testing.T) *site {
	t.Helper()
	s := &site{Scene: waitlisttest.New(t), t: t}
	_, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE settings SET locale = 'en'")
	s.check(err)
	a := accounts.New(s.DB, accounts.SignupClosed)
	s.server = httptest.NewUnstartedServer(nil)
	base := paths.Base("http://" + s.server.Listener.Addr().String())
	cookies, err := middleware.NewCookies(strings.Repeat("s", 32), false)
	s.check(err)
	origin, err := middleware.Origin(base)
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
		return c.Redirect(http.StatusSeeOther, paths.Admin)
	})
	everybody := e.Group("", middleware.Form, middleware.Session(a), policy.Enforce)
	admin.Routes(everybody, business.New(s.DB, s.W), insights.New(s.DB, s.W), business.Installation{Base: base})
	admin.ListRoutes(everybody, s.W, business.New(s.DB, s.W))
	admin.WaitlistRoutes(everybody, s.W, base)
	admin.LetterRoutes(everybody, business.New(s.DB, s.W), s.W, base)
	admin.OutboxRoutes(everybody, s.W)
	s.hooks = webhooks.New(s.DB, webhooks.NewSender([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, time.Now), slog.New(slog.DiscardHandler))
	admin.WebhookRoutes(everybody, s.hooks)
	counter.Routes(everybody, s.W, s.Boards)
	s.trail = audit.New(s.DB, slog.New(slog.DiscardHandler))
	admin.AuditRoutes(everybody, s.trail)
	admin.KeyRoutes(everybody, a, base)
	public.Routes(everybody, s.W, business.New(s.DB, s.W), s.Boards, base)
	s.server.Config.Handler = e
	s.server.Start()
	t.Cleanup(s.server.Close)
	s.token = s.newAdmin(a, s.Slug, "ada@example.org")
	s.comeIn(s.token)
	return s
}

func (s *site) newAdmin(a *accounts.Accounts, slug, email string) (token string) {
	s.t.Helper()
	const password = "correct horse battery"
	_, err := a.CreateAdmin(s.Context(), accounts.CreateAdmin{
		Email: email, Name: "Ada Lovelace", Business: slug, Password: password, Zone: "Europe/Paris", Currency: "EUR", Locale: "en",
	})
	s.check(err)
	in, err := a.LogIn(s.Context(), accounts.LogIn{Email: email, Password: password, Address: "192.0.2.1"})
	s.check(err)
	return in.Token
}

// comeIn makes the browser the one of this session.
func (s *site) comeIn(token string) {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	s.check(err)
	s.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if got := s.get(logIn + "?token=" + token); got.status != http.StatusSeeOther {
		s.t.Fatalf("log-in answered %d", got.status)
	}
}

func (s *site) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// answer is a page, or a part of one, as a browser got it.
type answer struct {
	*goquery.Document
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (s *site) ask(method, path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	if form != nil {
		headers = append(headers, "Content-Type", "application/x-www-form-urlencoded")
	}
	return s.askWith(method, path, body, headers...)
}

// askWith is ask with a body as it is.
func (s *site) askWith(method, path string, body io.Reader, headers ...string) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.server.URL+path, body)
	s.check(err)
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
	return answer{document, s.t, response.StatusCode, response.Header, string(text)}
}

func (s *site) get(path string) answer { s.t.Helper(); return s.ask("GET", path, nil) }

// page is a GET that must be answered with a page of this heading.
func (s *site) page(path, heading string) answer {
	s.t.Helper()
	a := s.get(path)
	if got := strings.TrimSpace(a.Find("h1").Text()); a.status != http.StatusOK || got != heading {
		s.t.Fatalf("%s: status %d, heading %q, want %q\n%s", path, a.status, got, heading, a.main())
	}
	return a
}

// fields is what a browser sends of the page's form for an action, with some of it replaced.
func (a answer) fields(action string, changed url.Values) url.Values {
	a.t.Helper()
	form := a.Find(`form[method="post"][action="` + action + `"]`)
	if form.Length() != 1 {
		a.t.Fatalf("%d forms for %s:\n%s", form.Length(), action, a.main())
	}
	values := url.Values{}
	form.Find("input, select, textarea").Each(func(_ int, input *goquery.Selection) {
		name := input.AttrOr("name", "")
		_, ticked := input.Attr("checked")
		switch kind := input.AttrOr("type", ""); {
		case name == "", (kind == "checkbox" || kind == "radio") && !ticked:
		case goquery.NodeName(input) == "select":
			if option := input.Find("option[selected]"); option.Length() > 0 {
				values.Set(name, option.AttrOr("value", ""))
			} else {
				values.Set(name, input.Find("option").AttrOr("value", ""))
			}
		default:
			values.Add(name, input.AttrOr("value", ""))
		}
	})
	for name, all := range changed {
		values[name] = all
	}
	return values
}

// press sends the page's form for an action with some of its fields changed.
func (s *site) press(page answer, action string, changed url.Values) answer {
	s.t.Helper()
	return s.ask("POST", action, page.fields(action, changed))
}

// pressLive is press by htmx: the answer is to replace the form.
func (s *site) pressLive(page answer, action, form string, changed url.Values) answer {
	s.t.Helper()
	return s.ask("POST", action, page.fields(action, changed), "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#"+form)
}

// leadsTo fails the test unless the answer leads on to this path, and gives its page.
func (s *site) leadsTo(a answer, path string) answer {
	s.t.Helper()
	if a.status != http.StatusSeeOther || a.header.Get("Location") != path {
		s.t.Fatalf("status %d to %q, want 303 to %s\n%s", a.status, a.header.Get("Location"), path, a.main())
	}
	return s.get(path)
}

func (a answer) main() string { return strings.Join(strings.Fields(a.Find("body").Text()), " ") }

func (a answer) says(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.main(), text) {
			a.t.Errorf("the page does not say %q:\n%s", text, a.main())
		}
	}
	return a
}

func (a answer) silent(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.main(), text) {
			a.t.Errorf("the page says %q:\n%s", text, a.main())
		}
	}
	return a
}

// refuses fails the test unless the form came back with this field, and no other, refused.
func (a answer) refuses(field string) answer {
	a.t.Helper()
	if a.status != http.StatusUnprocessableEntity || a.Find(".wl-errors a").Length() != 1 ||
		a.Find(`.wl-errors a[href="#f-`+strings.ReplaceAll(field, "_", "-")+`"]`).Length() != 1 {
		a.t.Errorf("status %d, want 422 with %s refused: %s", a.status, field, strings.Join(strings.Fields(a.Find(".wl-errors").Text()), " "))
	}
	if a.Find(`#f-`+strings.ReplaceAll(field, "_", "-")).Length() != 1 {
		a.t.Errorf("there is no field to go to for %s", field)
	}
	return a
}

// partOnly fails the test unless the answer is the form alone.
func (a answer) partOnly(form string) answer {
	a.t.Helper()
	if a.Find("form#"+form).Length() != 1 || a.Find("main").Length() != 0 {
		a.t.Errorf("want the form %s alone:\n%s", form, a.body)
	}
	return a
}

// staffed is a service, a staff member who offers it, and a booking of Bea's tomorrow at 10:00.
func (s *site) staffed() (service, staff, booking string) {
	s.t.Helper()
	service = s.AddService("Haircut", 45*time.Minute, 0)
	staff = s.AddStaffMember("Mia", service)
	booking, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: staff, Service: service, Name: "Bea Booked", Locale: "en", Date: rules.Date{Year: 2027, Month: 3, Day: 2}, FromMinute: 600,
	})
	s.check(err)
	return service, staff, booking
}
