package mail

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Why a message that is due does not go out yet. Its class says so until it does.
const (
	quietHours = "quiet_hours" // the business's night
	hourLimit  = "limited"     // the business has sent as much within an hour as it may
	dayLimit   = "day_limit"   // the address got as much today as it may
)

const (
	leastWait  = 15 * time.Second // until what found no room looks again
	siftRounds = 50               // rounds of messages that are only put off, before others get their chance in the next second
)

// dueToCustomers are the messages to customers whose turn it is. The others that are due are put off: in quiet hours what can wait until
// they end, and above a business's limit all but its offers, those that nobody waits for at the screen longest.
func (d *Deliverer) dueToCustomers(ctx context.Context, now time.Time, limit int32) ([]ref, error) {
	for range siftRounds {
		rows, err := d.DB.CustomerMessagesDue(ctx, db.CustomerMessagesDueParams{Now: now, Limit: limit})
		if err != nil {
			return nil, db.Down(fmt.Errorf("reading what is due: %w", err))
		}
		slices.SortStableFunc(rows, func(a, b db.CustomerMessagesDueRow) int { return a.NextAttemptAt.Compare(b.NextAttemptAt) })
		refs, putOff, err := d.sift(ctx, rows, now)
		if err != nil || len(refs) > 0 || !putOff {
			return refs, err
		}
	}
	return nil, nil
}

// sift gives those of the rows whose turn it is, and tells whether it put any off.
func (d *Deliverer) sift(ctx context.Context, rows []db.CustomerMessagesDueRow, now time.Time) (refs []ref, putOff bool, err error) {
	var nights nights
	limited := map[int64]bool{}
	for _, row := range rows {
		kind := outbox.Kind(row.Kind)
		switch quiet, ends := nights.at(row, now); {
		case !now.Before(row.UsefulUntil): // it is dropped, which takes no room
		case quiet && kind.HeldAtNight():
			if ends.After(row.UsefulUntil) {
				ends = row.UsefulUntil
			}
			n, err := d.DB.PutOffMessage(ctx, db.PutOffMessageParams{NextAt: ends, Class: quietHours, TenantID: row.TenantID, ID: row.ID, Now: now})
			if err != nil {
				return nil, false, wrap(err, "putting a message off")
			}
			putOff = putOff || n > 0
			continue
		case row.MessagesPerHour > 0 && kind != outbox.Offer:
			if limited[row.TenantID] {
				continue
			}
			limited[row.TenantID] = true
			mine, others, err := d.withinLimit(ctx, row, quiet, now)
			if err != nil {
				return nil, false, err
			}
			refs, putOff = append(refs, mine...), putOff || others
			continue
		}
		refs = append(refs, ref{tenantID: row.TenantID, id: row.ID})
	}
	return refs, putOff, nil
}

// withinLimit gives the messages of a business with a limit for which there is room, the most urgent first, and puts the others off until
// there is.
func (d *Deliverer) withinLimit(ctx context.Context, of db.CustomerMessagesDueRow, quiet bool, now time.Time) (refs []ref, others bool, err error) {
	use, err := waitlist.ReadHourlyUse(ctx, d.DB.Queries, of.TenantID, of.MessagesPerHour, now)
	if err != nil {
		return nil, false, err
	}
	onTheirWay, err := d.DB.MessagesOnTheirWay(ctx, of.TenantID)
	if err != nil {
		return nil, false, wrap(err, "counting messages on their way")
	}
	use.Owed += int(onTheirWay)
	room := min(use.Room(), dueAtOnce)
	not := []string{string(outbox.Offer)}
	if quiet {
		not = append(not, outbox.HeldAtNight()...)
	}
	ids, err := d.firstOf(ctx, of.TenantID, not, now, room)
	if err != nil || room == dueAtOnce {
		return refsOf(of.TenantID, ids), false, err
	}
	at, known, err := waitlist.RoomAgain(ctx, d.DB.Queries, of.TenantID, use, now)
	if err != nil {
		return nil, false, err
	}
	if least := now.Add(leastWait); !known || at.Before(least) {
		at = least
	}
	n, err := d.DB.PutOffMessagesOf(ctx, db.PutOffMessagesOfParams{NextAt: at, TenantID: of.TenantID, Now: now, Kinds: not, Ids: append([]int64{0}, ids...)})
	return refsOf(of.TenantID, ids), n > 0, wrap(err, "putting messages off")
}

