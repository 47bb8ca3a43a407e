package sim

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

// Live is what Run does in so much time of its people, without waiting for it.
func (d *Demo) Live(ctx context.Context, door string, of time.Duration) error {
	staff, _, _ := d.passes(0)
	if err := d.counter(ctx, staff, 1); err != nil {
		return err
	}
	return d.people.step(ctx, newPhone(door), staff.TenantID, of)
}

// Passes lets time go by as Run does and says whether people act.
func (d *Demo) Passes(t time.Duration) (by waitlist.Staff, speed float64, awake bool) {
	return d.passes(t)
}

// RestAfter is how long nobody has to look.
const RestAfter = restAfter

// Plans are what somebody with this seed does about some letters.
func Plans(seed uint64, letters int) (deeds []string) {
	for i := range letters {
		who := person{address: address(name(i)), letters: i}
		for _, habits := range [][]habit{offered, joined} {
			deed, after := plan(seed, habits, who.about("letter"))
			deeds = append(deeds, string(deed)+after.String())
		}
	}
	return deeds
}

// Habits are how many in a hundred each table accounts for.
func Habits() (sums []int) {
	for _, habits := range [][]habit{offered, joined} {
		sum := 0
		for _, h := range habits {
			sum += h.of100
		}
		sums = append(sums, sum)
	}
	return sums
}
