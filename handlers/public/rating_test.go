package public_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// asked is a customer with an appointment tomorrow at ten who was asked whether they come.
func (s *site) asked(name string) (booking, offer string) {
	s.t.Helper()
	booking, offer, _ = s.booked(name)
	s.Pass(6*24*time.Hour + time.Hour)
	n, err := s.W.RemindBookings(s.t.Context())
	s.check(err)
	if n != 1 {
		s.t.Fatalf("%d were asked whether they come", n)
	}
	return booking, offer
}

func TestWhoIsAskedSaysWithOnePressThatTheyComeOrOpensTheTimeAtOnce(t *testing.T) {
	s := open(t)
	booking, _ := s.asked("Amara")
	page := s.get(paths.Booking(booking)).says("Still coming, Amara?").leadsTo(paths.BookingCancellation(booking)).leadsTo(paths.BookingEvent(booking))
	for range 2 {
		told := s.press(page, paths.BookingComing(booking), nil)
		if !strings.HasPrefix(told.title(), "It's yours: ") || !strings.Contains(told.main(), "You told Studio Nord that you are coming") || told.has("form") {
			t.Fatalf("%s", told.main())
		}
	}
	waiter := s.joins("Bela", waitlist.Wishes{})
	s.press(s.get(paths.BookingCancellation(booking)), paths.BookingCancellation(booking), nil).says("Your appointment is cancelled")
	if s.OfferTo(waiter) == "" {
		t.Error("the time was not given away at once")
	}
	s.follow(s.ask("POST", paths.BookingComing(booking), nil)).says("Your appointment is cancelled")
}

func TestALinkWithStarsMarksThemAndOnePressOnTheButtonKeepsThem(t *testing.T) {
	s := open(t)
	booking, _, _ := s.booked("Amara")
	s.get(paths.RatingOf(booking, 5)).says("There is nothing to rate here").leadsTo(paths.Booking(booking))
	s.Pass(7*24*time.Hour + 3*time.Hour)
	s.get(paths.Booking(booking)).says("This appointment is over").leadsTo(paths.Rating(booking))
	var page answer
	for range 2 { // looking changes nothing
		page = s.get(paths.RatingOf(booking, 4)).says("How was it, Amara?")
	}
	stars := page.Find(`fieldset > button[name="stars"][type="submit"]`)
	if stars.Length() != 5 || page.Find("button[data-linked]").AttrOr("value", "") != "4" || page.Find(`button[aria-pressed="true"]`).Length() != 0 ||
		page.Find("fieldset legend").Text() == "" || !strings.Contains(page.Find("#stars-hint").Text(), "4 of 5 stars") {
		t.Fatalf("%s", page.body)
	}
	if n := s.get(paths.RatingOf(booking, 9)).Find("button[data-linked]").Length(); n != 0 {
		t.Error("nine stars are marked")
	}
	var kept answer
	for range 2 {
		kept = s.press(page, paths.Rating(booking), url.Values{"stars": {"4"}}).says("Thank you, Amara!")
	}
	if kept.Find(`button[aria-pressed="true"]`).AttrOr("value", "") != "4" || !strings.Contains(kept.main(), "You gave 4 of 5 stars.") {
		t.Errorf("%s", kept.main())
	}
	said := s.press(kept, paths.RatingComment(booking), url.Values{"comment": {"<b>Lovely</b>"}}).says("Thank you, Amara!")
	if got := said.Find("textarea").Text(); got != "<b>Lovely</b>" {
		t.Errorf("the comment is %q", got)
	}
	refused := s.ask("POST", paths.RatingComment(booking), url.Values{"comment": {strings.Repeat("x", 401)}}).refuses("comment")
	if len(refused.Find("textarea").Text()) != 401 {
		t.Error("what was typed is lost")
	}
	if none := s.ask("POST", paths.Rating(booking), url.Values{"stars": {"6"}}); none.status != 422 || !strings.Contains(none.main(), "Please choose your stars first") {
		t.Errorf("six stars: %d %s", none.status, none.main())
	}
	s.press(kept, paths.Rating(booking), url.Values{"stars": {"2"}}).says("Thank you, Amara!")
	s.Pass(14 * 24 * time.Hour)
	late := s.press(kept, paths.Rating(booking), url.Values{"stars": {"5"}}).says("Thank you, Amara!")
	if late.has("form") || !strings.Contains(late.main(), "You gave 2 of 5 stars.") || late.Find("blockquote").Text() != "<b>Lovely</b>" {
		t.Errorf("%s", late.main())
	}
	part := s.part(paths.Rating(booking), "rating")
	if part.has("header") || part.Find("section#rating").Length() != 1 {
		t.Errorf("%s", part.body)
	}
	s.Check()
}

// afterwards are the pages around an appointment, before and after it.
func afterwards(s *site) (before, after func() map[string]string) {
	first, _ := s.asked("Amara")
	return func() map[string]string { return map[string]string{"asked": paths.Booking(first)} }, func() map[string]string {
		s.check(s.W.ConfirmComing(s.t.Context(), first))
		pages := map[string]string{"told": paths.Booking(first)}
		return pages
	}
}

func TestThePagesAroundAnAppointmentSuitEveryScreen(t *testing.T) {
	s := open(t)
	before, told := afterwards(s)
	b := browser.Start(t)
	documents := map[string]string{}
	look := func(pages map[string]string) {
		t.Helper()
		for _, on := range []struct {
			name, language string
			screen         browser.Screen
		}{
			{"phone", "en", browser.Phone}, {"phone-dark", "de", browser.Phone.InTheDark()},
			{"narrow", "de", browser.Screen{Width: 320, Height: 640, Touch: true}}, {"desktop", "en", browser.Desktop},
		} {
			p := b.Open(t, on.screen, s.server.URL+paths.Join(slug)+"?lang="+on.language)
			for state, path := range pages {
				p.Go(s.server.URL + path)
				p.Picture(state + "-" + on.name)
				p.Fits()
				p.Reachable()
				p.Accessible()
			}
		}
		for state, path := range pages {
			documents[state] = s.get(path).body
		}
	}
	look(before())
	pages := told()
	look(pages)
	booking := strings.TrimPrefix(pages["told"], "/v/")
	s.Pass(27 * time.Hour)
	look(map[string]string{"past": paths.Booking(booking), "linked": paths.RatingOf(booking, 4), "unlinked": paths.Rating(booking)})
	p := b.Open(t, browser.Phone.WithoutScript(), s.server.URL+paths.RatingOf(booking, 4)+"&lang=en")
	p.Click("button[data-linked]")
	p.SeeText("h1", "Thank you, Amara!")
	s.check(s.W.CommentRating(t.Context(), booking, "Lovely.\nMia took her time."))
	look(map[string]string{"given": paths.Rating(booking), "other": paths.RatingOf(booking, 2)})
	s.Pass(15 * 24 * time.Hour)
	look(map[string]string{"closed": paths.Rating(booking)})
	browser.Valid(t, documents)
}
