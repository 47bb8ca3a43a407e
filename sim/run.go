package sim

import (
	"context"
	"errors"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

const (
	tick      = 500 * time.Millisecond
	restAfter = 5 * time.Minute  // without anybody looking
	attending = 15 * time.Second // between two looks at who has come
	recovers  = 20 * time.Second // after something went wrong
)

// Run lets customers and staff of the demo act until ctx ends. door is where the program listens, such as http://127.0.0.1:3000: its own
// address, for BASE_URL may lead through a proxy that is not there, or nowhere at all from this machine.
//
// While nobody looks at the demo's pages everybody rests, so that a forgotten demo does not fill the disk.
func (d *Demo) Run(ctx context.Context, door string) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	phone := newPhone(door)
	attend, trouble := time.Duration(0), time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		attend, trouble = attend-tick, trouble-tick
		staff, speed := d.passes(tick)
		if speed == 0 || trouble > 0 {
			continue
		}
		err := d.people.step(ctx, phone, staff.TenantID, time.Duration(float64(tick)*speed))
		if err == nil && attend <= 0 {
			attend, err = attending, d.attend(ctx, staff)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			trouble = recovers
			d.log.WarnContext(ctx, "the demo's people were held up", "error", err)
		}
	}
}

// Seen notes that staff of the demo look at its pages.
func (d *Demo) Seen(by waitlist.Staff) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staff, d.unseen = by, 0
}

// passes lets time go by and gives whom the shop belongs to, and how fast its people live: 0 while they rest.
func (d *Demo) passes(t time.Duration) (waitlist.Staff, float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.unseen += t
	if d.staff.TenantID == 0 || d.unseen > restAfter {
		return d.staff, 0
	}
	return d.staff, speeds[d.pace]
}
