package live

import "time"

// LookEvery makes boards look again more often while Redis is away than people need.
func (b *Boards) LookEvery(d time.Duration) { b.lookEvery = d }

// Untold counts the businesses whose changes other instances have not been told of.
func (b *Boards) Untold() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.changed)
}
