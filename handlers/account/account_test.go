package account_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func TestTheFirstPageLeadsEachPersonOn(t *testing.T) {
	s := open(t, accounts.SignupFirst)
	if href, _ := s.page(paths.Home).Find("main a.wl-btn-primary").Attr("href"); href != paths.Signup {
		t.Errorf("before the first business the way on is %q", href)
	}
	owner := s.visit(t)
	owner.signsUp()
	owner.leads(owner.get(paths.Home), paths.Admin)
	s.leads(s.get(paths.Home), paths.Login)

	staff := s.visit(t)
	staff.leads(staff.post(owner.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	staff.leads(staff.get(paths.Home), paths.Counter)
	if got := staff.get(paths.Admin); got.status != http.StatusForbidden {
		t.Errorf("staff at the admin's door: %d", got.status)
	}
	if a := s.page(paths.Login); a.Find(`a[href="/signup"]`).Length() != 0 {
		t.Error("signing up is offered though it is over")
	}
	if got := s.get(paths.Signup); got.status != http.StatusForbidden {
		t.Errorf("the sign-up page after the first: %d", got.status)
	}
}

func TestWhereSigningUpIsClosedTheFirstPageSaysWhoHelps(t *testing.T) {
	s := open(t, accounts.SignupClosed)
	a := s.page(paths.Home)
	if a.Find(`a[href="/signup"]`).Length() != 0 || !strings.Contains(a.Find("main").Text(), "create-admin") {
		t.Errorf("the page says %q", a.Find("main").Text())
	}
	if got := s.post(paths.Signup, signUpForm()); got.status != http.StatusForbidden {
		t.Errorf("signing up answered %d", got.status)
	}
}

func TestSigningUpAsksForWhatIsNeededAndGuessesTheRest(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	a := s.get(paths.Signup, "Accept-Language", "de-CH")
	if zone, _ := a.Find("#f-zone option[selected]").Attr("value"); zone != "Europe/Zurich" {
		t.Errorf("the zone is %q", zone)
	}
	if currency, _ := a.Find("#f-currency option[selected]").Attr("value"); currency != "CHF" {
		t.Errorf("the currency is %q", currency)
	}
	var names []string
	a.Find("form [name][required]").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		names = append(names, name)
	})
	if got := strings.Join(names, " "); got != "business zone currency name email password" {
		t.Errorf("asked for %q", got)
	}
	if a.Find("html[lang='de-CH']").Length() != 1 || a.Find("h1").Text() != "Richten Sie Ihren Betrieb ein" {
		t.Errorf("spoken is %q", a.Find("h1").Text())
	}
}

func TestARefusedSignUpKeepsWhatWasTypedButThePassword(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	f := signUpForm()
	f.Set("business", `<script>alert("1")</script>`)
	f.Set("zone", "Asia/Kathmandu")
	f.Set("email", "nonsense")
	f.Set("slug", "a/b")
	f.Set("press", "abc")
	a := s.post(paths.Signup, f)
	if a.status != http.StatusUnprocessableEntity {
		t.Fatalf("answered %d", a.status)
	}
	for field, want := range map[string]string{"business": `<script>alert("1")</script>`, "name": "Ada Lovelace", "email": "nonsense", "slug": "a/b", "password": "", "press": "abc"} {
		if got, _ := a.Find(`[name="` + field + `"]`).Attr("value"); got != want {
			t.Errorf("%s holds %q", field, got)
		}
	}
	if zone, _ := a.Find("#f-zone option[selected]").Attr("value"); zone != "Asia/Kathmandu" {
		t.Errorf("the zone is %q", zone)
	}
	for _, field := range []string{"email", "slug"} {
		if a.Find(`[name="`+field+`"][aria-invalid="true"]`).Length() != 1 || a.Find("#f-"+field+"-error").Text() == "" {
			t.Errorf("%s is not marked", field)
		}
	}
	if strings.Contains(a.body, "<script>alert") {
		t.Error("what was typed became a script")
	}
	if a.Find("select[data-zone]").Length() != 0 {
		t.Error("the script would change the zone that a person chose")
	}
}

