package public

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestTheStageOfAnOfferTurnsAtItsBoundaries(t *testing.T) {
	shown := time.Date(2027, 3, 1, 9, 9, 30, 0, time.UTC)
	end := shown.Add(48 * time.Hour)
	at := func(state rules.OfferState, now time.Time) waitlist.OfferPage {
		return waitlist.OfferPage{State: state, ShownUntil: shown, Now: now, End: end, BookingState: rules.BookingConfirmed}
	}
	with := func(o waitlist.OfferPage, change func(o *waitlist.OfferPage)) waitlist.OfferPage {
		change(&o)
		return o
	}
	taken := func(o *waitlist.OfferPage) { o.SlotTaken = true }
	for _, c := range []struct {
		name  string
		offer waitlist.OfferPage
		want  stage
	}{
		{"just before the shown time", at(rules.OfferPending, shown.Add(-time.Microsecond)), stageOpen},
		{"at the shown time", at(rules.OfferPending, shown), stageLate},
		{"just before the deadline", at(rules.OfferPending, shown.Add(rules.Grace-time.Microsecond)), stageLate},
		{"at the deadline, the job still to come", at(rules.OfferPending, shown.Add(rules.Grace)), stageExpired},
		{"accepted, just before the end", at(rules.OfferAccepted, end.Add(-time.Microsecond)), stageAccepted},
		{"accepted, at the end", at(rules.OfferAccepted, end), stagePast},
		{"accepted, served", with(at(rules.OfferAccepted, shown), func(o *waitlist.OfferPage) { o.BookingState = rules.BookingCompleted }), stagePast},
		{"accepted, cancelled since", with(at(rules.OfferAccepted, end), func(o *waitlist.OfferPage) { o.BookingState = rules.BookingCancelled }), stageCancelled},
		{"declined", with(at(rules.OfferDeclined, shown), taken), stageDeclined},
		{"declined and left", with(at(rules.OfferDeclined, shown), func(o *waitlist.OfferPage) { o.EntryState = rules.EntryLeft }), stageLeft},
		{"expired", at(rules.OfferExpired, end), stageExpired},
		{"expired, somebody else has it", with(at(rules.OfferExpired, end), taken), stageTaken},
		{"undeliverable", at(rules.OfferUndeliverable, end), stageExpired},
		{"withdrawn", at(rules.OfferWithdrawn, shown), stageWithdrawn},
		{"withdrawn for somebody else", with(at(rules.OfferWithdrawn, shown), taken), stageWithdrawn},
	} {
		if got := stageOf(c.offer); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
