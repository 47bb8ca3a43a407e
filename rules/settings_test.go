package rules

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestWhatABusinessStartsWithIsSound(t *testing.T) {
	s := DefaultSettings(zone(t, "Europe/Berlin"))
	if p := s.Problems(); len(p) != 0 {
		t.Errorf("the defaults have problems: %v", p)
	}
	if s.Hold != 10*time.Minute || s.HoldCap != 20*time.Minute || s.MinimumNotice != 30*time.Minute ||
		s.ContactGap != 30*time.Minute || s.ContactsPerDay != 3 || s.Quiet.From != s.Quiet.To {
		t.Errorf("the defaults are %+v", s)
	}
}

func TestALiftIsWorthEveryBonusTogether(t *testing.T) {
	if w := DefaultWeights(); w.PassOverLift < w.MaxBonus() || w.PassOverLimit < 1 {
		t.Errorf("an entry passed over %d times is lifted by %d, and a bonus can be %d", w.PassOverLimit, w.PassOverLift, w.MaxBonus())
	}
}

func TestEverySettingIsBoundedAtBothEnds(t *testing.T) {
	const day = 24 * 60
	minutes := func(at func(*Settings) *time.Duration) func(*Settings, int) {
		return func(s *Settings, n int) { *at(s) = time.Duration(n) * time.Minute }
	}
	for _, c := range []struct {
		field       string
		least, most int
		set         func(*Settings, int)
	}{
		{"hold", 1, day, minutes(func(s *Settings) *time.Duration { return &s.Hold })},
		{"hold_cap", 0, day, minutes(func(s *Settings) *time.Duration { return &s.HoldCap })},
		{"minimum_notice", 0, 30 * day, minutes(func(s *Settings) *time.Duration { return &s.MinimumNotice })},
		{"contact_gap", 0, day, minutes(func(s *Settings) *time.Duration { return &s.ContactGap })},
		{"contacts_per_day", 1, 100, func(s *Settings, n int) { s.ContactsPerDay = n }},
		{"messages_per_hour", 0, 100000, func(s *Settings, n int) { s.MessagesPerHour = n }},
		{"messages_per_day", 1, 1000, func(s *Settings, n int) { s.MessagesPerDay = n }},
		{"quiet_from", 0, day - 1, func(s *Settings, n int) { s.Quiet.From = n }},
		{"quiet_to", 0, day - 1, func(s *Settings, n int) { s.Quiet.To = n }},
		{"wait_per_hour", 0, 10000, func(s *Settings, n int) { s.Weights.WaitPerHour = n }},
		{"priority_per_level", 0, 10000, func(s *Settings, n int) { s.Weights.PriorityPerLevel = n }},
		{"loyalty_per_visit", 0, 10000, func(s *Settings, n int) { s.Weights.LoyaltyPerVisit = n }},
		{"loyalty_most", 0, 10000, func(s *Settings, n int) { s.Weights.LoyaltyMost = n }},
		{"reliability", 0, 10000, func(s *Settings, n int) { s.Weights.Reliability = n }},
		{"flexibility", 0, 10000, func(s *Settings, n int) { s.Weights.Flexibility = n }},
		{"no_show", 0, 10000, func(s *Settings, n int) { s.Weights.NoShow = n }},
		{"no_show_most", 0, 10000, func(s *Settings, n int) { s.Weights.NoShowMost = n }},
		{"preferred_staff", 0, 10000, func(s *Settings, n int) { s.Weights.PreferredStaff = n }},
		{"preferred_time", 0, 10000, func(s *Settings, n int) { s.Weights.PreferredTime = n }},
		{"pass_over_limit", 0, 10000, func(s *Settings, n int) { s.Weights.PassOverLimit = n }},
		{"pass_over_lift", 0, 10000, func(s *Settings, n int) { s.Weights.PassOverLift = n }},
	} {
		t.Run(c.field, func(t *testing.T) {
			for value, sound := range map[int]bool{c.least - 1: false, c.least: true, c.most: true, c.most + 1: false} {
				s := DefaultSettings(time.UTC)
				c.set(&s, value)
				var want []FieldProblem
				if !sound {
					want = []FieldProblem{{c.field, ProblemBounds, c.least, c.most}}
				}
				if got := s.Problems(); !slices.Equal(got, want) {
					t.Errorf("with %d: %v, want %v", value, got, want)
				}
			}
		})
	}
}

func TestEveryWeightHasAName(t *testing.T) {
	if named, fields := len(Weights{}.named()), reflect.TypeFor[Weights]().NumField(); named != fields {
		t.Errorf("%d of %d weights are named", named, fields)
	}
}

func TestAllProblemsAreNamedAtOnceInOrder(t *testing.T) {
	s := DefaultSettings(nil)
	s.Hold, s.ContactsPerDay, s.Weights.NoShow = 0, 0, -1
	var fields []string
	for _, p := range s.Problems() {
		fields = append(fields, p.Field)
	}
	if want := []string{"zone", "hold", "contacts_per_day", "no_show"}; !slices.Equal(fields, want) {
		t.Errorf("named %q, want %q", fields, want)
	}
}

func TestTheZoneOfTheMachineIsNotABusinesss(t *testing.T) {
	want := []FieldProblem{{Field: "zone", Reason: ProblemRequired}}
	for _, z := range []*time.Location{nil, time.Local} {
		if got := DefaultSettings(z).Problems(); !slices.Equal(got, want) {
			t.Errorf("with zone %v: %v", z, got)
		}
	}
}
