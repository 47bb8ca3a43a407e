package waitlist_test

import (
	"errors"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// left checks why a slot is not filled, and that nobody was asked.
func left(t *testing.T, s *waitlisttest.Scene, slot string, reason rules.UnfilledReason) {
	t.Helper()
	slotState(t, s, slot, rules.SlotOpen, reason)
}

func TestWhoMayNotBeOfferedASlotIsNot(t *testing.T) {
	for _, c := range []struct {
		name   string
		wishes func(s *waitlisttest.Scene, mia, ben string) waitlist.Wishes
		before func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, cut string)
	}{
		{name: "only somebody else", wishes: func(_ *waitlisttest.Scene, _, ben string) waitlist.Wishes {
			return waitlist.Wishes{OnlyStaff: []string{ben}}
		}},
		{name: "not before next week", wishes: func(s *waitlisttest.Scene, _, _ string) waitlist.Wishes {
			return waitlist.Wishes{EarliestOn: rules.DateOf(s.Now(), s.Zone).AddDays(7)}
		}},
		{name: "not later than today", wishes: func(s *waitlisttest.Scene, _, _ string) waitlist.Wishes {
			return waitlist.Wishes{LatestOn: rules.DateOf(s.Now(), s.Zone)}
		}},
		{name: "on Wednesdays only", wishes: func(*waitlisttest.Scene, string, string) waitlist.Wishes {
			return waitlist.Wishes{Windows: []rules.Window{{Weekday: 3, From: 0, To: 1440}}}
		}},
		{name: "two days ahead", wishes: func(*waitlisttest.Scene, string, string) waitlist.Wishes {
			return waitlist.Wishes{Notice: 48 * time.Hour}
		}},
		{name: "paused", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, _ string) {
			ok(t, s.W.PauseEntry(s.Context(), who.Token))
		}},
		{name: "gone", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, _ string) {
			ok(t, s.W.LeaveEntry(s.Context(), who.Token))
		}},
		{name: "an address that mail must not go to", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, _ string) {
			sql(t, s, "INSERT INTO suppressions (tenant_id, email_hash, reason, created_at) VALUES (?, ?, 'bounce', ?)",
				s.Tenant, s.DB.Lookup().Email(s.Tenant, who.Email), s.Now())
		}},
		{name: "without consent", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, _ string) {
			sql(t, s, "UPDATE entries SET consented = FALSE")
		}},
		{name: "an appointment at that time", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, cut string) {
			colour := s.AddService("Colour", time.Hour, 0)
			_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
				StaffMember: s.AddStaffMember("Eva", colour), Service: colour, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 630,
				Name: who.Name, Email: who.Email,
			})
			ok(t, err)
		}},
		{name: "an offer out", before: func(t *testing.T, s *waitlisttest.Scene, who waitlisttest.Waiter, cut string) {
			s.Open(s.AddStaffMember("Eva", cut), 3, "15:00", time.Hour)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			cut, mia := stage(s)
			ben := s.AddStaffMember("Ben", cut)
			wishes := waitlist.Wishes{}
			if c.wishes != nil {
				wishes = c.wishes(s, mia, ben)
			}
			who := s.Wait(cut, wishes)
			if c.before != nil {
				c.before(t, s, who, cut)
			}
			before := number(t, s, "SELECT COUNT(*) FROM offers")
			left(t, s, s.Open(mia, 1, "10:00", time.Hour), rules.ReasonNoCandidate)
			rows(t, s, before, "offers")
			next := s.Wait(cut, waitlist.Wishes{}) // the slot was not the reason
			if s.OfferTo(next) == "" {
				t.Error("nobody at all was offered the slot")
			}
		})
	}
}

func TestWhoHadASlotIsNotOfferedItAgain(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	who := s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(who)))
	page, err := s.W.EntryPage(s.Context(), who.Token)
	ok(t, err)
	ok(t, s.W.CancelBooking(s.Context(), page.BookingToken))
	ok(t, s.W.WaitAgain(s.Context(), page.BookingToken))
	s.Live(2*time.Hour, 30*time.Second)
	left(t, s, slot, rules.ReasonNoCandidate)
	kind(t, s.W.OfferTo(s.Context(), s.Staff, slot, who.Entry, "by mistake"), problem.Conflict)
}

