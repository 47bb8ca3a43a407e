package holds

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/holds/redistest"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 123456000, time.UTC)

func in(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func newStore(t *testing.T) *Store {
	t.Helper()
	return New(redistest.Start(t), redistest.Prefix(t))
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantDue(t *testing.T, s *Store, at time.Time, want ...Due) {
	t.Helper()
	got, err := s.Due(t.Context(), at, 100)
	ok(t, err)
	if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("due at %s: %v, want %v", at.Format(time.StampMicro), got, want)
	}
}

func wantAll(t *testing.T, s *Store, want ...Due) {
	t.Helper()
	got, err := s.All(t.Context())
	ok(t, err)
	offerOf := map[int64]int64{}
	for _, d := range want {
		offerOf[d.SlotID] = d.OfferID
	}
	if !reflect.DeepEqual(got, offerOf) {
		t.Errorf("holds %v, want %v", got, offerOf)
	}
}

func staysFor(t *testing.T, s *Store, slotID int64) time.Duration {
	t.Helper()
	ttl, err := s.redis.PTTL(t.Context(), s.holdKey(slotID)).Result()
	ok(t, err)
	return ttl
}

func TestAHoldIsDueFromItsDeadlineToTheMicrosecond(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	wantAll(t, s, Due{1, 10})
	wantDue(t, s, in(10).Add(-time.Microsecond))
	wantDue(t, s, in(10), Due{1, 10})
	wantDue(t, s, in(10), Due{1, 10}) // still, until it is released
}

func TestDueGivesTheLongestOverdueFirstAndNoMoreThanAsked(t *testing.T) {
	s := newStore(t)
	for slot, minutes := range map[int64]int{1: 5, 2: 3, 3: 9, 4: 1} {
		ok(t, s.Hold(t.Context(), slot, slot*10, in(minutes), noon))
	}
	wantDue(t, s, in(5), Due{4, 40}, Due{2, 20}, Due{1, 10})
	got, err := s.Due(t.Context(), in(60), 2)
	ok(t, err)
	if want := []Due{{4, 40}, {2, 20}}; !reflect.DeepEqual(got, want) {
		t.Errorf("two of the due: %v, want %v", got, want)
	}
}

func TestAHoldStaysAMinuteLongerThanItsDeadline(t *testing.T) {
	s := newStore(t)
	for slot, c := range map[int64]struct{ now, want time.Duration }{
		1: {0, 11 * time.Minute},
		2: {4 * time.Minute, 7 * time.Minute},
		3: {time.Hour, time.Minute}, // its deadline has passed
	} {
		ok(t, s.Hold(t.Context(), slot, 10, in(10), noon.Add(c.now)))
		if got := staysFor(t, s, slot); got > c.want || got < c.want-10*time.Second {
			t.Errorf("at noon + %v the hold stays %v, want %v", c.now, got, c.want)
		}
	}
}

func TestARaisedDeadlineMovesHoldAndDue(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, s.Raise(t.Context(), 1, 10, in(12), noon))
	wantDue(t, s, in(10))
	wantDue(t, s, in(12), Due{1, 10})
	if got := staysFor(t, s, 1); got < 12*time.Minute {
		t.Errorf("the hold stays only %v", got)
	}
}

func TestACallThatComesLateBringsNoDeadlineForward(t *testing.T) {
	for name, late := range map[string]func(*Store, *testing.T) error{
		"a late hold":  func(s *Store, t *testing.T) error { return s.Hold(t.Context(), 1, 10, in(10), noon) },
		"a late raise": func(s *Store, t *testing.T) error { return s.Raise(t.Context(), 1, 10, in(11), noon) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
			ok(t, s.Raise(t.Context(), 1, 10, in(20), noon))
			ok(t, late(s, t))
			wantDue(t, s, in(20).Add(-time.Microsecond))
			wantDue(t, s, in(20), Due{1, 10})
			if got := staysFor(t, s, 1); got < 20*time.Minute {
				t.Errorf("the hold stays only %v", got)
			}
		})
	}
}

func TestAHoldNotedAgainWithALaterDeadlineIsMoved(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, s.Hold(t.Context(), 1, 10, in(20), noon))
	wantDue(t, s, in(10))
	if got := staysFor(t, s, 1); got < 20*time.Minute {
		t.Errorf("the hold stays only %v", got)
	}
}

func TestARaiseBringsNoEndedHoldBack(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, s.Release(t.Context(), 1, 10))
	ok(t, s.Raise(t.Context(), 1, 10, in(12), noon))
	wantAll(t, s)
	wantDue(t, s, in(60))
}

func TestARaiseLeavesTheNextOffersHoldAlone(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 11, in(10), noon))
	ok(t, s.Raise(t.Context(), 1, 10, in(30), noon))
	wantAll(t, s, Due{1, 11})
	if got := staysFor(t, s, 1); got > 11*time.Minute {
		t.Errorf("another offer's hold was raised to %v", got)
	}
}

func TestAHoldTakesTheSlotFromAnOfferWhoseReleaseWasLost(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(40), noon))
	ok(t, s.Hold(t.Context(), 1, 11, in(20), in(10)))
	wantAll(t, s, Due{1, 11})
	if got := staysFor(t, s, 1); got > 11*time.Minute {
		t.Errorf("the hold stays %v, which is the old offer's time", got)
	}
	wantDue(t, s, in(40), Due{1, 11}, Due{1, 10}) // MySQL will say that 10 is over
}

