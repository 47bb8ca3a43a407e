package webhooks_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// What the trail notes of a transition is what is told of it: each way of an offer, a slot, an entry and a booking to its end.
func TestEveryTransitionIsTold(t *testing.T) {
	// offered is somebody with an offer out for a slot of some length.
	offered := func(s *scene, length time.Duration) (who waitlisttest.Waiter, slot, offer string) {
		who = s.Wait(s.cut, waitlist.Wishes{})
		slot = s.Open(s.mia, 1, "10:00", length)
		s.Send()
		token := s.OfferTo(who)
		p, err := s.W.OfferPage(s.Context(), token)
		s.ok(err)
		return who, slot, p.ID
	}
	booked := func(s *scene) (booking string) {
		who, _, _ := offered(s, time.Hour)
		s.ok(s.W.Accept(s.Context(), s.OfferTo(who)))
		s.ok(s.DB.Pool().QueryRow("SELECT public_id FROM bookings").Scan(&booking))
		return booking
	}
	carriedOut := func(s *scene) {
		s.Pass(11 * time.Second)
		s.Tick()
	}
	const asked, taken = "entry.joined entry.confirmed slot.opened offer.made ", "entry.joined entry.confirmed slot.opened offer.made offer.accepted booking.made "
	for name, c := range map[string]struct {
		act  func(s *scene)
		want string
	}{
		"a customer declines and waits on": {func(s *scene) {
			who, _, _ := offered(s, time.Hour)
			s.ok(s.W.Decline(s.Context(), s.OfferTo(who), true))
		}, asked + "offer.declined"},
		"a customer declines and leaves": {func(s *scene) {
			who, _, _ := offered(s, time.Hour)
			s.ok(s.W.Decline(s.Context(), s.OfferTo(who), false))
		}, asked + "offer.declined entry.left"},
		"a customer with an offer out leaves": {func(s *scene) {
			who, _, _ := offered(s, time.Hour)
			s.ok(s.W.LeaveEntry(s.Context(), who.Token))
		}, asked + "offer.declined entry.left"},
		"staff take somebody with an offer out off the list": {func(s *scene) {
			who, _, _ := offered(s, time.Hour)
			s.ok(s.W.RemoveEntry(s.Context(), s.Staff, who.Entry))
		}, asked + "offer.withdrawn entry.removed"},
		"somebody leaves whose offer has just run out": {func(s *scene) {
			who, _, _ := offered(s, time.Hour)
			s.Pass(11 * time.Minute)
			s.ok(s.W.LeaveEntry(s.Context(), who.Token))
		}, asked + "offer.expired entry.left"},
		"an offer runs out": {func(s *scene) {
			offered(s, time.Hour)
			s.Pass(11 * time.Minute)
			s.Tick()
		}, asked + "offer.expired"},
		"staff withdraw an offer": {func(s *scene) {
			_, _, offer := offered(s, time.Hour)
			s.ok(s.W.WithdrawOffer(s.Context(), s.Staff, offer))
			carriedOut(s)
		}, asked + "offer.withdrawn"},
		"staff withdraw a slot that is offered": {func(s *scene) {
			_, slot, _ := offered(s, time.Hour)
			s.ok(s.W.WithdrawSlot(s.Context(), s.Staff, slot))
			carriedOut(s)
		}, asked + "slot.withdrawn offer.withdrawn"},
		"a slot lapses": {func(s *scene) {
			s.Open(s.mia, 1, "10:00", time.Hour)
			s.Pass(26 * time.Hour)
			s.Tick()
		}, "slot.opened slot.lapsed"},
		"a booking leaves a rest of its slot": {func(s *scene) {
			who, _, _ := offered(s, 2*time.Hour)
			s.ok(s.W.Accept(s.Context(), s.OfferTo(who)))
		}, asked + "slot.opened offer.accepted booking.made"},
		"staff book over an open slot": {func(s *scene) {
			s.Open(s.mia, 1, "10:00", time.Hour)
			_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.mia, Busy: true, Minutes: 60, Date: s.day(1), FromMinute: 600})
			s.ok(err)
		}, "slot.opened slot.withdrawn booking.made"},
		"staff cancel what came from the list": {func(s *scene) {
			s.ok(s.W.WishCancelBooking(s.Context(), s.Staff, booked(s)))
			carriedOut(s)
		}, taken + "booking.cancelled slot.opened entry.returned"},
		"a customer keeps an appointment": {func(s *scene) {
			booking := booked(s)
			s.Pass(26 * time.Hour)
			s.ok(s.W.CompleteBooking(s.Context(), s.Staff, booking))
			carriedOut(s)
		}, taken + "booking.completed"},
		"a customer misses an appointment": {func(s *scene) {
			booking := booked(s)
			s.Pass(26 * time.Hour)
			s.ok(s.W.NoShowBooking(s.Context(), s.Staff, booking))
			carriedOut(s)
		}, taken + "booking.no_show"},
	} {
		t.Run(name, func(t *testing.T) {
			s, r := open(t), receive(t, nil)
			s.add(r.URL)
			c.act(s)
			s.tell()
			if told := r.types(); told != c.want {
				t.Errorf("told %q, want %q", told, c.want)
			}
		})
	}
}
