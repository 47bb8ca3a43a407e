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
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/policy"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
	"github.com/your-org/waitlist-management/webhooks"
)

const password = "correct horse battery"

// site is the whole program with a business that has one of everything, and another business beside it.
type site struct {
	*waitlisttest.Scene
	t        *testing.T
	e        *echo.Echo
	accounts *accounts.Accounts
	business *business.Business
	webhooks *webhooks.Webhooks

	people map[string]*http.Cookie // sessions: "owner", "admin" and "staff" of the business, "foreign owner" and so on of the other

	ids    map[string]string // public ids of the business's own things, by the folder of the path they stand in
	tokens map[string]string // of links, likewise
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{Scene: waitlisttest.New(t), t: t}
	box, err := mail.OpenMailbox(t.TempDir())
	s.check(err)
	s.accounts, s.business = accounts.New(s.DB, accounts.SignupOpen), business.New(s.DB, s.W)
	s.webhooks = webhooks.New(s.DB, webhooks.NewSender(nil, time.Now), slog.New(slog.DiscardHandler))
	s.e, err = handlers.New(handlers.Deps{
		Base: "http://example.com", SessionSecret: strings.Repeat("s", 32), Mailbox: box, Log: slog.New(slog.DiscardHandler),
		Health: handlers.NewHealth(), Accounts: s.accounts, Business: s.business, Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards,
		Audit: audit.New(s.DB, slog.New(slog.DiscardHandler)), Webhooks: s.webhooks,
		API:  api.Deps{Accounts: s.accounts, Log: slog.New(slog.DiscardHandler)},
		Demo: sim.New(sim.Parts{Accounts: s.accounts, Business: s.business, Waitlist: s.W, Mailbox: box, Base: "http://example.com", Log: slog.New(slog.DiscardHandler)}),
	})
	s.check(err)
	s.comeIn()
	s.furnish()
	return s
}

func (s *site) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// comeIn makes logins of each role here and elsewhere: "owner", "foreign staff" and so on.
func (s *site) comeIn() {
	s.t.Helper()
	s.sealOwner()
	s.people = map[string]*http.Cookie{}
	for prefix, business := range map[string]string{"": s.Slug, "foreign ": "Elsewhere"} {
		tag := strings.TrimSpace(prefix)
		first := accounts.CreateAdmin{Email: tag + "owner@example.org", Name: "Ada", Business: business, Password: password, Zone: "Europe/Paris", Currency: "EUR", Locale: "en"}
		_, err := s.accounts.CreateAdmin(s.Context(), first)
		s.check(err)
		if tag == "" { // the scene has an owner already, so that this one came as an admin
			_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE memberships SET role = 'owner'")
			s.check(err)
		}
		owner := s.user(first.Email)
		for _, role := range []string{"admin", "staff"} {
			s.invite(owner, tag+role+"@example.org", role)
		}
		for _, role := range []string{"owner", "admin", "staff"} {
			s.people[prefix+role] = s.logIn(tag + role + "@example.org")
		}
	}
	_, err := s.accounts.Invite(s.Context(), s.user("owner@example.org"), accounts.Invite{Name: "Cy", Email: "cy@example.org", Role: "staff"})
	s.check(err)
}

