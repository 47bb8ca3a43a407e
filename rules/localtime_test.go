package rules

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestATimeOnTheWallClockIsFoundInEveryNight(t *testing.T) {
	for _, c := range []struct {
		name, zone, date, clock string
		want                    string
		kind                    LocalKind
	}{
		{"winter in Berlin", "Europe/Berlin", "2026-01-15", "09:00", "2026-01-15T08:00:00Z", Exact},
		{"summer in Berlin", "Europe/Berlin", "2026-07-15", "09:00", "2026-07-15T07:00:00Z", Exact},
		{"midnight at the start", "Europe/Berlin", "2026-07-15", "00:00", "2026-07-14T22:00:00Z", Exact},
		{"midnight at the end", "Europe/Berlin", "2026-07-15", "24:00", "2026-07-15T22:00:00Z", Exact},

		{"the minute before Berlin's gap", "Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59:00Z", Exact},
		{"the first minute of Berlin's gap", "Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00:00Z", Gap},
		{"the middle of Berlin's gap", "Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z", Gap},
		{"the last minute of Berlin's gap", "Europe/Berlin", "2026-03-29", "02:59", "2026-03-29T01:00:00Z", Gap},
		{"the minute after Berlin's gap", "Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00:00Z", Exact},
		{"the minute before Berlin's overlap", "Europe/Berlin", "2026-10-25", "01:59", "2026-10-24T23:59:00Z", Exact},
		{"the first minute of Berlin's overlap", "Europe/Berlin", "2026-10-25", "02:00", "2026-10-25T00:00:00Z", Overlap},
		{"the last minute of Berlin's overlap", "Europe/Berlin", "2026-10-25", "02:59", "2026-10-25T00:59:00Z", Overlap},
		{"the minute after Berlin's overlap", "Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00Z", Exact},
		{"midnight at the end of Berlin's long day", "Europe/Berlin", "2026-10-25", "24:00", "2026-10-25T23:00:00Z", Exact},

		{"the minute before New York's gap", "America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00Z", Exact},
		{"New York's gap", "America/New_York", "2026-03-08", "02:15", "2026-03-08T07:00:00Z", Gap},
		{"the minute after New York's gap", "America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00Z", Exact},
		{"the minute before New York's overlap", "America/New_York", "2026-11-01", "00:59", "2026-11-01T04:59:00Z", Exact},
		{"New York's overlap", "America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z", Overlap},
		{"the minute after New York's overlap", "America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z", Exact},

		{"a midnight that is jumped over", "Africa/Cairo", "2024-04-26", "00:00", "2024-04-25T22:00:00Z", Gap},
		{"the end of the day before such a midnight", "Africa/Cairo", "2024-04-25", "24:00", "2024-04-25T22:00:00Z", Gap},
		{"a day that never was", "Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00:00Z", Gap},
		{"half an hour's overlap", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z", Overlap},
		{"a year far away", "Europe/Berlin", "2090-03-26", "02:30", "2090-03-26T01:00:00Z", Gap},
		{"the last day of a leap year", "Europe/Berlin", "2028-12-31", "09:00", "2028-12-31T08:00:00Z", Exact},
		{"the last minute of a leap year", "America/New_York", "2028-12-31", "23:59", "2029-01-01T04:59:00Z", Exact},
		{"the last day of a leap year in the south", "America/Santiago", "2028-12-31", "24:00", "2029-01-01T03:00:00Z", Exact},
		{"the first day after a leap year", "Europe/Berlin", "2029-01-01", "00:00", "2028-12-31T23:00:00Z", Exact},
		{"no clock changes", "UTC", "2026-03-29", "02:30", "2026-03-29T02:30:00Z", Exact},
	} {
		t.Run(c.name, func(t *testing.T) {
			z, d, minute := zone(t, c.zone), date(t, c.date), clock(t, c.clock)
			got, kind := LocalAt(d, minute, z)
			if !got.Equal(moment(t, c.want)) || kind != c.kind {
				t.Errorf("got %s, kind %d; want %s, kind %d", got.Format(time.RFC3339), kind, c.want, c.kind)
			}
			if in := d.In(minute, z); !in.Equal(got) {
				t.Errorf("In gives %s, LocalAt %s", in, got)
			}
		})
	}
}

var someZones = []string{
	"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns",
	"Asia/Kathmandu", "Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo", "Europe/Dublin", "Atlantic/Azores", "UTC",
}

func TestEveryMinuteShownIsFoundAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	start := moment(t, "1985-01-01T00:00:00Z")
	for _, name := range someZones {
		z := zone(t, name)
		for range 4000 {
			at := start.Add(time.Duration(random.IntN(60*366*24*60)) * time.Minute)
			if _, seconds := at.In(z).Zone(); seconds%60 != 0 {
				continue
			}
			d, minute := DateOf(at, z), MinuteOf(at, z)
			got, kind := LocalAt(d, minute, z)
			if kind == Gap {
				t.Fatalf("%s: %s was shown and is called a gap", name, at.In(z))
			}
			if kind == Exact && !got.Equal(at) || got.After(at) || at.Sub(got) > 24*time.Hour {
				t.Fatalf("%s: %s was found at %s, kind %d", name, at.In(z), got.In(z), kind)
			}
			if DateOf(got, z) != d || MinuteOf(got, z) != minute {
				t.Fatalf("%s: %s shows another time than %s", name, got.In(z), at.In(z))
			}
		}
	}
}

func TestALocalDayLastsAsLongAsItsClockSays(t *testing.T) {
	for _, c := range []struct {
		name, zone, date string
		from, to         string
	}{
		{"a plain day", "Europe/Berlin", "2026-11-05", "2026-11-04T23:00:00Z", "2026-11-05T23:00:00Z"},
		{"Berlin's short day", "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"Berlin's long day", "Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"New York's short day", "America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"},
		{"New York's long day", "America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"},
		{"a day without a midnight", "Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z", "2024-04-26T21:00:00Z"},
		{"a midnight that comes twice", "Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"},
		{"a day that never was", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, to := DayBounds(date(t, c.date), zone(t, c.zone))
			if !from.Equal(moment(t, c.from)) || !to.Equal(moment(t, c.to)) {
				t.Errorf("got %s to %s, want %s to %s", from, to, c.from, c.to)
			}
		})
	}
}

func TestTheMinuteOfDayIsTheWallClocks(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for at, want := range map[string]string{
		"2026-11-05T22:59:59.999999Z": "23:59",
		"2026-11-05T23:00:00Z":        "00:00",
		"2026-03-29T00:59:59Z":        "01:59",
		"2026-03-29T01:00:00Z":        "03:00",
		"2026-10-25T00:30:00Z":        "02:30",
		"2026-10-25T01:30:00Z":        "02:30",
	} {
		if got := MinuteOf(moment(t, at), berlin); got != clock(t, want) {
			t.Errorf("at %s it is minute %d, want %s", at, got, want)
		}
	}
}
