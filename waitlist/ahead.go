package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// OpenSlot is an open slot as the board lists it.
type OpenSlot struct {
	DayItem
	Staff StaffChoice
}

// OpenAhead are the open slots of all days, the soonest first, at most limit of them.
func (w *Waitlist) OpenAhead(ctx context.Context, tenantID int64, limit int) ([]OpenSlot, error) {
	slots, err := w.db.OpenSlotsAhead(ctx, db.OpenSlotsAheadParams{TenantID: tenantID, Limit: int32(limit)})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading open slots: %w", err))
	}
	return w.whoseSlots(ctx, tenantID, slots)
}

// whoseSlots describes slots with whose time they are, in the order given.
func (w *Waitlist) whoseSlots(ctx context.Context, tenantID int64, slots []db.Slot) ([]OpenSlot, error) {
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
	open := make([]OpenSlot, len(slots))
	for i, s := range slots {
		open[i] = OpenSlot{DayItem: items[i], Staff: names[s.StaffMemberID]}
	}
	return open, nil
}
