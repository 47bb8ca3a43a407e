package live_test

import (
	"fmt"
	"testing"

	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/live"
)

func TestAnAnswerIsKeptUntilItsBusinessChanges(t *testing.T) {
	b := instance(t, redistest.New(t).URL(), "")
	k := live.NewKept(b)
	if _, ok := k.Get("page"); ok {
		t.Fatal("there is an answer that nobody gave")
	}
	k.Put("page", 7, b.Seen(), []byte("old"))
	b.Changed(8)
	if answer, ok := k.Get("page"); !ok || string(answer) != "old" {
		t.Fatalf("after a change of another business: %q, %v", answer, ok)
	}
	b.Changed(7)
	if answer, ok := k.Get("page"); ok {
		t.Errorf("after a change of its own business: %q", answer)
	}
}

func TestAnAnswerThatWasReadBeforeAChangeIsNotKeptAfterIt(t *testing.T) {
	b := instance(t, redistest.New(t).URL(), "")
	k := live.NewKept(b)
	seen := b.Seen()
	b.Changed(7) // while the answer is made
	k.Put("page", 7, seen, []byte("old"))
	if answer, ok := k.Get("page"); ok {
		t.Errorf("kept %q", answer)
	}
}

func TestAChangeAtAnotherInstanceEndsWhatIsKeptHere(t *testing.T) {
	redis := redistest.New(t)
	here, changes := running(t, redis.URL(), "")
	there, _ := running(t, redis.URL(), "")
	k := live.NewKept(here)
	for told(changes) { // that the other listens, too
	}
	k.Put("page", 7, here.Seen(), []byte("old"))
	there.Changed(7)
	soonTold(t, "our board", changes)
	if answer, ok := k.Get("page"); ok {
		t.Errorf("kept %q", answer)
	}
}

func TestNoMoreIsKeptThanFits(t *testing.T) {
	b := instance(t, redistest.New(t).URL(), "")
	k := live.NewKept(b)
	for i := range 1500 {
		k.Put(fmt.Sprint(i), 7, b.Seen(), []byte("page"))
	}
	n := 0
	for i := range 1500 {
		if _, ok := k.Get(fmt.Sprint(i)); ok {
			n++
		}
	}
	if n == 0 || n > 1000 {
		t.Errorf("%d answers are kept", n)
	}
}
