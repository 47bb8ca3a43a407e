package bench

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	picks        = 60 // of each list, taking turns
	pickTimeGoal = 1.5
	pickRowsGoal = 1.25
)

// shop is a service that two staff members offer, of whom one's slots are given away, and a list of people who wait for it.
type shop struct {
	*house
	service      string // public id
	staff, other int64
	next         time.Time
}

func (h *house) shop(name string) *shop {
	h.b.Helper()
	service := h.AddService(name, 30*time.Minute, 0)
	member := func(name string) int64 {
		return h.number("SELECT id FROM staff_members WHERE public_id = ?", h.AddStaffMember(name, service))
	}
	s := &shop{house: h, service: service, staff: member(name), other: member(name + ", too")}
	s.next, _ = rules.LocalAt(h.today().AddDays(1), 8*60, h.Zone)
	return s
}

// open adds the next half hour of the staff member's as an open slot that nobody has looked at yet.
func (s *shop) open() int64 {
	s.b.Helper()
	now := s.Now()
	id, err := s.DB.AddSlot(s.Context(), db.AddSlotParams{
		TenantID: s.Tenant, PublicID: seal.PublicID(), StaffMemberID: s.staff, StartsAt: s.next, EndsAt: s.next.Add(30 * time.Minute),
		State: rules.SlotOpen, Origin: "staff", NextTryAt: &now, CreatedAt: now,
	})
	s.ok(err)
	s.ok(s.DB.BeginOpening(s.Context(), db.BeginOpeningParams{TenantID: s.Tenant, SlotID: id, LiveSlotID: &id, Origin: "staff", OpenedAt: now, StartsAt: s.next}))
	s.next = s.next.Add(30 * time.Minute)
	return id
}

// fill picks who gets a slot and makes the offer, and tells how long that took.
func (s *shop) fill(slot int64) (took time.Duration, offered bool) {
	s.b.Helper()
	begun := time.Now()
	offered, err := s.W.Fill(s.Context(), s.Tenant, slot)
	s.ok(err)
	return time.Since(begun), offered
}

func (s *shop) mustFill(slot int64) time.Duration {
	s.b.Helper()
	took, offered := s.fill(slot)
	if !offered {
		s.b.Fatal("nobody was found")
	}
	return took
}

// twoInTen has one in ten prefer the staff member whose slots are given away, and one the other.
func (s *shop) twoInTen(i int, e *db.Entry) {
	switch i % 10 {
	case 3:
		e.PreferredStaffID = &s.staff
	case 7:
		e.PreferredStaffID = &s.other
	}
}

// BenchmarkPick is waitlist.Fill, the whole transaction from locking the slot to the offer and its email, with few and with many people on
// the list, joined over the same year. The two lists take turns, so that whatever grows with the database meets both.
func BenchmarkPick(b *testing.B) {
	h := newLargeHouse(b)
	few, many := h.shop("Few"), h.shop("Many")
	h.crowd(few.service, 1_000, nil)
	h.crowd(many.service, 1_000_000, nil)
	fewRead, manyRead := compare(b, few, many, "1,000,000 waiting", "1,000 waiting")
	report.explain("What the server reads for one pick", "%s", beside([]string{"1,000 waiting", "1,000,000 waiting"}, fewRead, manyRead))

	few, many = h.shop("Few, with wishes"), h.shop("Many, with wishes")
	h.crowd(few.service, 1_000, few.twoInTen)
	h.crowd(many.service, 100_000, many.twoInTen)
	fewRead, manyRead = compare(b, few, many, "100,000 waiting, two in ten with a preferred staff member", "1,000 waiting")
	report.explain("The same where two in ten prefer somebody", "%s", beside([]string{"1,000 waiting", "100,000 waiting"}, fewRead, manyRead))
}

// compare picks from both lists in turns, notes the figures, and gives what the server read for the median pick of each.
func compare(b *testing.B, few, many *shop, manyWait, fewWait string) (counters, counters) {
	b.Helper()
	var short, long []time.Duration
	var shortRead, longRead []counters
	for i := range picks + 1 {
		pick := func(s *shop, times []time.Duration, read []counters) ([]time.Duration, []counters) {
			slot, took := s.open(), time.Duration(0)
			c := s.reads(func() { took = s.mustFill(slot) })
			if i == 0 { // the first one warms up
				return times, read
			}
			return append(times, took), append(read, c)
		}
		short, shortRead = pick(few, short, shortRead)
		long, longRead = pick(many, long, longRead)
	}
	fewRead, manyRead := middle(shortRead), middle(longRead)
	times, rows := float64(median(long))/float64(median(short)), float64(manyRead.sum())/float64(fewRead.sum())
	b.ReportMetric(times, "time-ratio")
	b.ReportMetric(rows, "rows-ratio")
	report.add(figure{
		name: "picking and offering at " + manyWait, value: milliseconds(median(long)), floor: milliseconds(median(short)) + " at " + fewWait,
		ratio: fmt.Sprintf("%.2f", times), goal: fmt.Sprintf("at most %.1f", pickTimeGoal), met: times <= pickTimeGoal,
	}, figure{
		name: "rows read for it", value: fmt.Sprint(manyRead.sum()), floor: fmt.Sprintf("%d at %s", fewRead.sum(), fewWait),
		ratio: fmt.Sprintf("%.2f", rows), goal: fmt.Sprintf("about equal: at most %.2f", pickRowsGoal), met: rows <= pickRowsGoal,
	}, figure{
		name: "the dearest of them", value: milliseconds(slices.Max(long)), floor: milliseconds(slices.Max(short)) + " at " + fewWait,
		ratio: fmt.Sprintf("%.2f", float64(slices.Max(long))/float64(slices.Max(short))),
	})
	return fewRead, manyRead
}

// middle is the counters of which half the others read no more.
func middle(all []counters) counters {
	sorted := slices.SortedFunc(slices.Values(all), func(x, y counters) int { return cmp.Compare(x.sum(), y.sum()) })
	return sorted[(len(sorted)-1)/2]
}

func TestAPickReadsAsManyRowsHoweverManyWait(t *testing.T) {
	h := newHouse(t)
	few, many := h.shop("Few"), h.shop("Many")
	h.crowd(few.service, 500, nil)
	h.crowd(many.service, 20_000, nil)
	few.mustFill(few.open())
	many.mustFill(many.open())
	a, z := few.open(), many.open()
	fewRead, manyRead := h.reads(func() { few.mustFill(a) }), h.reads(func() { many.mustFill(z) })
	if fewRead.sum() < 10 || float64(manyRead.sum()) > pickRowsGoal*float64(fewRead.sum()) {
		t.Errorf("%d rows at 500 waiting, %d at 20,000", fewRead.sum(), manyRead.sum())
	}
}
