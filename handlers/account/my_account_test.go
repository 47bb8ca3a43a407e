package account_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
)

func TestALostPasswordIsAnsweredAlikeForEveryAddress(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	v := s.visit(t)
	known, unknown := v.post(paths.LostPassword, values("email", "ada@example.org")), v.post(paths.LostPassword, values("email", "eve@example.org"))
	if known.status != http.StatusOK || unknown.status != http.StatusOK || known.body != strings.ReplaceAll(unknown.body, "eve@", "ada@") {
		t.Errorf("an address with a login is told: %d, %d", known.status, unknown.status)
	}
	if got := v.post(paths.LostPassword, values("email", "nowhere")); got.status != http.StatusUnprocessableEntity || got.Find("#f-email").AttrOr("value", "") != "nowhere" {
		t.Errorf("no address: %d", got.status)
	}
}

func TestMyAccountShowsAndChangesOnesOwnLogin(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	s.leads(s.post(paths.AccountProfile, values("name", "Countess", "locale", "de")), paths.Account)
	page := s.page(paths.Account)
	if page.Find("html").AttrOr("lang", "") != "de" || page.Find("#f-name").AttrOr("value", "") != "Countess" || page.Find("#sessions li").Length() != 1 {
		t.Errorf("the page in %q shows %s", page.Find("html").AttrOr("lang", ""), page.Find("main").Text())
	}
	bad := s.post(paths.AccountPassword, values("present_password", "wrong horse battery", "password", "a staple of another kind"))
	if bad.status != http.StatusUnprocessableEntity || bad.Find("#f-present-password-error").Length() != 1 {
		t.Errorf("a wrong password: %d", bad.status)
	}
	other := s.visit(t)
	other.logsIn("ada@example.org")
	s.leads(s.post(paths.AccountPassword, values("present_password", password, "password", "a staple of another kind")), paths.Account)
	s.page(paths.Account) // still logged in here
	other.leads(other.get(paths.Account), paths.LoginThen(paths.Account))
}

func TestAnAddressIsChangedFromBothMailboxes(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	atOld := changeOfEmail(t, s, s.visitor)
	if page := s.page(paths.AccountEmail); page.Find("#open-change li").Length() != 2 {
		t.Error("the change that waits is not shown")
	}
	var id string
	if err := s.db.Pool().QueryRowContext(t.Context(), "SELECT public_id FROM email_changes").Scan(&id); err != nil {
		t.Fatal(err)
	}
	atNew := paths.EmailChange(s.db.Tokens().Make(seal.TokenNew, id, 1))
	phone := s.visit(t) // nobody is logged in there
	phone.leads(phone.post(atNew+"/agreement", values()), atNew)
	if forms := phone.page(atNew).Find("main form"); forms.Length() != 1 || !strings.HasSuffix(forms.AttrOr("action", ""), "/stop") {
		t.Error("who has agreed is asked again")
	}
	if strings.Contains(phone.page(atNew).body, "ada@example.org") || !strings.Contains(phone.page(atOld).body, "ada@example.org") {
		t.Error("the old address is shown to whoever reads the new one, or not to its own")
	}
	if done := phone.post(atOld+"/agreement", values()); done.status != http.StatusOK {
		t.Errorf("the second yes: %d", done.status)
	}
	if got := phone.get(atOld); got.status != http.StatusGone {
		t.Errorf("the link afterwards: %d", got.status)
	}
	phone.logsIn("ada.lovelace@analytical-engines.example.org")
}

func TestHandingOverAndLeaving(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	if got := s.post(paths.AccountLeaving, values()); got.status != http.StatusConflict {
		t.Errorf("the only owner leaves: %d", got.status)
	}
	bo := s.visit(t)
	bo.leads(bo.post(s.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	if links := bo.page(paths.Account).Find(`a[href^="/admin"], a[href="` + paths.AccountOwnership + `"]`); links.Length() > 0 {
		t.Error("the account of staff leads to what they may not do")
	}
	page := s.page(paths.AccountOwnership)
	to, _ := page.Find("input[name=member]").Attr("value")
	if bad := s.post(paths.AccountOwnership, values("member", to, "present_password", "x")); bad.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password: %d", bad.status)
	}
	s.leads(s.post(paths.AccountOwnership, values("member", to, "present_password", password)), paths.Account)
	if got := s.get(paths.AccountOwnership); got.status != http.StatusForbidden {
		t.Errorf("an admin hands over: %d", got.status)
	}
	bo.logsIn("bo@example.org")
	bo.page(paths.AccountOwnership)
	s.leads(s.post(paths.AccountLeaving, values()), paths.Login)
	s.leads(s.get(paths.Account), paths.LoginThen(paths.Account))
}

func TestWhoWorksInSeveralBusinessesIsOfferedToChange(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	if s.page(paths.Account).Find(`a[href="`+paths.ChooseBusiness+`"]`).Length() > 0 {
		t.Error("somebody with one business is offered another")
	}
	f := signUpForm()
	f.Set("business", "Second")
	s.leads(s.post(paths.Signup, f), paths.Welcome)
	page := s.page(paths.Account)
	rows := page.Find("#businesses li")
	if rows.Length() != 2 || page.Find(`a[href="`+paths.ChooseBusiness+`"]`).Length() == 0 {
		t.Errorf("%d businesses are listed", rows.Length())
	}
	var first string
	rows.Each(func(_ int, li *goquery.Selection) {
		if value, ok := li.Find("button[name=business]").Attr("value"); ok {
			first = value
		}
	})
	s.leads(s.post(paths.ChooseBusiness, values("business", first)), paths.Home)
	if got := s.page(paths.Account).Find(".wl-brand-name").First().Text(); got != "Salon Müller" {
		t.Errorf("works in %q", got)
	}
}
