package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestManyWhoFillAtOnceMakeNoMoreOffersThanTheHourHasRoomFor(t *testing.T) {
	for range rounds {
		s := race(t)
		sql(t, s, "UPDATE settings SET messages_per_hour = 3")
		cut, _ := stage(s)
		var acts []func() error
		for range 8 {
			s.Wait(cut, waitlist.Wishes{})
		}
		for range 8 { // each of a staff member of their own: one's slots are filled one after the other
			acts = append(acts, fill(s, openedQuietly(t, s, s.AddStaffMember("Mia", cut), 10)))
		}
		outcomes(t, together(acts...))
		if n := number(t, s, "SELECT COUNT(*) FROM offers WHERE state = 'pending'"); n != 3 {
			t.Errorf("%d offers were made, want 3", n)
		}
		if n := number(t, s, "SELECT COUNT(*) FROM slots WHERE state = 'open' AND unfilled_reason = ?", string(rules.ReasonHourLimit)); n != 5 {
			t.Errorf("%d slots say why not, want 5", n)
		}
	}
}

func TestASlotThatWaitsForRoomSaysUntilWhenAndIsFilledThen(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET messages_per_hour = 1")
	cut, mia := stage(s)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	sql(t, s, "DELETE FROM outbox") // the links that they confirmed by
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	sent := s.Now()
	waits := s.Open(mia, 1, "14:00", time.Hour)
	left(t, s, waits, rules.ReasonHourLimit)
	page, err := s.W.SlotPage(t.Context(), s.Tenant, waits)
	ok(t, err)
	if until := page.Item.WaitsUntil; until == nil || until.Sub(sent.Add(time.Hour)).Abs() > 5*time.Second {
		t.Errorf("it waits until %v, want an hour after %s", until, sent)
	}
	ok(t, s.W.Decline(t.Context(), s.OfferTo(first), false)) // the next is not asked either
	s.Pass(30 * time.Minute)
	s.Tick()
	left(t, s, waits, rules.ReasonHourLimit)
	s.Pass(31 * time.Minute)
	s.Tick()
	if s.OfferTo(second) == "" {
		t.Error("nobody was asked once there was room")
	}
	if n := number(t, s, "SELECT COUNT(*) FROM slots WHERE state = 'open' AND unfilled_reason = 'hour_limit'"); n != 1 {
		t.Errorf("%d slots wait for the room after that, want the other one", n)
	}
}
