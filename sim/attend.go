package sim

import (
	"context"
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
			if item.BookingState != rules.BookingConfirmed || item.Busy || item.CancelDueAt != nil || begun < time.Minute {
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
