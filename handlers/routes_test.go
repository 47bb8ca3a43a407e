package handlers_test

import (
	"compress/gzip"
	"context"
	"database/sql"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

const password = "correct horse battery"

// site is the whole program with a business that has one of everything, and another business beside it.
type site struct {
	*waitlisttest.Scene
	t        *testing.T
	e        *echo.Echo
	accounts *accounts.Accounts
	business *business.Business

	admin, staff, stranger *http.Cookie // sessions: two of the business, and the owner of the other

	ids    map[string]string // public ids of the business's own things, by the folder of the path they stand in
	tokens map[string]string // of links, likewise
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{Scene: waitlisttest.New(t), t: t}
	box, err := mail.OpenMailbox(t.TempDir())
	s.check(err)
	s.accounts, s.business = accounts.New(s.DB, accounts.SignupOpen), business.New(s.DB, s.W)
	s.e, err = handlers.New(handlers.Deps{
		Base: "http://example.com", SessionSecret: strings.Repeat("s", 32), Mailbox: box, Log: slog.New(slog.DiscardHandler),
		Health: handlers.NewHealth(), Accounts: s.accounts, Business: s.business, Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards,
		Demo: sim.New(sim.Parts{Accounts: s.accounts, Business: s.business, Waitlist: s.W, Mailbox: box, Base: "http://example.com", Log: slog.New(slog.DiscardHandler)}),
	})
	s.check(err)
	s.people()
	s.furnish()
	return s
}

func (s *site) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// people make logins: an admin and one of the staff here, an owner elsewhere.
func (s *site) people() {
	s.t.Helper()
	s.sealOwner()
	admin := accounts.CreateAdmin{Email: "ada@example.org", Name: "Ada", Business: s.Slug, Password: password}
	_, err := s.accounts.CreateAdmin(s.Context(), admin)
	s.check(err)
	other := accounts.CreateAdmin{Email: "eve@example.org", Name: "Eve", Business: "Elsewhere", Password: password, Zone: "Europe/Paris", Currency: "EUR", Locale: "en"}
	_, err = s.accounts.CreateAdmin(s.Context(), other)
	s.check(err)
	s.admin, s.stranger = s.logIn("ada@example.org"), s.logIn("eve@example.org")
	ada := s.user("ada@example.org")
	for email, accepts := range map[string]bool{"bo@example.org": true, "cy@example.org": false} {
		id, err := s.accounts.Invite(s.Context(), ada, accounts.Invite{Name: "Bo", Email: email, Role: "staff"})
		s.check(err)
		if accepts {
			_, err = s.accounts.AcceptInvitation(s.Context(), s.DB.Tokens().Make(seal.TokenInvite, id, 1), accounts.AcceptInvitation{Name: "Bo", Password: password})
			s.check(err)
		}
	}
	s.staff = s.logIn("bo@example.org")
}

// sealOwner gives the scene's own user a name that can be read.
func (s *site) sealOwner() {
	s.t.Helper()
	id := s.one("SELECT public_id FROM users")
	sealed := func(column, plain string) []byte {
		return s.DB.SystemBox().Seal(seal.Where{Table: "users", Column: column, Row: id}, plain)
	}
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE users SET name = ?, email = ?", sealed("name", "Nora"), sealed("email", "nora@example.org"))
	s.check(err)
}

func (s *site) user(email string) accounts.User {
	s.t.Helper()
	in, err := s.accounts.LogIn(s.Context(), accounts.LogIn{Email: email, Password: password})
	s.check(err)
	u, err := s.accounts.UserOf(s.Context(), in.Token)
	s.check(err)
	return u
}

func (s *site) logIn(email string) *http.Cookie {
	s.t.Helper()
	got := s.ask(http.MethodPost, paths.Login, url.Values{"email": {email}, "password": {password}}, nil)
	for _, cookie := range got.Result().Cookies() {
		if cookie.Name == "session" {
			return cookie
		}
	}
	s.t.Fatalf("%s can't log in: %d", email, got.Code)
	return nil
}

// furnish gives the business one of everything, and remembers how to name it.
func (s *site) furnish() {
	s.t.Helper()
	ctx, ada := s.Context(), s.user("ada@example.org")
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	booked := s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	s.Open(mia, 7, "10:00", 30*time.Minute)
	s.Send()
	offer := s.OfferTo(booked)
	s.check(s.W.Accept(ctx, offer))
	accepted, err := s.W.OfferPage(ctx, offer)
	s.check(err)
	waiting := s.WaitAs("Dora", "dora@example.org", cut, waitlist.Wishes{})
	slot := s.Open(mia, 8, "10:00", 30*time.Minute)
	s.Send()
	in := rules.DateOf(s.Now(), s.Zone).AddDays(30).String()
	closure, _, err := s.business.AddClosure(ctx, ada.Staff(), business.ClosureForm{From: in, To: in, Reason: "Holiday"})
	s.check(err)
	s.check(s.accounts.MakePasswordLink(ctx, ada, s.user("bo@example.org").PublicID))
	bo, err := s.accounts.Member(ctx, ada, s.user("bo@example.org").PublicID)
	s.check(err)
	_, invited, err := s.accounts.Logins(ctx, ada)
	s.check(err)
	s.ids = map[string]string{
		"/admin/services": cut, "/admin/staff": mia, "/admin/closures": closure, "/admin/users": bo.ID, "/admin/invitations": invited[0].ID,
		"/counter/slots": slot, "/counter/entries": waiting.Entry,
		"/counter/offers":   s.one("SELECT public_id FROM offers WHERE state = 'pending'"),
		"/counter/bookings": s.one("SELECT public_id FROM bookings"), "/counter/customers": s.one("SELECT public_id FROM customers LIMIT 1"),
	}
	s.tokens = map[string]string{
		"/o": s.OfferTo(waiting), "/w": waiting.Token, "/v": accepted.BookingToken, "/invitation": invited[0].Link, "/password": bo.PasswordLink,
	}
}

func (s *site) one(query string) (value string) {
	s.t.Helper()
	s.check(s.DB.Pool().QueryRowContext(s.Context(), query).Scan(&value))
	return value
}

// ask sends a request as the owner of a session, or as nobody; headers alternate name and value.
func (s *site) ask(method, path string, form url.Values, who *http.Cookie, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	// The stream of changes ends with whoever listens.
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	if path == paths.CounterStream {
		cancel()
	}
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if who != nil {
		r.AddCookie(who)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got := httptest.NewRecorder()
	s.e.ServeHTTP(got, r)
	return got
}

// routes are all routes that a method was given to, but for the catch-alls.
func (s *site) routes() []*echo.Route {
	list := slices.DeleteFunc(s.e.Routes(), func(r *echo.Route) bool { return r.Method == echo.RouteNotFound })
	slices.SortFunc(list, func(a, b *echo.Route) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	if len(list) < 60 {
		s.t.Fatalf("only %d routes", len(list))
	}
	return list
}

var parameter = regexp.MustCompile(`[:*][a-z]*`)

// address fills a route in with the business's own ids and tokens, or with other instead of its ids.
func (s *site) address(route, other string) string {
	s.t.Helper()
	return parameter.ReplaceAllStringFunc(route, func(name string) string {
		folder, _, _ := strings.Cut(route, "/:")
		switch value := ""; name {
		case ":id":
			if value = s.ids[folder]; value == "" {
				value = "1" // of the mailbox, whose messages are files
			}
			if other != "" {
				value = other
			}
			return value
		case ":token":
			return s.tokens[folder]
		case ":slug":
			return s.Slug
		case ":date":
			return "2027-03-09"
		}
		return "x"
	})
}

// forEverybody are the folders whose pages ask for no login. All others do.
var forEverybody = []string{
	"/", "/demo", "/signup", "/login", "/logout", "/password", "/invitation", "/b", "/o", "/w", "/v", "/static", "/health", "/api/health", "/mailbox",
}

func isForEverybody(route string) bool {
	return slices.ContainsFunc(forEverybody, func(folder string) bool {
		return route == folder || folder != "/" && strings.HasPrefix(route, folder+"/")
	})
}

func TestWhoeverIsNotLoggedInComesInNowhereElse(t *testing.T) {
	s := open(t)
	for _, r := range s.routes() {
		got := s.ask(r.Method, s.address(r.Path, ""), url.Values{}, nil)
		toLogIn := got.Code == http.StatusSeeOther && strings.HasPrefix(got.Header().Get("Location"), paths.Login+"?")
		if toLogIn == isForEverybody(r.Path) {
			t.Errorf("%s %s: %d to %q", r.Method, r.Path, got.Code, got.Header().Get("Location"))
		}
	}
	if got := s.ask("GET", "/nothing", nil, nil); got.Code != http.StatusNotFound {
		t.Errorf("an address that doesn't exist: %d", got.Code)
	}
}

func TestStaffComeToTheCounterAndNotToTheAdminsPages(t *testing.T) {
	s := open(t)
	before := s.state()
	for _, r := range s.routes() {
		if !strings.HasPrefix(r.Path, "/admin") {
			continue
		}
		if got := s.ask(r.Method, s.address(r.Path, ""), url.Values{}, s.staff); got.Code != http.StatusForbidden {
			t.Errorf("%s %s: %d", r.Method, r.Path, got.Code)
		}
	}
	s.unchanged(before)
	if got := s.ask("GET", paths.Counter, nil, s.staff); got.Code != http.StatusOK {
		t.Errorf("the counter: %d", got.Code)
	}
}

// filled is a form in which every field that a route with an id could ask for is fine.
func filled() url.Values {
	return url.Values{
		"name": {"Name"}, "duration": {"30"}, "buffer": {"0"}, "price_kind": {"free"}, "role": {"staff"}, "reason": {"because"}, "priority": {"1"},
		"from": {"2027-04-01"}, "to": {"2027-04-02"}, "entry": {"x"}, "earliest_on": {"2027-03-02"},
	}
}

func TestAnotherBusinessFindsNothing(t *testing.T) {
	s := open(t)
	before := s.state()
	withIDs := 0
	for _, r := range s.routes() {
		if !strings.Contains(r.Path, ":id") || isForEverybody(r.Path) {
			continue
		}
		withIDs++
		unknown := seal.PublicID()
		nowhere := s.ask(r.Method, s.address(r.Path, unknown), filled(), s.stranger)
		folder, _, _ := strings.Cut(r.Path, "/:")
		if s.ids[folder] == "" {
			t.Errorf("%s: the business has nothing to look for", r.Path)
		}
		foreign := s.ask(r.Method, s.address(r.Path, ""), filled(), s.stranger)
		if foreign.Code != http.StatusNotFound || nowhere.Code != http.StatusNotFound {
			t.Errorf("%s %s: foreign %d, unknown %d", r.Method, r.Path, foreign.Code, nowhere.Code)
			continue
		}
		told, plain := strings.ReplaceAll(foreign.Body.String(), s.ids[folder], "ID"), strings.ReplaceAll(nowhere.Body.String(), unknown, "ID")
		if told != plain {
			t.Errorf("%s %s tells what is foreign from what is unknown", r.Method, r.Path)
		}
	}
	if withIDs < 20 {
		t.Errorf("only %d routes with ids", withIDs)
	}
	s.unchanged(before)
	// The ids are good: to its own people the business shows them.
	for folder, id := range s.ids {
		for _, r := range s.routes() {
			if r.Method == http.MethodGet && r.Path == folder+"/:id" {
				if got := s.ask("GET", folder+"/"+id, nil, s.admin); got.Code != http.StatusOK {
					t.Errorf("%s: the business itself gets %d", r.Path, got.Code)
				}
			}
		}
	}
}

func TestNoFormOfAnotherSiteIsTaken(t *testing.T) {
	s := open(t)
	before := s.state()
	for _, r := range s.routes() {
		if r.Method == http.MethodGet {
			continue
		}
		for _, header := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}} {
			if got := s.ask(r.Method, s.address(r.Path, ""), filled(), s.admin, header...); got.Code != http.StatusForbidden {
				t.Errorf("%s %s with %v: %d", r.Method, r.Path, header, got.Code)
			}
		}
	}
	s.unchanged(before)
}

func TestLookingChangesNothing(t *testing.T) {
	s := open(t)
	before := s.state()
	for _, r := range s.routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, who := range []*http.Cookie{nil, s.admin} {
				path := s.address(r.Path, "")
				if got := s.ask(method, path, nil, who); got.Code >= 500 {
					t.Errorf("%s %s: %d", method, r.Path, got.Code)
				}
				s.ask(method, path+"?lang=de", nil, who, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#board")
			}
		}
	}
	s.unchanged(before)
}

