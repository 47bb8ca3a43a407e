package rules

import (
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestFixedPointsFollowTheFacts(t *testing.T) {
	w := Weights{
		WaitPerHour: 10, PriorityPerLevel: 500, LoyaltyPerVisit: 20, LoyaltyMost: 50, Reliability: 100, Flexibility: 70,
		NoShow: 100, NoShowMost: 250, PreferredStaff: 1, PreferredTime: 2, PassOverLimit: 3, PassOverLift: 120,
	}
	for _, c := range []struct {
		name  string
		facts EntryFacts
		want  Parts
	}{
		{"a stranger has all reliability", EntryFacts{}, Parts{Reliability: 100}},
		{"priority counts up", EntryFacts{Priority: 3}, Parts{Priority: 1500, Reliability: 100}},
		{"priority counts down", EntryFacts{Priority: -3}, Parts{Priority: -1500, Reliability: 100}},
		{"priority ends at three", EntryFacts{Priority: 4}, Parts{Priority: 1500, Reliability: 100}},
		{"priority ends at minus three", EntryFacts{Priority: -4}, Parts{Priority: -1500, Reliability: 100}},
		{"loyalty below its most", EntryFacts{Visits: 2}, Parts{Loyalty: 40, Reliability: 100}},
		{"loyalty at its most", EntryFacts{Visits: 3}, Parts{Loyalty: 50, Reliability: 100}},
		{"visits below zero count as none", EntryFacts{Visits: -2}, Parts{Reliability: 100}},
		{"one offer let pass halves reliability", EntryFacts{OffersLapsed: 1}, Parts{Reliability: 50}},
		{"an answer mends some of it", EntryFacts{OffersLapsed: 1, OffersAnswered: 2}, Parts{Reliability: 75}},
		{"answers alone keep all of it", EntryFacts{OffersAnswered: 9}, Parts{Reliability: 100}},
		{"many offers let pass", EntryFacts{OffersLapsed: 99}, Parts{Reliability: 1}},
		{"flexible on every day with anyone", EntryFacts{FlexibleDays: 7, AnyStaff: true}, Parts{Reliability: 100, Flexibility: 70}},
		{"flexible on every day", EntryFacts{FlexibleDays: 7}, Parts{Reliability: 100, Flexibility: 35}},
		{"flexible with anyone", EntryFacts{AnyStaff: true}, Parts{Reliability: 100, Flexibility: 35}},
		{"flexible on one day", EntryFacts{FlexibleDays: 1}, Parts{Reliability: 100, Flexibility: 5}},
		{"a week has seven days", EntryFacts{FlexibleDays: 8}, Parts{Reliability: 100, Flexibility: 35}},
		{"no-shows are taken off", EntryFacts{NoShows: 2}, Parts{Reliability: 100, NoShow: -200}},
		{"no-shows at their most", EntryFacts{NoShows: 3}, Parts{Reliability: 100, NoShow: -250}},
		{"lifts add up", EntryFacts{Lifts: 2}, Parts{Reliability: 100, Lift: 240}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := FixedParts(w, c.facts); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTheKeyIsMadeOfFixedPartsAndTheTotalOfAll(t *testing.T) {
	p := Parts{Wait: 1, Priority: 20, Loyalty: 300, Reliability: 4000, Flexibility: 50000, NoShow: -600000, Lift: 7000000, PreferredStaff: 80000000, PreferredTime: 900000000}
	if got, want := p.Fixed(), int64(20+300+4000+50000-600000+7000000); got != want {
		t.Errorf("fixed %d, want %d", got, want)
	}
	if got, want := p.Total(), p.Fixed()+1+80000000+900000000; got != want {
		t.Errorf("total %d, want %d", got, want)
	}
}

func TestPassingOverLiftsEverySoOften(t *testing.T) {
	for _, c := range []struct{ limit, passed, want int }{{3, 0, 0}, {3, 2, 0}, {3, 3, 1}, {3, 5, 1}, {3, 6, 2}, {1, 4, 4}, {0, 99, 0}} {
		if got := (Weights{PassOverLimit: c.limit}).Lifts(c.passed); got != c.want {
			t.Errorf("passed over %d times with limit %d: %d lifts, want %d", c.passed, c.limit, got, c.want)
		}
	}
}

func TestTheOrderKeyTradesAnHourForItsPoints(t *testing.T) {
	w := Weights{WaitPerHour: 10}
	joined := moment(t, "2026-11-05T09:00:00Z")
	if got, want := OrderKey(w, joined, 7), 10*joined.Unix()-3600*7; got != want {
		t.Errorf("key %d, want %d", got, want)
	}
	early, late := OrderKey(w, joined, 0), OrderKey(w, joined.Add(time.Hour), 10)
	if early != late {
		t.Errorf("an hour and its ten points differ: %d, %d", early, late)
	}
	if a, b := OrderKey(w, joined, 0), OrderKey(w, joined.Add(999*time.Millisecond), 0); a != b {
		t.Errorf("the same second has the keys %d and %d", a, b)
	}
	if a, b := OrderKey(w, joined, 0), OrderKey(w, joined.Add(time.Second), 0); a >= b {
		t.Errorf("who joined a second later has %d, not more than %d", b, a)
	}
	if a, b := OrderKey(Weights{}, joined, 1), OrderKey(Weights{}, joined.Add(-time.Hour), 1); a != b {
		t.Errorf("waiting is worth nothing and yet the keys are %d and %d", a, b)
	}
}

func TestTheOrderOfTwoNeverChangesWithTime(t *testing.T) {
	base := moment(t, "2026-01-01T00:00:00Z")
	sameOrder := func(hours, joinedA, joinedB uint16, fixedA, fixedB int16, perHour uint8) bool {
		w := Weights{WaitPerHour: int(perHour)}
		a, b := base.Add(time.Duration(joinedA)*time.Second), base.Add(time.Duration(joinedB)*time.Second)
		now := base.Add(20*time.Hour + time.Duration(hours)*time.Hour)
		// The score in 3600ths of a point, so that nothing is rounded.
		score := func(joined time.Time, fixed int16) int64 {
			return int64(perHour)*(now.Unix()-joined.Unix()) + 3600*int64(fixed)
		}
		keyFirst := OrderKey(w, a, int64(fixedA)) < OrderKey(w, b, int64(fixedB))
		return keyFirst == (score(a, fixedA) > score(b, fixedB))
	}
	if err := quick.Check(sameOrder, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestWaitingEarnsWholePoints(t *testing.T) {
	w := Weights{WaitPerHour: 10}
	joined := moment(t, "2026-11-05T09:00:00Z")
	for _, c := range []struct {
		name   string
		waited time.Duration
		want   int
	}{
		{"before joining", -time.Hour, 0},
		{"at once", 0, 0},
		{"a second short of a point", 359 * time.Second, 0},
		{"a point", 360 * time.Second, 1},
		{"an hour", time.Hour, 10},
		{"ten years", 87600 * time.Hour, 876000},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := WaitPoints(w, joined, joined.Add(c.waited)); got != c.want {
				t.Errorf("%d points, want %d", got, c.want)
			}
		})
	}
}

func TestPartsAreReadBackAsTheyWereStored(t *testing.T) {
	same := func(p Parts) bool {
		got, err := DecodeParts(p.Encode())
		return err == nil && got == p
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

func TestPartsOfANewerProgramCanBeRead(t *testing.T) {
	got, err := DecodeParts(`{"wait": 7, "moon": 3}`)
	if err != nil || got != (Parts{Wait: 7}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWhatIsNotPartsIsRefused(t *testing.T) {
	for _, s := range []string{"", "null", "7", "[]", `"wait"`, `{"wait":"7"}`, `{"wait":1.5}`, `{"wait":1}}`, "{", `{"wait":99999999999999999999}`} {
		got, err := DecodeParts(s)
		if err == nil || got != (Parts{}) {
			t.Errorf("%q was read as %+v, %v", s, got, err)
		} else if s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("the error repeats what was stored: %v", err)
		}
	}
}
