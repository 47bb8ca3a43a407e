package rules

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

func randomWeights(r *rand.Rand) Weights {
	n := func(most int) int { return r.IntN(3) * r.IntN(most+1) / 2 }
	return Weights{
		WaitPerHour: n(40), PriorityPerLevel: n(900), LoyaltyPerVisit: n(90), LoyaltyMost: n(600), Reliability: n(600), Flexibility: n(400),
		NoShow: n(300), NoShowMost: n(900), PassOverLimit: r.IntN(4), PassOverLift: n(300),
	}
}

// randomList is a list in its order under w.
func randomList(r *rand.Rand, n int, w Weights) []Standing {
	list := make([]Standing, n)
	for i := range list {
		list[i] = Standing{
			EntryID: int64(i + 1), ServiceID: int64(1 + r.IntN(3)), JoinedUnix: 1_800_000_000 + int64(r.IntN(20*86400)/7200*7200), PassedOver: r.IntN(6),
			Facts: EntryFacts{
				Priority: r.IntN(7) - 3, Visits: r.IntN(8), NoShows: r.IntN(3), OffersAnswered: r.IntN(4), OffersLapsed: r.IntN(4),
				FlexibleDays: r.IntN(8), AnyStaff: r.IntN(2) == 0,
			},
		}
		list[i].OrderKey = list[i].key(w)
	}
	slices.SortFunc(list, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.OrderKey, b.OrderKey), cmp.Compare(a.EntryID, b.EntryID))
	})
	return list
}

func TestEverybodyWhoMovesMovesForACauseThatIsSo(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	moved := map[PartName]int{}
	for range 200 {
		from, to := randomWeights(r), randomWeights(r)
		list := randomList(r, 1+r.IntN(40), from)
		was := map[int64]Standing{}
		for _, s := range list {
			was[s.EntryID] = s
		}
		re := Rerank(list, from, to)
		moves, n := re.First(len(list)), 0
		for _, m := range moves {
			if m.Was == m.Is {
				if m.Cause != (Cause{}) {
					t.Errorf("a place that stays has the cause %+v", m.Cause)
				}
				continue
			}
			n++
			moved[m.Cause.Part]++
			sign := cmp.Compare(m.Was, m.Is)
			if gained := sign * (m.Cause.Is - m.Cause.Was); m.Cause.Part == "" || m.Cause.Others != (gained <= 0) {
				t.Errorf("from %d to %d because of %+v", m.Was, m.Is, m.Cause)
			}
			if m.Cause.Part == PartLoyalty && m.Cause.Is != FixedParts(to, was[m.EntryID].Facts).Loyalty {
				t.Errorf("loyalty %d is not what the facts make", m.Cause.Is)
			}
		}
		if n != re.Moved() {
			t.Errorf("%d moved, said to be %d", n, re.Moved())
		}
		checkFarthest(t, "climbers", re.Climbers(3), moves, func(m Move) int { return m.Was - m.Is })
		checkFarthest(t, "fallers", re.Fallers(3), moves, func(m Move) int { return m.Is - m.Was })
		checkServices(t, re, list, from, to)
	}
	for _, part := range []PartName{PartWait, PartPriority, PartLoyalty, PartReliability, PartFlexibility, PartNoShow, PartLift} {
		if moved[part] == 0 {
			t.Errorf("nobody moved because of %s", part)
		}
	}
}

func checkFarthest(t *testing.T, who string, got, all []Move, gain func(Move) int) {
	t.Helper()
	sorted := slices.DeleteFunc(slices.Clone(all), func(m Move) bool { return gain(m) <= 0 })
	slices.SortStableFunc(sorted, func(a, b Move) int { return gain(b) - gain(a) })
	if want := sorted[:min(3, len(sorted))]; !slices.Equal(got, want) {
		t.Errorf("%s: %+v, want %+v", who, got, want)
	}
}

// checkServices compares each service's own list with the same list ranked alone.
func checkServices(t *testing.T, re Reranking, list []Standing, from, to Weights) {
	t.Helper()
	for _, id := range re.Services() {
		alone := slices.DeleteFunc(slices.Clone(list), func(s Standing) bool { return s.ServiceID != id })
		if got, want := re.Of(id).First(99), Rerank(alone, from, to).First(99); !slices.Equal(got, want) {
			t.Errorf("service %d: %+v, want %+v", id, got, want)
		}
		mine := func(s Standing) bool { return s.ServiceID == id }
		if now, then := re.Now(99, mine), re.Then(99, mine); len(now) != len(alone) || now[0].EntryID != alone[0].EntryID || !slices.IsSortedFunc(then, func(a, b Cursor) int {
			return cmp.Or(cmp.Compare(a.OrderKey, b.OrderKey), cmp.Compare(a.EntryID, b.EntryID))
		}) {
			t.Errorf("service %d: now %v, then %v", id, now, then)
		}
	}
}

func TestTheSameWeightsMoveNobody(t *testing.T) {
	w := DefaultWeights()
	list := randomList(rand.New(rand.NewPCG(1, 1)), 50, w)
	if n := Rerank(list, w, w).Moved(); n != 0 {
		t.Errorf("%d moved", n)
	}
	if re := Rerank(nil, w, w); re.Len() != 0 || len(re.First(5)) != 0 || len(re.Climbers(5)) != 0 || re.Moved() != 0 {
		t.Error("an empty list is not empty")
	}
}
