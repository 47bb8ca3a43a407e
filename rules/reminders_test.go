package rules

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestAnOfferIsRemindedOfBeforeItsShownEnd(t *testing.T) {
	sent := moment(t, "2026-11-05T10:00:00Z")
	for _, c := range []struct {
		name                string
		expires, hold, lead time.Duration // expires counts from sent
		want                time.Duration // likewise; 0: no reminder
	}{
		{"five minutes before, of a hold of ten", 10 * time.Minute, 10 * time.Minute, 5 * time.Minute, 4*time.Minute + 30*time.Second},
		{"never, when it is off", 10 * time.Minute, 10 * time.Minute, 0, 0},
		{"never, of a hold less than twice as long", 10*time.Minute - time.Second, 10*time.Minute - time.Second, 5 * time.Minute, 0},
		{"one minute before, of a hold of two", 2 * time.Minute, 2 * time.Minute, time.Minute, 30 * time.Second},
		{"never on the heels of the email: the cap left little time", 7 * time.Minute, 10 * time.Minute, 5 * time.Minute, 0},
		{"half its lead after the email, just", 8 * time.Minute, 10 * time.Minute, 5 * time.Minute, 2*time.Minute + 30*time.Second},
		{"an hour before, of a hold of a day", 24 * time.Hour, 24 * time.Hour, time.Hour, 23*time.Hour - 30*time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, ok := OfferReminderAt(sent.Add(c.expires), sent, c.hold, c.lead)
			if ok != (c.want > 0) || ok && at.Sub(sent) != c.want {
				t.Errorf("%v after the email (%v), want %v", at.Sub(sent), ok, c.want)
			}
		})
	}
}

func TestAReminderKeepsOutOfQuietHours(t *testing.T) {
	for _, c := range []struct {
		name, zone, start string
		hours             int
		from, to          string
		want              string
	}{
		{"a day before, at the same time", "Europe/Berlin", "2026-11-05T10:00:00Z", 24, "20:00", "08:00", "2026-11-04T10:00:00Z"},
		{"none are quiet", "Europe/Berlin", "2026-11-05T02:00:00Z", 24, "00:00", "00:00", "2026-11-04T02:00:00Z"},
		{"as they begin: waits for their end", "Europe/Berlin", "2026-11-05T19:00:00Z", 24, "20:00", "08:00", "2026-11-05T07:00:00Z"},
		{"just before they begin", "Europe/Berlin", "2026-11-05T18:59:59Z", 24, "20:00", "08:00", "2026-11-04T18:59:59Z"},
		{"as they end", "Europe/Berlin", "2026-11-05T10:00:00Z", 3, "20:00", "08:00", "2026-11-05T07:00:00Z"},
		{"two hours are left after them", "Europe/Berlin", "2026-11-05T09:00:00Z", 3, "20:00", "08:00", "2026-11-05T07:00:00Z"},
		{"less than two are left: before them", "Europe/Berlin", "2026-11-05T08:59:59Z", 3, "20:00", "08:00", "2026-11-04T18:45:00Z"},
		{"the appointment is in them", "Europe/Berlin", "2026-11-05T06:00:00Z", 4, "20:00", "08:00", "2026-11-04T18:45:00Z"},
		{"a rest at noon", "Europe/Berlin", "2026-11-05T14:30:00Z", 3, "12:00", "14:00", "2026-11-05T10:45:00Z"},

		{"the night the clock is put forward: 24 hours are 24 hours", "Europe/Berlin", "2026-03-29T08:00:00Z", 24, "20:00", "08:00", "2026-03-28T08:00:00Z"},
		{"and quiet hours are an hour shorter", "Europe/Berlin", "2026-03-29T09:00:00Z", 6, "20:00", "08:00", "2026-03-29T06:00:00Z"},
		{"before the short night", "Europe/Berlin", "2026-03-29T07:30:00Z", 6, "20:00", "08:00", "2026-03-28T18:45:00Z"},
		{"in the hour that is jumped over", "Europe/Berlin", "2026-03-30T00:30:00Z", 24, "20:00", "08:00", "2026-03-29T06:00:00Z"},
		{"the night the clock is put back: 24 hours are 24 hours", "Europe/Berlin", "2026-10-25T09:00:00Z", 24, "20:00", "08:00", "2026-10-24T09:00:00Z"},
		{"and quiet hours are an hour longer", "Europe/Berlin", "2026-10-25T09:00:00Z", 4, "20:00", "08:00", "2026-10-25T07:00:00Z"},
		{"before the long night", "Europe/Berlin", "2026-10-25T08:30:00Z", 8, "20:00", "08:00", "2026-10-24T17:45:00Z"},
		{"in the hour that comes twice, the second time", "Europe/Berlin", "2026-10-25T09:30:00Z", 8, "20:00", "08:00", "2026-10-25T07:00:00Z"},
		{"New York's short night", "America/New_York", "2026-03-08T14:00:00Z", 6, "21:00", "08:00", "2026-03-08T12:00:00Z"},
		{"New York's long night: an hour and a half is left", "America/New_York", "2026-11-01T14:30:00Z", 6, "21:00", "08:00", "2026-11-01T00:45:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			z, q := zone(t, c.zone), QuietHours{clock(t, c.from), clock(t, c.to)}
			if got := ReminderAt(moment(t, c.start), time.Duration(c.hours)*time.Hour, q, z); !got.Equal(moment(t, c.want)) {
				t.Errorf("at %s, want %s", got.UTC(), c.want)
			}
		})
	}
}

