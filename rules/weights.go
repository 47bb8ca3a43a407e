package rules

const mostPoints = 10000

// Weights are what a business finds worth how many points, each 0 to 10000.
type Weights struct {
	WaitPerHour      int // for every hour on the list
	PriorityPerLevel int // for every level of priority, -3 to 3
	LoyaltyPerVisit  int // for every completed visit
	LoyaltyMost      int // for visits altogether
	Reliability      int // for answering every offer
	Flexibility      int // for coming on any day to anyone
	NoShow           int // taken off for every no-show
	NoShowMost       int // taken off for no-shows altogether
	PreferredStaff   int // when the slot is with the preferred staff member
	PreferredTime    int // when the slot lies in a preferred time
	PassOverLimit    int // times passed over for a bonus until an entry is lifted; 0 never lifts
	PassOverLift     int // for every lift
}

// DefaultWeights let a day of waiting outweigh any bonus, and a level of priority about two days of waiting.
func DefaultWeights() Weights {
	return Weights{
		WaitPerHour:      10,
		PriorityPerLevel: 500,
		LoyaltyPerVisit:  20,
		LoyaltyMost:      200,
		Reliability:      100,
		Flexibility:      50,
		NoShow:           100,
		NoShowMost:       300,
		PreferredStaff:   60,
		PreferredTime:    60,
		PassOverLimit:    3,
		PassOverLift:     120,
	}
}

// MaxBonus is the most points that a slot can add to an entry's own.
func (w Weights) MaxBonus() int { return w.PreferredStaff + w.PreferredTime }

// Lifts is how often an entry that was passed over so many times has been lifted.
func (w Weights) Lifts(passedOver int) int {
	if w.PassOverLimit == 0 {
		return 0
	}
	return passedOver / w.PassOverLimit
}

type namedWeight struct {
	field  string
	points int
}

// named are the weights with the names of their columns and form fields.
func (w Weights) named() []namedWeight {
	return []namedWeight{
		{"wait_per_hour", w.WaitPerHour},
		{"priority_per_level", w.PriorityPerLevel},
		{"loyalty_per_visit", w.LoyaltyPerVisit},
		{"loyalty_most", w.LoyaltyMost},
		{"reliability", w.Reliability},
		{"flexibility", w.Flexibility},
		{"no_show", w.NoShow},
		{"no_show_most", w.NoShowMost},
		{"preferred_staff", w.PreferredStaff},
		{"preferred_time", w.PreferredTime},
		{"pass_over_limit", w.PassOverLimit},
		{"pass_over_lift", w.PassOverLift},
	}
}
