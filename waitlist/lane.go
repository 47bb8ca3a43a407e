package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// lane is the candidates of one service, read no further than anybody wanted to see, and kept.
type lane struct {
	service rules.ServiceTime
	next    rules.Stream
	seen    []rules.Candidate
}

// stream yields the candidates from the first one on, and reads on when those seen are over.
func (l *lane) stream() rules.Stream {
	i := 0
	return func() (rules.Candidate, bool, error) {
		if i == len(l.seen) {
			c, ok, err := l.next()
			if err != nil || !ok {
				return c, ok, err
			}
			l.seen = append(l.seen, c)
		}
		i++
		return l.seen[i-1], true, nil
	}
}

// nobody is the end of a stream.
func nobody() (c rules.Candidate, ok bool, err error) { return c, false, nil }

// Which bonus a slot can add to an entry, as tables keep it.
const (
	gainsNothing = 0
	gainsByStaff = 1 // by its staff member only
	gainsByTime  = 2 // by its time, perhaps by its staff member too
)

func mayGain(rows wishRows) int {
	for _, w := range rows.Windows {
		if w.Preferred {
			return gainsByTime
		}
	}
	if rows.preferred != nil {
		return gainsByStaff
	}
	return gainsNothing
}

// gaining are those behind what was seen of the lanes who could still win over p: they prefer the slot's staff member, or some time, and are
// not further behind than their bonus is worth.
func (sc *scan) gaining(ctx context.Context, lanes []*lane, p rules.Pick) (behind []*lane) {
	weights := sc.settings.Weights
	toBeat := rules.KeyAfter(p.Candidate.OrderKey, p.StaffBonus+p.TimeBonus)
	for _, l := range lanes {
		if len(l.seen) == 0 {
			continue
		}
		last := l.seen[len(l.seen)-1]
		at := rules.Cursor{OrderKey: last.OrderKey, EntryID: last.EntryID}
		for _, class := range []struct {
			bonus int
			read  func(until int64) pageReader
		}{{weights.PreferredStaff, sc.fond}, {weights.MaxBonus(), sc.timed}} {
			if until := rules.KeyAfter(toBeat, -class.bonus); class.bonus > 0 && until >= at.OrderKey {
				behind = append(behind, &lane{service: l.service, next: sc.stream(ctx, l.service.ID, at, class.read(until))})
			}
		}
	}
	return behind
}

// fond is the page of those up to a place who prefer the slot's staff member, and no time.
func (sc *scan) fond(until int64) pageReader {
	return func(ctx context.Context, serviceID int64, after rules.Cursor) (entries []db.Entry, err error) {
		slot, staff := sc.slot, &sc.slot.StaffMemberID
		if sc.settings.ranksByB() {
			entries, err = sc.q.ScanFondB(ctx, db.ScanFondBParams{
				TenantID: slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, UntilKey: until, PreferredStaffID: staff, Limit: scanPage,
			})
		} else {
			entries, err = sc.q.ScanFondA(ctx, db.ScanFondAParams{
				TenantID: slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, UntilKey: until, PreferredStaffID: staff, Limit: scanPage,
			})
		}
		return entries, wrap(err, "reading who prefers a staff member")
	}
}

// timed is the page of those up to a place who prefer some time.
func (sc *scan) timed(until int64) pageReader {
	return func(ctx context.Context, serviceID int64, after rules.Cursor) (entries []db.Entry, err error) {
		slot := sc.slot
		if sc.settings.ranksByB() {
			entries, err = sc.q.ScanTimedB(ctx, db.ScanTimedBParams{
				TenantID: slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, UntilKey: until, Limit: scanPage,
			})
		} else {
			entries, err = sc.q.ScanTimedA(ctx, db.ScanTimedAParams{
				TenantID: slot.TenantID, ServiceID: serviceID, AfterKey: after.OrderKey, AfterID: after.EntryID, UntilKey: until, Limit: scanPage,
			})
		}
		return entries, wrap(err, "reading who prefers a time")
	}
}
