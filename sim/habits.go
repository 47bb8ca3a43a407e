package sim

import (
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// deed is something that a customer does.
type deed string

const (
	nothing      deed = "nothing"
	confirm      deed = "confirm the address"
	accept       deed = "accept"
	decline      deed = "decline and keep waiting"
	declineLeave deed = "decline and leave"
	leave        deed = "leave the list"
	pause        deed = "pause"
	comeBack     deed = "come back from a pause"
	look         deed = "look at the place"
	rethink      deed = "change the wishes"
	cancel       deed = "cancel the appointment"
	cancelWait   deed = "cancel and wait again"
	join         deed = "join"
)

// habit is one of the things that people do: so many in a hundred, so long after.
type habit struct {
	deed  deed
	of100 int
	least time.Duration
	most  time.Duration
}

// What people do about an email, by what it is about. The hundreds of each add up. Times are of the normal pace.
var (
	offered = []habit{
		{accept, 52, 3 * time.Second, 22 * time.Second},
		{accept, 3, 130 * time.Second, 160 * time.Second}, // too late
		{decline, 15, 4 * time.Second, 25 * time.Second},
		{declineLeave, 5, 5 * time.Second, 20 * time.Second},
		{leave, 2, 5 * time.Second, 20 * time.Second},
		{nothing, 23, 0, 0}, // silence, until the offer goes on to the next
	}
	joined = []habit{
		{confirm, 88, 2 * time.Second, 12 * time.Second},
		{confirm, 7, 40 * time.Second, 90 * time.Second},
		{nothing, 5, 0, 0}, // never seen, or mistyped
	}
)

// pulse is something that somebody does every so often, whoever it is.
type pulse struct {
	deed  deed
	every time.Duration // on average
}

// pulses are what keeps the day moving. Cancelling opens slots, joining replaces who got one.
var pulses = []pulse{
	{cancel, 20 * time.Second},
	{cancelWait, time.Minute},
	{join, 8 * time.Second},
	{look, 12 * time.Second},
	{leave, 90 * time.Second},
	{pause, 80 * time.Second},
	{rethink, 70 * time.Second},
}

// pauseLasts is when somebody who paused comes back.
const pauseLasts = 45 * time.Second

// plan is what somebody does, and how long after: the same for the same seed, address and letter, whatever else happens.
func plan(seed uint64, habits []habit, about string) (deed, time.Duration) {
	random := chance(seed, about)
	n := random.IntN(100)
	for _, h := range habits {
		if n -= h.of100; n < 0 {
			return h.deed, h.least + time.Duration(random.Float64()*float64(h.most-h.least))
		}
	}
	return nothing, 0
}

// chance is a source of random numbers about something.
func chance(seed uint64, about string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(about))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}
