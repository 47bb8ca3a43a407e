package waitlist_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// openedQuietly is an open slot tomorrow at a local hour that nobody has been asked about yet.
func openedQuietly(t *testing.T, s *waitlisttest.Scene, staffMember string, hour int) int64 {
	t.Helper()
	member, err := s.DB.GetStaffMemberByPublicID(s.Context(), db.GetStaffMemberByPublicIDParams{TenantID: s.Tenant, PublicID: staffMember})
	ok(t, err)
	now := s.Now()
	start, _ := rules.LocalAt(rules.DateOf(now, s.Zone).AddDays(1), 60*hour, s.Zone)
	id, err := s.DB.AddSlot(s.Context(), db.AddSlotParams{
		TenantID: s.Tenant, PublicID: seal.PublicID(), StaffMemberID: member.ID, StartsAt: start, EndsAt: start.Add(time.Hour),
		State: rules.SlotOpen, Origin: "staff", NextTryAt: &now, CreatedAt: now,
	})
	ok(t, err)
	ok(t, s.DB.BeginOpening(s.Context(), db.BeginOpeningParams{TenantID: s.Tenant, SlotID: id, LiveSlotID: &id, Origin: "staff", OpenedAt: now, StartsAt: start}))
	return id
}

// fill is by an instance of its own each time: within one they take turns, and the locks would have nothing to do.
func fill(s *waitlisttest.Scene, slot int64) func() error {
	return job(func() (bool, error) {
		return waitlist.New(s.DB, s.Holds, s.Boards, slog.New(slog.DiscardHandler)).Fill(s.Context(), s.Tenant, slot)
	})
}

func TestManyWhoFillOneSlotMakeOneOffer(t *testing.T) {
	s := race(t)
	for range rounds {
		cut, mia := stage(s)
		for range 4 {
			s.Wait(cut, waitlist.Wishes{})
		}
		slot := openedQuietly(t, s, mia, 10)
		outcomes(t, together(times(4, fill(s, slot))...))
		if n := number(t, s, "SELECT COUNT(*) FROM offers WHERE slot_id = ? AND state = 'pending'", slot); n != 1 {
			t.Errorf("the slot has %d live offers", n)
		}
	}
}

func TestManyWhoFillAfterANoMakeOneNextOffer(t *testing.T) {
	s := race(t)
	for range rounds {
		cut, mia := stage(s)
		first := s.Wait(cut, waitlist.Wishes{})
		slot := openedQuietly(t, s, mia, 10)
		ok(t, fill(s, slot)())
		ok(t, s.W.Decline(s.Context(), s.OfferTo(first), true))
		for range 4 { // nobody was left to ask; now there are four
			who := s.Join(fmt.Sprintf("Ada %d", slot), fmt.Sprintf("%s@example.org", seal.PublicID()), cut, waitlist.Wishes{})
			sql(t, s, "UPDATE entries SET state = 'waiting', confirmed_at = joined_at WHERE public_id = ?", who.Entry)
		}
		outcomes(t, together(times(4, fill(s, slot))...))
		if n := number(t, s, "SELECT COUNT(*) FROM offers WHERE slot_id = ? AND cause_offer_id IS NOT NULL", slot); n != 1 {
			t.Errorf("the no has %d next offers", n)
		}
	}
}

// twoOpenings are slots at two staff members, each with a service of their own.
func twoOpenings(t *testing.T, s *waitlisttest.Scene, wait func(cut, colour string)) (one, two int64) {
	t.Helper()
	cut, colour := s.AddService("Cut", time.Hour, 0), s.AddService("Colour", time.Hour, 0)
	mia, ben := s.AddStaffMember("Mia", cut), s.AddStaffMember("Ben", colour)
	wait(cut, colour)
	return openedQuietly(t, s, mia, 10), openedQuietly(t, s, ben, 14)
}

func TestTwoOpeningsForOneCustomersTwoEntriesMakeOneOffer(t *testing.T) {
	s := race(t)
	for i := range rounds {
		name, email := fmt.Sprintf("Ada %d", i), fmt.Sprintf("ada%d@example.org", i)
		one, two := twoOpenings(t, s, func(cut, colour string) {
			s.WaitAs(name, email, cut, waitlist.Wishes{})
			s.WaitAs(name, email, colour, waitlist.Wishes{})
		})
		outcomes(t, together(fill(s, one), fill(s, two)))
		if n := number(t, s, "SELECT COUNT(*) FROM offers WHERE slot_id IN (?, ?)", one, two); n != 1 {
			t.Errorf("the customer has %d offers at once", n)
		}
	}
}

func TestAFamilyThatSharesAnAddressSharesItsBudget(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET contacts_per_day = 1, contact_gap_minutes = 0")
	for i := range rounds {
		email := fmt.Sprintf("family%d@example.org", i)
		one, two := twoOpenings(t, s, func(cut, colour string) {
			s.WaitAs("Ada", email, cut, waitlist.Wishes{})
			s.WaitAs("Ben", email, colour, waitlist.Wishes{})
		})
		outcomes(t, together(fill(s, one), fill(s, two)))
		if n := number(t, s, "SELECT COUNT(*) FROM offers WHERE slot_id IN (?, ?)", one, two); n != 1 {
			t.Errorf("the address was asked %d times on a day, with a budget of one", n)
		}
		rows(t, s, 1, "slots WHERE id IN (?, ?) AND unfilled_reason = 'contact_limit'", one, two)
	}
}
