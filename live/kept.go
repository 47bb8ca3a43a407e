package live

import (
	"sync"
	"time"
)

const (
	keptFor  = 2 * time.Second // at most: a hint that something changed may be lost
	keptMost = 1000            // answers, of some 20 kB each
)

// Kept are answers that everybody gets alike, kept for the next one who asks. An answer is good until something of its business changes.
// Safe for concurrent use.
type Kept struct {
	boards *Boards
	mu     sync.Mutex
	byKey  map[string]kept
}

type kept struct {
	answer   []byte
	tenantID int64
	seen     uint64
	since    time.Time
}

// NewKept keeps nothing yet.
func NewKept(b *Boards) *Kept { return &Kept{boards: b, byKey: map[string]kept{}} }

// Get is the answer kept under key, if it is still good. Nobody may change it.
func (k *Kept) Get(key string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.byKey[key]
	if !ok || time.Since(a.since) > keptFor || k.boards.changedSince(a.tenantID, a.seen) {
		return nil, false
	}
	return a.answer, true
}

// Put keeps an answer of a business. seen is Boards.Seen from before what it says was read.
func (k *Kept) Put(key string, tenantID int64, seen uint64, answer []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.byKey) >= keptMost {
		clear(k.byKey)
	}
	k.byKey[key] = kept{answer, tenantID, seen, time.Now()}
}

// Seen counts the changes that this instance knows of, those of other instances as far as they were heard.
func (b *Boards) Seen() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.seen
}

func (b *Boards) changedSince(tenantID int64, seen uint64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(b.seenOf[tenantID], b.seenOfAll) > seen
}
