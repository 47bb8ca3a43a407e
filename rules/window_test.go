package rules

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestAWindowIsBounded(t *testing.T) {
	for _, c := range []struct {
		name   string
		window Window
		want   bool
	}{
		{"any day, all day", Window{0, 0, 1440, false}, true},
		{"a minute on Sunday", Window{7, 1439, 1440, true}, true},
		{"weekday -1", Window{-1, 0, 1440, false}, false},
		{"weekday 8", Window{8, 0, 1440, false}, false},
		{"before midnight", Window{1, -1, 60, false}, false},
		{"after the next midnight", Window{1, 60, 1441, false}, false},
		{"no length", Window{1, 60, 60, false}, false},
		{"backwards", Window{1, 61, 60, false}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.window.Valid(); got != c.want {
				t.Errorf("valid: %v", got)
			}
		})
	}
}

func TestWindowsHoldAnAppointmentAcrossMidnightAndClockChanges(t *testing.T) {
	const saturday, sunday, monday = 6, 7, 1
	for _, c := range []struct {
		name, zone string
		windows    []Window
		start      string
		length     time.Duration
		want       bool
	}{
		{"over midnight, both days free", "Europe/Berlin", []Window{{saturday, 1200, 1440, false}, {sunday, 0, 120, false}}, "2026-11-07T22:30:00Z", time.Hour, true},
		{"over midnight, the second day not free", "Europe/Berlin", []Window{{saturday, 1200, 1440, false}}, "2026-11-07T22:30:00Z", time.Hour, false},
		{"until midnight exactly", "Europe/Berlin", []Window{{saturday, 1200, 1440, false}}, "2026-11-07T22:00:00Z", time.Hour, true},
		{"over midnight from Sunday to Monday", "Europe/Berlin", []Window{{sunday, 1200, 1440, false}, {monday, 0, 120, false}}, "2026-11-08T22:30:00Z", time.Hour, true},
		{"over midnight, every day all day", "Europe/Berlin", []Window{{0, 0, 1440, false}}, "2026-11-07T22:30:00Z", time.Hour, true},
		{"over midnight, every day but a last minute", "Europe/Berlin", []Window{{0, 0, 1439, false}}, "2026-11-07T22:30:00Z", time.Hour, false},
		{"more than a day, every day all day", "Europe/Berlin", []Window{{0, 0, 1440, false}}, "2026-11-07T22:30:00Z", 50 * time.Hour, true},

		{"Berlin's short night, 01:30 to 03:30 takes an hour", "Europe/Berlin", []Window{{sunday, 90, 210, false}}, "2026-03-29T00:30:00Z", time.Hour, true},
		{"Berlin's short night, it does not take longer", "Europe/Berlin", []Window{{sunday, 90, 210, false}}, "2026-03-29T00:30:00Z", 61 * time.Minute, false},
		{"Berlin's short night, windows on either side of the gap touch", "Europe/Berlin", []Window{{sunday, 60, 120, false}, {sunday, 180, 240, false}}, "2026-03-29T00:30:00Z", time.Hour, true},
		{"an ordinary night, those windows do not touch", "Europe/Berlin", []Window{{sunday, 60, 120, false}, {sunday, 180, 240, false}}, "2026-04-05T23:30:00Z", time.Hour, false},
		{"Berlin's short night, from within the gap is from its end", "Europe/Berlin", []Window{{sunday, 150, 240, false}}, "2026-03-29T01:00:00Z", time.Hour, true},
		{"Berlin's short night, until within the gap is until its start", "Europe/Berlin", []Window{{sunday, 60, 150, false}}, "2026-03-29T00:00:00Z", time.Hour, true},
		{"Berlin's short night, until within the gap is not beyond it", "Europe/Berlin", []Window{{sunday, 60, 150, false}}, "2026-03-29T00:00:00Z", 61 * time.Minute, false},
		{"Berlin's short night, a window in the gap holds nothing", "Europe/Berlin", []Window{{sunday, 120, 180, false}}, "2026-03-29T01:00:00Z", time.Minute, false},

		{"Berlin's long night, 01:30 to 03:30 takes three hours", "Europe/Berlin", []Window{{sunday, 90, 210, false}}, "2026-10-24T23:30:00Z", 3 * time.Hour, true},
		{"Berlin's long night, it does not take longer", "Europe/Berlin", []Window{{sunday, 90, 210, false}}, "2026-10-24T23:30:00Z", 181 * time.Minute, false},
		{"Berlin's long night, 02:00 to 03:00 comes twice in a row", "Europe/Berlin", []Window{{sunday, 120, 180, false}}, "2026-10-25T00:00:00Z", 2 * time.Hour, true},
		{"Berlin's long night, 02:00 to 02:30 comes twice, the first", "Europe/Berlin", []Window{{sunday, 120, 150, false}}, "2026-10-25T00:00:00Z", 30 * time.Minute, true},
		{"Berlin's long night, 02:00 to 02:30 comes twice, the second", "Europe/Berlin", []Window{{sunday, 120, 150, false}}, "2026-10-25T01:00:00Z", 30 * time.Minute, true},
		{"Berlin's long night, 02:00 to 02:30 comes twice, not between", "Europe/Berlin", []Window{{sunday, 120, 150, false}}, "2026-10-25T00:00:00Z", 31 * time.Minute, false},

		{"a clock put back over midnight, into the day before", "America/St_Johns", []Window{{0, 0, 1440, false}}, "2006-10-29T02:30:00Z", 30 * time.Minute, true},
		{"New York's short night", "America/New_York", []Window{{sunday, 60, 240, false}}, "2026-03-08T06:00:00Z", 2 * time.Hour, true},
		{"New York's short night, not longer", "America/New_York", []Window{{sunday, 60, 240, false}}, "2026-03-08T06:00:00Z", 121 * time.Minute, false},
		{"New York's long night", "America/New_York", []Window{{sunday, 60, 240, false}}, "2026-11-01T05:00:00Z", 4 * time.Hour, true},
		{"New York's long night, not longer", "America/New_York", []Window{{sunday, 60, 240, false}}, "2026-11-01T05:00:00Z", 241 * time.Minute, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := moment(t, c.start)
			if got := within(c.windows, Span{start, start.Add(c.length)}, zone(t, c.zone)); got != c.want {
				t.Errorf("held: %v", got)
			}
		})
	}
}

