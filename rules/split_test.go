package rules

import (
	"testing"
	"time"
)

func TestWhatAServiceLeavesOfASlotIsKeptIfSomethingFitsThere(t *testing.T) {
	start := moment(t, "2026-11-05T09:00:00Z")
	service := ServiceTime{ID: 3, Duration: 30 * time.Minute, Buffer: 10 * time.Minute}
	for _, c := range []struct {
		name           string
		slot, shortest time.Duration
		rest           time.Duration
	}{
		{"filled to the second", 40 * time.Minute, 20 * time.Minute, 0},
		{"just enough for the shortest", 60 * time.Minute, 20 * time.Minute, 20 * time.Minute},
		{"a second too little for the shortest", 60*time.Minute - time.Second, 20 * time.Minute, 0},
		{"plenty", 120 * time.Minute, 20 * time.Minute, 80 * time.Minute},
		{"any length will do", 41 * time.Minute, 0, time.Minute},
		{"filled to the second, any length will do", 40 * time.Minute, 0, 0},
		{"the service is longer than the slot", 30 * time.Minute, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			end := start.Add(c.slot)
			used, rest := Remainder(start, end, service, c.shortest)
			if !used.Equal(start.Add(40 * time.Minute)) {
				t.Errorf("used until %s", used)
			}
			switch {
			case c.rest == 0 && rest != nil:
				t.Errorf("left %v, want nothing", *rest)
			case c.rest > 0 && rest == nil:
				t.Error("nothing left")
			case c.rest > 0 && (!rest.Start.Equal(used) || !rest.End.Equal(end) || rest.Duration() != c.rest):
				t.Errorf("left %v", *rest)
			}
		})
	}
}
