package rules

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestQuietHoursEndWhenTheWallClockSaysSo(t *testing.T) {
	for _, c := range []struct {
		name, zone, from, to string
		at, end              string // end empty: not quiet
	}{
		{"before an afternoon's rest", "Europe/Berlin", "12:00", "14:00", "2026-11-05T10:59:59.999999Z", ""},
		{"as the rest begins", "Europe/Berlin", "12:00", "14:00", "2026-11-05T11:00:00Z", "2026-11-05T13:00:00Z"},
		{"just before the rest ends", "Europe/Berlin", "12:00", "14:00", "2026-11-05T12:59:59.999999Z", "2026-11-05T13:00:00Z"},
		{"as the rest ends", "Europe/Berlin", "12:00", "14:00", "2026-11-05T13:00:00Z", ""},

		{"just before the night", "Europe/Berlin", "22:00", "08:00", "2026-11-05T20:59:59Z", ""},
		{"as the night begins", "Europe/Berlin", "22:00", "08:00", "2026-11-05T21:00:00Z", "2026-11-06T07:00:00Z"},
		{"at midnight", "Europe/Berlin", "22:00", "08:00", "2026-11-05T23:00:00Z", "2026-11-06T07:00:00Z"},
		{"in the early morning", "Europe/Berlin", "22:00", "08:00", "2026-11-06T06:59:00Z", "2026-11-06T07:00:00Z"},
		{"as the night ends", "Europe/Berlin", "22:00", "08:00", "2026-11-06T07:00:00Z", ""},

		{"Berlin's short night", "Europe/Berlin", "22:00", "08:00", "2026-03-28T21:00:00Z", "2026-03-29T06:00:00Z"},
		{"Berlin's long night", "Europe/Berlin", "22:00", "08:00", "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z"},
		{"New York's short night", "America/New_York", "21:00", "07:30", "2026-03-08T03:00:00Z", "2026-03-08T11:30:00Z"},
		{"New York's long night", "America/New_York", "21:00", "07:30", "2026-11-01T02:00:00Z", "2026-11-01T12:30:00Z"},
		{"an end that is jumped over", "Europe/Berlin", "22:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"},
		{"a rest that is jumped over whole", "Europe/Berlin", "02:00", "03:00", "2026-03-29T00:59:59Z", ""},
		{"a rest that is jumped over whole, after it", "Europe/Berlin", "02:00", "03:00", "2026-03-29T01:00:00Z", ""},
		{"an end that comes twice, the first time", "Europe/Berlin", "22:00", "02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z"},
		{"an end that comes twice, between", "Europe/Berlin", "22:00", "02:30", "2026-10-25T00:45:00Z", ""},
		{"an end that comes twice, the second time", "Europe/Berlin", "22:00", "02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"},
		{"a rest that comes twice without a break", "Europe/Berlin", "02:00", "03:00", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"},

		{"New Year's night of a leap year", "Europe/Berlin", "22:00", "08:00", "2028-12-31T21:30:00Z", "2029-01-01T07:00:00Z"},
		{"no quiet hours", "Europe/Berlin", "00:00", "00:00", "2026-11-05T23:00:00Z", ""},
		{"no quiet hours, written as another minute", "Europe/Berlin", "13:00", "13:00", "2026-11-05T12:00:00Z", ""},
		{"all but a minute, from the minute after", "UTC", "00:01", "00:00", "2026-11-05T00:01:00Z", "2026-11-06T00:00:00Z"},
		{"all but a minute, in that minute", "UTC", "00:01", "00:00", "2026-11-05T00:00:30Z", ""},
		{"until midnight", "UTC", "22:00", "00:00", "2026-11-05T23:59:59Z", "2026-11-06T00:00:00Z"},
		{"from midnight", "UTC", "00:00", "06:00", "2026-11-05T00:00:00Z", "2026-11-05T06:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			z, at := zone(t, c.zone), moment(t, c.at)
			q := QuietHours{clock(t, c.from), clock(t, c.to)}
			want, quiet := at, c.end != ""
			if quiet {
				want = moment(t, c.end)
			}
			if got := q.Contains(at, z); got != quiet {
				t.Errorf("quiet: %v", got)
			}
			if got := q.EndAfter(at, z); !got.Equal(want) {
				t.Errorf("ends %s, want %s", got.UTC(), want)
			}
		})
	}
}

func TestItIsQuietUntilQuietHoursEndAndNotThen(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	start := moment(t, "2024-01-01T00:00:00Z")
	for _, name := range someZones {
		z := zone(t, name)
		for range 300 {
			q := QuietHours{random.IntN(24 * 60), random.IntN(24 * 60)}
			at := start.Add(time.Duration(random.IntN(6*366*24*60)) * time.Minute)
			end := q.EndAfter(at, z)
			if q.Contains(end, z) {
				t.Fatalf("%s %v: still quiet at its end %s", name, q, end.In(z))
			}
			for m := at; m.Before(end); m = m.Add(time.Minute) {
				if !q.Contains(m, z) {
					t.Fatalf("%s %v: not quiet at %s, before its end %s", name, q, m.In(z), end.In(z))
				}
			}
		}
	}
}
