package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// WaitingList is everybody on the list in order of rank, whichever service they wait for, at most limit of them. Who is not
// confirmed, paused, or has an offer out stands at their place too.
func (w *Waitlist) WaitingList(ctx context.Context, tenantID int64, limit int) ([]WaitingEntry, error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, err
	}
	var entries []db.Entry
	if settings.ranksByB() {
		entries, err = w.db.ListLiveEntriesB(ctx, db.ListLiveEntriesBParams{TenantID: tenantID, Limit: int32(limit)})
	} else {
		entries, err = w.db.ListLiveEntriesA(ctx, db.ListLiveEntriesAParams{TenantID: tenantID, Limit: int32(limit)})
	}
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the waiting list: %w", err))
	}
	return w.describe(ctx, settings, entries)
}

// describe makes rows of the list from entries, numbered in the order given.
func (w *Waitlist) describe(ctx context.Context, s Settings, entries []db.Entry) ([]WaitingEntry, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	customers, err := w.customersOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	services, err := w.services(ctx, s.Row.TenantID)
	if err != nil {
		return nil, err
	}
	wishes, err := w.wishesOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	box, err := w.db.Box(ctx, s.Row.TenantID)
	if err != nil {
		return nil, err
	}
	unwritten, err := w.unwritten(ctx, s.Row.TenantID, addressesOf(customers))
	if err != nil {
		return nil, err
	}
	rows := make([]WaitingEntry, len(entries))
	for i, e := range entries {
		customer := customers[e.CustomerID]
		row := WaitingEntry{
			Unwritten: unwritten[string(customer.EmailHash)],
			ID:        e.PublicID, Rank: i + 1, State: e.State, ServiceID: services[e.ServiceID].PublicID, ServiceName: services[e.ServiceID].Name, JoinedAt: e.JoinedAt, Priority: e.Priority,
			Parts: rules.FixedParts(s.Weights, facts(s.Weights, customer, e)), Wishes: wishes[e.ID].Wishes, StaffNames: wishes[e.ID].names,
			Source: e.Source, ChangedAt: e.ChangedAt, ConfirmedAt: e.ConfirmedAt, EndedAt: e.EndedAt, PassedOver: e.PassedOver,
			Consented: e.Consented && customer.Email != nil, Version: e.Version, StayAsked: e.StayAskedAt != nil, stay: stayTimes{e.StaysFrom, e.StayAskedAt},
		}
		row.Parts.Wait = rules.WaitPoints(s.Weights, e.JoinedAt, now)
		if row.Person, err = w.person(ctx, customer); err != nil {
			return nil, err
		}
		row.Note, err = box.Open(seal.Where{Tenant: e.TenantID, Table: "entries", Column: "note", Row: e.PublicID}, e.Note)
		if err != nil {
			return nil, fmt.Errorf("opening a note: %w", err)
		}
		rows[i] = row
	}
	return rows, nil
}

// addressesOf are the digests of the addresses that these customers have.
func addressesOf(customers map[int64]db.Customer) [][]byte {
	var hashes [][]byte
	for _, c := range customers {
		if c.EmailHash != nil {
			hashes = append(hashes, c.EmailHash)
		}
	}
	return hashes
}

func (w *Waitlist) customersOf(ctx context.Context, entries []db.Entry) (map[int64]db.Customer, error) {
	ids := make([]int64, len(entries))
	for i, e := range entries {
		ids[i] = e.CustomerID
	}
	return w.customers(ctx, entries[0].TenantID, ids)
}

func (w *Waitlist) customers(ctx context.Context, tenantID int64, ids []int64) (map[int64]db.Customer, error) {
	byID := map[int64]db.Customer{}
	if len(ids) == 0 {
		return byID, nil
	}
	rows, err := w.db.CustomersByID(ctx, db.CustomersByIDParams{TenantID: tenantID, Ids: ids})
	for _, c := range rows {
		byID[c.ID] = c
	}
	return byID, db.Down(wrap(err, "reading customers"))
}

func (w *Waitlist) services(ctx context.Context, tenantID int64) (map[int64]db.Service, error) {
	services, err := w.db.AllServices(ctx, tenantID)
	byID := map[int64]db.Service{}
	for _, s := range services {
		byID[s.ID] = s
	}
	return byID, db.Down(wrap(err, "reading services"))
}

