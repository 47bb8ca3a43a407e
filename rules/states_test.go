package rules

import (
	"fmt"
	"slices"
	"testing"
)

// steps writes every allowed step of a graph as "from>to".
func steps[S ~string](states []S, mayBecome func(from, to S) bool) []string {
	var out []string
	for _, from := range append([]S{""}, states...) {
		for _, to := range append([]S{""}, states...) {
			if mayBecome(from, to) {
				out = append(out, fmt.Sprintf("%s>%s", from, to))
			}
		}
	}
	slices.Sort(out)
	return out
}

func sameSteps(t *testing.T, got []string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the steps are\n%q, want\n%q", got, want)
	}
}

func TestASlotTakesOnlyTheDrawnSteps(t *testing.T) {
	states := []SlotState{"open", "held", "booked", "withdrawn", "lapsed"}
	sameSteps(t, steps(states, SlotState.MayBecome),
		">open", ">booked",
		"open>held", "held>open", "held>booked", "booked>open",
		"open>withdrawn", "held>withdrawn", "open>lapsed", "held>lapsed")
	for _, s := range states {
		if want := s == SlotWithdrawn || s == SlotLapsed; s.Terminal() != want {
			t.Errorf("%s terminal: %v", s, !want)
		}
	}
}

func TestAnOfferIsAnsweredOnceAndForAll(t *testing.T) {
	states := []OfferState{"pending", "accepted", "declined", "expired", "withdrawn", "undeliverable"}
	sameSteps(t, steps(states, OfferState.MayBecome),
		">pending",
		"pending>accepted", "pending>declined", "pending>expired", "pending>withdrawn", "pending>undeliverable")
	for _, s := range states {
		if want := s != OfferPending; s.Terminal() != want {
			t.Errorf("%s terminal: %v", s, !want)
		}
	}
}

func TestEveryEndOfAnOfferButAcceptanceLeadsToTheNext(t *testing.T) {
	for s, want := range map[OfferState]bool{
		OfferPending: false, OfferAccepted: false,
		OfferDeclined: true, OfferExpired: true, OfferWithdrawn: true, OfferUndeliverable: true,
	} {
		if s.Cascades() != want {
			t.Errorf("%s cascades: %v", s, !want)
		}
	}
}

func TestAnEntryTakesOnlyTheDrawnSteps(t *testing.T) {
	states := []EntryState{"unconfirmed", "waiting", "offered", "booked", "paused", "left", "expired", "removed"}
	want := []string{
		">unconfirmed", ">waiting",
		"unconfirmed>waiting", "waiting>offered", "offered>waiting", "offered>booked", "waiting>paused", "paused>waiting",
		"unconfirmed>booked", "waiting>booked", "paused>booked", "booked>waiting", "booked>unconfirmed",
		"expired>waiting", "expired>unconfirmed", "removed>waiting", "removed>paused", "removed>unconfirmed",
	}
	live := []EntryState{EntryUnconfirmed, EntryWaiting, EntryOffered, EntryPaused}
	for _, from := range live {
		for _, to := range []string{"left", "expired", "removed"} {
			want = append(want, string(from)+">"+to)
		}
	}
	sameSteps(t, steps(states, EntryState.MayBecome), want...)
	for _, s := range states {
		if want := slices.Contains(live, s); s.Live() != want {
			t.Errorf("%s live: %v", s, !want)
		}
		if want := s == EntryLeft; s.Terminal() != want {
			t.Errorf("%s terminal: %v", s, !want)
		}
	}
}

func TestABookingEndsOnce(t *testing.T) {
	states := []BookingState{"confirmed", "cancelled", "completed", "no_show"}
	sameSteps(t, steps(states, BookingState.MayBecome),
		">confirmed", "confirmed>cancelled", "confirmed>completed", "confirmed>no_show")
	for _, s := range states {
		if want := s != BookingConfirmed; s.Terminal() != want {
			t.Errorf("%s terminal: %v", s, !want)
		}
	}
}