func TestAReleaseLeavesAnotherOffersHold(t *testing.T) {
	s := newStore(t)
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, s.Hold(t.Context(), 1, 11, in(20), in(10)))
	ok(t, s.Release(t.Context(), 1, 10)) // comes late
	wantAll(t, s, Due{1, 11})
	wantDue(t, s, in(60), Due{1, 11})
	ok(t, s.Release(t.Context(), 1, 11))
	wantAll(t, s)
	wantDue(t, s, in(60))
	ok(t, s.Release(t.Context(), 1, 11)) // twice does no harm
}

func TestDropReleasesEachAndOnlyThose(t *testing.T) {
	s := newStore(t)
	for slot := range int64(5) {
		ok(t, s.Hold(t.Context(), slot, slot*10, in(int(slot)), noon))
	}
	ok(t, s.Drop(t.Context(), Due{0, 0}, Due{2, 20}, Due{3, 31}, Due{9, 90}))
	wantAll(t, s, Due{1, 10}, Due{3, 30}, Due{4, 40})
	wantDue(t, s, in(60), Due{1, 10}, Due{3, 30}, Due{4, 40})
	ok(t, s.Drop(t.Context()))
}

func TestStoresOfDifferentPrefixesKeepApart(t *testing.T) {
	rdb, prefix := redistest.Start(t), redistest.Prefix(t)
	one, other, wild := New(rdb, prefix+"a:"), New(rdb, prefix+"b:"), New(rdb, prefix+"?:")
	ok(t, one.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, wild.Hold(t.Context(), 2, 20, in(10), noon))
	wantAll(t, other)
	wantDue(t, other, in(60))
	wantAll(t, wild, Due{2, 20})

	class := New(rdb, prefix+`[ab]*\:`) // read as a pattern it would not match itself
	ok(t, class.Hold(t.Context(), 3, 30, in(10), noon))
	wantAll(t, class, Due{3, 30})
}

func TestAFlushForgetsEverythingAndHoldsCanBeNotedAgain(t *testing.T) {
	server := redistest.New(t)
	rdb := server.Client()
	s := New(rdb, "")
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	ok(t, rdb.FlushAll(t.Context()).Err())
	ok(t, rdb.ScriptFlush(t.Context()).Err())
	wantAll(t, s)
	wantDue(t, s, in(60))
	ok(t, s.Raise(t.Context(), 1, 10, in(12), noon)) // nothing there to raise
	ok(t, s.Release(t.Context(), 1, 10))
	wantAll(t, s)
	ok(t, s.Hold(t.Context(), 1, 10, in(12), noon))
	wantAll(t, s, Due{1, 10})
	wantDue(t, s, in(12), Due{1, 10})
}

func TestAForeignMemberOfTheDueSetHidesNoHold(t *testing.T) {
	s := newStore(t)
	ok(t, s.redis.ZAdd(t.Context(), s.dueKey(), redis.Z{Member: "12"}, redis.Z{Member: "a:b"}, redis.Z{Member: "1:2:3"}).Err())
	ok(t, s.Hold(t.Context(), 1, 10, in(10), noon))
	wantDue(t, s, in(10), Due{1, 10})
}

func TestAllSeesHoldsAcrossManyPages(t *testing.T) {
	s := newStore(t)
	const many = 2500
	var want []Due
	for slot := int64(1); slot <= many; slot++ {
		ok(t, s.Hold(t.Context(), slot, -slot, in(10), noon))
		want = append(want, Due{slot, -slot})
	}
	wantAll(t, s, want...)
}

// Each slot's offers follow one another as in a cascade, while releases of ended
// ones come late and the due set is read: what is left is each slot's last.
func TestManyAtOnceLeaveEachSlotToItsLastOffer(t *testing.T) {
	s := newStore(t)
	const slots, offers = 8, 50
	var work sync.WaitGroup
	for slot := int64(1); slot <= slots; slot++ {
		work.Go(func() {
			var late sync.WaitGroup
			defer late.Wait()
			for offer := int64(1); offer <= offers; offer++ {
				id := slot*1000 + offer
				if err := s.Hold(t.Context(), slot, id, in(int(offer)), noon); err != nil {
					t.Error(err)
				}
				if err := s.Raise(t.Context(), slot, id, in(int(offer)+1), noon); err != nil {
					t.Error(err)
				}
				if offer < offers {
					late.Go(func() {
						if err := s.Release(t.Context(), slot, id); err != nil {
							t.Error(err)
						}
					})
				}
			}
		})
		work.Go(func() {
			for range offers {
				if _, err := s.Due(t.Context(), in(60), 100); err != nil {
					t.Error(err)
				}
				if _, err := s.All(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	var want []Due
	for slot := int64(1); slot <= slots; slot++ {
		want = append(want, Due{slot, slot*1000 + offers})
	}
	wantAll(t, s, want...)
	got, err := s.Due(t.Context(), in(offers+1), 1000)
	ok(t, err)
	slices.SortFunc(got, func(a, b Due) int { return int(a.SlotID - b.SlotID) })
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("due %v, want %v", got, want)
	}
}
