package live_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/live"
)

// patience bounds a wait for what should happen; waits end as soon as it does.
const patience = 20 * time.Second

// instance is the boards of one program on a Redis.
func instance(t *testing.T, url, prefix string) *live.Boards {
	t.Helper()
	client, err := holds.Connect(url, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return live.New(client, prefix, slog.New(slog.DiscardHandler))
}

// running is instance with Run under way until the test ends, and listening, with a board of business 7.
func running(t *testing.T, url, prefix string) (b *live.Boards, changes <-chan struct{}) {
	t.Helper()
	b = instance(t, url, prefix)
	b.LookEvery(100 * time.Millisecond)
	changes, _ = b.Follow(7)
	ctx, cancel := context.WithCancel(context.Background())
	var run sync.WaitGroup
	run.Go(func() { b.Run(ctx) })
	t.Cleanup(func() { cancel(); run.Wait() })
	soonTold(t, "a board, that its instance listens,", changes)
	return b, changes
}

func told(changes <-chan struct{}) bool {
	select {
	case <-changes:
		return true
	default:
		return false
	}
}

func soonTold(t *testing.T, what string, changes <-chan struct{}) {
	t.Helper()
	select {
	case <-changes:
	case <-time.After(patience):
		t.Fatalf("%s was not told within %v", what, patience)
	}
}

func TestAChangeIsToldToTheBoardsOfItsBusinessAlone(t *testing.T) {
	b := instance(t, redistest.New(t).URL(), "")
	first, stop := b.Follow(1)
	second, _ := b.Follow(1)
	other, _ := b.Follow(2)
	b.Changed(1)
	if !told(first) || !told(second) || told(other) {
		t.Error("the two boards of the business should be told, and no other")
	}
	stop()
	b.Changed(1)
	if told(first) || !told(second) {
		t.Error("a board that is gone is told, or one that is there is not")
	}
	if n := b.Following(1); n != 1 {
		t.Errorf("%d boards follow, want 1", n)
	}
}

func TestChangesThatNobodyHasLookedAtYetAreOne(t *testing.T) {
	b := instance(t, redistest.New(t).URL(), "")
	changes, _ := b.Follow(1)
	for range 100 {
		b.Changed(1)
	}
	if !told(changes) || told(changes) {
		t.Error("a hundred changes should be one")
	}
}

func TestAChangeReachesTheBoardsOfOtherInstances(t *testing.T) {
	redis := redistest.New(t)
	here, own := running(t, redis.URL(), "a:")
	there, changes := running(t, redis.URL(), "a:")
	_, elsewhere := running(t, redis.URL(), "b:")
	here.Changed(7)
	soonTold(t, "the board of the other instance", changes)
	if !told(own) {
		t.Error("our own board was not told at once")
	}
	there.Changed(7) // comes after what here said, on the one channel
	soonTold(t, "our board of the other's change", own)
	if told(own) {
		t.Error("our own hint came back to us")
	}
	if told(elsewhere) {
		t.Error("a hint under another prefix was heard")
	}
}

func TestEveryBoardLooksAgainWhenRedisIsBack(t *testing.T) {
	redis := redistest.New(t)
	here, _ := running(t, redis.URL(), "")
	_, changes := running(t, redis.URL(), "")
	redis.Stop()
	here.Changed(7) // nobody else hears that
	redis.Start()
	soonTold(t, "a board, that hints may have been missed,", changes)
	here.Changed(7)
	soonTold(t, "a board, after Redis came back,", changes)
}

func TestBoardsLookAgainByThemselvesWhileRedisIsAway(t *testing.T) {
	redis := redistest.New(t)
	_, changes := running(t, redis.URL(), "")
	redis.Stop()
	for range 3 {
		soonTold(t, "a board, while Redis is away,", changes)
	}
}

func TestWhatCouldNotBeToldIsToldWhenRedisIsBack(t *testing.T) {
	redis := redistest.New(t)
	b, changes := running(t, redis.URL(), "")
	thaw := redis.Freeze()
	b.Changed(7)
	soonTold(t, "our own board", changes)
	soonTold(t, "our own board, that others can't be told,", changes)
	soon(t, "the change is remembered", func() bool { return b.Untold() == 1 })
	thaw()
	soon(t, "the change is told", func() bool { return b.Untold() == 0 })
}

func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.After(patience); !is(); {
		select {
		case <-end:
			t.Fatalf("waited %v in vain until %s", patience, what)
		case <-time.After(time.Millisecond):
		}
	}
}

func TestARedisThatHangsHoldsNobodyUp(t *testing.T) {
	redis := redistest.New(t)
	b, changes := running(t, redis.URL(), "")
	defer redis.Freeze()()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 10_000 {
			b.Changed(7)
		}
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("ten thousand changes hung with Redis")
	}
	if !told(changes) {
		t.Error("our own board was not told")
	}
}

func TestBoardsRaceWithoutHarm(t *testing.T) {
	b, _ := running(t, redistest.New(t).URL(), "")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 200 {
				changes, stop := b.Follow(int64(i % 2))
				b.Changed(int64(i % 2))
				if !told(changes) {
					t.Error("a board missed a change that came after it began to follow")
				}
				stop()
			}
		})
	}
	all.Wait()
	if b.Following(0)+b.Following(1) != 0 {
		t.Error("boards are left over")
	}
}