func TestAnAddressIsLeftInPeaceUntilItsGapAndItsDayAreOver(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET contacts_per_day = 2, contact_gap_minutes = 30")
	cut, mia := stage(s)
	who := s.Wait(cut, waitlist.Wishes{})
	offeredAt := func(clock string) string {
		slot := s.Open(mia, 3, clock, time.Hour)
		s.Send()
		return slot
	}
	no := func() { ok(t, s.W.Decline(s.Context(), s.OfferTo(who), true)) }
	offeredAt("10:00")
	no()
	second := offeredAt("11:00")
	left(t, s, second, rules.ReasonContactLimit)
	s.Live(29*time.Minute, 30*time.Second)
	left(t, s, second, rules.ReasonContactLimit)
	s.Live(2*time.Minute, 10*time.Second)
	slotState(t, s, second, rules.SlotHeld, "")
	no()
	third := offeredAt("12:00")
	s.Live(2*time.Hour, time.Minute)
	left(t, s, third, rules.ReasonContactLimit)
	s.StartAt(time.Date(2027, 3, 1, 23, 59, 20, 0, s.Zone))
	s.Tick()
	left(t, s, third, rules.ReasonContactLimit)
	s.Live(time.Minute, 20*time.Second) // midnight in the business's zone
	slotState(t, s, third, rules.SlotHeld, "")
}

func TestNobodyIsAskedInQuietHours(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET quiet_from_minute = 1200, quiet_to_minute = 480")
	cut, mia := stage(s)
	who := s.Wait(cut, waitlist.Wishes{})
	s.StartAt(time.Date(2027, 3, 1, 19, 59, 30, 0, s.Zone))
	early := s.Open(mia, 3, "10:00", time.Hour)
	slotState(t, s, early, rules.SlotHeld, "")
	s.Send()
	s.Pass(time.Minute)
	slot := s.Open(mia, 3, "12:00", time.Hour)
	left(t, s, slot, rules.ReasonQuietHours)
	ok(t, s.W.Decline(s.Context(), s.OfferTo(who), true)) // answers are as welcome as ever
	s.StartAt(time.Date(2027, 3, 2, 7, 59, 0, 0, s.Zone))
	s.Tick()
	left(t, s, slot, rules.ReasonQuietHours)
	s.Pass(61 * time.Second)
	s.Tick()
	slotState(t, s, slot, rules.SlotHeld, "")
}

func TestTooLateIsWhenTheHoldWouldEndPastTheMinimumNotice(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	s.Wait(cut, waitlist.Wishes{})
	s.StartAt(time.Date(2027, 3, 1, 9, 0, 30, 0, s.Zone))
	left(t, s, s.Open(mia, 0, "09:40", time.Hour), rules.ReasonTooLate) // 10 min hold and 30 min notice: half a minute short
	slotState(t, s, s.Open(mia, 0, "10:41", time.Hour), rules.SlotHeld, "")
}

func TestTheClocksOfBothNightsAreKept(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	at := func(day rules.Date, from, weeks int) ([]string, error) {
		return s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
			StaffMember: mia, Date: day, FromMinute: from, Minutes: 60, Count: 1, Weeks: weeks, OutsideHours: true,
		})
	}
	spring, autumn := rules.Date{Year: 2027, Month: 3, Day: 28}, rules.Date{Year: 2027, Month: 10, Day: 31}
	_, err := at(spring, 150, 1) // 02:30 is skipped
	var invalid *problem.Error
	if !errors.As(err, &invalid) || len(invalid.Fields) != 1 || invalid.Fields[0].Name != "from" {
		t.Errorf("02:30 on the night that skips it: %v", err)
	}
	for _, c := range []struct {
		day   rules.Date
		from  int
		start string
		end   string
	}{
		{spring, 90, "2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"},
		{autumn, 150, "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"}, // the first of two
		{autumn, 210, "2027-10-31T03:30:00+01:00", "2027-10-31T04:30:00+01:00"},
	} {
		s.Wait(cut, waitlist.Wishes{})
		ids, err := at(c.day, c.from, 1)
		ok(t, err)
		slot := s.Slot(ids[0])
		if got, end := slot.StartsAt.In(s.Zone).Format(time.RFC3339), slot.EndsAt.In(s.Zone).Format(time.RFC3339); got != c.start || end != c.end {
			t.Errorf("opened %s to %s, want %s to %s", got, end, c.start, c.end)
		}
		offer := pending(t, s, ids[0])
		if !offer.StartsAt.Equal(slot.StartsAt) || offer.EndsAt.Sub(offer.StartsAt) != time.Hour {
			t.Errorf("offered %s to %s", offer.StartsAt, offer.EndsAt)
		}
	}
	weekly, err := at(rules.Date{Year: 2027, Month: 3, Day: 26}, 600, 2)
	ok(t, err)
	for _, id := range weekly {
		if clock := s.Slot(id).StartsAt.In(s.Zone).Format("15:04"); clock != "10:00" {
			t.Errorf("a weekly opening at 10:00 is at %s after the clocks changed", clock)
		}
	}
}
