package account_test

import (
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
)

// keepsPasskey gives Ada a passkey that nothing has made.
func (s *site) keepsPasskey(name string) (id string) {
	s.t.Helper()
	ctx := s.t.Context()
	ada, err := s.db.GetUserByEmail(ctx, s.db.Lookup().Email(0, "ada@example.org"))
	if err != nil {
		s.t.Fatal(err)
	}
	id = seal.PublicID()
	_, err = s.db.AddPasskey(ctx, db.AddPasskeyParams{
		PublicID: id, UserID: ada.ID, CredentialHash: seal.HashToken(id), CredentialID: []byte(id), PublicKey: []byte("x"), CreatedAt: ada.CreatedAt,
		Name: s.db.SystemBox().Seal(seal.Where{Table: "passkeys", Column: "name", Row: id}, name),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func TestThePagesOfTheSecondStepAreAccessibleAndFitEveryScreen(t *testing.T) {
	s := openAt(t, accounts.SignupOpen, "localhost")
	s.signsUp()
	staff := s.visit(t)
	staff.leads(staff.post(s.invites("bo@example.org", "staff"), values("name", "Bo Diddley", "password", password)), paths.Home)
	s.secures(staff)
	user, _ := s.page(paths.Users).Find(".wl-row-actions a").Attr("href")
	b := browser.Start(t)
	pages := map[string]*browser.Page{}
	// Where there is the least room, and in the dark: what the pages are made of has been looked at on every other screen.
	views := map[string]view{"narrow": {views["narrow"].Screen, "de", true}, "desktop-dark": {views["desktop-dark"].Screen, "en", false}}
	documents := map[string]string{}
	look := func(shown map[string]string) {
		t.Helper()
		for name, v := range views {
			v.look(t, pages[name], s, name, shown)
		}
		for name, path := range shown {
			documents[name] = s.get(path).body
		}
	}
	logIn := func(p *browser.Page) {
		p.Go(s.server.URL + paths.Login)
		p.Fill("#f-email", "ada@example.org")
		p.Fill("#f-password", password)
		p.Follow(`form[action="` + paths.Login + `"] button[type=submit]`)
	}
	for name, v := range views {
		pages[name] = b.Open(t, v.Screen, s.server.URL+paths.Login)
		logIn(pages[name])
	}
	look(map[string]string{"account": paths.Account, "factor-off": paths.SecondFactor, "passkeys-none": paths.Passkeys, "demand": paths.SecondFactorDemand})
	s.leads(s.post(paths.SecondFactorStart, values("present_password", password)), paths.SecondFactorSetUp)
	look(map[string]string{"factor-set-up": paths.SecondFactorSetUp})
	key := s.page(paths.SecondFactorSetUp).Find("#secret").Text()
	s.leads(s.post(paths.SecondFactorSetUp, values("code", s.shows(key))), paths.RecoveryCodes)
	laptop := s.keepsPasskey("A rather long name that somebody gave the old laptop at the reception")
	s.keepsPasskey("my phone")
	for _, p := range pages {
		p.Go(s.server.URL + paths.RecoveryCodesNew)
		p.Fill("#f-present-password", password)
		p.Follow(`form[action="` + paths.RecoveryCodesNew + `"] button.wl-btn-primary`)
	}
	look(map[string]string{
		"factor-on": paths.SecondFactor, "factor-start": paths.SecondFactorStart, "codes": paths.RecoveryCodes, "codes-new": paths.RecoveryCodesNew,
		"factor-switch-off": paths.SecondFactorOff, "passkeys": paths.Passkeys, "passkey": paths.Passkey(laptop), "passkey-removal": paths.PasskeyRemoval(laptop),
		"user-with-factor": user, "user-factor": user + "/second-factor",
	})
	for name, v := range views {
		pages[name] = b.Open(t, v.Screen, s.server.URL+paths.Login)
		logIn(pages[name])
	}
	s.visitor = s.visit(t)
	s.leads(s.post(paths.Login, values("email", "ada@example.org", "password", password)), paths.LoginCode)
	look(map[string]string{"log-in-code": paths.LoginCode, "log-in-recovery": paths.LoginRecovery, "log-in-passkey": paths.Login})
	browser.Valid(t, documents)
}