// firstOf are the messages of a business that come first where there is room for so many; kinds that are in not are left out.
func (d *Deliverer) firstOf(ctx context.Context, tenantID int64, not []string, now time.Time, room int) ([]int64, error) {
	if room == 0 {
		return nil, nil
	}
	urgent := outbox.AtScreen()
	ids, err := d.DB.MessagesDueOf(ctx, db.MessagesDueOfParams{TenantID: tenantID, Now: now, Kinds: urgent, Limit: int32(room)})
	if err != nil || len(ids) == room {
		return ids, wrap(err, "reading what comes first")
	}
	more, err := d.DB.OtherMessagesDueOf(ctx, db.OtherMessagesDueOfParams{
		TenantID: tenantID, Now: now, Kinds: append(urgent, not...), Limit: int32(room - len(ids)),
	})
	return append(ids, more...), wrap(err, "reading what comes next")
}

func refsOf(tenantID int64, ids []int64) []ref {
	refs := make([]ref, len(ids))
	for i, id := range ids {
		refs[i] = ref{tenantID: tenantID, id: id}
	}
	return refs
}

// nights knows the zones it was asked about: reading one from the machine takes longer than all else.
type nights struct{ zones map[string]*time.Location }

// at tells whether it is quiet for the business of a message, and until when. A zone that the machine doesn't know has no night.
func (n *nights) at(row db.CustomerMessagesDueRow, now time.Time) (quiet bool, ends time.Time) {
	hours := rules.QuietHours{From: row.QuietFromMinute, To: row.QuietToMinute}
	if hours.From == hours.To {
		return false, now
	}
	zone, known := n.zones[row.Zone]
	if !known {
		zone, _ = time.LoadLocation(row.Zone)
		if n.zones == nil {
			n.zones = map[string]*time.Location{}
		}
		n.zones[row.Zone] = zone
	}
	if zone == nil || !hours.Contains(now, zone) {
		return false, now
	}
	return true, hours.EndAfter(now, zone)
}

// held is a message that waits until a moment, in UTC, for the reason of its class.
type held struct {
	until time.Time
	class string
}

func (h held) Error() string { return "not to be sent yet: " + h.class }

// bounded keeps an address from being written to more often on one local day than its business lets: a link to confirm a place, which
// anybody can have sent to anybody, is dropped, and what else can wait does so until the next day.
func (d *Deliverer) bounded(ctx context.Context, m owed, address []byte) error {
	kind := outbox.Kind(m.Kind)
	if kind.Unbounded() {
		return nil
	}
	settings, err := d.DB.GetSettings(ctx, m.TenantID)
	if err != nil {
		return wrap(err, "reading the settings")
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return fmt.Errorf("business %d: %w", m.TenantID, err)
	}
	now, err := d.DB.Now(ctx)
	if err != nil {
		return err
	}
	day, next := rules.DayBounds(rules.DateOf(now, zone), zone)
	sent, err := d.DB.MessagesToAddress(ctx, db.MessagesToAddressParams{TenantID: m.TenantID, EmailHash: address, Since: &day, FromTime: day, ID: m.ID})
	if err != nil {
		return wrap(err, "counting the messages to an address")
	}
	switch {
	case int(sent) < settings.MessagesPerDay:
		return nil
	case kind == outbox.Join:
		return dropped(dayLimit)
	}
	return held{until: next, class: dayLimit}
}
