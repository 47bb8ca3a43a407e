package business_test

import (
	"bytes"
	"database/sql"
	"errors"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestWhereABusinessIsAndHowToReachItIsWhatCustomersRead(t *testing.T) {
	s := open(t)
	f := s.profile()
	if f.Street != "Torgasse 12, Berlin" || f.Country != "DE" {
		t.Errorf("an address from before it had parts: %+v", f)
	}
	f.Street, f.Postcode, f.Town = " Torstraße 12 ", "10119", "Berlin"
	f.Phone, f.Email, f.Website, f.Privacy = "030 901820", "hallo@studio-nord.de", "studio-nord.de/über", "https://studio-nord.de/datenschutz"
	_, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	got, err := s.W.Business(t.Context(), s.Tenant)
	s.must(err)
	if got.Address != "Torstraße 12, 10119 Berlin" || got.Phone != "+4930901820" || got.Email != "hallo@studio-nord.de" ||
		got.Website != "https://studio-nord.de/%C3%BCber" || got.Privacy != "https://studio-nord.de/datenschutz" {
		t.Errorf("customers read %+v", got)
	}
	if again := s.profile(); again.Street != "Torstraße 12" || again.Phone != "+49 30 901820" {
		t.Errorf("the form shows %+v", again)
	}
	for field, typed := range map[string][]string{
		"phone": {"12", "+49 30", "+1 555", "call me", strings.Repeat("1", 1<<16), "030 901820 ext. 5"}, "email": {"a@b", "Ada <a@example.org>", "a b@example.org"},
		"website":  {"javascript:alert(1)", "ftp://example.org", "https://ada@example.org", "localhost", "https://", "a b.de", "https://exa\"mple.org", "data:text/html,x", strings.Repeat("a", 250) + ".de/x"},
		"privacy":  {"mailto:a@example.org", "//"},
		"country":  {"", "XX", "de", "DEU"},
		"postcode": {strings.Repeat("1", 17), "1\n2"}, "town": {strings.Repeat("x", 81)},
	} {
		for _, value := range typed {
			g := s.profile()
			*map[string]*string{"phone": &g.Phone, "email": &g.Email, "website": &g.Website, "privacy": &g.Privacy, "country": &g.Country, "postcode": &g.Postcode, "town": &g.Town}[field] = value
			_, err := s.b.ChangeProfile(t.Context(), s.Staff, g)
			wantField(t, err, field)
		}
	}
}

func TestAColourIsTakenAsItIsMeant(t *testing.T) {
	for _, c := range []struct {
		why  string
		f    business.ColourForm
		want string
	}{
		{"typed", business.ColourForm{Colour: "#ABC", Picked: business.ProgramColour}, "#aabbcc"},
		{"picked without script: the text is still as it was", business.ColourForm{Colour: "#112233", Was: "#112233", Picked: "#445566"}, "#445566"},
		{"picked as the first one", business.ColourForm{Picked: "#445566"}, "#445566"},
		{"typed and picked: what is typed", business.ColourForm{Colour: "#778899", Was: "#112233", Picked: "#445566"}, "#778899"},
		{"nothing changed", business.ColourForm{Colour: "#112233", Was: "#112233", Picked: "#112233"}, "#112233"},
		{"none", business.ColourForm{Picked: business.ProgramColour}, ""},
		{"taken away", business.ColourForm{Was: "#112233", Picked: "#112233"}, ""},
	} {
		got, ok := c.f.Chosen()
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s: %s, %v", c.why, got, ok)
		}
	}
}

func (s shop) look() business.Look {
	s.T.Helper()
	l, err := s.b.Look(s.Context(), s.Tenant)
	s.must(err)
	return l
}

