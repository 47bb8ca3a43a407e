package waitlist_test

import (
	"context"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// rounds is how often two acts meet: often enough for either to win.
const rounds = 12

func TestOfSixtyFourConfirmsOneBooksAndAllAreToldYours(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	first := s.Wait(cut, waitlist.Wishes{})
	s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	token := s.OfferTo(first)
	errs := together(times(64, func() error { return s.W.Accept(s.Context(), token) })...)
	if won := outcomes(t, errs); won != 64 {
		t.Errorf("%d of 64 were told that it is theirs", won)
	}
	slotState(t, s, slot, rules.SlotBooked, "")
	rows(t, s, 1, "bookings")
	rows(t, s, 1, "slot_claims WHERE booking_id IS NOT NULL AND offer_id IS NULL")
	rows(t, s, 1, "outbox WHERE kind = 'confirmed'")
	rows(t, s, 1, "customers WHERE offers_answered = 1")
}

// offered is one round: an offer to the first of two who wait for a slot that no other round knows.
type offered struct {
	first, second waitlisttest.Waiter
	slot          string // public id
	token         string
	offer         db.Offer
}

func offerTo(t *testing.T, s *waitlisttest.Scene, send bool) offered {
	t.Helper()
	cut, mia := stage(s)
	o := offered{first: s.Wait(cut, waitlist.Wishes{}), second: s.Wait(cut, waitlist.Wishes{})}
	o.slot = s.Open(mia, 1, "10:00", time.Hour)
	if send {
		s.Send()
	}
	if o.token = s.OfferTo(o.first); o.token == "" {
		t.Fatal("nobody was offered the slot")
	}
	o.offer = pending(t, s, o.slot)
	return o
}

// pending is the live offer of a slot.
func pending(t *testing.T, s *waitlisttest.Scene, slot string) db.Offer {
	t.Helper()
	offer, err := s.DB.FindPendingOfferOfSlot(s.Context(), db.FindPendingOfferOfSlotParams{TenantID: s.Tenant, SlotID: s.Slot(slot).ID})
	ok(t, err)
	return offer
}

func now(t *testing.T, s *waitlisttest.Scene, o offered) db.Offer {
	t.Helper()
	offer, err := s.DB.GetOffer(s.Context(), db.GetOfferParams{TenantID: s.Tenant, ID: o.offer.ID})
	ok(t, err)
	return offer
}

// acceptedOr checks what must hold after a yes met something that ends the offer otherwise: the customer was told "yours" if
// and only if it is, and somebody who was not got the honest no; then the next was asked, unless the slot is closed.
func acceptedOr(t *testing.T, s *waitlisttest.Scene, o offered, yes error, closes bool, otherwise ...rules.OfferState) (accepted bool) {
	t.Helper()
	state := now(t, s, o).State
	accepted = state == rules.OfferAccepted
	if (yes == nil) != accepted {
		t.Errorf("the customer was told %v, the offer is %s", yes, state)
	}
	if accepted {
		rows(t, s, 1, "bookings WHERE offer_id = ? AND state = 'confirmed'", o.offer.ID)
		slotState(t, s, o.slot, rules.SlotBooked, "")
		return true
	}
	kind(t, yes, problem.Gone)
	rows(t, s, 0, "bookings WHERE offer_id = ?", o.offer.ID)
	one := false
	for _, want := range otherwise {
		one = one || state == want
	}
	if !one {
		t.Errorf("the offer is %s, want one of %v", state, otherwise)
	}
	next := 1
	if closes {
		next = 0
	}
	rows(t, s, next, "offers WHERE cause_offer_id = ? AND state = 'pending'", o.offer.ID)
	return false
}

func TestAYesMeetsWhatEndsTheOfferAndOneOfThemStands(t *testing.T) {
	for _, c := range []struct {
		name      string
		before    func(t *testing.T, s *waitlisttest.Scene, o offered) // what leads up to it
		end       func(s *waitlisttest.Scene, o offered) error
		closes    bool // nobody is asked after it
		otherwise rules.OfferState
		refused   []problem.Kind // what whoever comes second may be told
	}{
		{
			name: "the customer's own no", otherwise: rules.OfferDeclined, refused: []problem.Kind{problem.Gone},
			end: func(s *waitlisttest.Scene, o offered) error { return s.W.Decline(s.Context(), o.token, true) },
		},
		{
			name: "the customer leaving the list", otherwise: rules.OfferDeclined,
			end: func(s *waitlisttest.Scene, o offered) error { return s.W.LeaveEntry(s.Context(), o.first.Token) },
		},
		{
			name: "staff removing the customer", otherwise: rules.OfferWithdrawn,
			end: func(s *waitlisttest.Scene, o offered) error {
				return s.W.RemoveEntry(s.Context(), s.Staff, o.first.Entry)
			},
		},
		{
			name: "a bounce", otherwise: rules.OfferUndeliverable,
			end: func(s *waitlisttest.Scene, o offered) error {
				return s.W.OfferUndeliverable(s.Context(), s.Tenant, o.offer.ID)
			},
		},
		{
			name: "the withdrawal of the offer", otherwise: rules.OfferWithdrawn,
			before: func(t *testing.T, s *waitlisttest.Scene, o offered) {
				ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
				s.Pass(waitlist.UndoFor + time.Second)
			},
			end: carryOut,
		},
		{
			name: "the withdrawal of the slot", otherwise: rules.OfferWithdrawn, closes: true,
			before: func(t *testing.T, s *waitlisttest.Scene, o offered) {
				ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, o.slot))
				s.Pass(waitlist.UndoFor + time.Second)
			},
			end: carryOut,
		},
		{
			name: "the offer to somebody else instead", otherwise: rules.OfferWithdrawn,
			before: func(t *testing.T, s *waitlisttest.Scene, o offered) {
				ok(t, s.W.OfferTo(s.Context(), s.Staff, o.slot, o.second.Entry, "asked on the phone"))
				s.Pass(waitlist.UndoFor + time.Second)
			},
			end: carryOut,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			for range rounds {
				o := offerTo(t, s, true)
				if c.before != nil {
					c.before(t, s, o)
				}
				errs := together(
					func() error { return s.W.Accept(s.Context(), o.token) },
					func() error { return c.end(s, o) },
				)
				outcomes(t, errs[1:], c.refused...)
				if !acceptedOr(t, s, o, errs[0], c.closes, c.otherwise) && !c.closes && s.OfferTo(o.second) == "" {
					t.Error("it was not the other one who was asked next")
				}
			}
		})
	}
}