func TestAReminderIsNeverInQuietHoursNorAfterTheStart(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	begin := moment(t, "2024-01-01T00:00:00Z")
	for _, name := range someZones {
		z := zone(t, name)
		for range 300 {
			from := random.IntN(24 * 60)
			q := QuietHours{from, (from + random.IntN(23*60)) % (24 * 60)} // an hour of the day is loud: before it there is time
			start := begin.Add(time.Duration(random.IntN(6*366*24*60)) * time.Minute)
			lead := time.Duration(1+random.IntN(MostReminder)) * time.Hour
			at := ReminderAt(start, lead, q, z)
			if !at.Before(start) || q.Contains(at, z) {
				t.Fatalf("%s %v: %s before %s at %s", name, q, lead, start.In(z), at.In(z))
			}
		}
	}
}

func TestAThankYouWaitsForTheEndOfQuietHours(t *testing.T) {
	z, q := zone(t, "Europe/Berlin"), QuietHours{20 * 60, 8 * 60}
	for end, want := range map[string]string{
		"2026-11-05T16:59:59Z": "2026-11-05T18:59:59Z",
		"2026-11-05T17:00:00Z": "2026-11-06T07:00:00Z",
		"2026-10-24T18:30:00Z": "2026-10-25T07:00:00Z",
	} {
		if got := ThanksAt(moment(t, end), 2*time.Hour, q, z); !got.Equal(moment(t, want)) {
			t.Errorf("an appointment until %s: at %s, want %s", end, got.UTC(), want)
		}
	}
}

func TestWhatTookPlaceCanBeRatedForSixtyDays(t *testing.T) {
	end := moment(t, "2026-11-05T10:00:00Z")
	for _, c := range []struct {
		state BookingState
		after time.Duration
		want  bool
	}{
		{BookingConfirmed, -time.Microsecond, false}, {BookingConfirmed, 0, true}, {BookingCompleted, time.Hour, true},
		{BookingCompleted, RatingOpen - time.Microsecond, true}, {BookingCompleted, RatingOpen, false},
		{BookingNoShow, time.Hour, false}, {BookingCancelled, time.Hour, false},
	} {
		if got := Rateable(c.state, end, end.Add(c.after)); got != c.want {
			t.Errorf("%s, %s after its end: %v", c.state, c.after, got)
		}
	}
}
