package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// StaffSlot is a slot, and whose time it is.
type StaffSlot struct {
	DayItem
	Staff StaffChoice
}

// OpenAhead are the open slots of all days, the soonest first, at most limit of them.
func (w *Waitlist) OpenAhead(ctx context.Context, tenantID int64, limit int) ([]StaffSlot, error) {
	slots, err := w.db.OpenSlotsAhead(ctx, db.OpenSlotsAheadParams{TenantID: tenantID, Limit: int32(limit)})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading open slots: %w", err))
	}
	return w.whoseSlots(ctx, tenantID, slots)
}

// whoseSlots describes slots with whose time they are, in the order given.
func (w *Waitlist) whoseSlots(ctx context.Context, tenantID int64, slots []db.Slot) ([]StaffSlot, error) {
	items, err := w.items(ctx, tenantID, slots)
	if err != nil {
		return nil, err
	}
	staff, err := w.db.AllStaffMembers(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	names := map[int64]StaffChoice{}
	for _, m := range staff {
		names[m.ID] = StaffChoice{ID: m.PublicID, Name: m.Name}
	}
	open := make([]StaffSlot, len(slots))
	for i, s := range slots {
		open[i] = StaffSlot{DayItem: items[i], Staff: names[s.StaffMemberID]}
	}
	return open, nil
}
