package i18n

import (
	"testing"
	"time"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDatesReadAsTheLocaleWritesThem(t *testing.T) {
	at := time.Date(2026, 11, 26, 15, 4, 59, 0, berlin(t))
	for _, c := range []struct {
		tag                                               string
		date, long, short, clock, dateTime, hours, sunday string
	}{
		{"en", "Thursday 26 November", "Thursday 26 November 2026", "26 Nov 2026", "15:04", "Thu 26 Nov, 15:04", "15:04–15:49", "Sunday"},
		{"en-US", "Thursday, November 26", "Thursday, November 26, 2026", "Nov 26, 2026", "3:04 PM", "Thu, Nov 26, 3:04 PM", "3:04 PM–3:49 PM", "Sunday"},
		{"de", "Donnerstag, 26. November", "Donnerstag, 26. November 2026", "26. Nov. 2026", "15:04", "Do, 26. Nov., 15:04", "15:04–15:49", "Sonntag"},
		{"nb", "torsdag 26. november", "torsdag 26. november 2026", "26. nov. 2026", "15:04", "tor 26. nov. kl. 15:04", "15:04–15:49", "søndag"},
		{"nb-NO", "torsdag 26. november", "torsdag 26. november 2026", "26. nov. 2026", "15:04", "tor 26. nov. kl. 15:04", "15:04–15:49", "søndag"},
	} {
		l := For(c.tag)
		for what, got := range map[string][2]string{
			"Date":      {l.Date(at), c.date},
			"LongDate":  {l.LongDate(at), c.long},
			"ShortDate": {l.ShortDate(at), c.short},
			"Time":      {l.Time(at), c.clock},
			"DateTime":  {l.DateTime(at), c.dateTime},
			"TimeRange": {l.TimeRange(at, at.Add(45*time.Minute)), c.hours},
			"Weekday":   {l.Weekday(7), c.sunday},
		} {
			if got[0] != got[1] {
				t.Errorf("%s %s: %q, want %q", c.tag, what, got[0], got[1])
			}
		}
	}
}

func TestNearDaysAreNamedByTheBusinessesCalendar(t *testing.T) {
	zone := berlin(t)
	// 23:30 UTC on the 25th is already the 26th in Berlin.
	now := time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		at         time.Time
		en, de, nb string
	}{
		{time.Date(2026, 11, 26, 0, 0, 0, 0, zone), "Today 00:00", "Heute 00:00", "i dag kl. 00:00"},
		{time.Date(2026, 11, 26, 23, 59, 0, 0, zone), "Today 23:59", "Heute 23:59", "i dag kl. 23:59"},
		{time.Date(2026, 11, 27, 9, 0, 0, 0, zone), "Tomorrow 09:00", "Morgen 09:00", "i morgen kl. 09:00"},
		{time.Date(2026, 11, 25, 9, 0, 0, 0, zone), "Yesterday 09:00", "Gestern 09:00", "i går kl. 09:00"},
		{time.Date(2026, 11, 28, 9, 0, 0, 0, zone), "Saturday 28 November, 09:00", "Samstag, 28. November, 09:00", "lørdag 28. november kl. 09:00"},
		{time.Date(2027, 1, 4, 9, 0, 0, 0, zone), "Monday 4 January 2027, 09:00", "Montag, 4. Januar 2027, 09:00", "mandag 4. januar 2027 kl. 09:00"},
	} {
		if got := For("en").DayAndTime(c.at, now); got != c.en {
			t.Errorf("got %q, want %q", got, c.en)
		}
		if got := For("de").DayAndTime(c.at, now); got != c.de {
			t.Errorf("got %q, want %q", got, c.de)
		}
		if got := For("nb").DayAndTime(c.at, now); got != c.nb {
			t.Errorf("got %q, want %q", got, c.nb)
		}
	}
}

func TestCapitalBeginsWithACapitalLetter(t *testing.T) {
	for text, want := range map[string]string{"": "", "i dag": "I dag", "å": "Å", "Monday": "Monday", "9:00": "9:00", "\xff": "\xff"} {
		if got := Capital(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestTomorrowIsTheNextDayAcrossAShortNight(t *testing.T) {
	zone := berlin(t)
	now := time.Date(2026, 3, 28, 23, 30, 0, 0, zone) // the next day has 23 hours
	if got := For("en").Day(time.Date(2026, 3, 29, 23, 45, 0, 0, zone), now); got != "Tomorrow" {
		t.Errorf("got %q", got)
	}
	if got := For("en").Day(time.Date(2026, 3, 30, 0, 15, 0, 0, zone), now); got != "Monday 30 March" {
		t.Errorf("got %q", got)
	}
}
