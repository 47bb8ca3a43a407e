package rules

import (
	"cmp"
	"slices"
)

// Standing is an entry at its place on the list, with what places are computed from.
type Standing struct {
	EntryID, ServiceID int64
	JoinedUnix         int64 // seconds
	Facts              EntryFacts
	PassedOver         int   // Facts.Lifts is counted from it, by the weights
	OrderKey           int64 // under the weights that rank
}

func (s Standing) parts(w Weights) Parts {
	f := s.Facts
	f.Lifts = w.Lifts(s.PassedOver)
	return FixedParts(w, f)
}

func (s Standing) key(w Weights) int64 {
	return int64(w.WaitPerHour)*s.JoinedUnix - keyPerPoint*s.parts(w).Fixed()
}

// Reranking is one list in two orders: the present one, and the one under other weights.
type Reranking struct {
	from, to Weights
	now      []Standing // by the present order
	then     []int      // indices of now, by the order to come
	keys     []int64    // of now, under the weights to come
}

// Move is an entry with its places, the first being 1.
type Move struct {
	EntryID, ServiceID int64
	Was, Is            int
	Cause              Cause // the zero Cause when the place stays
}

// Rerank puts a list into the order under other weights. The list is in ascending (OrderKey, EntryID).
func Rerank(list []Standing, from, to Weights) Reranking {
	r := Reranking{from: from, to: to, now: list, then: make([]int, len(list)), keys: make([]int64, len(list))}
	for i, s := range list {
		r.then[i], r.keys[i] = i, s.key(to)
	}
	slices.SortFunc(r.then, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.keys[a], r.keys[b]), cmp.Compare(list[a].EntryID, list[b].EntryID))
	})
	return r
}

// Len is how many are on the list.
func (r Reranking) Len() int { return len(r.now) }

// Moved is how many get another place.
func (r Reranking) Moved() (n int) {
	for is, was := range r.then {
		if is != was {
			n++
		}
	}
	return n
}

// First are the first n in the order to come.
func (r Reranking) First(n int) []Move {
	moves := make([]Move, min(n, len(r.then)))
	for is := range moves {
		moves[is] = r.move(is)
	}
	return moves
}

// Climbers are the n who gain most places, Fallers those who lose most; of equals the one further in front.
func (r Reranking) Climbers(n int) []Move {
	return r.farthest(n, func(was, is int) int { return was - is })
}

// Fallers are the opposite of Climbers.
func (r Reranking) Fallers(n int) []Move {
	return r.farthest(n, func(was, is int) int { return is - was })
}

func (r Reranking) farthest(n int, gain func(was, is int) int) (moves []Move) {
	var places []int // in the order to come, the farthest first
	for is, was := range r.then {
		by := gain(was, is)
		if by <= 0 || len(places) == n && gain(r.then[places[n-1]], places[n-1]) >= by {
			continue
		}
		at := len(places)
		for at > 0 && gain(r.then[places[at-1]], places[at-1]) < by {
			at--
		}
		places = slices.Insert(places, at, is)
		places = places[:min(len(places), n)]
	}
	for _, is := range places {
		moves = append(moves, r.move(is))
	}
	return moves
}

// Now are the places of the first n entries in the present order that are wanted.
func (r Reranking) Now(n int, wanted func(Standing) bool) (places []Cursor) {
	for _, s := range r.now {
		if len(places) == n {
			break
		}
		if wanted(s) {
			places = append(places, Cursor{s.OrderKey, s.EntryID})
		}
	}
	return places
}

// Then is Now in the order to come.
func (r Reranking) Then(n int, wanted func(Standing) bool) (places []Cursor) {
	for _, i := range r.then {
		if len(places) == n {
			break
		}
		if wanted(r.now[i]) {
			places = append(places, Cursor{r.keys[i], r.now[i].EntryID})
		}
	}
	return places
}

// Services are those with entries, the one with most first.
func (r Reranking) Services() (ids []int64) {
	count := map[int64]int{}
	for _, s := range r.now {
		if count[s.ServiceID]++; count[s.ServiceID] == 1 {
			ids = append(ids, s.ServiceID)
		}
	}
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	return ids
}

// Of is the same for one service alone.
func (r Reranking) Of(serviceID int64) Reranking {
	of := Reranking{from: r.from, to: r.to}
	index := make([]int, len(r.now))
	for i, s := range r.now {
		if s.ServiceID == serviceID {
			index[i] = len(of.now)
			of.now, of.keys = append(of.now, s), append(of.keys, r.keys[i])
		}
	}
	for _, i := range r.then {
		if r.now[i].ServiceID == serviceID {
			of.then = append(of.then, index[i])
		}
	}
	return of
}

func (r Reranking) move(is int) Move {
	was := r.then[is]
	s := r.now[was]
	m := Move{EntryID: s.EntryID, ServiceID: s.ServiceID, Was: was + 1, Is: is + 1}
	switch {
	case is < was:
		for at := is + 1; ; at++ { // who was in front stands behind now: one at least, or nobody would have climbed
			if r.then[at] < was {
				m.Cause = causeOf(r.from, r.to, s, r.now[r.then[at]], 1)
				return m
			}
		}
	case is > was:
		for at := is - 1; ; at-- {
			if r.then[at] > was {
				m.Cause = causeOf(r.from, r.to, s, r.now[r.then[at]], -1)
				return m
			}
		}
	}
	return m
}