func TestABusinessIsDressedAndUndressed(t *testing.T) {
	s := open(t)
	f := s.look().Form
	f.Colour = "#fff9c4"
	s.must(s.b.ChangeColour(t.Context(), s.Staff, f))
	wantKind(t, s.b.ChangeColour(t.Context(), s.Staff, f), problem.Conflict)
	if got := s.look().Business.Look.Colour; got != "#fff9c4" || s.noted("colour.change") != 1 {
		t.Errorf("colour %q, noted %d times", got, s.noted("colour.change"))
	}
	f = s.look().Form
	f.Colour = "url(x)"
	wantField(t, s.b.ChangeColour(t.Context(), s.Staff, f), "colour")

	var first, second bytes.Buffer
	s.must(png.Encode(&first, image.NewGray(image.Rect(0, 0, 64, 32))))
	s.must(png.Encode(&second, image.NewGray(image.Rect(0, 0, 32, 64))))
	none, other := "", "0123456789abcdef"
	wantKind(t, s.b.PutLogo(t.Context(), s.Staff, first.Bytes(), &other), problem.Conflict) // nobody has seen it
	s.must(s.b.PutLogo(t.Context(), s.Staff, first.Bytes(), &none))
	wantKind(t, s.b.PutLogo(t.Context(), s.Staff, first.Bytes(), &none), problem.Conflict) // there is one by now
	logo := s.look().Business.Look.Logo
	drawn, hash, err := s.b.LogoImage(t.Context(), s.Slug)
	if err != nil || hash != logo.Hash || logo.Width != 64 || logo.Height != 32 || !bytes.HasPrefix(drawn, []byte("\x89PNG")) {
		t.Fatalf("%+v, %v", logo, err)
	}
	s.must(s.b.RemoveLogo(t.Context(), s.Staff, hash))
	s.must(s.b.RemoveLogo(t.Context(), s.Staff, hash)) // pressed twice
	_, _, err = s.b.LogoImage(t.Context(), s.Slug)
	wantKind(t, err, problem.NotFound)
	if s.look().Business.Look.Logo != (waitlist.Logo{}) || s.look().Removed != hash || s.noted("logo.remove") != 1 {
		t.Error("the logo is still there")
	}
	wantKind(t, s.b.PutLogo(t.Context(), s.Staff, second.Bytes(), &hash), problem.Conflict) // it is taken off
	s.must(s.b.RestoreLogo(t.Context(), s.Staff, hash))
	if s.look().Business.Look.Logo != logo {
		t.Error("the logo is not back")
	}
	s.must(s.b.PutLogo(t.Context(), s.Staff, second.Bytes(), nil))
	wantKind(t, s.b.RestoreLogo(t.Context(), s.Staff, hash), problem.Conflict)
	wantKind(t, s.b.RestoreLogo(t.Context(), s.other().Staff, hash), problem.NotFound)
}

func TestAFormerAddressLeadsOnAndIsNobodyElses(t *testing.T) {
	s := open(t)
	change := func(to string) error {
		f, _, err := s.b.Slugs(s.Context(), s.Tenant)
		s.must(err)
		f.Slug, f.Sure = to, "on"
		return s.b.ChangeSlug(s.Context(), s.Staff, f)
	}
	s.must(change("nord-hair"))
	s.must(change("nord-hair")) // as it is
	now, err := s.W.SlugNow(t.Context(), "studio-nord")
	if err != nil || now != "nord-hair" || s.noted("slug.change") != 1 {
		t.Fatalf("the old address leads to %q, %v", now, err)
	}
	_, err = s.W.SlugNow(t.Context(), "nord-hair")
	wantKind(t, err, problem.NotFound)

	other := s.other()
	// Nobody gets it: not who signs up, not who changes to it.
	in, err := accounts.New(s.DB, accounts.SignupOpen).CreateAdmin(t.Context(), accounts.CreateAdmin{
		Email: "eve@example.org", Name: "Eve", Business: "Studio Nord", Password: "correct horse battery", Zone: "Europe/Paris", Currency: "EUR", Locale: "en",
	})
	if err != nil || in.Slug == "studio-nord" || in.Slug == "nord-hair" {
		t.Errorf("who signs up gets %q, %v", in.Slug, err)
	}
	wantField(t, change(in.Slug), "slug")
	wantField(t, s.b.ChangeSlug(t.Context(), other.Staff, business.SlugForm{Slug: "studio-nord", Was: "other", Sure: "on"}), "slug")

	s.must(change("studio-nord")) // its own, back again
	_, former, err := s.b.Slugs(t.Context(), s.Tenant)
	if err != nil || !slices.Equal(former, []string{"nord-hair"}) {
		t.Errorf("former addresses: %v, %v", former, err)
	}
	for _, bad := range []string{"", "ab", "Über", "a--b", "a/b", strings.Repeat("a", 64), "-a-b"} {
		wantField(t, change(bad), "slug")
	}
	wantField(t, s.b.ChangeSlug(t.Context(), s.Staff, business.SlugForm{Slug: "new-one", Was: "studio-nord"}), "sure")
	wantKind(t, s.b.ChangeSlug(t.Context(), s.Staff, business.SlugForm{Slug: "new-one", Was: "nord-hair", Sure: "on"}), problem.Conflict)
}

