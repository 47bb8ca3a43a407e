// Package live tells boards that something of their business changed: those that this instance serves at once, those of other
// instances through Redis. It says which business and nothing else; a board then reads what it shows. A hint may be lost, late or
// said twice: a board that hears nothing looks again by itself.
package live

import (
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Boards are the open boards of this instance. Safe for concurrent use.
type Boards struct {
	redis    redis.UniversalClient
	channel  string
	instance string // sets our own hints apart from those of other instances
	log      *slog.Logger

	lookEvery time.Duration // how often boards look again while Redis is away

	mu        sync.Mutex
	followers map[int64]map[*follower]bool // by tenant
	changed   map[int64]bool               // tenants that other instances have not been told of yet
	wake      chan struct{}                // of size 1: changed is not empty
	seen      uint64                       // changes that this instance knows of
	seenOf    map[int64]uint64             // seen as it was at the last change of a tenant
	seenOfAll uint64                       // seen as it was when any could have changed
	ended     chan struct{}
	end       sync.Once
}

// New makes Boards whose Redis channel begins with prefix. Until Run runs, only the boards of this instance are told.
func New(client redis.UniversalClient, prefix string, log *slog.Logger) *Boards {
	return &Boards{
		redis: client, channel: prefix + "boards", instance: rand.Text(), log: log, lookEvery: 5 * time.Second,
		followers: map[int64]map[*follower]bool{}, changed: map[int64]bool{}, seenOf: map[int64]uint64{},
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

// Changed says that something which the boards of a business show has changed. Call it after the commit. It never blocks: other
// instances are told by Run, once however often this was called meanwhile.
func (b *Boards) Changed(tenantID int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tell(tenantID)
	b.changed[tenantID] = true
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// follower is one open board. Its channel has size 1: many changes that nobody has looked at yet are one.
type follower struct{ changes chan struct{} }

func (f *follower) tell() {
	select {
	case f.changes <- struct{}{}:
	default:
	}
}

// Follow is one board of a business: a receive from changes is one or more changes since the last. Call stop when the board is gone.
func (b *Boards) Follow(tenantID int64) (changes <-chan struct{}, stop func()) {
	f := &follower{changes: make(chan struct{}, 1)}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.followers[tenantID] == nil {
		b.followers[tenantID] = map[*follower]bool{}
	}
	b.followers[tenantID][f] = true
	return f.changes, func() { b.leave(tenantID, f) }
}

func (b *Boards) leave(tenantID int64, f *follower) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.followers[tenantID], f)
	if len(b.followers[tenantID]) == 0 {
		delete(b.followers, tenantID)
	}
}

// Following counts the open boards of a business at this instance.
func (b *Boards) Following(tenantID int64) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.followers[tenantID])
}

// End has every stream end, now and from now on, so that the server can shut down. It may be called twice.
func (b *Boards) End() { b.end.Do(func() { close(b.ended) }) }

// tell wakes the boards of a business. The caller holds mu.
func (b *Boards) tell(tenantID int64) {
	b.seen++
	b.seenOf[tenantID] = b.seen
	for f := range b.followers[tenantID] {
		f.tell()
	}
}

// tellAll wakes every board: something may have been missed.
func (b *Boards) tellAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen++
	b.seenOfAll = b.seen
	for _, boards := range b.followers {
		for f := range boards {
			f.tell()
		}
	}
}