func TestHostileFormsAreRefusedByFieldAndChangeNothing(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	s.leads(s.post(paths.WelcomeStaff, values("name", "Ada Lovelace")), account.StepPath(business.StepTeam))
	invitation := s.invites("cy@example.org", "staff")
	bo := s.visit(t)
	bo.leads(bo.post(s.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	user, _ := s.page(paths.Users).Find(".wl-row-actions a").Attr("href")

	nothing, huge, torn := "", strings.Repeat("x", 1<<19), "torn \xc3"
	lines, backwards, null := "a\r\nBcc: x@example.org", "a\u202eb", "<script>alert(1)</script>\x00"
	secret, any := []string{nothing, huge, torn}, []string{nothing, huge, torn, lines, backwards, null}
	stranger := s.visit(t)
	before := s.rows()
	for _, form := range []struct {
		who    *visitor
		path   string
		fine   url.Values
		fields map[string][]string
	}{
		{stranger, paths.Signup, signUpForm(), map[string][]string{"business": any, "name": any, "email": any, "password": secret, "zone": any, "currency": any, "slug": {huge, torn, lines, null}}},
		{stranger, paths.Login, values("email", "ada@example.org", "password", password), map[string][]string{"email": {nothing, torn}, "password": {nothing, torn}}},
		{stranger, invitation, values("name", "Cy", "password", password), map[string][]string{"name": any, "password": secret}},
		{s.visitor, paths.Users, values("name", "Di", "email", "di@example.org", "role", "staff"), map[string][]string{"name": any, "email": any, "role": any, "staff_member": {huge, torn, null}}},
		{s.visitor, user, values("role", "admin"), map[string][]string{"role": any}},
		{s.visitor, paths.WelcomeService, values("name", "Cut", "duration", "30"), map[string][]string{"name": any, "duration": any, "price": {huge, torn, lines, null, "-1", "1e9", "NaN"}}},
		{s.visitor, paths.WelcomeStaff, values("name", "Di"), map[string][]string{"name": any}},
	} {
		for field, hostile := range form.fields {
			for _, value := range hostile {
				f := maps.Clone(form.fine)
				f.Set(field, value)
				a := form.who.post(form.path, f)
				// Text that can't be read is refused before any form: on a page of its own, by the field's name.
				named := a.Find("#"+ui.FieldID(field)+"-error").Text() != "" || value == torn && strings.Contains(a.Find("main").Text(), field+":")
				if a.status != http.StatusUnprocessableEntity || !named {
					t.Errorf("%s with %s %.20q: %d, the field is named: %t", form.path, field, value, a.status, named)
				}
			}
		}
	}
	if after := s.rows(); !maps.Equal(before, after) {
		t.Errorf("before %v, after %v", before, after)
	}
}

// rows counts every table but those that count attempts and sights.
func (s *site) rows() map[string]int {
	s.t.Helper()
	names, err := s.db.Pool().QueryContext(s.t.Context(), "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	if err != nil {
		s.t.Fatal(err)
	}
	defer names.Close()
	count := map[string]int{}
	for names.Next() {
		var name string
		if err := names.Scan(&name); err != nil {
			s.t.Fatal(err)
		}
		count[name] = 0
	}
	delete(count, "attempts")
	for name := range count {
		var n int
		if err := s.db.Pool().QueryRowContext(s.t.Context(), "SELECT COUNT(*) FROM "+name).Scan(&n); err != nil {
			s.t.Fatal(err)
		}
		count[name] = n
	}
	return count
}

func TestLoggingInAndOut(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	ada := s.visit(t)
	ada.leads(ada.get(paths.Users), paths.LoginThen(paths.Users))
	a := ada.post(paths.Login, values("email", "ada@example.org", "password", "wrong horse battery", "next", paths.Users))
	if a.status != http.StatusUnprocessableEntity || a.Find(".wl-errors").Length() == 0 {
		t.Fatalf("a wrong password: %d", a.status)
	}
	for field, want := range map[string]string{"email": "ada@example.org", "password": "", "next": paths.Users} {
		if got, _ := a.Find(`[name="` + field + `"]`).Attr("value"); got != want {
			t.Errorf("%s holds %q", field, got)
		}
	}
	in := ada.post(paths.Login, values("email", "ada@example.org", "password", password, "next", paths.Users))
	ada.leads(in, paths.Users)
	if set := in.header.Values("Set-Cookie"); len(set) != 1 || !strings.Contains(set[0], "HttpOnly") || !strings.Contains(set[0], "SameSite=Lax") {
		t.Errorf("the session's cookie: %v", set)
	}
	ada.page(paths.Users)
	ada.leads(ada.get(paths.Login), paths.Home)

	ada.leads(ada.post(paths.Logout, values()), paths.Login)
	ada.leads(ada.get(paths.Users), paths.LoginThen(paths.Users))
}

func TestACookieKeptFromBeforeLoggingOutIsWorthNothing(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	address, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	kept := s.client.Jar.Cookies(address)
	s.leads(s.post(paths.Logout, values()), paths.Login)
	thief := s.visit(t)
	thief.client.Jar.SetCookies(address, kept)
	thief.leads(thief.get(paths.Users), paths.LoginThen(paths.Users))
}

func TestLoggingInAgainTakesANewSessionAndEndsTheOld(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	address, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	kept := s.client.Jar.Cookies(address)
	s.logsIn("ada@example.org")
	s.page(paths.Users)
	other := s.visit(t)
	other.client.Jar.SetCookies(address, kept)
	other.leads(other.get(paths.Users), paths.LoginThen(paths.Users))
}

func TestNobodyIsLedToAnotherSiteByLoggingIn(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	for _, next := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
		v := s.visit(t)
		if got, _ := v.page(paths.LoginThen(next)).Find(`[name="next"]`).Attr("value"); got != paths.Home {
			t.Errorf("the form holds %q for %q", got, next)
		}
		v.leads(v.post(paths.Login, values("email", "ada@example.org", "password", password, "next", next)), paths.Home)
	}
}

func TestTooManyTriesAreToldInTheForm(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	v := s.visit(t)
	for range 10 {
		v.post(paths.Login, values("email", "ada@example.org", "password", "wrong horse battery"))
	}
	a := v.post(paths.Login, values("email", "ada@example.org", "password", password))
	if got, _ := a.Find(`[name="email"]`).Attr("value"); a.status != http.StatusTooManyRequests || got != "ada@example.org" || !strings.Contains(a.Find(".wl-errors").Text(), "15") {
		t.Errorf("answered %d: %q", a.status, a.Find(".wl-errors").Text())
	}
}

func TestTheFirstRunLeadsToAListThatCustomersCanJoin(t *testing.T) {
	s := open(t, accounts.SignupFirst)
	s.signsUp()
	services, team := account.StepPath(business.StepServices), account.StepPath(business.StepTeam)
	if got := s.page(paths.Welcome).Find("#profile").Length(); got != 1 {
		t.Error("the first run does not begin with the profile")
	}
	on := func(step business.Step) string { return account.StepPath(step) }
	refused := s.post(paths.WelcomeProfile, values("street", "Gasse 1", "country", "AT", "phone", "12", "version", "1"))
	if street, _ := refused.Find("#f-street").Attr("value"); refused.status != http.StatusUnprocessableEntity || street != "Gasse 1" {
		t.Errorf("a refused profile: %d, street %q", refused.status, street)
	}
	s.leads(s.post(paths.WelcomeProfile, values("street", "Gasse 1", "postcode", "1010", "town", "Wien", "country", "AT", "phone", "01 5139500", "version", "1")), on(business.StepHours))
	if a := s.post(paths.WelcomeHours, values("days", "1", "from", "18:00", "to", "09:00")); a.status != http.StatusUnprocessableEntity || a.Find(`[name="days"][checked]`).Length() != 1 {
		t.Errorf("hours that end before they begin: %d", a.status)
	}
	s.leads(s.post(paths.WelcomeSkip, values("step", "hours")), on(business.StepServices))
	if got := s.page(paths.Welcome).Find("#services").Length(); got != 1 {
		t.Error("what was skipped comes again")
	}
	version, _ := s.page(on(business.StepHours)).Find(`[name="version"]`).Attr("value")
	s.leads(s.post(paths.WelcomeHours, values("days", "1", "from", "10:00", "to", "17:00", "version", version)), on(business.StepServices))
	a := s.post(paths.WelcomeService, values("name", "Cut", "duration", "soon", "price", "35"))
	if got, _ := a.Find(`[name="price"]`).Attr("value"); a.status != http.StatusUnprocessableEntity || got != "35" {
		t.Errorf("a refused service: %d, price %q", a.status, got)
	}
	once := values("name", "Cut", "duration", "45", "price", "35", "press", "press-one")
	s.leads(s.post(paths.WelcomeService, once), services)
	s.leads(s.post(paths.WelcomeService, once), services)
	s.leads(s.post(paths.WelcomeService, values("name", "Colour", "duration", "90")), services)
	if list := s.page(services).Find("#services li"); list.Length() != 2 {
		t.Errorf("%d services: %s", list.Length(), list.Text())
	}
	if name, _ := s.page(paths.Welcome).Find(`[name="name"]`).Attr("value"); name != "Ada Lovelace" {
		t.Errorf("the first of the team is proposed to be %q", name)
	}
	s.leads(s.post(paths.WelcomeStaff, values("name", "Ada Lovelace")), team)
	s.leads(s.post(paths.WelcomeOffers, values("hold", "15", "version", "2")), on(business.StepShare))
	if join, _ := s.page(paths.Welcome).Find("#share p a").Attr("href"); join != s.address+paths.Join("salon-mueller") {
		t.Errorf("customers join at %q", join)
	}
	if guide := s.page(paths.Admin).Find("#guide"); !strings.Contains(guide.Text(), "5 of 7") || guide.Find("progress").AttrOr("value", "") != "5" {
		t.Errorf("the overview says %q", guide.Text())
	}
	s.leads(s.post(paths.WelcomeDismissal, values()), paths.Admin)
	s.leads(s.post(paths.WelcomeDismissal, values()), paths.Admin)
	if s.page(paths.Admin).Find("#guide").Length() != 0 {
		t.Error("the guide was put away and is still there")
	}
	s.leads(s.post(paths.WelcomeRecall, values()), paths.Welcome)
	if s.page(paths.Admin).Find("#guide").Length() != 1 {
		t.Error("the guide does not come back")
	}
	customer := s.visit(t)
	if got := customer.page(paths.Join("salon-mueller")).Find(`[name="service"]`).Length(); got != 2 {
		t.Errorf("a customer can choose from %d services", got)
	}
}

func TestALoginIsMadeChangedAndRemoved(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	link := s.invites("bo@example.org", "staff")
	bo := s.visit(t)
	page := bo.page(link)
	if page.Find(`meta[name="robots"][content="noindex"]`).Length() != 1 {
		t.Error("an invitation may be found by search engines")
	}
	a := bo.post(link, values("name", "Bo", "password", "short"))
	if got, _ := a.Find(`[name="name"]`).Attr("value"); a.status != http.StatusUnprocessableEntity || got != "Bo" {
		t.Errorf("a short password: %d", a.status)
	}
	bo.leads(bo.post(link, values("name", "Bo Diddley", "password", password)), paths.Home)
	if got := s.visit(t).get(link); got.status != http.StatusGone {
		t.Errorf("the link again: %d", got.status)
	}

	users := s.page(paths.Users)
	user, _ := users.Find(".wl-row-actions a").Attr("href")
	if users.Find("tbody tr").Length() != 2 || users.Find(".wl-row-actions a").Length() != 1 {
		t.Errorf("the logins: %s", users.Find("tbody").Text())
	}
	s.leads(s.post(user, values("role", "admin")), paths.Users)
	bo.leads(bo.get(paths.Users), paths.LoginThen(paths.Users))
	bo.logsIn("bo@example.org")
	bo.page(paths.Users)

	s.leads(s.post(user+"/password", values()), user)
	fresh, _ := s.page(user).Find("#password-link").Attr("value")
	fresh = strings.TrimPrefix(fresh, s.address)
	bo = s.visit(t)
	bo.page(fresh)
	bo.leads(bo.post(fresh, values("password", "another staple entirely")), paths.Login)
	if !strings.Contains(bo.page(paths.Login).Find("#flash").Text(), "new password") {
		t.Error("nothing says that the password is set")
	}
	bo.leads(bo.post(paths.Login, values("email", "bo@example.org", "password", "another staple entirely")), paths.Home)

	s.page(user + "/removal")
	s.leads(s.post(user+"/removal", values()), paths.Users)
	bo.leads(bo.get(paths.Admin), paths.LoginThen(paths.Admin))
	if got := s.get(user); got.status != http.StatusNotFound {
		t.Errorf("the login afterwards: %d", got.status)
	}
}

func TestAnInvitationIsTakenBack(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	link := s.invites("bo@example.org", "staff")
	act, _ := s.page(paths.Users).Find("#invitations form[action$='/removal']").Attr("action")
	s.leads(s.post(act, values()), paths.Users)
	if got := s.visit(t).get(link); got.status != http.StatusGone {
		t.Errorf("the link: %d", got.status)
	}
	if s.page(paths.Users).Find("#invitations").Length() != 0 {
		t.Error("the invitation is still shown")
	}
}

func TestWhoWorksInTwoBusinessesChoosesOne(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	f := signUpForm()
	f.Set("business", "Second")
	s.leads(s.post(paths.Signup, f), paths.Welcome)
	ada := s.visit(t)
	ada.leads(ada.post(paths.Login, values("email", "ada@example.org", "password", password)), paths.ChooseBusiness)
	second, _ := ada.page(paths.ChooseBusiness).Find("button[name=business]").Last().Attr("value")
	ada.leads(ada.post(paths.ChooseBusiness, values("business", second)), paths.Home)
	if got := ada.page(paths.Users).Find(".wl-brand-name").Text(); got != "Second" {
		t.Errorf("works in %q", got)
	}
	if got := ada.post(paths.ChooseBusiness, values("business", "nobodys")); got.status != http.StatusNotFound {
		t.Errorf("a foreign business: %d", got.status)
	}
}

func TestThePartsOfTheLoginsAreThePagesOwn(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	bo := s.visit(t)
	bo.leads(bo.post(s.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	user, _ := s.page(paths.Users).Find(".wl-row-actions a").Attr("href")
	for path, id := range map[string]string{paths.Users: "invite-form", user: "role-form"} {
		a := s.post(path, values("role", "x", "name", "Di"), "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#"+id)
		if a.status != http.StatusUnprocessableEntity || a.Find("#"+id+" #f-role-error").Length() != 1 || a.Find("main").Length() != 0 {
			t.Errorf("%s: %d, %.80q", path, a.status, a.body)
		}
		whole := s.post(path, values("role", "x", "name", "Di"))
		if whole.status != http.StatusUnprocessableEntity || whole.Find("main #"+id+" #f-role-error").Length() != 1 {
			t.Errorf("%s without htmx: %d", path, whole.status)
		}
	}
	a := s.post(paths.Users, values("role", "staff", "name", "Di", "email", "di@example.org"), "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#invite-form")
	if a.header.Get("HX-Location") != paths.Users {
		t.Errorf("a success under htmx: %d %v", a.status, a.header)
	}
}
