package rules

import (
	"testing"
	"time"
)

func TestEveryPresetIsFoundAgainByItsWeightsAndIsWithinBounds(t *testing.T) {
	for _, p := range Presets() {
		w, ok := p.Weights()
		s := DefaultSettings(time.UTC)
		s.Weights = w
		if !ok || PresetOf(w) != p || len(s.Problems()) > 0 {
			t.Errorf("%s: found again as %s, problems %v", p, PresetOf(w), s.Problems())
		}
		w.Reliability++
		if got := PresetOf(w); got != PresetOwn {
			t.Errorf("%s with one point more is %s", p, got)
		}
	}
	if PresetOf(DefaultWeights()) != PresetBalanced {
		t.Error("a new business does not begin balanced")
	}
	if _, ok := PresetOwn.Weights(); ok {
		t.Error("own weights have weights")
	}
}

func TestPresetsPutThoseFirstWhomTheyAreNamedFor(t *testing.T) {
	day := func(d float64) int64 { return 1_800_000_000 + int64(d*86400) }
	regular := Standing{EntryID: 1, JoinedUnix: day(3), Facts: EntryFacts{Visits: 12, OffersLapsed: 3}}
	early := Standing{EntryID: 2, JoinedUnix: day(0), Facts: EntryFacts{OffersLapsed: 2}}
	handy := Standing{EntryID: 3, JoinedUnix: day(3.5), Facts: EntryFacts{OffersAnswered: 4, FlexibleDays: 7, AnyStaff: true}}
	for preset, want := range map[Preset]int64{PresetFirstCome: 2, PresetLoyal: 1, PresetFastest: 3} {
		w, _ := preset.Weights()
		if got := Rerank([]Standing{regular, early, handy}, DefaultWeights(), w).First(1)[0].EntryID; got != want {
			t.Errorf("%s puts %d first, want %d", preset, got, want)
		}
	}
}
