package ui

import (
	"strings"
	"testing"
	"time"
)

func TestABlockStandsWhereTheWallClockSays(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	date := time.Date(2026, 11, 26, 0, 0, 0, 0, zone)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	d := Day{Date: date, From: 9, To: 18, Columns: []string{"Mia", "Luca"}}
	for _, c := range []struct {
		name       string
		column     int
		start, end time.Time
		want       string // empty: not shown
	}{
		{"the first quarter of an hour", 0, at(26, 9, 0), at(26, 9, 15), "wl-h-0 wl-m-0 wl-dh-0 wl-dm-3 wl-c-1"},
		{"fifty minutes in the second column", 1, at(26, 10, 20), at(26, 11, 10), "wl-h-1 wl-m-4 wl-dh-0 wl-dm-10 wl-c-2"},
		{"an end between five minutes counts whole", 0, at(26, 12, 0), at(26, 12, 51), "wl-h-3 wl-m-0 wl-dh-0 wl-dm-11 wl-c-1"},
		{"begun before opening", 0, at(26, 8, 0), at(26, 9, 30), "wl-h-0 wl-m-0 wl-dh-0 wl-dm-6 wl-c-1"},
		{"from yesterday to tomorrow", 0, at(25, 23, 0), at(27, 1, 0), "wl-h-0 wl-m-0 wl-dh-9 wl-dm-0 wl-c-1"},
		{"across midnight", 0, at(26, 17, 0), at(27, 0, 30), "wl-h-8 wl-m-0 wl-dh-1 wl-dm-0 wl-c-1"},
		{"over at opening", 0, at(26, 8, 0), at(26, 9, 0), ""},
		{"begins at closing", 0, at(26, 18, 0), at(26, 19, 0), ""},
		{"yesterday", 0, at(25, 10, 0), at(25, 11, 0), ""},
		{"nobody's column", 2, at(26, 10, 0), at(26, 11, 0), ""},
		{"before the first column", -1, at(26, 10, 0), at(26, 11, 0), ""},
	} {
		got, shown := d.place(Block{Column: c.column, Start: c.start, End: c.end})
		if got != c.want || shown != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestADayWithAChangeOfTheClockHasTwentyFourHours(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, date := range []time.Time{time.Date(2026, 3, 29, 0, 0, 0, 0, zone), time.Date(2026, 10, 25, 0, 0, 0, 0, zone)} {
		d := Day{Date: date, From: 0, To: 24, Columns: []string{"Mia"}}
		start := time.Date(date.Year(), date.Month(), date.Day(), 10, 0, 0, 0, zone)
		if got, _ := d.place(Block{Start: start, End: start.Add(time.Hour)}); got != "wl-h-10 wl-m-0 wl-dh-1 wl-dm-0 wl-c-1" {
			t.Errorf("%s: %q", date.Format(time.DateOnly), got)
		}
	}
}

func TestTheLineOfNowIsDrawnOnItsDayWithinTheHours(t *testing.T) {
	date := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	d := Day{Date: date, From: 9, To: 18}
	for now, want := range map[time.Time]string{
		{}: "",
		time.Date(2026, 11, 26, 8, 59, 0, 0, time.UTC):  "",
		time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC):   "wl-h-0 wl-m-0",
		time.Date(2026, 11, 26, 14, 58, 0, 0, time.UTC): "wl-h-5 wl-m-11",
		time.Date(2026, 11, 26, 18, 0, 0, 0, time.UTC):  "",
		time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC):  "",
		time.Date(2026, 11, 27, 14, 0, 0, 0, time.UTC):  "",
	} {
		d.Now = now
		if got, _ := d.nowAt(); got != want {
			t.Errorf("%v: %q, want %q", now, got, want)
		}
	}
}

func TestADayShowsAtMostTwelveColumns(t *testing.T) {
	doc := show(t, Day{Date: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC), From: 9, To: 10, Columns: strings.Fields(strings.Repeat("x ", 14))})
	if got := doc.Find(".wl-day-name").Length(); got != MaxColumns {
		t.Errorf("%d columns", got)
	}
}

func TestABlockSaysToAListenerWhatItsColourSays(t *testing.T) {
	start := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	doc := show(t, Day{Date: start, From: 9, To: 10, Columns: []string{"Mia"}, Blocks: []Block{{Start: start, End: start.Add(45 * time.Minute), Tone: OK, Title: "Elena R.", State: "booked", Href: "/x"}}})
	got := strings.Join(strings.Fields(doc.Find("a.wl-block").Text()), " ")
	if got != "09:00 – 09:45, Mia, booked: Elena R." && got != "09:00 – 09:45, Mia, booked:Elena R." {
		t.Errorf("it says %q", got)
	}
}
