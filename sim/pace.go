package sim

import "github.com/your-org/waitlist-management/problem"

// Pace is how fast the customers of the demo live.
type Pace string

// The paces, from still to fast.
const (
	Paused Pace = "paused"
	Slow   Pace = "slow"
	Normal Pace = "normal"
	Fast   Pace = "fast"
)

// speeds are how many seconds of theirs go by in one of ours.
var speeds = map[Pace]float64{Paused: 0, Slow: 0.4, Normal: 1, Fast: 4}

// ParsePace is the pace with this name. Fails with Invalid naming the field pace.
func ParsePace(name string) (Pace, error) {
	if _, ok := speeds[Pace(name)]; !ok {
		return "", problem.Invalid(problem.Bad("pace", "problem.pace"))
	}
	return Pace(name), nil
}

// Pace is how fast the customers live at the moment.
func (d *Demo) Pace() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return string(d.pace)
}

// SetPace makes the customers live faster or slower from now on. Fails like ParsePace.
func (d *Demo) SetPace(name string) error {
	pace, err := ParsePace(name)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pace = pace
	return nil
}
