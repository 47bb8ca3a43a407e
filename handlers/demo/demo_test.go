package demo_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// watched is a demo that remembers who looked at it.
type watched struct {
	*sim.Demo
	seen []waitlist.Staff
}

func (w *watched) Seen(by waitlist.Staff) {
	w.seen = append(w.seen, by)
	w.Demo.Seen(by)
}

// site is the whole program with a demo that somebody has entered, and another business beside it.
type site struct {
	*waitlisttest.Scene
	e              *echo.Echo
	demo           *watched
	owner, another *http.Cookie // sessions of the demo and of the other business
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{Scene: waitlisttest.New(t)}
	box, err := mail.OpenMailbox(t.TempDir())
	s.check(err)
	logins, trade, log := accounts.New(s.DB, accounts.SignupFirst), business.New(s.DB, s.W), slog.New(slog.DiscardHandler)
	s.demo = &watched{Demo: sim.New(sim.Parts{
		Accounts: logins, Business: trade, Waitlist: s.W, Mailbox: box, Base: "http://example.com", Log: log, Seed: 1,
	})}
	s.e, err = handlers.New(handlers.Deps{
		Base: "http://example.com", SessionSecret: strings.Repeat("s", 32), Mailbox: box, Log: log, Health: handlers.NewHealth(),
		Accounts: logins, Business: trade, Waitlist: s.W, Boards: s.Boards, Demo: s.demo,
	})
	s.check(err)
	s.owner = session(t, s.ask(http.MethodPost, paths.Demo, nil, nil))
	admin := accounts.CreateAdmin{Email: "ada@example.org", Name: "Ada", Business: s.Slug, Password: "correct horse battery"}
	_, err = logins.CreateAdmin(s.Context(), admin)
	s.check(err)
	s.another = session(t, s.ask(http.MethodPost, paths.Login, url.Values{"email": {admin.Email}, "password": {admin.Password}}, nil))
	return s
}

func (s *site) check(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

func session(t *testing.T, got *httptest.ResponseRecorder) *http.Cookie {
	t.Helper()
	for _, cookie := range got.Result().Cookies() {
		if cookie.Name == "session" {
			return cookie
		}
	}
	t.Fatalf("no session: %d", got.Code)
	return nil
}

func (s *site) ask(method, path string, form url.Values, who *http.Cookie) *httptest.ResponseRecorder {
	s.T.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if who != nil {
		r.AddCookie(who)
	}
	got := httptest.NewRecorder()
	s.e.ServeHTTP(got, r)
	return got
}

// bar is what a page shows of the demo.
func (s *site) bar(path string, who *http.Cookie) *goquery.Selection {
	s.T.Helper()
	page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, path, nil, who).Body)
	s.check(err)
	return page.Find("aside form[action='" + paths.Pace + "']")
}

func TestThePagesAtTheDemosCounterOfferFourPaces(t *testing.T) {
	s := open(t)
	for _, path := range []string{paths.Counter, paths.NewEntry, paths.NewBooking + "?busy=on"} {
		bar := s.bar(path, s.owner)
		var offered []string
		bar.Find("button[name=pace]").Each(func(_ int, b *goquery.Selection) { offered = append(offered, b.AttrOr("value", "")) })
		if strings.Join(offered, " ") != "paused slow normal fast" || bar.Find("button[aria-pressed=true]").AttrOr("value", "") != "normal" {
			t.Errorf("%s offers %v, %q chosen", path, offered, bar.Find("button[aria-pressed=true]").Text())
		}
		if next := bar.Find("input[name=next]").AttrOr("value", ""); next != path {
			t.Errorf("%s leads on to %s", path, next)
		}
	}
	if s.bar(paths.Counter, s.another).Length() > 0 {
		t.Error("another business is offered a pace")
	}
}

func TestAPaceThatIsChosenStandsAndLeadsBack(t *testing.T) {
	s := open(t)
	for _, pace := range []string{"fast", "slow", "paused", "normal"} {
		got := s.ask(http.MethodPost, paths.Pace, url.Values{"pace": {pace}, "next": {paths.NewEntry}}, s.owner)
		if got.Code != http.StatusSeeOther || got.Header().Get("Location") != paths.NewEntry || s.demo.Pace() != pace {
			t.Errorf("%s: %d to %q, now %s", pace, got.Code, got.Header().Get("Location"), s.demo.Pace())
		}
		if chosen := s.bar(paths.Counter, s.owner).Find("button[aria-pressed=true]"); chosen.Length() != 1 || chosen.AttrOr("value", "") != pace {
			t.Errorf("%s was chosen, %q shown", pace, chosen.AttrOr("value", ""))
		}
	}
	got := s.ask(http.MethodPost, paths.Pace, url.Values{"pace": {"fast"}, "next": {"https://evil.example/"}}, s.owner)
	if got.Header().Get("Location") != paths.Home {
		t.Errorf("led to %q", got.Header().Get("Location"))
	}
}

func TestAPaceIsRefusedElsewhereAndWhenItIsNone(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name, pace string
		who        *http.Cookie
		code       int
	}{
		{"another business", "fast", s.another, http.StatusNotFound},
		{"nobody", "fast", nil, http.StatusSeeOther},
		{"no pace", "", s.owner, http.StatusUnprocessableEntity},
		{"an unknown pace", "warp", s.owner, http.StatusUnprocessableEntity},
		{"a script", "<script>alert(1)</script>", s.owner, http.StatusUnprocessableEntity},
	} {
		got := s.ask(http.MethodPost, paths.Pace, url.Values{"pace": {c.pace}}, c.who)
		if got.Code != c.code || s.demo.Pace() != "normal" {
			t.Errorf("%s: %d, now %s", c.name, got.Code, s.demo.Pace())
		}
	}
}

func TestOnlyStaffOfTheDemoWakeItsPeople(t *testing.T) {
	s := open(t)
	s.demo.seen = nil
	s.ask(http.MethodGet, paths.Counter, nil, s.another)
	s.ask(http.MethodGet, paths.Login, nil, nil)
	if len(s.demo.seen) > 0 {
		t.Errorf("seen by %v", s.demo.seen)
	}
	s.ask(http.MethodGet, paths.Counter, nil, s.owner)
	owner, err := s.DB.DemoOwner(t.Context())
	s.check(err)
	if len(s.demo.seen) != 1 || s.demo.seen[0].TenantID != owner.TenantID || s.demo.seen[0].UserID != owner.UserID {
		t.Errorf("seen by %v", s.demo.seen)
	}
}

func TestWithoutADemoThereIsNoWayIntoOne(t *testing.T) {
	s := open(t)
	e, err := handlers.New(handlers.Deps{
		Base: "http://example.com", SessionSecret: strings.Repeat("s", 32), Log: slog.New(slog.DiscardHandler), Health: handlers.NewHealth(),
		Accounts: accounts.New(s.DB, accounts.SignupFirst), Business: business.New(s.DB, s.W), Waitlist: s.W, Boards: s.Boards,
	})
	s.check(err)
	s.e = e
	for _, path := range []string{paths.Demo, paths.Pace} {
		if got := s.ask(http.MethodPost, path, url.Values{"pace": {"fast"}}, s.owner); got.Code != http.StatusNotFound && got.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	if s.bar(paths.Counter, s.owner).Length() > 0 {
		t.Error("a pace is offered")
	}
}
