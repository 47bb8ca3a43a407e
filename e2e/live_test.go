package e2e

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/e2e/program"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

const (
	email    = "ada@example.org"
	password = "a lovely analytical engine"
	// followed is the bar of a page that hears of changes. While it does, a page that changes was told: by itself it would look again
	// after a minute only, which is longer than any test waits.
	followed = `[data-live][data-state="on"]`
)

// counter opens the board of a program on a screen, logged in.
func counter(t *testing.T, b *browser.Browser, screen browser.Screen, url string) *browser.Page {
	t.Helper()
	page := b.Open(t, screen, url+paths.Login)
	page.Fill("#f-email", email)
	page.Fill("#f-password", password)
	page.Follow("form button.wl-btn-primary")
	page.Go(url + paths.Counter)
	page.See(followed)
	return page
}

// adds puts somebody on the list at the counter.
func adds(page *browser.Page, url, name string) {
	page.Go(url + paths.NewEntry)
	page.Fill("#f-name", name)
	page.Fill("#f-phone", "+49 30 901820")
	page.Click("#add-entry button.wl-btn-primary")
	page.SeeText("#board ol", name)
	page.See(followed)
}

func TestTabletsAndPhonesOfTwoInstancesSeeTheSameAndRecoverByThemselves(t *testing.T) {
	url, redis := dbtest.URL(t), redistest.New(t)
	s := waitlisttest.On(t, dbtest.OpenURL(t, url))
	s.StartAt(time.Now())
	if _, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE settings SET locale = 'en'"); err != nil {
		t.Fatal(err)
	}
	cut := s.AddService("Cut", 30*time.Minute, 0)
	s.AddStaffMember("Mia", cut)
	_, err := accounts.New(s.DB, accounts.SignupClosed).CreateAdmin(t.Context(), accounts.CreateAdmin{Email: email, Name: "Ada", Business: s.Slug, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	start := func() *program.Program {
		p := program.New(t, "DATABASE_URL="+url, "REDIS_URL="+redis.URL(), "ENCRYPTION_KEY="+dbtest.EncryptionKey,
			"SESSION_SECRET="+dbtest.EncryptionKey, "JWT_SECRET="+dbtest.EncryptionKey)
		p.Start()
		return p
	}
	here, there := start(), start()
	b := browser.Start(t)
	tablet, other, phone := counter(t, b, browser.Tablet, here.URL), counter(t, b, browser.Tablet, there.URL), counter(t, b, browser.Phone, here.URL)

	adds(tablet, here.URL, "Amara")
	for _, page := range []*browser.Page{other, phone} {
		page.SeeText("#board ol", "Amara")
	}
	adds(phone, here.URL, "Bela")
	for _, page := range []*browser.Page{tablet, other} {
		page.SeeText("#board ol", "Bela")
	}
	// The other tablet opens a slot; everybody sees the offer, and one of them takes the answer of the call.
	other.Go(there.URL + paths.NewSlot)
	other.Click("input[name=staff_member]")
	other.Set("#f-date", rules.DateOf(s.Now(), s.Zone).AddDays(2).String())
	other.Set("#f-from", "10:00")
	other.Set("#f-minutes", "30")
	other.Click("#open-slot button.wl-btn-primary")
	const offer = `[aria-labelledby="offers-title"]`
	for _, page := range []*browser.Page{other, tablet, phone} {
		page.SeeText(offer, "Amara")
	}
	other.Picture("live-two-tablets-one")
	tablet.Picture("live-two-tablets-two")
	phone.Picture("live-phone")
	tablet.Click(offer + ` form[action$="/decline"] button`)
	tablet.SeeText("#flash", "The no is noted")
	for _, page := range []*browser.Page{tablet, other, phone} {
		page.SeeText(offer, "Bela")
	}

	// One instance dies. Its tablets say so at once; what happens meanwhile they see as soon as it is back.
	for _, page := range []*browser.Page{tablet, phone} {
		for _, complaint := range []string{"htmx:sse:error", "htmx:error", "htmx:response:error"} {
			page.Expect(complaint)
		}
	}
	here.Kill()
	for _, page := range []*browser.Page{tablet, phone} {
		page.SeeText("[data-live]", "")
		page.See("[data-stale]")
	}
	tablet.Picture("live-lost-tablet")
	phone.Picture("live-lost-phone")
	tablet.Accessible()
	tablet.Click(offer + ` form[action$="/acceptance"] button`)
	tablet.SeeText("#flash", "got no answer")
	adds(other, there.URL, "Cleo")
	here.Start()
	for _, page := range []*browser.Page{tablet, phone} {
		page.See(followed)
		page.Gone("[data-stale]")
		page.SeeText("#board ol", "Cleo")
	}
	// The press that got no answer is made again.
	tablet.Click(offer + ` form[action$="/acceptance"] button`)
	other.SeeText(offer, "No offer is out")

	// Without Redis each instance tells its own tablets; when it is back, all look again.
	redis.Stop()
	adds(tablet, here.URL, "Dora")
	phone.SeeText("#board ol", "Dora")
	redis.Start()
	other.SeeText("#board ol", "Dora")
}