func TestTwoBusinessesThatWantOneAddressAtOnceShareNothing(t *testing.T) {
	s := open(t)
	other := s.other()
	results := make(chan error, 2)
	go func() {
		results <- s.b.ChangeSlug(s.Context(), s.Staff, business.SlugForm{Slug: "wanted", Was: s.Slug, Sure: "on"})
	}()
	go func() {
		results <- s.b.ChangeSlug(s.Context(), other.Staff, business.SlugForm{Slug: "wanted", Was: "other", Sure: "on"})
	}()
	won := 0
	for range 2 {
		err := <-results
		var p *problem.Error
		switch {
		case err == nil:
			won++
		case !errors.As(err, &p) || p.Kind != problem.InvalidInput:
			t.Errorf("the loser is told %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d won", won)
	}
}

func (s shop) did(_ sql.Result, err error) {
	s.T.Helper()
	s.must(err)
}

func (s shop) verdicts(i business.Installation) map[string]business.Verdict {
	s.T.Helper()
	checks, err := s.b.Launch(s.Context(), s.Tenant, i)
	s.must(err)
	verdicts := map[string]business.Verdict{}
	for _, c := range checks {
		verdicts[c.Key] = c.Verdict
		for _, tag := range i18n.Tags() {
			i18n.For(tag).T("launch." + c.Key + ".title") // panics when it is missing
			i18n.For(tag).T("launch." + c.Key + ".text")
		}
	}
	return verdicts
}

func TestTheLaunchChecklistSaysWhatIsSo(t *testing.T) {
	s := open(t)
	local, live := business.Installation{Base: "http://localhost:3000"}, business.Installation{Base: "https://wait.studio-nord.de", Sends: true}
	want := func(i business.Installation, key string, v business.Verdict) {
		t.Helper()
		if got := s.verdicts(i)[key]; got != v {
			t.Errorf("%s: %q, want %q", key, got, v)
		}
	}
	for _, key := range []string{"profile", "services", "staff", "join", "tried", "sender", "base"} {
		want(local, key, business.Missing)
	}
	want(local, "hours", business.Ready)
	want(live, "mail", business.Missing)
	want(live, "base", business.Ready)
	want(live, "owners", business.Advised)
	want(live, "factor", business.Advised)

	told, deaf := live, live
	deaf.SendGrid, told.SendGrid, told.Hears = true, true, true
	want(live, "reports", "")
	want(deaf, "reports_key", business.Advised)
	want(told, "reports", business.Advised)

	cut := s.AddService("Cut", 30*time.Minute, 0)
	s.AddStaffMember("Noah")
	want(live, "services", business.Advised)
	want(live, "staff", business.Advised)
	want(live, "join", business.Missing)
	mia := s.AddStaffMember("Mia", cut)
	want(live, "services", business.Ready)
	want(live, "join", business.Ready)
	f := s.profile()
	f.Phone = "030 901820"
	_, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	want(live, "profile", business.Ready)

	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", 30*time.Minute)
	s.Send()
	s.must(s.W.Accept(t.Context(), s.OfferTo(who)))
	want(live, "tried", business.Ready)
	s.did(s.DB.Pool().ExecContext(t.Context(), "UPDATE outbox SET state = 'sent', sent_at = created_at"))
	want(live, "mail", business.Ready)
	s.did(s.DB.Pool().ExecContext(t.Context(), "INSERT INTO mail_status (id, failing_since, failures, updated_at) VALUES (1, NOW(6), 3, NOW(6)) ON DUPLICATE KEY UPDATE failing_since = NOW(6)"))
	want(live, "mail_fails", business.Missing)
	s.did(s.DB.Pool().ExecContext(t.Context(), "DELETE FROM mail_status"))
}

func TestTheGuideKnowsWhatIsDoneFromWhatThereIs(t *testing.T) {
	s := open(t)
	guide := func() business.Guide {
		t.Helper()
		g, err := s.b.Guide(s.Context(), s.Tenant)
		s.must(err)
		return g
	}
	if g := guide(); g.Done() != 0 || g.Next() != business.StepProfile || !g.Shown() {
		t.Errorf("at first: %+v", g)
	}
	s.must(s.b.SkipStep(t.Context(), s.Staff, business.StepProfile))
	s.must(s.b.SkipStep(t.Context(), s.Staff, business.StepProfile)) // pressed twice
	wantKind(t, s.b.SkipStep(t.Context(), s.Staff, "nothing"), problem.NotFound)
	if g := guide(); g.Next() != business.StepHours || g.Done() != 0 || !g.Steps[0].Skipped || s.noted("guide.skip") != 1 {
		t.Errorf("skipped: %+v", g)
	}
	s.must(s.b.KeepHours(t.Context(), s.Staff))
	s.must(s.b.KeepHours(t.Context(), s.Staff)) // pressed twice
	if s.noted("hours.keep") != 1 {
		t.Errorf("hours kept %d times", s.noted("hours.keep"))
	}
	offers, err := s.b.OfferSettings(t.Context(), s.Tenant)
	s.must(err)
	s.must(s.b.ChangeOfferSettings(t.Context(), s.Staff, offers))
	if g := guide(); g.Done() != 2 || g.Next() != business.StepServices || g.After(business.StepTeam) != business.StepShare {
		t.Errorf("hours and offers as they were are decided, too: %+v", g)
	}
	s.must(s.b.DismissGuide(t.Context(), s.Staff))
	if g := guide(); g.Shown() || g.Finished() {
		t.Errorf("put away: %+v", g)
	}
	s.must(s.b.RecallGuide(t.Context(), s.Staff))
	if g := guide(); !g.Shown() || g.Next() != business.StepProfile {
		t.Errorf("brought back: %+v", g)
	}
}
