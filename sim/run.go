package sim

import (
	"context"
	"errors"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

const (
	tick         = 500 * time.Millisecond
	restAfter    = 5 * time.Minute  // without anybody looking
	atTheCounter = 15 * time.Second // between two things that staff do
	recovers     = 20 * time.Second // after something went wrong
)

// Run lets customers and staff of the demo act until ctx ends. door is where the program listens, such as http://127.0.0.1:3000: its own
// address, for BASE_URL may lead through a proxy that is not there, or nowhere at all from this machine.
//
// While nobody looks at the demo's pages everybody rests, so that a forgotten demo does not fill the disk.
func (d *Demo) Run(ctx context.Context, door string) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	phone := newPhone(door)
	counter, trouble := time.Duration(0), time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		counter, trouble = counter-tick, trouble-tick
		staff, speed, awake := d.passes(tick)
		if !awake || trouble > 0 {
			continue
		}
		var err error
		if counter <= 0 {
			counter, err = atTheCounter, d.counter(ctx, staff, speed)
		}
		if err == nil && speed > 0 {
			err = d.people.step(ctx, phone, staff.TenantID, time.Duration(float64(tick)*speed))
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			trouble = recovers
			d.log.WarnContext(ctx, "the demo's people were held up", "error", err)
		}
	}
}

// counter is what staff do now and then: they keep the book full, and note who has come.
func (d *Demo) counter(ctx context.Context, staff waitlist.Staff, speed float64) error {
	if err := d.fill(ctx, staff, daysBooked); err != nil || speed == 0 {
		return err
	}
	if err := d.attend(ctx, staff); err != nil {
		return err
	}
	return d.sell(ctx, staff)
}

// Seen notes that staff of the demo look at its pages.
func (d *Demo) Seen(by waitlist.Staff) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staff, d.unseen = by, 0
}

// passes lets time go by and gives who looked last, how fast people live, and whether anybody has looked lately.
func (d *Demo) passes(t time.Duration) (staff waitlist.Staff, speed float64, awake bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.unseen += t
	return d.staff, speeds[d.pace], d.staff.TenantID != 0 && d.unseen <= restAfter
}
