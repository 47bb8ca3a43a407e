package accounts_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestSigningUpFoundsABusinessReadyToWork(t *testing.T) {
	a, d, u := founded(t)
	if u.Role != rules.RoleOwner || u.Name != "Ada Lovelace" || u.Email != "ada@example.org" || u.Business != "Salon Müller" || u.Slug != "salon-mueller" {
		t.Errorf("the owner is %+v", u)
	}
	s, err := waitlist.LoadSettings(t.Context(), d.Queries, u.TenantID)
	if err != nil {
		t.Fatal(err)
	}
	if s.Zone.String() != "Europe/Berlin" || s.Row.Currency != "EUR" || s.Row.Locale != "de" || s.Weights != rules.DefaultWeights() || s.Coming() != rules.DefaultWeights() {
		t.Errorf("the settings are %+v", s)
	}
	hours, err := d.ListOpeningHours(t.Context(), u.TenantID)
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range hours {
		if h.Weekday != i+1 || h.FromMinute != 540 || h.ToMinute != 1080 {
			t.Errorf("hours %+v", h)
		}
	}
	if len(hours) != 5 {
		t.Errorf("%d days have hours", len(hours))
	}
	if any, err := a.Any(t.Context()); err != nil || !any {
		t.Errorf("Any is %v, %v", any, err)
	}
}

func TestNoNameOrAddressIsKeptInPlainText(t *testing.T) {
	_, d, u := founded(t)
	row, err := d.GetUser(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range [][]byte{row.Name, row.Email, row.EmailHash} {
		if strings.Contains(string(column), "Lovelace") || strings.Contains(string(column), "ada@") {
			t.Error("a column of users can be read")
		}
	}
	if strings.Contains(row.PasswordHash, password) {
		t.Error("the password is kept")
	}
}

func TestOfTwoFirstSignUpsAtOnceOneWins(t *testing.T) {
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupFirst)
	const people = 6
	var wait sync.WaitGroup
	errs := make([]error, people)
	for i := range people {
		f := signUp()
		f.Email, f.Press = string(rune('a'+i))+"@example.org", "press-"+string(rune('a'+i))
		wait.Go(func() { _, errs[i] = a.SignUp(t.Context(), f) })
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantKind(t, err, problem.Forbidden)
		}
	}
	if won != 1 || rows(t, d, "tenants") != 1 || rows(t, d, "users") != 1 {
		t.Errorf("%d won, %d businesses, %d users", won, rows(t, d, "tenants"), rows(t, d, "users"))
	}
}

func TestPressingTwiceFoundsOneBusiness(t *testing.T) {
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupFirst)
	var wait sync.WaitGroup
	in, errs := make([]accounts.LoggedIn, 3), make([]error, 3)
	for i := range in {
		wait.Go(func() { in[i], errs[i] = a.SignUp(t.Context(), signUp()) })
	}
	wait.Wait()
	for i := range in {
		if errs[i] != nil {
			t.Errorf("press %d: %v", i, errs[i])
			continue
		}
		session(t, a, in[i].Token)
	}
	if n := rows(t, d, "tenants"); n != 1 {
		t.Errorf("%d businesses", n)
	}
}

