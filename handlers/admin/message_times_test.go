package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestABusinessSaysWhenRemindersAndThanksGoOut(t *testing.T) {
	s := open(t)
	form := s.get(paths.MessagesSending)
	for name, want := range map[string]string{"offer_reminder": "5", "reminder_hours": "24", "thanks_hours": "2"} {
		input := form.Find(`#message-times input[name="` + name + `"]`)
		if input.AttrOr("value", "") != want {
			t.Errorf("%s is %q at first, want %s", name, input.AttrOr("value", ""), want)
		}
		for _, typed := range []string{"", "-1", "1e3", "169", "soon", strings.Repeat("9", 20_000)} {
			a := s.press(form, paths.MessageTimes, url.Values{name: {typed}})
			a.refuses(name)
			if typed == "169" && a.Find(`input[name="`+name+`"]`).AttrOr("value", "") != typed {
				t.Errorf("%s: what was typed is lost", name)
			}
		}
	}
	changed := url.Values{"offer_reminder": {"0"}, "reminder_hours": {"48"}, "thanks_hours": {"0"}}
	s.leadsTo(s.press(form, paths.MessageTimes, changed), paths.MessagesSending).says("Saved. It counts for what comes from now on.")
	stale := s.press(form, paths.MessageTimes, url.Values{"reminder_hours": {"12"}})
	if stale.status != http.StatusConflict || stale.Find(`input[name="reminder_hours"]`).AttrOr("value", "") != "12" {
		t.Fatalf("a stale form answers %d", stale.status)
	}
	s.leadsTo(s.press(stale, paths.MessageTimes, nil), paths.MessagesSending)
	s.pressLive(s.get(paths.MessagesSending), paths.MessageTimes, "message-times", url.Values{"thanks_hours": {"99"}}).refuses("thanks_hours").partOnly("message-times")
	s.get(paths.Audit).says("Reminders and thank-yous changed")
	row, err := s.DB.GetSettings(s.Context(), s.Tenant)
	s.check(err)
	if row.OfferReminderMinutes != 5 || row.ReminderHours != 12 || row.ThanksHours != 2 { // the stale form had the first ones
		t.Errorf("%+v", row)
	}
}

// rated is a business whose customers gave some stars, and said something beside them.
func rated(t *testing.T) (s *site, booking, coming string) {
	t.Helper()
	s = worked(t)
	cut := s.AddService("Cut", 45*time.Minute, 0)
	mia := s.AddStaffMember("Noor", cut)
	day := rules.DateOf(s.Now(), s.Zone)
	for i, name := range []string{"Ada", "Bea", "Cem"} {
		id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: mia, Service: cut, Date: day.AddDays(1), FromMinute: (9 + i) * 60, Name: name, Email: name + "@example.org", OutsideHours: true})
		s.check(err)
		token := s.DB.Tokens().Make(seal.TokenBooking, id, 1)
		if i == 0 {
			s.check(s.W.ConfirmComing(s.Context(), token))
			coming = id
			continue
		}
		booking = id
		s.Pass(24 * time.Hour)
		s.check(s.W.Rate(s.Context(), token, 3+i))
		s.check(s.W.CommentRating(s.Context(), token, "Mia took her time.\nThank you!"))
		s.Pass(-24 * time.Hour)
	}
	return s, booking, coming
}

func TestStaffReadARatingAndTheOwnerTheirMean(t *testing.T) {
	s, booking, coming := rated(t)
	s.get(paths.CounterBooking(coming)).says("Said they are coming")
	s.get(paths.Day(rules.DateOf(s.Now(), s.Zone).AddDays(1).String())).says("is coming")
	s.Pass(24 * time.Hour)
	s.get(paths.CounterBooking(booking)).says("5 of 5 stars", "Mia took her time. Thank you!")
	s.get(paths.Figures(7)).says("Satisfaction", "4.5 of 5", "from 2 ratings")
}

func TestThePagesOfRemindersSuitEveryScreen(t *testing.T) {
	s, booking, coming := rated(t)
	s.Pass(19 * time.Hour) // nine in the morning
	at := map[string]string{
		"times": paths.MessagesSending, "overview": paths.Figures(7), "rated": paths.CounterBooking(booking), "coming": paths.CounterBooking(coming), "day": paths.Day(rules.DateOf(s.Now(), s.Zone).String()),
	}
	s.Pass(5 * time.Hour)
	b := browser.Start(t)
	documents := map[string]string{}
	for name, screen := range map[string]browser.Screen{"phone": browser.Phone, "desktop-dark": browser.Desktop.InTheDark(), "tablet": browser.Tablet} {
		page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
		for picture, path := range at {
			page.Go(s.server.URL + path)
			page.Picture(picture + "-" + name)
			page.Fits()
			page.Reachable()
			page.Accessible()
		}
	}
	page := b.Open(t, browser.Phone.InTheDark(), s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.MessagesSending + "?lang=de")
	page.Picture("times-de-dark")
	page.Fits()
	for state, path := range at {
		documents[state] = s.get(path).body
	}
	browser.Valid(t, documents)
}
