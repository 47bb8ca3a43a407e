package rules

import (
	"testing"
	"testing/quick"
	"time"
)

func TestTheCapOnADeadlineMindsTheStartAndNeverTakesFromTheHold(t *testing.T) {
	settings := DefaultSettings(time.UTC) // hold 10, cap 20, notice 30 minutes
	created := moment(t, "2026-11-05T09:00:00Z")
	for _, c := range []struct{ name, start, want string }{
		{"a start far away", "2026-11-06T09:00:00Z", "2026-11-05T09:30:00Z"},
		{"a start that just leaves room", "2026-11-05T10:00:00Z", "2026-11-05T09:30:00Z"},
		{"a start a minute nearer", "2026-11-05T09:59:00Z", "2026-11-05T09:29:00Z"},
		{"a start that leaves the hold", "2026-11-05T09:40:00Z", "2026-11-05T09:10:00Z"},
		{"a start nearer than the hold and the notice", "2026-11-05T09:20:00Z", "2026-11-05T09:10:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := DeadlineCap(settings, created, moment(t, c.start)); !got.Equal(moment(t, c.want)) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	if got := FirstDeadline(created, settings.Hold); !got.Equal(created.Add(10 * time.Minute)) {
		t.Errorf("the first deadline is %s", got)
	}
}

func TestDeliveryRaisesADeadlineButNeverPastItsCap(t *testing.T) {
	const current, latest = "2026-11-05T09:10:00Z", "2026-11-05T09:30:00Z"
	for _, c := range []struct{ name, current, moment, latest, want string }{
		{"delivered at once", current, "2026-11-05T09:00:00Z", latest, current},
		{"delivered after two minutes", current, "2026-11-05T09:02:00Z", latest, "2026-11-05T09:12:00Z"},
		{"delivered a microsecond before the deadline", current, "2026-11-05T09:09:59.999999Z", latest, "2026-11-05T09:19:59.999999Z"},
		{"delivered at the deadline", current, "2026-11-05T09:10:00Z", latest, current},
		{"delivered after the deadline", current, "2026-11-05T09:15:00Z", latest, current},
		{"delivered before it was sent", current, "2026-11-05T08:00:00Z", latest, current},
		{"raised to the cap", "2026-11-05T09:25:00Z", "2026-11-05T09:20:00Z", latest, latest},
		{"not past the cap", "2026-11-05T09:25:00Z", "2026-11-05T09:24:00Z", latest, latest},
		{"a cap below it takes nothing away", current, "2026-11-05T09:05:00Z", "2026-11-05T09:05:00Z", current},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := RaisedDeadline(moment(t, c.current), moment(t, c.moment), moment(t, c.latest), 10*time.Minute)
			if !got.Equal(moment(t, c.want)) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestARaisedDeadlineIsNeverLowerAndNeverPastItsCap(t *testing.T) {
	base := moment(t, "2026-11-05T09:00:00Z")
	sound := func(current, at, latest int32, hold uint16) bool {
		from, most := base.Add(time.Duration(current)), base.Add(time.Duration(latest))
		got := RaisedDeadline(from, base.Add(time.Duration(at)), most, time.Duration(hold))
		return !got.Before(from) && (got.Equal(from) || !got.After(most))
	}
	if err := quick.Check(sound, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestCustomersAreShownADeadlineHalfAMinuteEarly(t *testing.T) {
	expires := moment(t, "2026-11-05T09:10:00Z")
	if got, want := ShownDeadline(expires), moment(t, "2026-11-05T09:09:30Z"); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}