func carryOut(s *waitlisttest.Scene, _ offered) error {
	_, err := s.W.CarryOutWishes(s.Context())
	return err
}

func TestAYesMeetsTheChoiceOfSomebodyElseAndNoChoiceIsLeftBehind(t *testing.T) {
	s := race(t)
	for range rounds {
		o := offerTo(t, s, true)
		errs := together(
			func() error { return s.W.Accept(s.Context(), o.token) },
			func() error { return s.W.OfferTo(s.Context(), s.Staff, o.slot, o.second.Entry, "asked on the phone") },
		)
		outcomes(t, errs[1:], problem.Conflict)
		if errs[0] != nil { // a wish is carried out 10 s later: until then the customer's answer stands
			t.Fatal(errs[0])
		}
		rows(t, s, 0, "slots WHERE state = 'booked' AND chosen_entry_id IS NOT NULL")
	}
}

func TestAChoiceThatCameTooLateIsForgottenWithTheBooking(t *testing.T) {
	s := race(t)
	o := offerTo(t, s, true)
	ahead := s.Wait(service(t, s, o), waitlist.Wishes{})
	ok(t, s.W.SetPriority(s.Context(), s.Staff, ahead.Entry, 3, "an emergency"))
	ok(t, s.W.OfferTo(s.Context(), s.Staff, o.slot, o.second.Entry, "asked on the phone"))
	ok(t, s.W.Accept(s.Context(), o.token))
	page, err := s.W.EntryPage(s.Context(), o.first.Token)
	ok(t, err)
	ok(t, s.W.CancelBooking(s.Context(), page.BookingToken))
	if s.OfferTo(ahead) == "" || s.OfferTo(o.second) != "" {
		t.Error("a choice made for another opening decided who was asked")
	}
}

// service is the public id of what a round is about.
func service(t *testing.T, s *waitlisttest.Scene, o offered) string {
	t.Helper()
	row, err := s.DB.GetService(s.Context(), db.GetServiceParams{TenantID: s.Tenant, ID: o.offer.ServiceID})
	ok(t, err)
	return row.PublicID
}

func TestAYesMeetsARaisedDeadlineAndAnExpiryAndOneOutcomeStands(t *testing.T) {
	s := race(t)
	raised, booked := 0, 0
	for i := range 2 * rounds {
		o := offerTo(t, s, false)
		s.Pass(o.offer.ExpiresAt.Sub(s.Now()) + time.Duration(i-rounds)*time.Millisecond)
		errs := together(
			func() error { return s.W.Accept(s.Context(), o.token) },
			func() error {
				return s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error {
					return s.W.OfferSent(ctx, tx, s.Tenant, o.offer.ID)
				})
			},
			job(func() (int, error) { return s.W.ExpireOverdue(s.Context()) }),
			job(func() (int, error) { return s.W.ExpireDue(s.Context()) }),
		)
		outcomes(t, errs[1:])
		s.Tick() // the jobs may have looked a moment before the deadline
		offer := now(t, s, o)
		if acceptedOr(t, s, o, errs[0], false, rules.OfferExpired, rules.OfferUndeliverable) {
			booked++
		}
		if offer.SentAt != nil {
			raised++
			if !offer.ExpiresAt.After(o.offer.ExpiresAt) {
				t.Error("a sent offer kept its first deadline")
			}
		}
	}
	t.Logf("%d booked, %d raised, of %d", booked, raised, 2*rounds)
}
