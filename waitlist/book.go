package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Book enters an appointment, or busy time, directly and gives the booking's public id. Open slots in the way are taken over,
// and what is left of them stays open; a waiting entry of that customer for the service is closed.
//
// Fails with Invalid naming the fields, and with Conflict when the time is held or booked, when the customer has another
// appointment then, or has an offer out for the service.
func (w *Waitlist) Book(ctx context.Context, s Staff, f Book) (id string, err error) {
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		id, err = w.book(ctx, tx, s, f)
		return err
	})
	return id, err
}

// appointmentPlan is a booking on its way into the tables.
type appointmentPlan struct {
	staff      db.StaffMember
	service    *db.Service // nil: busy
	start, end time.Time   // without buffer
	until      time.Time   // with buffer
	contact    contact
	note       string
	outside    bool      // the hours, as staff know
	over       []db.Slot // open slots that it takes the place of
}

func (w *Waitlist) book(ctx context.Context, tx *db.Tx, s Staff, f Book) (string, error) {
	staff, err := lockStaff(ctx, tx, s.TenantID, f.StaffMember)
	if err != nil {
		return "", err
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return "", err
	}
	settings, err := LoadSettings(ctx, tx.Queries, s.TenantID)
	if err != nil {
		return "", err
	}
	plan, err := readBooking(ctx, tx, settings, staff, f, now)
	if err != nil {
		return "", err
	}
	id := seal.PublicID()
	if earlier, fresh, err := tx.Press(ctx, s.TenantID, f.Press, id); err != nil || !fresh {
		return earlier, err
	}
	schedule, err := readHours(ctx, tx.Queries, settings, plan.start, plan.end)
	if err != nil {
		return "", err
	}
	plan.outside = !schedule.IsOpen(staff.ID, plan.start, plan.end)
	if plan.outside && !f.OutsideHours && !f.Busy {
		return "", problem.Invalid(problem.Bad("outside_hours", "problem.closed_then", "When", plan.start.In(settings.Zone).Format("2006-01-02 15:04")))
	}
	if plan.over, err = w.takeOver(ctx, tx, settings, plan, now); err != nil {
		return "", err
	}
	row, p, err := w.bookingRow(ctx, tx, s, settings, plan, f, now)
	if err != nil {
		return "", err
	}
	row.PublicID = id
	row.TokenHash, row.TokenVersion = seal.HashToken(tx.Tokens().Make(seal.TokenBooking, id, 1)), 1
	if plan.note != "" {
		box, err := tx.Box(ctx, s.TenantID)
		if err != nil {
			return "", err
		}
		row.Note = box.Seal(seal.Where{Tenant: s.TenantID, Table: "bookings", Column: "note", Row: id}, plan.note)
	}
	return id, w.addBooked(ctx, tx, s, plan, row, p, now)
}

func readBooking(ctx context.Context, tx *db.Tx, settings Settings, staff db.StaffMember, f Book, now time.Time) (appointmentPlan, error) {
	plan := appointmentPlan{staff: staff}
	note, badNote := readNote(f.Note)
	plan.note = note
	start, bad := readStart(f.Date, f.FromMinute, settings.Zone, now)
	plan.start = start
	if f.Busy {
		if f.Minutes < slotLeast || f.Minutes > 24*60 {
			bad = append(bad, problem.Bad("minutes", "problem.bounds", "Least", slotLeast, "Most", 24*60))
		}
		plan.end = start.Add(time.Duration(f.Minutes) * time.Minute)
		plan.until = plan.end
	} else {
		service, wrong, err := offered(ctx, tx, staff, f.Service)
		if err != nil {
			return plan, err
		}
		if wrong != nil {
			bad = append(bad, *wrong)
		}
		t := serviceTime(service)
		plan.service, plan.end, plan.until = &service, start.Add(t.Duration), start.Add(t.Duration+t.Buffer)
		if f.Customer == "" {
			read, wrong := readContact(f.Name, f.Email, f.Phone, settings.Row.Locale, false)
			plan.contact, bad = read, append(bad, wrong...)
		}
	}
	if badNote != nil {
		bad = append(bad, *badNote)
	}
	if len(bad) > 0 {
		return plan, problem.Invalid(bad...)
	}
	return plan, nil
}