func TestWhoMaySignUp(t *testing.T) {
	d := dbtest.Open(t)
	closed, first, open := accounts.New(d, accounts.SignupClosed), accounts.New(d, accounts.SignupFirst), accounts.New(d, accounts.SignupOpen)
	may := func(a *accounts.Accounts) bool {
		t.Helper()
		ok, err := a.MaySignUp(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if may(closed) || !may(first) || !may(open) {
		t.Error("before the first business: closed, first, open are", may(closed), may(first), may(open))
	}
	_, err := closed.SignUp(t.Context(), signUp())
	wantKind(t, err, problem.Forbidden)
	owner(t, first, signUp())
	if may(closed) || may(first) || !may(open) {
		t.Error("after the first business: closed, first, open are", may(closed), may(first), may(open))
	}
	again := signUp()
	again.Email, again.Press = "eve@example.org", "another"
	_, err = first.SignUp(t.Context(), again)
	wantKind(t, err, problem.Forbidden)
	if n := rows(t, d, "users"); n != 1 {
		t.Errorf("%d users after a refused sign-up", n)
	}
}

func TestEqualNamesGetDifferentAddresses(t *testing.T) {
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupOpen)
	for i, want := range []string{"salon-mueller", "salon-mueller-2", "salon-mueller-3"} {
		f := signUp()
		f.Press, f.Email = want, string(rune('a'+i))+"@example.org"
		if u := owner(t, a, f); u.Slug != want {
			t.Errorf("slug %q, want %q", u.Slug, want)
		}
	}
	f := signUp()
	f.Press, f.Email, f.Slug = "x", "x@example.org", "salon-mueller"
	_, err := a.SignUp(t.Context(), f)
	if got := fields(err); !slices.Equal(got, []string{"slug"}) {
		t.Errorf("a chosen slug that is taken: %v", err)
	}
	if n := rows(t, d, "tenants"); n != 3 {
		t.Errorf("%d businesses", n)
	}
}

func TestSomebodyWithALoginFoundsASecondBusinessWithIt(t *testing.T) {
	a, d, u := founded(t)
	f := signUp()
	f.Business, f.Press = "Second", "second"
	f.Password = "wrong horse battery"
	_, err := a.SignUp(t.Context(), f)
	if got := fields(err); !slices.Equal(got, []string{"email"}) {
		t.Errorf("with another password: %v", err)
	}
	f.Password = password
	second := owner(t, a, f)
	if second.ID != u.ID || second.TenantID == u.TenantID || rows(t, d, "users") != 1 {
		t.Errorf("first %+v, second %+v", u, second)
	}
}

func TestSigningUpIsCountedByAddress(t *testing.T) {
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupFirst)
	owner(t, a, signUp())
	f := signUp()
	f.Email = "eve@example.org"
	for i := range 19 {
		f.Press = string(rune('a' + i))
		_, err := a.SignUp(t.Context(), f)
		wantKind(t, err, problem.Forbidden)
	}
	_, err := a.SignUp(t.Context(), f)
	wantKind(t, err, problem.Limited)
}