func TestWindowsHoldExactlyTheMinutesTheWallClockShows(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns"} {
		z := zone(t, name)
		for range 400 {
			windows := make([]Window, 1+random.IntN(4))
			for i := range windows {
				from := random.IntN(1440)
				windows[i] = Window{random.IntN(8), from, from + 1 + random.IntN(1440-from), false}
			}
			start := moment(t, "2026-01-01T00:00:00Z").Add(time.Duration(random.IntN(365*24*12)) * 5 * time.Minute)
			if random.IntN(2) == 0 { // near a change of the clocks
				_, change := start.In(z).ZoneBounds()
				start = change.Add(time.Duration(random.IntN(60)-50) * 5 * time.Minute)
			}
			length := time.Duration(1+random.IntN(400)) * time.Minute

			want := true
			for m := start; m.Before(start.Add(length)); m = m.Add(time.Minute) {
				day, minute, shown := DateOf(m, z).ISOWeekday(), MinuteOf(m, z), false
				for _, w := range windows {
					shown = shown || (w.Weekday == 0 || w.Weekday == day) && w.From <= minute && minute < w.To
				}
				want = want && shown
			}
			if got := within(windows, Span{start, start.Add(length)}, z); got != want {
				t.Fatalf("%s: %v for %v in %v held: %v", name, start.In(z), length, windows, got)
			}
		}
	}
}