// namedWishes are wishes with the names of the staff members in them.
type namedWishes struct {
	Wishes
	names []string
}

// wishesOf reads the wishes of entries of one business.
func (w *Waitlist) wishesOf(ctx context.Context, entries []db.Entry) (map[int64]namedWishes, error) {
	tenantID := entries[0].TenantID
	ids := make([]int64, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	staff, err := w.db.AllStaffMembers(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	known := map[int64]db.StaffMember{}
	for _, m := range staff {
		known[m.ID] = m
	}
	wishes := map[int64]namedWishes{}
	for _, e := range entries {
		wish := namedWishes{Wishes: Wishes{EarliestOn: e.EarliestOn, LatestOn: e.LatestOn, Notice: time.Duration(e.NoticeMinutes) * time.Minute}}
		if e.PreferredStaffID != nil {
			wish.PreferredStaff = known[*e.PreferredStaffID].PublicID
			wish.names = append(wish.names, known[*e.PreferredStaffID].Name)
		}
		wishes[e.ID] = wish
	}
	only, err := w.db.EntryStaffOf(ctx, db.EntryStaffOfParams{TenantID: tenantID, EntryIds: ids})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading wished staff members: %w", err))
	}
	for _, row := range only {
		wish := wishes[row.EntryID]
		m := known[row.StaffMemberID]
		wish.OnlyStaff = append(wish.OnlyStaff, m.PublicID)
		if m.PublicID != wish.PreferredStaff {
			wish.names = append(wish.names, m.Name)
		}
		wishes[row.EntryID] = wish
	}
	windows, err := w.db.EntryWindowsOf(ctx, db.EntryWindowsOfParams{TenantID: tenantID, EntryIds: ids})
	for _, row := range windows {
		wish := wishes[row.EntryID]
		wish.Windows = append(wish.Windows, window(row))
		wishes[row.EntryID] = wish
	}
	return wishes, db.Down(wrap(err, "reading windows"))
}

// EntryDetail is one entry, with its rank among those who wait for its service (0 unless waiting), and the offers it had.
// Fails with NotFound.
func (w *Waitlist) EntryDetail(ctx context.Context, tenantID int64, entryID string) (WaitingEntry, []PastOffer, error) {
	entry, err := w.entryOf(ctx, Staff{TenantID: tenantID}, entryID)
	if err != nil {
		return WaitingEntry{}, nil, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return WaitingEntry{}, nil, err
	}
	rows, err := w.describe(ctx, settings, []db.Entry{entry})
	if err != nil {
		return WaitingEntry{}, nil, err
	}
	if rows[0].Rank, err = w.position(ctx, entry); err != nil {
		return WaitingEntry{}, nil, err
	}
	if rows[0].StaysUntil, err = w.staysUntil(ctx, entry); err != nil {
		return WaitingEntry{}, nil, err
	}
	if rows[0].Blocked, err = w.blockedContact(ctx, tenantID, rows[0].Person); err != nil {
		return WaitingEntry{}, nil, err
	}
	offers, err := w.db.OffersOfEntry(ctx, db.OffersOfEntryParams{TenantID: tenantID, EntryID: entry.ID})
	if err != nil {
		return WaitingEntry{}, nil, db.Down(fmt.Errorf("reading an entry's offers: %w", err))
	}
	past, err := w.pastOffers(ctx, tenantID, offers)
	return rows[0], past, err
}

// Counts are how many wait, have an offer out, and how many slots are open from now on.
func (w *Waitlist) Counts(ctx context.Context, tenantID int64) (Counts, error) {
	waiting, err := w.db.CountLiveEntries(ctx, tenantID)
	if err != nil {
		return Counts{}, db.Down(fmt.Errorf("counting entries: %w", err))
	}
	offers, err := w.db.CountPendingOffers(ctx, tenantID)
	if err != nil {
		return Counts{}, db.Down(fmt.Errorf("counting offers: %w", err))
	}
	open, err := w.db.CountOpenSlots(ctx, tenantID)
	return Counts{Waiting: int(waiting), OffersOut: int(offers), Open: int(open)}, db.Down(wrap(err, "counting open slots"))
}
