package waitlist_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// presses is how often one button is pressed at once.
const presses = 8

func TestEveryButtonPressedOftenAtOnceHasOneEffect(t *testing.T) {
	tomorrow := func(s *waitlisttest.Scene) rules.Date { return rules.DateOf(s.Now(), s.Zone).AddDays(1) }
	for _, c := range []struct {
		name   string
		act    func(t *testing.T, s *waitlisttest.Scene) (pressed func() error)
		effect map[string]int // rows of what
	}{
		{
			name: "no, keep me on the list",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				return func() error { return s.W.Decline(s.Context(), o.token, true) }
			},
			effect: map[string]int{
				"offers WHERE state = 'declined'": 1, "offers WHERE state = 'pending' AND cause_offer_id IS NOT NULL": 1,
				"customers WHERE offers_answered = 1": 1, "customers WHERE offers_answered > 1": 0,
			},
		},
		{
			name: "no, take me off the list",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				return func() error { return s.W.Decline(s.Context(), o.token, false) }
			},
			effect: map[string]int{"entries WHERE state = 'left'": 1, "offers": 2},
		},
		{
			name: "leave the list",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				return func() error { return s.W.LeaveEntry(s.Context(), o.first.Token) }
			},
			effect: map[string]int{"entries WHERE state = 'left'": 1, "offers": 2, "audit_entries WHERE action = 'entry.leave'": 1},
		},
		{
			name: "cancel my appointment",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				ok(t, s.W.Accept(s.Context(), o.token))
				page, err := s.W.EntryPage(s.Context(), o.first.Token)
				ok(t, err)
				return func() error { return s.W.CancelBooking(s.Context(), page.BookingToken) }
			},
			effect: map[string]int{
				"bookings WHERE state = 'cancelled'": 1, "offers WHERE state = 'pending'": 1, "offers": 2,
				"audit_entries WHERE action = 'booking.cancel'": 1,
			},
		},
		{
			name: "wait again",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				ok(t, s.W.Accept(s.Context(), o.token))
				page, err := s.W.EntryPage(s.Context(), o.first.Token)
				ok(t, err)
				ok(t, s.W.CancelBooking(s.Context(), page.BookingToken))
				return func() error { return s.W.WaitAgain(s.Context(), page.BookingToken) }
			},
			effect: map[string]int{"entries": 2, "entries WHERE state = 'waiting'": 1},
		},
		{
			name: "join",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				cut, _ := stage(s)
				return func() error {
					return s.W.Join(s.Context(), s.Tenant, waitlist.Join{
						Service: cut, Name: "Ada", Email: "ada@example.org", Locale: "en", Consent: true, Wording: "Yes, please.",
					})
				}
			},
			effect: map[string]int{"customers": 1, "entries": 1, "consents": 1, "outbox WHERE kind = 'join'": 1},
		},
		{
			name: "confirm my address",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				cut, mia := stage(s)
				s.Open(mia, 1, "10:00", time.Hour)
				who := s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
				return func() error { return s.W.ConfirmEntry(s.Context(), who.Token) }
			},
			effect: map[string]int{"entries WHERE state = 'offered'": 1, "offers": 1},
		},
		{
			name: "staff withdraw an offer",
			act: func(t *testing.T, s *waitlisttest.Scene) func() error {
				o := offerTo(t, s, true)
				return func() error { return s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID) }
			},
			effect: map[string]int{"audit_entries WHERE action = 'offer.withdraw'": 1, "offers WHERE state = 'pending'": 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			pressed := c.act(t, s)
			outcomes(t, together(times(presses, pressed)...))
			for of, want := range c.effect {
				rows(t, s, want, of)
			}
		})
	}
	for _, c := range []struct {
		name   string
		act    func(s *waitlisttest.Scene, service, staffMember string) (string, error)
		effect map[string]int
	}{
		{
			name: "add to the list",
			act: func(s *waitlisttest.Scene, service, _ string) (string, error) {
				return s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: service, Name: "Grete", Phone: "+49 30 901820", Press: press(1)})
			},
			effect: map[string]int{"entries": 1, "customers": 1},
		},
		{
			name: "book",
			act: func(s *waitlisttest.Scene, service, staffMember string) (string, error) {
				return s.W.Book(s.Context(), s.Staff, waitlist.Book{
					StaffMember: staffMember, Service: service, Date: tomorrow(s), FromMinute: 600, Name: "Grete", Phone: "+49 30 901820", Press: press(1),
				})
			},
			effect: map[string]int{"bookings": 1, "slots": 1, "customers": 1, "slot_claims": 1},
		},
		{
			name: "open",
			act: func(s *waitlisttest.Scene, _, staffMember string) (string, error) {
				ids, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
					StaffMember: staffMember, Date: tomorrow(s), FromMinute: 600, Minutes: 60, Count: 2, Weeks: 1, Press: press(1),
				})
				if err != nil {
					return "", err
				}
				return ids[0], nil
			},
			effect: map[string]int{"slots": 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			cut, mia := stage(s)
			ids := make(chan string, presses)
			outcomes(t, together(times(presses, func() error {
				id, err := c.act(s, cut, mia)
				ids <- id
				return err
			})...))
			close(ids)
			var all []string
			for id := range ids {
				all = append(all, id)
			}
			if len(slices.Compact(all)) != 1 {
				t.Errorf("the presses were told of %v, want one thing", all)
			}
			for of, want := range c.effect {
				rows(t, s, want, of)
			}
		})
	}
}

func TestAYesAndANoPressedAtOnceAreOneAnswer(t *testing.T) {
	s := race(t)
	for range rounds {
		o := offerTo(t, s, true)
		yes := func() error { return s.W.Accept(s.Context(), o.token) }
		no := func() error { return s.W.Decline(s.Context(), o.token, true) }
		errs := together(yes, no, yes, no)
		outcomes(t, errs, problem.Gone)
		if errs[0] != nil != (errs[2] != nil) || errs[1] != nil != (errs[3] != nil) || (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("two yes and two no were told %v", errs)
		}
		acceptedOr(t, s, o, errs[0], false, rules.OfferDeclined)
	}
}

func TestEveryJobAtOnceExpiresEachOfferOnce(t *testing.T) {
	s := race(t)
	var out []offered
	for range rounds {
		out = append(out, offerTo(t, s, true))
	}
	s.Pass(11 * time.Minute)
	sweeps := []func(context.Context) (int, error){s.W.ExpireDue, s.W.ExpireOverdue, s.W.ExpireDue, s.W.ExpireOverdue, s.W.FillDue, s.W.CarryOutWishes}
	var acts []func() error
	for _, sweep := range sweeps {
		acts = append(acts, job(func() (int, error) { return sweep(s.Context()) }))
	}
	outcomes(t, together(acts...))
	for _, o := range out {
		if state := now(t, s, o).State; state != rules.OfferExpired {
			t.Errorf("the offer is %s", state)
		}
		rows(t, s, 1, "offers WHERE cause_offer_id = ?", o.offer.ID)
	}
	rows(t, s, len(out), "customers WHERE offers_lapsed = 1")
	rows(t, s, 0, "customers WHERE offers_lapsed > 1")
}