func TestWhatIsTypedWhenSigningUpIsChecked(t *testing.T) {
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupOpen)
	long := strings.Repeat("é", 5000)
	for name, c := range map[string]struct {
		change func(f *accounts.SignUp)
		want   []string
	}{
		"nothing":                        {func(f *accounts.SignUp) { *f = accounts.SignUp{} }, []string{"business", "zone", "currency", "name", "email", "password"}},
		"a huge name":                    {func(f *accounts.SignUp) { f.Business = long }, []string{"business"}},
		"121 characters":                 {func(f *accounts.SignUp) { f.Business = strings.Repeat("é", 121) }, []string{"business"}},
		"a name that breaks the line":    {func(f *accounts.SignUp) { f.Business = "Salon\r\nBcc: x@example.org" }, []string{"business"}},
		"a name that turns the line":     {func(f *accounts.SignUp) { f.Name = "Ada \u202eevil" }, []string{"name"}},
		"a name of nothing visible":      {func(f *accounts.SignUp) { f.Name = " \u200b\u00a0 " }, []string{"name"}},
		"invalid UTF-8":                  {func(f *accounts.SignUp) { f.Name = "Ada \xff" }, []string{"name"}},
		"no zone of this world":          {func(f *accounts.SignUp) { f.Zone = "Europe/Atlantis" }, []string{"zone"}},
		"the machine's own zone":         {func(f *accounts.SignUp) { f.Zone = "Local" }, []string{"zone"}},
		"a zone out of the folder":       {func(f *accounts.SignUp) { f.Zone = "../../etc/passwd" }, []string{"zone"}},
		"no currency":                    {func(f *accounts.SignUp) { f.Currency = "ZZZ" }, []string{"currency"}},
		"a currency in small letters":    {func(f *accounts.SignUp) { f.Currency = "eur" }, []string{"currency"}},
		"no address":                     {func(f *accounts.SignUp) { f.Email = "ada" }, []string{"email"}},
		"an address with a display name": {func(f *accounts.SignUp) { f.Email = "Ada <ada@example.org>" }, []string{"email"}},
		"an address of two lines":        {func(f *accounts.SignUp) { f.Email = "ada@example.org\r\nbcc:x@example.org" }, []string{"email"}},
		"a short password":               {func(f *accounts.SignUp) { f.Password = "short" }, []string{"password"}},
		"a common password":              {func(f *accounts.SignUp) { f.Password = "password123" }, []string{"password"}},
		"one's own name as password":     {func(f *accounts.SignUp) { f.Password = "adalovelace" }, []string{"password"}},
		"a huge password":                {func(f *accounts.SignUp) { f.Password = long }, []string{"password"}},
		"a slug with a slash":            {func(f *accounts.SignUp) { f.Slug = "a/b" }, []string{"slug"}},
		"a slug with an umlaut":          {func(f *accounts.SignUp) { f.Slug = "müller" }, []string{"slug"}},
		"a slug of two letters":          {func(f *accounts.SignUp) { f.Slug = "ab" }, []string{"slug"}},
		"a slug that ends in a hyphen":   {func(f *accounts.SignUp) { f.Slug = "salon-" }, []string{"slug"}},
		"a slug of 64 letters":           {func(f *accounts.SignUp) { f.Slug = strings.Repeat("a", 64) }, []string{"slug"}},
	} {
		f := signUp()
		c.change(&f)
		_, err := a.SignUp(t.Context(), f)
		wantKind(t, err, problem.InvalidInput)
		if got := fields(err); !slices.Equal(got, c.want) {
			t.Errorf("%s: refused %v, want %v", name, got, c.want)
		}
	}
	for _, table := range []string{"tenants", "users", "sessions", "form_presses", "attempts"} {
		if n := rows(t, d, table); n != 0 {
			t.Errorf("%d rows in %s after refused forms", n, table)
		}
	}
	f := signUp()
	f.Business, f.Name, f.Slug = "<script>alert(1)</script> 💈 שלום", "O'Brien \"Bo\" 💇", strings.Repeat("a", 63)
	if u := owner(t, a, f); u.Business != f.Business || u.Name != f.Name {
		t.Errorf("names that only look strange came back as %q, %q", u.Business, u.Name)
	}
}

func TestSlugsAreMadeFromNames(t *testing.T) {
	for name, want := range map[string]string{
		"Salon Müller":                   "salon-mueller",
		"Café Größe & Söhne":             "cafe-groesse-and-soehne",
		"  --Ærø Frisør--  ":             "aeroe-frisoer",
		"Dr. Łukasz O'Brien":             "dr-lukasz-obrien",
		"MU\u0308LLER":                   "mueller",
		"北京理发店":                          "business",
		"7":                              "business-7",
		"../../etc/passwd":               "etc-passwd",
		strings.Repeat("very long ", 20): "very-long-very-long-very-long-very-long-very-long-very",
	} {
		if got := accounts.SlugOf(name); got != want {
			t.Errorf("SlugOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestZoneAndCurrencyAreGuessed(t *testing.T) {
	for list, want := range map[string][2]string{
		"de-DE,de;q=0.9": {"Europe/Berlin", "EUR"},
		"de":             {"Europe/Berlin", "EUR"},
		"de-CH":          {"Europe/Zurich", "CHF"},
		"en-US,en;q=0.5": {"America/New_York", "USD"},
		"en-AU":          {"Australia/Sydney", "AUD"},
		"pt-BR":          {"America/Sao_Paulo", "BRL"},
		"":               {"UTC", "EUR"},
		"\xff;;;":        {"UTC", "EUR"},
	} {
		if zone := accounts.GuessZone(list); zone != want[0] || accounts.CurrencyIn(zone) != want[1] {
			t.Errorf("%q: %s, %s; want %v", list, zone, accounts.CurrencyIn(zone), want)
		}
	}
}
