package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// ListFrom is List for programs, which go through it to its end: at most limit entries behind the place that after names, and next for those
// behind them, empty at the end. Nothing is counted. Fails with Invalid for an after that this order never gave.
func (w *Waitlist) ListFrom(ctx context.Context, tenantID int64, f ListFilter, order ListOrder, after string, limit int) (rows []ListRow, next string, err error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, "", err
	}
	list, _, some, err := w.entryList(ctx, settings, f)
	if err != nil {
		return nil, "", err
	}
	list.Order = order.of(settings)
	from, err := w.readCursor(ctx, list, after)
	if err != nil {
		return nil, "", err
	}
	if from == nil && after != "" {
		return nil, "", badCursor()
	}
	if !some {
		return nil, "", nil
	}
	places, err := w.db.ListEntries(ctx, list, from, false, limit+1)
	if err != nil {
		return nil, "", db.Down(err)
	}
	more := len(places) > limit
	if more {
		places = places[:limit]
	}
	rows, err = w.listRows(ctx, settings, places)
	if err != nil {
		return nil, "", err
	}
	if more {
		next = cursor(list.Order, places[limit-1], rows[limit-1].ID)
	}
	return rows, next, w.complete(ctx, tenantID, rows)
}

// Entry is one entry as ListFrom gives it. Fails with NotFound.
func (w *Waitlist) Entry(ctx context.Context, tenantID int64, entryID string) (ListRow, error) {
	entry, err := w.entryOf(ctx, Staff{TenantID: tenantID}, entryID)
	if err != nil {
		return ListRow{}, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return ListRow{}, err
	}
	rows, err := w.listRows(ctx, settings, []db.EntryPlace{{ID: entry.ID}})
	if err != nil {
		return ListRow{}, err
	}
	return rows[0], w.complete(ctx, tenantID, rows)
}

// complete adds what only a closer look tells.
func (w *Waitlist) complete(ctx context.Context, tenantID int64, rows []ListRow) error {
	if len(rows) == 0 {
		return nil
	}
	lookup := w.db.Lookup()
	var addresses, phones [][]byte
	for _, r := range rows {
		addresses = append(addresses, nonNil(lookup.Email(tenantID, r.Person.Email))...)
		phones = append(phones, nonNil(lookup.Phone(tenantID, r.Person.Phone))...)
	}
	barred, err := blockedAmong(ctx, w.db.Queries, tenantID, addresses, phones)
	if err != nil {
		return db.Down(err)
	}
	joining, _, err := maybe(w.db.GetJoining(ctx, tenantID))
	if err != nil {
		return db.Down(fmt.Errorf("reading how long entries stay: %w", err))
	}
	for i, r := range rows {
		rows[i].Blocked = barred[string(lookup.Email(tenantID, r.Person.Email))] || barred[string(lookup.Phone(tenantID, r.Person.Phone))]
		rows[i].StaysUntil = r.stay.until(joining.ExpiryDays, r.State)
	}
	return nil
}

// EntryPlace is where an entry stands among those who wait for the same service.
type EntryPlace struct {
	Position int // 1 is next; 0 unless it waits
	Waiting  int // how many wait for the service
	Parts    rules.Parts
}

// EntryPlace reads where an entry stands now, and why. Fails with NotFound.
func (w *Waitlist) EntryPlace(ctx context.Context, tenantID int64, entryID string) (p EntryPlace, err error) {
	entry, err := w.entryOf(ctx, Staff{TenantID: tenantID}, entryID)
	if err != nil {
		return p, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return p, err
	}
	rows, err := w.describe(ctx, settings, []db.Entry{entry})
	if err != nil {
		return p, err
	}
	p.Parts = rows[0].Parts
	if p.Position, err = w.position(ctx, entry); err != nil {
		return p, err
	}
	waiting, err := w.db.CountWaitingFor(ctx, db.CountWaitingForParams{TenantID: tenantID, ServiceID: entry.ServiceID})
	p.Waiting = int(waiting)
	return p, db.Down(wrap(err, "counting who waits for a service"))
}
