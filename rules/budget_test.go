package rules

import (
	"testing"
	"time"
)

func TestAContactBudgetRenewsAfterItsGapOrAtMidnight(t *testing.T) {
	for _, c := range []struct {
		name, zone, now string
		today           int
		last            string
		want            string
	}{
		{"never contacted", "Europe/Berlin", "2026-11-05T10:00:00Z", 0, "", "2026-11-05T10:00:00Z"},
		{"one left and long ago", "Europe/Berlin", "2026-11-05T10:00:00Z", 2, "2026-11-05T08:00:00Z", "2026-11-05T10:00:00Z"},
		{"the gap ends now", "Europe/Berlin", "2026-11-05T10:00:00Z", 1, "2026-11-05T09:30:00Z", "2026-11-05T10:00:00Z"},
		{"within the gap", "Europe/Berlin", "2026-11-05T10:00:00Z", 1, "2026-11-05T09:45:00Z", "2026-11-05T10:15:00Z"},
		{"the day is used up", "Europe/Berlin", "2026-11-05T10:00:00Z", 3, "2026-11-05T08:00:00Z", "2026-11-05T23:00:00Z"},
		{"more than the day was used", "Europe/Berlin", "2026-11-05T10:00:00Z", 9, "2026-11-05T08:00:00Z", "2026-11-05T23:00:00Z"},
		{"used up, and the gap ends after midnight", "Europe/Berlin", "2026-11-05T22:50:00Z", 3, "2026-11-05T22:45:00Z", "2026-11-05T23:15:00Z"},
		{"used up on Berlin's short day", "Europe/Berlin", "2026-03-29T10:00:00Z", 3, "2026-03-29T08:00:00Z", "2026-03-29T22:00:00Z"},
		{"used up on Berlin's long day", "Europe/Berlin", "2026-10-25T10:00:00Z", 3, "2026-10-25T08:00:00Z", "2026-10-25T23:00:00Z"},
		{"used up in New York", "America/New_York", "2026-11-05T04:59:00Z", 3, "2026-11-05T01:00:00Z", "2026-11-05T05:00:00Z"},
		{"used up, a gap of nothing", "UTC", "2026-11-05T10:00:00Z", 3, "", "2026-11-06T00:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var last time.Time
			if c.last != "" {
				last = moment(t, c.last)
			}
			got := NextContact(DefaultSettings(zone(t, c.zone)), moment(t, c.now), c.today, last)
			if !got.Equal(moment(t, c.want)) {
				t.Errorf("got %s, want %s", got.UTC(), c.want)
			}
		})
	}
}
