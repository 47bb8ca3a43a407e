package sim

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// late is how long staff wait for somebody before they are taken not to come.
const late = 10 * time.Minute

// attend is what staff do at the counter: they note who has come, and one in twelve who has not.
func (d *Demo) attend(ctx context.Context, staff waitlist.Staff) error {
	s, err := d.look(ctx, staff)
	if err != nil {
		return err
	}
	day, err := d.waitlist.Day(ctx, staff.TenantID, s.today)
	if err != nil {
		return err
	}
	for _, column := range day.Staff {
		for _, item := range column.Items {
			begun := day.Now.Sub(item.Start)
			if item.BookingState != rules.BookingConfirmed || item.Busy || item.CancelDueAt != nil || item.AttendAs != "" || begun < time.Minute {
				continue
			}
			note := d.waitlist.CompleteBooking
			if chance(d.people.seed, item.BookingID).IntN(12) == 0 {
				if begun < late {
					continue
				}
				note = d.waitlist.NoShowBooking
			}
			if err := note(ctx, staff, item.BookingID); err != nil && problem.KindOf(err) != problem.Conflict {
				return err
			}
		}
	}
	return nil
}

// leftOver is how many openings may lie around that nobody on the list wants.
const leftOver = 8

// sell is somebody ringing up for one of the openings that nobody on the list wants, when there are many.
func (d *Demo) sell(ctx context.Context, staff waitlist.Staff) error {
	open, err := d.waitlist.OpenAhead(ctx, staff.TenantID, 200)
	if err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(o waitlist.StaffSlot) bool { return o.Reason != rules.ReasonNoCandidate })
	s, err := d.look(ctx, staff)
	if err != nil || len(open) <= leftOver {
		return err
	}
	slot, offers := open[0], s.offeredBy(open[0].Staff.Name)
	offers = slices.DeleteFunc(offers, func(c waitlist.ServiceChoice) bool { return c.Duration+c.Buffer > slot.End.Sub(slot.Start) })
	if len(offers) == 0 {
		return nil
	}
	longest := slices.MaxFunc(offers, func(a, b waitlist.ServiceChoice) int { return cmp.Compare(a.Duration, b.Duration) })
	caller := name(chance(d.people.seed, slot.SlotID).IntN(names))
	start := slot.Start.In(s.now.Location())
	_, err = d.waitlist.Book(ctx, staff, waitlist.Book{
		StaffMember: slot.Staff.ID, Service: longest.ID, Date: rules.DateOf(start, start.Location()), FromMinute: start.Hour()*60 + start.Minute(),
		Name: caller, Email: address(caller), Locale: s.words.locale, OutsideHours: true, Press: press("sell", slot.SlotID),
	})
	if kind := problem.KindOf(err); kind == problem.InvalidInput || kind == problem.Conflict {
		return nil // the opening went meanwhile
	}
	return err
}
