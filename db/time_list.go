package db

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/rules"
)

// TimePlace is where a row stands in a list that goes by time: At is its start or, of an offer, when it was made; rows of one moment go by id.
type TimePlace struct {
	At time.Time
	ID int64
}

// SlotList is a question for the slots of one business that start from From until before To, the first one first.
type SlotList struct {
	TenantID int64
	From, To time.Time
	StaffID  int64           // 0: anybody's
	State    rules.SlotState // empty: any
}

// BookingList is the like question for bookings.
type BookingList struct {
	TenantID   int64
	From, To   time.Time
	StaffID    int64              // 0: anybody's
	CustomerID int64              // 0: anybody's
	State      rules.BookingState // empty: any
}

// OfferList is a question for the offers of one business, the newest first.
type OfferList struct {
	TenantID int64
	From, To time.Time        // when they were made; read unless they are those of a slot or an entry, or those that are out
	SlotID   int64            // 0: any
	EntryID  int64            // 0: any
	State    rules.OfferState // empty: any
}

// timeWalk reads places along an index that ends with the time. Which one is best depends on what is asked for, so that its SQL is put together
// here and not by sqlc. What the index doesn't tell apart is looked at on the way: a page costs at most the rows between the bounds.
type timeWalk struct {
	table, index, column string
	falling              bool
	tests                string
	args                 []any
}

func (w *timeWalk) only(test string, args ...any) {
	w.tests += " AND " + test
	w.args = append(w.args, args...)
}

func (w *timeWalk) between(from, to time.Time) {
	w.only(w.column+" >= ? AND "+w.column+" < ?", from, to)
}

// ListSlots gives at most limit of the slots in order: the first, or those that follow after.
func (q *Queries) ListSlots(ctx context.Context, l SlotList, after *TimePlace, limit int) ([]TimePlace, error) {
	w := timeWalk{table: "slots", index: "slots_time", column: "starts_at"}
	if l.StaffID != 0 {
		w.index = "slots_staff_time"
		w.only("staff_member_id = ?", l.StaffID)
	}
	w.between(l.From, l.To)
	if l.State != "" {
		w.only("state = ?", string(l.State))
	}
	return q.walk(ctx, w, l.TenantID, after, limit)
}

// ListBookings is ListSlots for bookings.
func (q *Queries) ListBookings(ctx context.Context, l BookingList, after *TimePlace, limit int) ([]TimePlace, error) {
	w := timeWalk{table: "bookings", index: "bookings_time", column: "starts_at"}
	if l.StaffID != 0 {
		w.index = "bookings_staff_time"
		w.only("staff_member_id = ?", l.StaffID)
	}
	if l.CustomerID != 0 {
		w.index = "bookings_customer"
		w.only("customer_id = ?", l.CustomerID)
	}
	w.between(l.From, l.To)
	if l.State != "" {
		w.only("state = ?", string(l.State))
	}
	return q.walk(ctx, w, l.TenantID, after, limit)
}

// ListOffers gives at most limit of the offers in order: the first, or those that follow after. Those of a slot, an entry, or that are out,
// are few: they are read and sorted.
func (q *Queries) ListOffers(ctx context.Context, l OfferList, after *TimePlace, limit int) ([]TimePlace, error) {
	w := timeWalk{table: "offers", index: "offers_time", column: "created_at", falling: true}
	switch {
	case l.SlotID != 0:
		w.index = "offers_slot"
	case l.EntryID != 0:
		w.index = "offers_entry"
	case l.State == rules.OfferPending:
		w.index = "offers_live_customer"
		w.only("live_customer_id IS NOT NULL")
	default:
		w.between(l.From, l.To)
	}
	if l.SlotID != 0 {
		w.only("slot_id = ?", l.SlotID)
	}
	if l.EntryID != 0 {
		w.only("entry_id = ?", l.EntryID)
	}
	if l.State != "" {
		w.only("state = ?", string(l.State))
	}
	return q.walk(ctx, w, l.TenantID, after, limit)
}

func (q *Queries) walk(ctx context.Context, w timeWalk, tenantID int64, after *TimePlace, limit int) ([]TimePlace, error) {
	way, than := "", ">"
	if w.falling {
		way, than = " DESC", "<"
	}
	if after != nil {
		w.only(fmt.Sprintf("%[1]s %[2]s= ? AND (%[1]s %[2]s ? OR id %[2]s ?)", w.column, than), after.At, after.At, after.ID)
	}
	text := fmt.Sprintf("SELECT id, %[1]s FROM %[2]s FORCE INDEX (%[3]s) WHERE tenant_id = ?%[4]s ORDER BY %[1]s%[5]s, id%[5]s LIMIT %[6]d",
		w.column, w.table, w.index, w.tests, way, limit)
	rows, err := q.db.QueryContext(ctx, text, slices.Concat([]any{tenantID}, w.args)...)
	if err != nil {
		return nil, fmt.Errorf("listing %s: %w", w.table, err)
	}
	defer rows.Close()
	var places []TimePlace
	for rows.Next() {
		var p TimePlace
		if err := rows.Scan(&p.ID, &p.At); err != nil {
			return nil, fmt.Errorf("listing %s: %w", w.table, err)
		}
		places = append(places, p)
	}
	return places, rows.Err()
}
