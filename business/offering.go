package business

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
)

// nobody is the staff member who goes when none does.
const nobody = 0

// left is what is touched when only the offerings of after are left: bookings made under the others, slots kept for them, which are
// withdrawn, and entries whose wishes only they could fulfil. With gone, a staff member's id, all of that person's bookings and slots
// are touched.
func (a *ahead) left(ctx context.Context, q *db.Queries, after []offering, gone int64) (Touched, error) {
	before := a.offerings
	ended := func(staffID int64, serviceID *int64) bool {
		if staffID == gone {
			return true
		}
		if serviceID == nil {
			return false
		}
		o := offering{staffID, *serviceID}
		return slices.Contains(before, o) && !slices.Contains(after, o)
	}
	t, err := a.touched(
		func(row db.BookingsAheadRow) bool { return ended(row.StaffMemberID, row.ServiceID) },
		func(row db.Slot) bool { return ended(row.StaffMemberID, row.ServiceID) },
	)
	if err != nil {
		return Touched{}, err
	}
	for i := range t.Slots {
		t.Slots[i].Withdrawn = true
	}
	t.Entries, err = a.hopeless(ctx, q, after)
	return t, err
}

// withoutService is what is touched when a service is removed: all that its offerings ending touches, and everybody who waits for it.
func (a *ahead) withoutService(ctx context.Context, q *db.Queries, serviceID int64) (Touched, error) {
	t, err := a.left(ctx, q, a.offered(serviceID, nil), nobody)
	if err != nil {
		return Touched{}, err
	}
	entries, err := q.LiveEntriesOf(ctx, db.LiveEntriesOfParams{TenantID: a.tenantID, ServiceIds: []int64{serviceID}})
	if err != nil {
		return Touched{}, db.Down(fmt.Errorf("reading who waits: %w", err))
	}
	t.Entries, err = a.touchedEntries(entries)
	return t, err
}

// hopeless are the live entries that somebody could be found for before, and nobody after.
func (a *ahead) hopeless(ctx context.Context, q *db.Queries, after []offering) ([]TouchedEntry, error) {
	var services []int64
	for _, o := range a.offerings {
		if !slices.Contains(after, o) && !slices.Contains(services, o.serviceID) {
			services = append(services, o.serviceID)
		}
	}
	if len(services) == 0 {
		return nil, nil
	}
	entries, err := q.LiveEntriesOf(ctx, db.LiveEntriesOfParams{TenantID: a.tenantID, ServiceIds: services})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who waits: %w", err))
	}
	only, err := onlyStaff(ctx, q, a.tenantID, entries)
	if err != nil {
		return nil, err
	}
	return a.touchedEntries(slices.DeleteFunc(entries, func(e db.LiveEntriesOfRow) bool {
		served := func(o offering) bool {
			return o.serviceID == e.ServiceID && (e.AnyStaff || slices.Contains(only[e.ID], o.staffID))
		}
		return !slices.ContainsFunc(a.offerings, served) || slices.ContainsFunc(after, served)
	}))
}

func (a *ahead) touchedEntries(rows []db.LiveEntriesOfRow) ([]TouchedEntry, error) {
	var list []TouchedEntry
	for _, e := range rows {
		name, err := a.customerName(e.CustomerPublicID, e.CustomerName)
		if err != nil {
			return nil, err
		}
		list = append(list, TouchedEntry{ID: e.PublicID, CustomerName: name, ServiceName: a.services[e.ServiceID].Name})
	}
	return list, nil
}

// onlyStaff are the staff members that each choosy entry allows, by the entry's id.
func onlyStaff(ctx context.Context, q *db.Queries, tenantID int64, entries []db.LiveEntriesOfRow) (map[int64][]int64, error) {
	var choosy []int64
	for _, e := range entries {
		if !e.AnyStaff {
			choosy = append(choosy, e.ID)
		}
	}
	if len(choosy) == 0 {
		return nil, nil
	}
	rows, err := q.EntryStaffOf(ctx, db.EntryStaffOfParams{TenantID: tenantID, EntryIds: choosy})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading whom they wait for: %w", err))
	}
	only := map[int64][]int64{}
	for _, row := range rows {
		only[row.EntryID] = append(only[row.EntryID], row.StaffMemberID)
	}
	return only, nil
}

func sameOfferings(a, b []offering) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(o offering) bool { return !slices.Contains(b, o) })
}

// keepOfferings writes the difference between what is offered and what is after. Where one of the two was removed, it stays noted.
func (s setup) keepOfferings(ctx context.Context, tx *db.Tx, after []offering) error {
	for _, o := range s.offerings {
		if slices.Contains(after, o) {
			continue
		}
		_, err := tx.DeleteStaffService(ctx, db.DeleteStaffServiceParams{TenantID: s.tenantID, StaffMemberID: o.staffID, ServiceID: o.serviceID})
		if err != nil {
			return fmt.Errorf("ending an offering: %w", err)
		}
	}
	for _, o := range after {
		if slices.Contains(s.offerings, o) {
			continue
		}
		err := tx.AddStaffService(ctx, db.AddStaffServiceParams{TenantID: s.tenantID, StaffMemberID: o.staffID, ServiceID: o.serviceID})
		if err != nil {
			return fmt.Errorf("adding an offering: %w", err)
		}
	}
	return nil
}

// withdraw has the job withdraw the slots that a saved change withdraws, at once and past undoing. The staff members concerned are
// locked; slots are locked here in the order of their ids. It gives how many those are.
func withdraw(ctx context.Context, tx *db.Tx, tenantID int64, t Touched) (int, error) {
	var ids []int64
	for _, s := range t.Slots {
		if s.Withdrawn {
			ids = append(ids, s.id)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return 0, err
	}
	slices.Sort(ids)
	for _, id := range ids {
		// A slot that ended meanwhile, say because its customer accepted, needs no withdrawing.
		if _, err := tx.WithdrawSlotNow(ctx, db.WithdrawSlotNowParams{TenantID: tenantID, ID: id, At: &now}); err != nil {
			return 0, fmt.Errorf("withdrawing slot %d: %w", id, err)
		}
	}
	return len(ids), nil
}
