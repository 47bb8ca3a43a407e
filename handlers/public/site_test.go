package public_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/static"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

const slug = "studio-nord"

// site is a business with two services, two staff members and its customers' pages.
type site struct {
	*waitlisttest.Scene
	t      *testing.T
	server *httptest.Server

	cut, colour string // services: Mia and Jonas cut, only Jonas colours
	mia, jonas  string
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{Scene: waitlisttest.New(t), t: t}
	_, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE settings SET locale = 'en'")
	s.check(err)
	s.cut, s.colour = s.AddService("Haircut", 45*time.Minute, 0), s.AddService("Colour", 90*time.Minute, 0)
	s.mia, s.jonas = s.AddStaffMember("Mia", s.cut), s.AddStaffMember("Jonas", s.cut, s.colour)
	s.serve("127.0.0.1:0")
	return s
}

func (s *site) serve(address string) {
	s.t.Helper()
	listener, err := net.Listen("tcp", address)
	s.check(err)
	s.server = httptest.NewUnstartedServer(nil)
	s.server.Listener.Close()
	s.server.Listener = listener
	base := paths.Base("http://" + listener.Addr().String())
	cookies, err := middleware.NewCookies(strings.Repeat("s", 32), false)
	s.check(err)
	origin, err := middleware.Origin(base)
	s.check(err)
	e := echo.New()
	e.HTTPErrorHandler = respond.ErrorHandler(slog.New(slog.DiscardHandler))
	e.Pre(middleware.Head)
	e.Use(middleware.Recover(), middleware.Headers(false), cookies.Use, middleware.Language, origin)
	e.GET(paths.Static+"*", echo.WrapHandler(static.Handler()))
	public.Routes(e.Group("", middleware.Form), s.W, business.New(s.DB, s.W), s.Boards, base)
	s.server.Config.Handler = e
	s.server.Start()
	s.t.Cleanup(s.server.Close)
}

func (s *site) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) joins(name string, wishes waitlist.Wishes) waitlisttest.Waiter {
	s.t.Helper()
	return s.WaitAs(name, strings.ToLower(name)+"@example.com", s.cut, wishes)
}

// opens three quarters of an hour of Mia's, ten in the morning that many days from today.
func (s *site) opens(days int) (slot string) {
	s.t.Helper()
	return s.Open(s.mia, days, "10:00", 45*time.Minute)
}

// offered is a customer with an offer out, its email sent, for a slot a week from today. The tokens are of the links.
func (s *site) offered(name string) (offer, entry string) {
	s.t.Helper()
	who := s.joins(name, waitlist.Wishes{})
	s.opens(7)
	s.Send()
	return s.OfferTo(who), who.Token
}

// booked is a customer with a booking from the list, a week from today.
func (s *site) booked(name string) (booking, offer, entry string) {
	s.t.Helper()
	offer, entry = s.offered(name)
	s.check(s.W.Accept(s.t.Context(), offer))
	p, err := s.W.OfferPage(s.t.Context(), offer)
	s.check(err)
	return p.BookingToken, offer, entry
}

// cancelsForBusiness cancels a booking at the counter and lets the time for undoing pass.
func (s *site) cancelsForBusiness(booking string) {
	s.t.Helper()
	p, err := s.W.BookingPage(s.t.Context(), booking)
	s.check(err)
	s.check(s.W.WishCancelBooking(s.t.Context(), s.Staff, p.ID))
	s.Pass(11 * time.Second)
	s.Tick()
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
	r, err := http.NewRequestWithContext(context.Background(), method, s.server.URL+path, body)
	s.check(err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	s.check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	s.check(err)
	document, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
	s.check(err)
	return answer{document, s.t, response.StatusCode, response.Header, string(text)}
}

func (s *site) get(path string) answer { s.t.Helper(); return s.ask("GET", path, nil) }

// part asks as htmx does for the element that it is going to replace.
func (s *site) part(path, id string) answer {
	s.t.Helper()
	return s.ask("GET", path, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+id)
}

// press posts the form of the page that leads to an action, with what it holds and the button pressed, and follows.
func (s *site) press(page answer, action string, extra url.Values) answer {
	s.t.Helper()
	form := page.Find(`form[method="post"][action="` + action + `"]`)
	if form.Length() == 0 {
		s.t.Fatalf("the page has no form for %s:\n%s", action, page.main())
	}
	values := url.Values{}
	form.Find("input[type=hidden]").Each(func(_ int, input *goquery.Selection) {
		values.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	for name, all := range extra {
		values[name] = all
	}
	return s.follow(s.ask("POST", action, values))
}

func (s *site) follow(a answer) answer {
	s.t.Helper()
	if a.status != http.StatusSeeOther {
		s.t.Fatalf("status %d instead of leading on: %s", a.status, a.main())
	}
	return s.get(a.header.Get("Location"))
}

func (a answer) main() string { return strings.Join(strings.Fields(a.Find("main").Text()), " ") }

func (a answer) title() string { return strings.TrimSpace(a.Find("h1").Text()) }

// says fails the test unless the page is a good one with this heading.
func (a answer) says(title string) answer {
	a.t.Helper()
	if a.status != http.StatusOK || a.title() != title {
		a.t.Fatalf("status %d, heading %q, want %q\n%s", a.status, a.title(), title, a.main())
	}
	return a
}

func (a answer) leadsTo(path string) answer {
	a.t.Helper()
	if a.Find(`a[href="`+path+`"]`).Length() == 0 {
		a.t.Fatalf("no link to %s:\n%s", path, a.body)
	}
	return a
}

func (a answer) has(selector string) bool { return a.Find(selector).Length() > 0 }

// refuses fails the test unless the form came back with this field refused.
func (a answer) refuses(field string) answer {
	a.t.Helper()
	if a.status != http.StatusUnprocessableEntity || !a.has(`.wl-errors a[href="#f-`+strings.ReplaceAll(field, "_", "-")+`"]`) {
		a.t.Errorf("status %d, want 422 with %s refused:\n%s", a.status, field, strings.Join(strings.Fields(a.Find(".wl-errors").Text()), " "))
	}
	return a
}