// invite makes a login of the business by an invitation that is accepted.
func (s *site) invite(owner accounts.User, email, role string) {
	s.t.Helper()
	id, err := s.accounts.Invite(s.Context(), owner, accounts.Invite{Name: "Bo", Email: email, Role: role})
	s.check(err)
	_, err = s.accounts.AcceptInvitation(s.Context(), s.DB.Tokens().Make(seal.TokenInvite, id, 1), accounts.AcceptInvitation{Name: "Bo", Password: password})
	s.check(err)
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
	ctx, ada := s.Context(), s.user("owner@example.org")
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
	category, err := s.business.AddCategory(ctx, ada.Staff(), business.CategoryForm{Name: "Hair"})
	s.check(err)
	s.check(s.accounts.MakePasswordLink(ctx, ada, s.user("staff@example.org").PublicID))
	bo, err := s.accounts.Member(ctx, ada, s.user("staff@example.org").PublicID)
	s.check(err)
	_, invited, err := s.accounts.Logins(ctx, ada)
	s.check(err)
	imported, err := s.W.UploadImport(ctx, s.Staff, waitlist.Upload{FileName: "list.csv", Content: []byte("Name,Email\nIda,ida@example.org\n")})
	s.check(err)
	_, err = s.W.Block(ctx, s.Staff, waitlist.BlockForm{Name: "Uwe", Email: "uwe@example.org", Reason: "Rude", Entries: waitlist.LeaveEntries})
	s.check(err)
	passkey := seal.PublicID()
	_, err = s.DB.AddPasskey(ctx, db.AddPasskeyParams{
		PublicID: passkey, UserID: ada.ID, CredentialHash: seal.HashToken(passkey), CredentialID: []byte(passkey), PublicKey: []byte("x"), CreatedAt: s.Now(),
		Name: s.DB.SystemBox().Seal(seal.Where{Table: "passkeys", Column: "name", Row: passkey}, "Phone"),
	})
	s.check(err)
	tag, err := s.W.AddTag(ctx, ada.Staff(), waitlist.TagForm{Name: "Regular", Colour: "blue"})
	s.check(err)
	act, err := s.W.DoBulk(ctx, ada.Staff(), waitlist.Bulk{Act: waitlist.BulkTag, Tag: tag, Entries: []string{waiting.Entry}})
	s.check(err)
	s.check(s.accounts.BeginEmailChange(ctx, s.user("staff@example.org"), "fresh@example.org", password))
	_, err = s.W.Suppress(ctx, ada.Staff(), waitlist.SuppressForm{Email: "silent@example.org", Reason: "They called"})
	s.check(err)
	key, err := s.accounts.CreateKey(ctx, ada, accounts.NewKey{Name: "Website", Scopes: []string{"list:read"}, Expires: accounts.ExpiresNever})
	s.check(err)
	hook, err := s.webhooks.Add(ctx, ada.Staff(), webhooks.Form{Name: "Till", URL: "https://till.example.com/", All: true})
	s.check(err)
	told, err := s.webhooks.SendTest(ctx, ada.Staff(), hook, "")
	s.check(err)
	s.ids = map[string]string{
		"/admin/keys":     key.ID,
		"/admin/webhooks": hook, "/admin/webhooks/deliveries": told,
		"/admin/messages/sent": s.one("SELECT message_id FROM outbox WHERE kind = 'confirmed'"), "/admin/messages/suppressions": s.suppressed("silent@example.org"),
		"/admin/tags": tag, "/admin/waitlist/acts": act,
		"/account/passkeys": passkey, "/admin/waitlist/import": imported, "/admin/blocks": s.one("SELECT public_id FROM blocks"),
		"/admin/services": cut, "/admin/staff": mia, "/admin/closures": closure, "/admin/categories": category, "/admin/users": bo.ID, "/admin/invitations": invited[0].ID,
		"/counter/slots": slot, "/counter/entries": waiting.Entry,
		"/counter/offers":   s.one("SELECT public_id FROM offers WHERE state = 'pending'"),
		"/counter/bookings": s.one("SELECT public_id FROM bookings"), "/counter/customers": s.one("SELECT public_id FROM customers LIMIT 1"),
	}
	s.tokens = map[string]string{
		"/u": s.Unsubscribe(waiting),
		"/o": s.OfferTo(waiting), "/w": waiting.Token, "/v": accepted.BookingToken, "/invitation": invited[0].Link, "/password": bo.PasswordLink,
		"/email": s.DB.Tokens().Make(seal.TokenOld, s.one("SELECT public_id FROM email_changes"), 1),
	}
}

