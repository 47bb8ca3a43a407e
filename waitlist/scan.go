package waitlist

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const (
	scanPage  = 50    // entries read at a time
	scanHead  = 200   // looked at from the top before a stopped scan goes on
	scanLimit = 2000  // looked at in one transaction while nobody fits
	scanMost  = 16000 // looked at to be certain that whoever fits is the best
)

// scan looks for the candidate of one opening, reading the waiting list by rank in pages and locking nothing.
type scan struct {
	q        *db.Queries
	settings Settings
	now      time.Time
	slot     db.Slot
	opening  rules.Opening
	services map[int64]db.Service
	hadSlot  map[int64]bool // customers who were offered the slot or had it booked
	skip     map[int64]bool // entries that turned out not to fit once locked
	// chosenReason is why staff chose somebody, for the audit trail; empty unless they did.
	chosenReason string
}

func newScan(ctx context.Context, q *db.Queries, s Settings, slot db.Slot, now time.Time) (*scan, error) {
	offering, err := q.ServicesOfSlot(ctx, db.ServicesOfSlotParams{TenantID: slot.TenantID, StaffMemberID: slot.StaffMemberID})
	if err != nil {
		return nil, fmt.Errorf("reading the services of a slot: %w", err)
	}
	sc := &scan{
		q: q, settings: s, now: now, slot: slot,
		opening:  rules.Opening{StaffID: slot.StaffMemberID, Start: slot.StartsAt, End: slot.EndsAt},
		services: map[int64]db.Service{}, hadSlot: map[int64]bool{}, skip: map[int64]bool{},
	}
	for _, service := range offering {
		t := serviceTime(service)
		if (slot.ServiceID == nil || *slot.ServiceID == service.ID) && t.Duration+t.Buffer <= slot.EndsAt.Sub(slot.StartsAt) {
			sc.services[service.ID] = service
		}
	}
	return sc, sc.readHistory(ctx)
}

// readHistory finds who must not get the slot again. An offer whose email never got away in
// its time counts half: it may be repeated once. One whose email was refused for good is not repeated.
func (sc *scan) readHistory(ctx context.Context) error {
	offered, err := sc.q.CustomersWhoHadSlot(ctx, db.CustomersWhoHadSlotParams{TenantID: sc.slot.TenantID, SlotID: sc.slot.ID})
	if err != nil {
		return fmt.Errorf("reading who was offered a slot: %w", err)
	}
	for _, row := range offered {
		if row.Weight >= 2 {
			sc.hadSlot[row.CustomerID] = true
		}
	}
	booked, err := sc.q.CustomersBookedOnSlot(ctx, db.CustomersBookedOnSlotParams{TenantID: sc.slot.TenantID, SlotID: sc.slot.ID})
	if err != nil {
		return fmt.Errorf("reading who had a slot booked: %w", err)
	}
	for _, id := range booked {
		sc.hadSlot[*id] = true
	}
	return nil
}

// certain finds the candidate from a place in the list on: the best that there is, once anybody fits. It says more when it stopped at
// limit, or past scanMost at the best of so many.
//
// Once somebody fits, whoever stands further back wins by a bonus only. So the list is read just far enough to find somebody, and from
// there on only those who can gain one. The first look ends where seeing who comes next would not take another page.
func (sc *scan) certain(ctx context.Context, from rules.Cursor, limit int) (p rules.Pick, found, more bool, err error) {
	var lanes []*lane
	for _, service := range sc.services {
		lanes = append(lanes, &lane{service: serviceTime(service), next: sc.stream(ctx, service.ID, from, sc.everybody)})
	}
	for look := min(scanPage-1, limit); ; look = min(2*look, limit) {
		if p, found, more, err = sc.best(lanes, look); err != nil || found || !more || look == limit {
			break
		}
	}
	if err != nil || !found || !more {
		return p, found, more, err
	}
	behind := sc.gaining(ctx, lanes, p)
	for _, l := range lanes {
		l.next = nobody
	}
	return sc.best(append(lanes, behind...), scanMost)
}

// best is rules.Best of lanes, which are read on as needed.
func (sc *scan) best(lanes []*lane, limit int) (rules.Pick, bool, bool, error) {
	var times []rules.ServiceTime
	var streams []rules.Stream
	for _, l := range lanes {
		times, streams = append(times, l.service), append(streams, l.stream())
	}
	return rules.Best(sc.settings.Settings, sc.now, sc.opening, times, streams, limit)
}

// stoppedAt is where an earlier try stopped. It counts only while the entry there keeps its place: under new weights, or when
// that entry moved, a scan begins anew.
func (sc *scan) stoppedAt(ctx context.Context) (rules.Cursor, bool, error) {
	slot := sc.slot
	if slot.ScanKey == nil || slot.ScanID == nil {
		return rules.Cursor{}, false, nil
	}
	e, known, err := maybe(sc.q.GetEntry(ctx, db.GetEntryParams{TenantID: slot.TenantID, ID: *slot.ScanID}))
	if err != nil {
		return rules.Cursor{}, false, fmt.Errorf("reading where a scan stopped: %w", err)
	}
	return rules.Cursor{OrderKey: *slot.ScanKey, EntryID: *slot.ScanID}, known && sc.settings.place(e) == *slot.ScanKey, nil
}

// fromTop is before every place in the list.
var fromTop = rules.Cursor{OrderKey: math.MinInt64, EntryID: 0}

// pageReader reads the entries of a service that come next behind a place.
type pageReader func(ctx context.Context, serviceID int64, after rules.Cursor) ([]db.Entry, error)

func (sc *scan) stream(ctx context.Context, serviceID int64, at rules.Cursor, read pageReader) rules.Stream {
	var page []rules.Candidate
	ended := false
	return func() (rules.Candidate, bool, error) {
		for len(page) == 0 {
			if ended {
				return rules.Candidate{}, false, nil
			}
			entries, err := read(ctx, serviceID, at)
			if err != nil {
				return rules.Candidate{}, false, err
			}
			ended = len(entries) < scanPage
			if len(entries) == 0 {
				return rules.Candidate{}, false, nil
			}
			last := entries[len(entries)-1]
			at = rules.Cursor{OrderKey: sc.settings.place(last), EntryID: last.ID}
			if page, err = sc.candidates(ctx, entries); err != nil {
				return rules.Candidate{}, false, err
			}
		}
		next := page[0]
		page = page[1:]
		return next, true, nil
	}
}

// everybody is the page of all who wait.
func (sc *scan) everybody(ctx context.Context, serviceID int64, after rules.Cursor) ([]db.Entry, error) {
	if sc.settings.ranksByB() {
		entries, err := sc.q.ScanWaitingB(ctx, db.ScanWaitingBParams{
			TenantID: sc.slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, Limit: scanPage,
		})
		return entries, wrap(err, "reading the waiting list")
	}
	entries, err := sc.q.ScanWaitingA(ctx, db.ScanWaitingAParams{
		TenantID: sc.slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, Limit: scanPage,
	})
	return entries, wrap(err, "reading the waiting list")
}

func wrap(err error, doing string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

func serviceTime(s db.Service) rules.ServiceTime {
	return rules.ServiceTime{
		ID: s.ID, Duration: time.Duration(s.DurationMinutes) * time.Minute, Buffer: time.Duration(s.BufferMinutes) * time.Minute,
	}
}
