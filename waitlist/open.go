package waitlist

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	slotLeast  = 5  // minutes
	countMost  = 50 // slots in a row
	weeksMost  = 26
	slotsMost  = 200 // made by one press
	openAtOnce = 3   // offered before the press is answered; the job takes the others within a second
)

// OpenSlots opens one or several slots of a staff member's time, all or none, and gives their public ids. The next customer is
// asked at once.
//
// Fails with Invalid naming the fields — outside_hours when the business is closed then and staff did not say that they know
// — and with Conflict naming the slot or booking in the way.
func (w *Waitlist) OpenSlots(ctx context.Context, s Staff, f OpenSlots) (ids []string, err error) {
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		ids, err = w.openSlots(ctx, tx, s, f)
		return err
	})
	return ids, err
}

func (w *Waitlist) openSlots(ctx context.Context, tx *db.Tx, s Staff, f OpenSlots) ([]string, error) {
	staff, err := lockStaff(ctx, tx, s.TenantID, f.StaffMember)
	if err != nil {
		return nil, err
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := LoadSettings(ctx, tx.Queries, s.TenantID)
	if err != nil {
		return nil, err
	}
	serviceID, bad, err := readSlotForm(ctx, tx, staff, f)
	if err != nil {
		return nil, err
	}
	spans, wrong := spansOf(f, settings.Zone, now)
	if bad = append(bad, wrong...); len(bad) > 0 {
		return nil, problem.Invalid(bad...)
	}
	ids := make([]string, len(spans))
	for i := range spans {
		ids[i] = seal.PublicID()
	}
	earlier, fresh, err := tx.Press(ctx, s.TenantID, f.Press, ids[0])
	if err != nil {
		return nil, err
	}
	if !fresh {
		return openedBefore(ctx, tx, s.TenantID, earlier)
	}
	outside, err := checkSpans(ctx, tx, settings, staff, spans, f.OutsideHours)
	if err != nil {
		return nil, err
	}
	for i, span := range spans {
		id, err := tx.AddSlot(ctx, db.AddSlotParams{
			TenantID: s.TenantID, PublicID: ids[i], StaffMemberID: staff.ID, ServiceID: serviceID, StartsAt: span.Start, EndsAt: span.End,
			State: rules.SlotOpen, Origin: originStaff, NextTryAt: &now, OutsideHours: outside[i], CreatedBy: &s.UserID, CreatedAt: now,
		})
		if err != nil {
			return nil, fmt.Errorf("opening a slot: %w", err)
		}
		if err := beginOpening(ctx, tx, s.TenantID, id, originStaff, span.Start, now); err != nil {
			return nil, err
		}
		err = audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "slot.open", Record: "slots", RecordID: id,
		})
		if err != nil {
			return nil, err
		}
		if i < openAtOnce {
			tx.AfterCommit(func() { w.fillNow(ctx, s.TenantID, id) })
		}
	}
	return ids, nil
}

// openedBefore are the slots that a press opened, of which the first is known: they were made at one moment.
func openedBefore(ctx context.Context, tx *db.Tx, tenantID int64, first string) ([]string, error) {
	slot, err := tx.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: tenantID, PublicID: first})
	if err != nil {
		return nil, fmt.Errorf("reading a slot that was opened before: %w", err)
	}
	ids, err := tx.SlotsOpenedWith(ctx, db.SlotsOpenedWithParams{
		TenantID: tenantID, StaffMemberID: slot.StaffMemberID, StartsAt: slot.StartsAt, CreatedAt: slot.CreatedAt, CreatedBy: slot.CreatedBy,
	})
	return ids, wrap(err, "reading the slots that were opened before")
}

func readSlotForm(ctx context.Context, tx *db.Tx, staff db.StaffMember, f OpenSlots) (*int64, []problem.Field, error) {
	var bad []problem.Field
	var serviceID *int64
	if f.Service != "" {
		service, wrong, err := offered(ctx, tx, staff, f.Service)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case wrong != nil:
			bad = append(bad, *wrong)
		case f.Minutes < service.DurationMinutes+service.BufferMinutes:
			bad = append(bad, problem.Bad("minutes", "problem.shorter_than_service", "Least", service.DurationMinutes+service.BufferMinutes))
		}
		serviceID = &service.ID
	}
	for _, bounded := range []struct {
		name               string
		value, least, most int
	}{{"minutes", f.Minutes, slotLeast, 24 * 60}, {"count", f.Count, 1, countMost}, {"weeks", f.Weeks, 1, weeksMost}} {
		if bounded.value < bounded.least || bounded.value > bounded.most {
			bad = append(bad, problem.Bad(bounded.name, "problem.bounds", "Least", bounded.least, "Most", bounded.most))
		}
	}
	if len(bad) == 0 && f.Count*f.Weeks > slotsMost {
		bad = append(bad, problem.Bad("count", "problem.too_many", "Most", slotsMost))
	}
	return serviceID, bad, nil
}

// spansOf lists the slots asked for. Each week starts at the same local time, whatever the clocks did meanwhile.
func spansOf(f OpenSlots, zone *time.Location, now time.Time) ([]rules.Span, []problem.Field) {
	var spans []rules.Span
	length := time.Duration(f.Minutes) * time.Minute
	for week := range max(f.Weeks, 1) {
		start, bad := readStart(f.Date, f.FromMinute, zone, now)
		if week > 0 {
			start, bad = readStart(f.Date.AddDays(7*week), f.FromMinute, zone, now)
		}
		if bad != nil {
			return nil, bad
		}
		for range max(f.Count, 1) {
			spans = append(spans, rules.Span{Start: start, End: start.Add(length)})
			start = start.Add(length)
		}
	}
	return spans, nil
}

// checkSpans refuses spans that are taken, and those outside the hours unless staff know. It tells which lie outside.
func checkSpans(ctx context.Context, tx *db.Tx, s Settings, staff db.StaffMember, spans []rules.Span, outsideHours bool) (outside []bool, err error) {
	schedule, err := readHours(ctx, tx.Queries, s, spans[0].Start, spans[len(spans)-1].End)
	if err != nil {
		return nil, err
	}
	var closed []string
	for _, span := range spans {
		blocking, err := occupying(ctx, tx, staff.TenantID, staff.ID, span)
		if err != nil {
			return nil, err
		}
		if len(blocking) > 0 {
			return nil, taken(blocking[0], s.Zone)
		}
		open := schedule.IsOpen(staff.ID, span.Start, span.End)
		if outside = append(outside, !open); !open {
			closed = append(closed, span.Start.In(s.Zone).Format("2006-01-02 15:04"))
		}
	}
	if len(closed) > 0 && !outsideHours {
		return nil, problem.Invalid(problem.Bad("outside_hours", "problem.closed_then", "When", strings.Join(closed[:min(3, len(closed))], ", ")))
	}
	return outside, nil
}
