package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// slotsShown is how many slots are looked through for one person.
const slotsShown = 20

// SlotFor is an open or held slot as seen by somebody on the list.
type SlotFor struct {
	StaffSlot
	Misfit rules.Misfit // empty: fits
}

// SlotsFor are the next open and held slots that are long enough for what somebody on the list waits for and whose staff member offers
// it, the soonest first. Fails with NotFound.
func (w *Waitlist) SlotsFor(ctx context.Context, tenantID int64, entryID string) ([]SlotFor, error) {
	entry, err := w.entryOf(ctx, Staff{TenantID: tenantID}, entryID)
	if err != nil {
		return nil, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	service, err := w.db.GetService(ctx, db.GetServiceParams{TenantID: tenantID, ID: entry.ServiceID})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading a service: %w", err))
	}
	slots, err := w.db.SlotsToGiveAhead(ctx, db.SlotsToGiveAheadParams{
		TenantID: tenantID, ServiceID: service.ID, Minutes: int64(service.DurationMinutes + service.BufferMinutes), Limit: slotsShown,
	})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading slots to give away: %w", err))
	}
	described, err := w.whoseSlots(ctx, tenantID, slots)
	if err != nil {
		return nil, err
	}
	var list []SlotFor
	for i, slot := range slots {
		sc, err := newScan(ctx, w.db.Queries, settings, slot, now)
		if err != nil {
			return nil, db.Down(err)
		}
		service, offered := sc.services[entry.ServiceID]
		if !offered {
			continue
		}
		seen, err := sc.candidates(ctx, []db.Entry{entry})
		if err != nil {
			return nil, db.Down(err)
		}
		list = append(list, SlotFor{described[i], rules.Fits(settings.Settings, now, sc.opening, serviceTime(service), seen[0])})
	}
	return list, nil
}
