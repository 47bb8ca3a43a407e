package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Those without preferences are read just far enough to find one who fits. Whoever stands behind them and prefers what the slot is must not
// be missed for it.
func TestWhoGainsABonusIsFoundBehindManyWhoGainNone(t *testing.T) {
	always := []rules.Window{{From: 0, To: 24 * 60, Preferred: true}}
	for _, c := range []struct {
		name   string
		wishes func(mia string) waitlist.Wishes
		later  bool // they wish so after joining
		wins   bool
	}{
		{"by the staff member", func(mia string) waitlist.Wishes { return waitlist.Wishes{PreferredStaff: mia} }, false, true},
		{"by the time", func(string) waitlist.Wishes { return waitlist.Wishes{Windows: always} }, false, true},
		{"by both", func(mia string) waitlist.Wishes { return waitlist.Wishes{Windows: always, PreferredStaff: mia} }, false, true},
		{"by wishes that came later", func(mia string) waitlist.Wishes { return waitlist.Wishes{PreferredStaff: mia} }, true, true},
		{"by a window that is no preference", func(string) waitlist.Wishes {
			return waitlist.Wishes{Windows: []rules.Window{{From: 0, To: 24 * 60}}}
		}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			cut, mia := stage(s)
			queue(t, s, cut, 300, s.Now().Add(-time.Hour), nil)
			sql(t, s, "UPDATE entries SET may_gain = 0")
			wishes := c.wishes(mia)
			if c.later {
				wishes = waitlist.Wishes{}
			}
			who := s.Wait(cut, wishes)
			if c.later {
				ok(t, s.W.ChangeWishes(s.Context(), who.Token, c.wishes(mia)))
			}
			if !filled(t, s, openedQuietly(t, s, mia, 10)) {
				t.Fatal("nobody was found")
			}
			if got := s.OfferTo(who) != ""; got != c.wins {
				t.Errorf("offered to them: %v, want %v", got, c.wins)
			}
		})
	}
}
