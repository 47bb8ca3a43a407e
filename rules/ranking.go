package rules

import (
	"encoding/json"
	"fmt"
	"time"
)

// EntryFacts are what an entry's fixed points are counted from.
type EntryFacts struct {
	Priority       int // -3 to 3, set by staff with a reason
	Visits         int // completed bookings in this business
	NoShows        int
	OffersAnswered int // accepted or declined
	OffersLapsed   int // expired without an answer; undeliverable ones count nowhere
	FlexibleDays   int // weekdays the customer can come on, 0 to 7
	AnyStaff       bool
	Lifts          int // see Weights.Lifts
}

// Parts are what a score is made of, in points, kept with the offer so that staff see why. NoShow is zero or less; Wait is whole
// points at the moment of the offer.
type Parts struct {
	Wait           int `json:"wait"`
	Priority       int `json:"priority"`
	Loyalty        int `json:"loyalty"`
	Reliability    int `json:"reliability"`
	Flexibility    int `json:"flexibility"`
	NoShow         int `json:"no_show"`
	Lift           int `json:"lift"`
	PreferredStaff int `json:"preferred_staff"`
	PreferredTime  int `json:"preferred_time"`
}

// FixedParts counts the points that neither time nor the slot changes.
//
// Reliability is the share of offers answered, with one answered offer credited to everyone: who was never asked has all of
// it. Flexibility is half for the share of the week, half for taking anyone.
func FixedParts(w Weights, f EntryFacts) Parts {
	flexible := min(max(f.FlexibleDays, 0), 7)
	if f.AnyStaff {
		flexible += 7
	}
	answered, lapsed := max(f.OffersAnswered, 0), max(f.OffersLapsed, 0)
	return Parts{
		Priority:    w.PriorityPerLevel * min(max(f.Priority, -3), 3),
		Loyalty:     upTo(w.LoyaltyMost, w.LoyaltyPerVisit, f.Visits),
		Reliability: w.Reliability * (answered + 1) / (answered + lapsed + 1),
		Flexibility: w.Flexibility * flexible / 14,
		NoShow:      -upTo(w.NoShowMost, w.NoShow, f.NoShows),
		Lift:        upTo(1000*w.PassOverLift, w.PassOverLift, f.Lifts),
	}
}

func upTo(most, each, times int) int { return min(most, each*max(times, 0)) }

// Fixed are the points that make the order key.
func (p Parts) Fixed() int64 {
	return int64(p.Priority + p.Loyalty + p.Reliability + p.Flexibility + p.NoShow + p.Lift)
}

func (p Parts) Total() int64 {
	return p.Fixed() + int64(p.Wait+p.PreferredStaff+p.PreferredTime)
}

// Encode is how parts are stored with an offer.
func (p Parts) Encode() string {
	text, _ := json.Marshal(p) // numbers only: cannot fail
	return string(text)
}

// DecodeParts reads what Encode wrote. Parts that it does not know are passed over, so that an older program can read a newer one's.
func DecodeParts(s string) (Parts, error) {
	var p *Parts
	if err := json.Unmarshal([]byte(s), &p); err != nil || p == nil {
		return Parts{}, fmt.Errorf("decode the parts of a score: not a JSON object of whole points")
	}
	return *p, nil
}

// OrderKey is an entry's place: who has the smallest goes first, at any moment, because everyone gains the same by waiting. Its
// unit is a 3600th of a point. Of two who joined in the same second with equal points the keys are equal.
func OrderKey(w Weights, joined time.Time, fixed int64) int64 {
	return int64(w.WaitPerHour)*joined.Unix() - keyPerPoint*fixed
}

const keyPerPoint = 3600

// KeyAfter is an order key after so many more points.
func KeyAfter(key int64, points int) int64 { return key - keyPerPoint*int64(points) }

// WaitPoints are the whole points that waiting has earned by now; none before joining.
func WaitPoints(w Weights, joined, now time.Time) int {
	return int(max(0, int64(w.WaitPerHour)*(now.Unix()-joined.Unix())/keyPerPoint))
}
