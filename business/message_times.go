package business

import (
	"context"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// MessageTimesForm is what is typed about when reminders and thank-yous go out; 0 is never.
type MessageTimesForm struct {
	OfferReminder string `form:"offer_reminder"` // minutes before the end of an offer
	Reminder      string `form:"reminder_hours"` // hours before an appointment
	Thanks        string `form:"thanks_hours"`   // hours after it
	Version       string `form:"version"`        // of the settings that the form was made from
}

// MessageTimes is the form as saved.
func (b *Business) MessageTimes(ctx context.Context, tenantID int64) (MessageTimesForm, error) {
	row, err := b.db.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return MessageTimesForm{}, err
	}
	return MessageTimesForm{
		OfferReminder: strconv.Itoa(row.OfferReminderMinutes), Reminder: strconv.Itoa(row.ReminderHours), Thanks: strconv.Itoa(row.ThanksHours),
		Version: strconv.Itoa(row.Version),
	}, nil
}

// ChangeMessageTimes changes when reminders and thank-yous go out from now on; offers that are out keep their reminder. Refused fields are
// those of the form; problem.Conflict when the settings were changed since the form was made.
func (b *Business) ChangeMessageTimes(ctx context.Context, s waitlist.Staff, f MessageTimesForm) error {
	row, err := f.read()
	if err != nil {
		return err
	}
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		before, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		row.TenantID, row.UpdatedAt = s.TenantID, now
		n, err := tx.UpdateMessageTimes(ctx, row)
		if err := unlessStale(n, err); err != nil {
			return err
		}
		after, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		return note(ctx, tx, s, "message_times.change", "settings", s.TenantID, audit.Changes(timesFacts(before), timesFacts(after)))
	})
}

func timesFacts(row db.Setting) detail {
	return detail{"offer_reminder": row.OfferReminderMinutes, "reminder_hours": row.ReminderHours, "thanks_hours": row.ThanksHours}
}

func (f MessageTimesForm) read() (row db.UpdateMessageTimesParams, err error) {
	var r reading
	row.OfferReminderMinutes = r.number("offer_reminder", f.OfferReminder, 0, rules.MostOfferReminder)
	row.ReminderHours = r.number("reminder_hours", f.Reminder, 0, rules.MostReminder)
	row.ThanksHours = r.number("thanks_hours", f.Thanks, 0, rules.MostThanks)
	row.Version, _ = strconv.Atoi(f.Version) // a version that is no number matches no row
	return row, r.err()
}
