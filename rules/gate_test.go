package rules

import (
	"testing"
	"time"
)

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

func TestAsManyAreAskedInARowAsTheGateLetsThrough(t *testing.T) {
	for _, c := range []struct{ hold, notice, ahead time.Duration }{
		{10 * time.Minute, 30 * time.Minute, 2 * time.Hour}, {10 * time.Minute, 30 * time.Minute, 39 * time.Minute}, {10 * time.Minute, 30 * time.Minute, 40 * time.Minute},
		{time.Minute, 0, time.Hour}, {7 * time.Minute, 11 * time.Minute, time.Hour}, {24 * time.Hour, 0, 2 * time.Hour}, {10 * time.Minute, 48 * time.Hour, 24 * time.Hour},
	} {
		s := DefaultSettings(time.UTC)
		s.Hold, s.MinimumNotice = c.hold, c.notice
		now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		start, asked := now.Add(c.ahead), 0
		for at := now; ; at = at.Add(s.Hold) {
			if reason, _ := OfferGate(s, at, Opening{Start: start, End: start.Add(time.Hour)}); reason != "" {
				break
			}
			asked++
		}
		if got := OffersInARow(s, c.ahead); got != asked {
			t.Errorf("%+v: said to be %d, the gate lets %d through", c, got, asked)
		}
	}
}

func TestAnOpeningInTheNightIsAskedAboutAtOnceOnlyWhereWaitingIsTooLate(t *testing.T) {
	settings := DefaultSettings(zone(t, "Europe/Berlin")) // hold 10 minutes, notice 30: 40 minutes after the night
	settings.Quiet = QuietHours{clock(t, "22:00"), clock(t, "07:00")}
	const night = "2026-11-05T22:30:00Z" // 23:30
	for _, c := range []struct {
		name, now, start string
		wait, ask        UnfilledReason
	}{
		{"long after the night", night, "2026-11-06T12:00:00Z", ReasonQuietHours, ReasonQuietHours},
		{"as soon after it as can be waited for", night, "2026-11-06T06:40:00Z", ReasonQuietHours, ReasonQuietHours},
		{"a microsecond sooner", night, "2026-11-06T06:39:59.999999Z", ReasonQuietHours, ""},
		{"in the night itself", night, "2026-11-06T03:00:00Z", ReasonQuietHours, ""},
		{"too soon for anybody", night, "2026-11-05T23:00:00Z", ReasonTooLate, ReasonTooLate},
		{"by day", "2026-11-05T12:00:00Z", "2026-11-05T13:00:00Z", "", ""},
		{"as the night ends", "2026-11-06T06:00:00Z", "2026-11-06T06:40:00Z", "", ""},

		// The clocks go forward: 07:00 is 05:00 in UTC, an hour sooner than it was the night before.
		{"the short night, as soon as can be waited for", "2026-03-28T22:00:00Z", "2026-03-29T05:40:00Z", ReasonQuietHours, ReasonQuietHours},
		{"the short night, a second sooner", "2026-03-28T22:00:00Z", "2026-03-29T05:39:59Z", ReasonQuietHours, ""},
		// And back: 07:00 is 06:00 in UTC.
		{"the long night, as soon as can be waited for", "2026-10-24T22:00:00Z", "2026-10-25T06:40:00Z", ReasonQuietHours, ReasonQuietHours},
		{"the long night, a second sooner", "2026-10-24T22:00:00Z", "2026-10-25T06:39:59Z", ReasonQuietHours, ""},
	} {
		for night, want := range map[NightOpenings]UnfilledReason{NightWait: c.wait, NightAsk: c.ask} {
			settings.Night = night
			start := moment(t, c.start)
			if reason, _ := OfferGate(settings, moment(t, c.now), Opening{7, start, start.Add(time.Hour)}); reason != want {
				t.Errorf("%s, %s: reason %q, want %q", c.name, night, reason, want)
			}
		}
	}
}
