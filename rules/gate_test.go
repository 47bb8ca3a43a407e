package rules

import "testing"

func TestOffersGoOutUnlessItIsTooLateOrQuiet(t *testing.T) {
	settings := DefaultSettings(zone(t, "Europe/Berlin")) // hold 10 minutes, notice 30
	settings.Quiet = QuietHours{clock(t, "22:00"), clock(t, "08:00")}
	for _, c := range []struct {
		name, now, start string
		reason           UnfilledReason
		retry            string
	}{
		{"long before", "2026-11-05T09:00:00Z", "2026-11-06T09:00:00Z", "", ""},
		{"forty minutes before to the microsecond", "2026-11-05T09:00:00Z", "2026-11-05T09:40:00Z", "", ""},
		{"a microsecond too late", "2026-11-05T09:00:00.000001Z", "2026-11-05T09:40:00Z", ReasonTooLate, ""},
		{"after the start", "2026-11-05T10:00:00Z", "2026-11-05T09:40:00Z", ReasonTooLate, ""},
		{"in the night", "2026-11-05T22:00:00Z", "2026-11-06T12:00:00Z", ReasonQuietHours, "2026-11-06T07:00:00Z"},
		{"as the night ends", "2026-11-06T07:00:00Z", "2026-11-06T12:00:00Z", "", ""},
		{"in the long night", "2026-10-24T22:00:00Z", "2026-10-25T12:00:00Z", ReasonQuietHours, "2026-10-25T07:00:00Z"},
		{"in the night and too late", "2026-11-05T22:00:00Z", "2026-11-05T22:30:00Z", ReasonTooLate, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := moment(t, c.start)
			reason, retry := OfferGate(settings, moment(t, c.now), Opening{7, start, start.Add(3600e9)})
			if reason != c.reason {
				t.Errorf("reason %q, want %q", reason, c.reason)
			}
			if c.retry == "" && !retry.IsZero() || c.retry != "" && !retry.Equal(moment(t, c.retry)) {
				t.Errorf("try again at %s, want %s", retry, c.retry)
			}
		})
	}
}