// takeOver frees the staff member's time of open slots, which it returns, and opens again what the booking leaves of them. Their openings
// end once the booking is there.
func (w *Waitlist) takeOver(ctx context.Context, tx *db.Tx, settings Settings, plan appointmentPlan, now time.Time) ([]db.Slot, error) {
	slots, err := occupying(ctx, tx, plan.staff.TenantID, plan.staff.ID, rules.Span{Start: plan.start, End: plan.until})
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		if slot.State != rules.SlotOpen {
			return nil, taken(slot, settings.Zone)
		}
	}
	for _, slot := range slots {
		slot, err := tx.LockSlot(ctx, db.LockSlotParams{TenantID: slot.TenantID, ID: slot.ID})
		if err != nil {
			return nil, fmt.Errorf("locking a slot: %w", err)
		}
		n, err := tx.CloseSlot(ctx, db.CloseSlotParams{ToState: rules.SlotWithdrawn, TenantID: slot.TenantID, ID: slot.ID})
		if err := must(n, err, "closing a slot"); err != nil {
			return nil, err
		}
		if err := theProgram.did(ctx, tx, "slot.withdrawn", slot.TenantID, "slots", slot.ID, nil); err != nil {
			return nil, err
		}
		shortest, err := shortestService(ctx, tx, slot)
		if err != nil {
			return nil, err
		}
		for _, rest := range []rules.Span{{Start: slot.StartsAt, End: plan.start}, {Start: plan.until, End: slot.EndsAt}} {
			if rest.Duration() >= shortest {
				if err := w.openRemainder(ctx, tx, slot, rest, now); err != nil {
					return nil, err
				}
			}
		}
	}
	return slots, nil
}

// bookingRow finds and locks the customer and makes the row. The party is empty for busy time.
func (w *Waitlist) bookingRow(ctx context.Context, tx *db.Tx, s Staff, settings Settings, plan appointmentPlan, f Book, now time.Time) (db.AddBookingParams, party, error) {
	row := db.AddBookingParams{
		TenantID: s.TenantID, StaffMemberID: plan.staff.ID, Kind: kindBusy, StartsAt: plan.start, EndsAt: plan.end,
		PriceKind: rules.PriceFree, Currency: settings.Row.Currency, CreatedBy: &s.UserID, CreatedAt: now,
	}
	if plan.service == nil {
		return row, party{}, nil
	}
	customerID, err := w.customerID(ctx, tx, s.TenantID, f.Customer, newEntry{contact: plan.contact, settings: settings, now: now}, f.Locale)
	if err != nil {
		return row, party{}, err
	}
	p, err := lockParty(ctx, tx, s.TenantID, customerID)
	if err != nil {
		return row, p, err
	}
	if err := freeAt(ctx, tx, p.customer, plan.start, plan.end); err != nil {
		return row, p, err
	}
	row.Kind, row.CustomerID, row.ServiceID = kindAppointment, &customerID, &plan.service.ID
	row.ServiceName, row.PriceKind, row.PriceMinor = plan.service.Name, plan.service.PriceKind, plan.service.PriceMinor
	if entry, waits := p.entryFor(plan.service.ID); waits {
		if entry.State == rules.EntryOffered {
			return row, p, problem.New(problem.Conflict, "problem.customer_has_offer")
		}
		row.EntryID = &entry.ID
	}
	return row, p, nil
}

func (w *Waitlist) addBooked(ctx context.Context, tx *db.Tx, s Staff, plan appointmentPlan, row db.AddBookingParams, p party, now time.Time) error {
	var err error
	row.SlotID, err = tx.AddSlot(ctx, db.AddSlotParams{
		TenantID: s.TenantID, PublicID: seal.PublicID(), StaffMemberID: plan.staff.ID, ServiceID: row.ServiceID, StartsAt: plan.start, EndsAt: plan.until,
		State: rules.SlotBooked, Origin: originStaff, OutsideHours: plan.outside, CreatedBy: &s.UserID, CreatedAt: now,
	})
	if err != nil {
		return fmt.Errorf("adding a booked slot: %w", err)
	}
	bookingID, err := tx.AddBooking(ctx, row)
	if err != nil {
		return fmt.Errorf("adding a booking: %w", err)
	}
	if err := tx.AddClaim(ctx, db.AddClaimParams{TenantID: s.TenantID, SlotID: row.SlotID, BookingID: &bookingID}); err != nil {
		return fmt.Errorf("claiming a slot: %w", err)
	}
	if err := endOpeningsUnder(ctx, tx, plan, bookingID, now); err != nil {
		return err
	}
	if row.EntryID != nil {
		entry, _ := p.entry(*row.EntryID)
		if err := endEntry(ctx, tx, entry, rules.EntryBooked, now); err != nil {
			return err
		}
	}
	if plan.service != nil {
		if err := enqueueConfirmed(ctx, tx, p.customer, bookingID, row.PublicID, row.EndsAt); err != nil {
			return err
		}
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: "booking.add", Record: "bookings", RecordID: bookingID,
	})
}

// endOpeningsUnder ends the openings of the slots that a booking took the place of. Busy time is given to nobody: it takes them back.
func endOpeningsUnder(ctx context.Context, tx *db.Tx, plan appointmentPlan, bookingID int64, now time.Time) error {
	outcome, by := rules.OpeningBooked, &bookingID
	if plan.service == nil {
		outcome, by = rules.OpeningWithdrawn, nil
	}
	for _, slot := range plan.over {
		if err := endOpening(ctx, tx, slot, outcome, by, now); err != nil {
			return err
		}
	}
	return nil
}