// suppressed is the id of the suppression of an address.
func (s *site) suppressed(email string) string {
	s.t.Helper()
	page, err := s.W.Suppressions(s.Context(), s.Tenant, waitlist.SuppressionQuery{})
	s.check(err)
	i := slices.IndexFunc(page.List, func(one waitlist.Suppression) bool { return one.Email == email })
	if i < 0 {
		s.t.Fatalf("%s is written to", email)
	}
	return page.List[i].ID
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

// routes are all routes that a method was given to, but for the catch-alls and the API's, which its document rules.
func (s *site) routes() []*echo.Route {
	list := slices.DeleteFunc(s.e.Routes(), func(r *echo.Route) bool {
		return r.Method == echo.RouteNotFound || strings.HasPrefix(r.Path, paths.API+"/") && r.Path != paths.APIDocument
	})
	slices.SortFunc(list, func(a, b *echo.Route) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	if len(list) < 60 {
		s.t.Fatalf("only %d routes", len(list))
	}
	return list
}

var parameter = regexp.MustCompile(`[:*][a-z]*`)

// folderOf is what stands before the first parameter of a route.
func folderOf(route string) string {
	folder, _, _ := strings.Cut(route, "/:")
	return folder
}

// address fills a route in with the business's own ids and tokens, or with other instead of its ids.
func (s *site) address(route, other string) string {
	s.t.Helper()
	return parameter.ReplaceAllStringFunc(route, func(name string) string {
		folder := folderOf(route)
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
		case ":kind":
			return "offer"
		case ":date":
			return "2027-03-09"
		}
		return "x"
	})
}

func (s *site) rightOf(r *echo.Route) rules.Right {
	s.t.Helper()
	right, ok := policy.Of(r.Method, r.Path)
	if !ok {
		s.t.Errorf("%s %s is not in the policy's table", r.Method, r.Path)
	}
	return right
}

func TestThePolicyListsEachRouteAndNoOther(t *testing.T) {
	s := open(t)
	there := map[string]bool{}
	for _, r := range s.routes() {
		s.rightOf(r)
		there[r.Method+" "+r.Path] = true
	}
	for _, route := range policy.Routes() {
		if !there[route] {
			t.Errorf("%s is in the policy's table and nowhere else", route)
		}
	}
}

func TestARouteThatThePolicyDoesNotListAnswersNobody(t *testing.T) {
	s := open(t)
	pages := s.e.Group("", middleware.Session(s.accounts), policy.Enforce)
	pages.GET("/unlisted", func(c echo.Context) error { return c.String(http.StatusOK, "come in") })
	for who, cookie := range map[string]*http.Cookie{"nobody": nil, "the owner": s.people["owner"]} {
		if got := s.ask("GET", "/unlisted", nil, cookie); got.Code != http.StatusInternalServerError {
			t.Errorf("%s: %d", who, got.Code)
		}
	}
}

func TestWhoeverIsNotLoggedInComesInNowhereElse(t *testing.T) {
	s := open(t)
	before := s.state()
	for _, r := range s.routes() {
		if s.rightOf(r) == "" {
			continue
		}
		got := s.ask(r.Method, s.address(r.Path, ""), filled(), nil)
		if got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), paths.Login+"?") {
			t.Errorf("%s %s: %d to %q", r.Method, r.Path, got.Code, got.Header().Get("Location"))
		}
	}
	s.unchanged(before)
	for _, r := range s.routes() {
		if s.rightOf(r) != "" || r.Path == paths.Logout || r.Path == paths.Demo {
			continue
		}
		if got := s.ask(r.Method, s.address(r.Path, ""), url.Values{}, nil); strings.HasPrefix(got.Header().Get("Location"), paths.Login+"?") {
			t.Errorf("%s %s asks to log in", r.Method, r.Path)
		}
	}
	if got := s.ask("GET", "/nothing", nil, nil); got.Code != http.StatusNotFound {
		t.Errorf("an address that doesn't exist: %d", got.Code)
	}
}

func TestEachRoleComesWhereThePolicyLetsItAndNowhereElse(t *testing.T) {
	s := open(t)
	for _, role := range []rules.Role{rules.RoleStaff, rules.RoleAdmin, rules.RoleOwner} {
		before := s.state()
		refused := 0
		for _, r := range s.routes() {
			if right := s.rightOf(r); right == "" || role.May(right) {
				continue
			}
			refused++
			if got := s.ask(r.Method, s.address(r.Path, ""), filled(), s.people[string(role)]); got.Code != http.StatusForbidden {
				t.Errorf("%s, %s %s: %d", role, r.Method, r.Path, got.Code)
			}
		}
		s.unchanged(before)
		for _, r := range s.routes() {
			if right := s.rightOf(r); right == "" || !role.May(right) {
				continue
			}
			// An id that nobody has: what is let through then finds nothing and does nothing.
			if got := s.ask(r.Method, s.address(r.Path, seal.PublicID()), url.Values{}, s.people[string(role)]); got.Code == http.StatusForbidden || got.Code >= 500 {
				t.Errorf("%s, %s %s: %d", role, r.Method, r.Path, got.Code)
			}
		}
		if (refused > 20) != (role == rules.RoleStaff) {
			t.Errorf("%s is refused %d routes", role, refused)
		}
	}
}