// state is a checksum of each table, but for those that count attempts and sights of sessions.
func (s *site) state() map[string]sql.NullInt64 {
	s.t.Helper()
	rows, err := s.DB.Pool().QueryContext(s.Context(), "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT IN ('attempts', 'sessions')")
	s.check(err)
	sums := map[string]sql.NullInt64{}
	for rows.Next() {
		var name string
		s.check(rows.Scan(&name))
		sums[name] = sql.NullInt64{}
	}
	s.check(rows.Err())
	for name := range sums {
		var table string
		var sum sql.NullInt64
		s.check(s.DB.Pool().QueryRowContext(s.Context(), "CHECKSUM TABLE "+name).Scan(&table, &sum))
		sums[name] = sum
	}
	return sums
}

func (s *site) unchanged(before map[string]sql.NullInt64) {
	s.t.Helper()
	after := s.state()
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if before[name] != after[name] {
			s.t.Errorf("table %s changed", name)
		}
	}
}

func TestTheChecksSeeWhatTheyLookFor(t *testing.T) {
	s := open(t)
	before := s.state()
	if got := s.ask("POST", s.address(paths.CounterEntryPriorityRoute, ""), filled(), s.admin); got.Code != http.StatusSeeOther {
		t.Fatalf("raising an entry: %d", got.Code)
	}
	if maps.Equal(before, s.state()) {
		t.Error("a change is not seen")
	}
}

func TestPagesArePackedAndTheStreamIsNot(t *testing.T) {
	s := open(t)
	page := s.ask("GET", paths.Counter, nil, s.staff, "Accept-Encoding", "br, gzip")
	if page.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(page.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("the board: %v", page.Header())
	}
	unpacked, err := gzip.NewReader(page.Body)
	s.check(err)
	text, err := io.ReadAll(unpacked)
	s.check(err)
	if plain := s.ask("GET", paths.Counter, nil, s.staff); plain.Header().Get("Content-Encoding") != "" || !strings.Contains(string(text), `id="board"`) {
		t.Errorf("unpacked %d bytes, plain %v", len(text), plain.Header())
	}
	if stream := s.ask("GET", paths.CounterStream, nil, s.staff, "Accept-Encoding", "gzip"); stream.Header().Get("Content-Encoding") != "" {
		t.Error("the stream is packed")
	}
}
