package live

import "time"

// LookEvery makes boards look again more often while Redis is away than people need.
func (b *Boards) LookEvery(d time.Duration) { b.lookEvery = d }
