package rules

import "time"

// Settings are what a business has decided about its offers. Zone is never nil in valid settings.
type Settings struct {
	Zone            *time.Location
	Hold            time.Duration // how long an offer stands, 1 minute to 24 hours
	HoldCap         time.Duration // how far late delivery may move the deadline beyond the hold, up to 24 hours
	MinimumNotice   time.Duration // between an offer's deadline and the slot's start, up to 30 days
	ContactGap      time.Duration // between two offers to one address, up to 24 hours
	ContactsPerDay  int           // offers to one address on one local day, 1 to 100
	Quiet           QuietHours
	Night           NightOpenings // what becomes of an opening in quiet hours
	MessagesPerHour int           // to customers, within any hour, up to 100,000; 0: no limit
	MessagesPerDay  int           // to one address on one local day, 1 to 1,000; what an appointment hangs on goes out beyond it
	Weights         Weights
}

// DefaultSettings are what a new business starts with.
func DefaultSettings(zone *time.Location) Settings {
	return Settings{
		Zone:           zone,
		Hold:           10 * time.Minute,
		HoldCap:        20 * time.Minute,
		MinimumNotice:  30 * time.Minute,
		ContactGap:     30 * time.Minute,
		ContactsPerDay: 3,
		Night:          NightWait,
		MessagesPerDay: 20,
		Weights:        DefaultWeights(),
	}
}

// Reasons of a [FieldProblem].
const (
	ProblemRequired = "required"
	ProblemBounds   = "bounds"
)

// FieldProblem names a setting that cannot be kept. Least and Most are its bounds where the reason is ProblemBounds, in minutes
// for durations and times of day, otherwise in the setting's own unit.
type FieldProblem struct {
	Field, Reason string
	Least, Most   int
}

// Problems names every setting that is out of its bounds, in the order of the fields; nothing for valid settings.
func (s Settings) Problems() []FieldProblem {
	var problems []FieldProblem
	if s.Zone == nil || s.Zone == time.Local { // the process's zone is not a business's
		problems = append(problems, FieldProblem{Field: "zone", Reason: ProblemRequired})
	}
	bounded := func(field string, value, least, most, unit int) {
		if value < least*unit || value > most*unit {
			problems = append(problems, FieldProblem{field, ProblemBounds, least, most})
		}
	}
	const day = 24 * 60
	minute := int(time.Minute)
	bounded("hold", int(s.Hold), 1, day, minute)
	bounded("hold_cap", int(s.HoldCap), 0, day, minute)
	bounded("minimum_notice", int(s.MinimumNotice), 0, 30*day, minute)
	bounded("contact_gap", int(s.ContactGap), 0, day, minute)
	bounded("contacts_per_day", s.ContactsPerDay, 1, 100, 1)
	bounded("quiet_from", s.Quiet.From, 0, day-1, 1)
	bounded("quiet_to", s.Quiet.To, 0, day-1, 1)
	if s.Night != NightWait && s.Night != NightAsk {
		problems = append(problems, FieldProblem{Field: "night_openings", Reason: ProblemRequired})
	}
	bounded("messages_per_hour", s.MessagesPerHour, 0, 100_000, 1)
	bounded("messages_per_day", s.MessagesPerDay, 1, 1_000, 1)
	for _, w := range s.Weights.named() {
		bounded(w.field, w.points, 0, mostPoints, 1)
	}
	return problems
}
