package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// booked has staff book somebody for tomorrow at ten, and gives the booking's link and id.
func (s *shop) booked(name string) (token, id string) {
	s.t.Helper()
	id, err := s.W.Book(s.t.Context(), s.Staff, waitlist.Book{
		StaffMember: s.chair, Service: s.service, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 600, Name: name, Email: strings.ToLower(name) + "@example.org", Locale: "de",
	})
	s.must(err)
	s.exec("DELETE FROM outbox")
	return s.DB.Tokens().Make(seal.TokenBooking, id, 1), id
}

func (s *shop) run(job func() (int, error)) {
	s.t.Helper()
	_, err := job()
	s.must(err)
}

func (s *shop) reminds() {
	s.run(func() (int, error) { return s.W.RemindBookings(s.t.Context()) })
}

func TestAReminderOfAnOfferComesWhileItCanBeAnswered(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(d, 1)
	s.Pass(5 * time.Minute)
	s.run(func() (int, error) { return s.W.RemindOffers(t.Context()) })
	s.delivers(d, 1)
	letter := p.letters()[1]
	if !strings.HasPrefix(letter.Subject, "Noch bis ") || !strings.Contains(letter.Content[0].Value, "/o/") {
		t.Errorf("%q", letter.Subject)
	}
	if sent := s.offer(); sent.SentAt == nil || s.Now().Sub(*sent.SentAt) < 4*time.Minute {
		t.Error("the reminder passes for the email of the offer")
	}
	s.Pass(6 * time.Minute)
	s.run(func() (int, error) { return s.W.ExpireOverdue(t.Context()) })
	s.run(func() (int, error) { return d.DeliverDue(t.Context()) })
	if letter := p.letters()[2]; !strings.Contains(letter.Subject, "geht an die nächste Person") || !strings.Contains(letter.Content[0].Value, "Sie behalten Ihren Platz") {
		t.Errorf("%q", letter.Subject)
	}
}

func TestAReminderThatIsTooLateIsDropped(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(d, 1)
	s.Pass(5 * time.Minute)
	s.run(func() (int, error) { return s.W.RemindOffers(t.Context()) })
	offer := s.offer()
	s.must(s.W.Accept(t.Context(), s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)))
	s.delivers(d, 1) // the confirmation
	s.is(outbox.OfferReminder, "dropped", "over")
}

func TestWhoIsOfferedAnotherTimeMeanwhileIsNotToldOfTheOneBefore(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.exec("UPDATE settings SET contact_gap_minutes = 0")
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(d, 1)
	s.Pass(11 * time.Minute)
	s.run(func() (int, error) { return s.W.ExpireOverdue(t.Context()) })
	s.opens()
	s.run(func() (int, error) { return d.DeliverDue(t.Context()) })
	s.is(outbox.MovedOn, "dropped", "over")
}

func TestWhoseTimeEndedIsShownTheWayBackUnlessTheyAreBack(t *testing.T) {
	for _, back := range []bool{false, true} {
		s, p := newShop(t), newProvider(t)
		who := s.WaitAs("Amara", "amara@example.org", s.service, waitlist.Wishes{LatestOn: rules.DateOf(s.Now(), s.Zone)})
		s.exec("DELETE FROM outbox")
		s.Pass(24 * time.Hour)
		s.run(func() (int, error) { return s.W.ExpireEntries(t.Context()) })
		want := 1
		if back {
			s.must(s.W.BringBackEntry(t.Context(), s.Staff, who.Entry))
			want = 0
		}
		s.delivers(s.deliverer(p.sender()), want)
		if !back && !strings.Contains(p.letters()[0].Content[0].Value, "https://wait.example/b/studio-nord") {
			t.Error("the way to join again is missing")
		}
	}
}

func TestWhoIsAskedWhetherTheyComeIsAskedOnlyWhileItMatters(t *testing.T) {
	for name, c := range map[string]struct {
		before func(s *shop, token, id string)
		want   int
		state  string
	}{
		"as a rule":  {func(*shop, string, string) {}, 1, "sent "},
		"cancelled":  {func(s *shop, token, _ string) { s.must(s.W.CancelBooking(s.t.Context(), token)) }, 0, "dropped over"},
		"answered":   {func(s *shop, token, _ string) { s.must(s.W.ConfirmComing(s.t.Context(), token)) }, 0, "dropped over"},
		"begun":      {func(s *shop, _, _ string) { s.Pass(24 * time.Hour) }, 0, "dropped late"},
		"in a doubt": {func(s *shop, _, id string) { s.must(s.W.WishCancelBooking(s.t.Context(), s.Staff, id)) }, 0, "pending "},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			token, id := s.booked("Amara")
			s.Pass(time.Hour)
			s.reminds()
			c.before(s, token, id)
			s.delivers(s.deliverer(p.sender()), c.want)
			if m := s.message(outbox.Reminder); m.State+" "+m.ErrorClass != c.state {
				t.Errorf("the reminder is %s (%s), want %s", m.State, m.ErrorClass, c.state)
			}
			if c.want == 1 {
				text := p.letters()[0].Content[0].Value
				if !strings.Contains(text, "https://wait.example/v/"+token+"\n") || !strings.Contains(text, "https://wait.example/v/"+token+"/cancellation\n") {
					t.Errorf("the links are missing:\n%s", text)
				}
			}
		})
	}
}

func TestAThankYouIsForWhoWasThereAndHasNotRated(t *testing.T) {
	for name, c := range map[string]struct {
		before func(s *shop, token, id string)
		want   int
	}{
		"as a rule":     {func(*shop, string, string) {}, 1},
		"rated already": {func(s *shop, token, _ string) { s.must(s.W.Rate(s.t.Context(), token, 5)) }, 0},
		"missed": {func(s *shop, _, id string) {
			s.must(s.W.NoShowBooking(s.t.Context(), s.Staff, id))
			s.Pass(11 * time.Second)
			s.run(func() (int, error) { return s.W.CarryOutWishes(s.t.Context()) })
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			token, id := s.booked("Amara")
			s.Pass(28 * time.Hour)
			s.run(func() (int, error) { return s.W.ThankCustomers(t.Context()) })
			c.before(s, token, id)
			s.delivers(s.deliverer(p.sender()), c.want)
			if c.want == 1 && !strings.Contains(p.letters()[0].Content[0].Value, "https://wait.example/v/"+token+"/rating?stars=5\n") {
				t.Error("the link to five stars is missing")
			}
		})
	}
}