// filled is a form in which every field that a route with an id could ask for is fine.
func filled() url.Values {
	return url.Values{
		"name": {"Name"}, "duration": {"30"}, "buffer": {"0"}, "price_kind": {"free"}, "role": {"staff"}, "reason": {"because"}, "priority": {"1"},
		"from": {"2027-04-01"}, "to": {"2027-04-02"}, "entry": {"x"}, "earliest_on": {"2027-03-02"}, "scopes": {"list:read"}, "expires": {"never"}, "grace": {"0"}, "version": {"1"},
	}
}

func TestAnotherBusinessFindsNothing(t *testing.T) {
	s := open(t)
	before := s.state()
	for _, role := range []rules.Role{rules.RoleStaff, rules.RoleAdmin, rules.RoleOwner} {
		withIDs := 0
		for _, r := range s.routes() {
			right := s.rightOf(r)
			if !strings.Contains(r.Path, ":id") || right == "" || !role.May(right) {
				continue
			}
			withIDs++
			s.tellsNothing(r, role)
		}
		if withIDs < 20 {
			t.Errorf("only %d routes with ids for %s", withIDs, role)
		}
	}
	s.unchanged(before)
	// The ids are good: to its own people the business shows them.
	for folder, id := range s.ids {
		for _, r := range s.routes() {
			if r.Method == http.MethodGet && r.Path == folder+"/:id" {
				if got := s.ask("GET", folder+"/"+id, nil, s.people["owner"]); got.Code != http.StatusOK {
					t.Errorf("%s: the business itself gets %d", r.Path, got.Code)
				}
			}
		}
	}
}

// tellsNothing fails the test unless somebody of another business gets the same for this business's id as for one that nobody has.
func (s *site) tellsNothing(r *echo.Route, role rules.Role) {
	s.t.Helper()
	who, folder, unknown := s.people["foreign "+string(role)], folderOf(r.Path), seal.PublicID()
	if s.ids[folder] == "" {
		s.t.Errorf("%s: the business has nothing to look for", r.Path)
	}
	nowhere := s.ask(r.Method, s.address(r.Path, unknown), filled(), who)
	foreign := s.ask(r.Method, s.address(r.Path, ""), filled(), who)
	if foreign.Code != http.StatusNotFound || nowhere.Code != http.StatusNotFound {
		s.t.Errorf("%s, %s %s: foreign %d, unknown %d", role, r.Method, r.Path, foreign.Code, nowhere.Code)
		return
	}
	if strings.ReplaceAll(foreign.Body.String(), s.ids[folder], "ID") != strings.ReplaceAll(nowhere.Body.String(), unknown, "ID") {
		s.t.Errorf("%s, %s %s tells what is foreign from what is unknown", role, r.Method, r.Path)
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
			if got := s.ask(r.Method, s.address(r.Path, ""), filled(), s.people["admin"], header...); got.Code != http.StatusForbidden {
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
			for _, who := range []*http.Cookie{nil, s.people["admin"]} {
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
	if got := s.ask("POST", s.address(paths.CounterEntryPriorityRoute, ""), filled(), s.people["admin"]); got.Code != http.StatusSeeOther {
		t.Fatalf("raising an entry: %d", got.Code)
	}
	if maps.Equal(before, s.state()) {
		t.Error("a change is not seen")
	}
}

func TestPagesArePackedAndTheStreamIsNot(t *testing.T) {
	s := open(t)
	page := s.ask("GET", paths.Counter, nil, s.people["staff"], "Accept-Encoding", "br, gzip")
	if page.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(page.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("the board: %v", page.Header())
	}
	unpacked, err := gzip.NewReader(page.Body)
	s.check(err)
	text, err := io.ReadAll(unpacked)
	s.check(err)
	if plain := s.ask("GET", paths.Counter, nil, s.people["staff"]); plain.Header().Get("Content-Encoding") != "" || !strings.Contains(string(text), `id="board"`) {
		t.Errorf("unpacked %d bytes, plain %v", len(text), plain.Header())
	}
	if stream := s.ask("GET", paths.CounterStream, nil, s.people["staff"], "Accept-Encoding", "gzip"); stream.Header().Get("Content-Encoding") != "" {
		t.Error("the stream is packed")
	}
}
