package insights_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/insights"
)

func TestSatisfactionIsTheMeanOfWhatWasGivenInThePeriod(t *testing.T) {
	s := open(t)
	s.at(time.March, 1, 9, 0)
	for i, stars := range []int{5, 4, 4} {
		booking := s.fill(0, []string{"12:00", "14:00", "16:00"}[i], time.Minute)
		s.at(time.March, 1, 18, i)
		s.ok(s.W.Rate(s.Context(), booking, stars))
		s.at(time.March, 1, 9, 30+i)
	}
	early := s.fill(0, "11:00", time.Minute)
	s.at(time.March, 8, 0, 0) // midnight is of the new day
	s.ok(s.W.Rate(s.Context(), early, 1))
	s.at(time.March, 8, 19, 0) // the week before is counted up to this time of day
	f := s.figures(insights.Week)
	if mean, ok := f.Satisfaction(); !ok || f.Ratings != 1 || mean != 1 {
		t.Errorf("%d ratings, mean %v", f.Ratings, mean)
	}
	if mean, ok := f.Before.Satisfaction(); !ok || f.Before.Ratings != 3 || mean < 4.33 || mean > 4.34 {
		t.Errorf("before: %d ratings, mean %v", f.Before.Ratings, mean)
	}
	s.ok(s.W.Rate(s.Context(), early, 3))
	if f := s.figures(insights.Today); f.Ratings != 1 || f.Stars != 3 {
		t.Errorf("a changed rating counts %d stars for %d", f.Stars, f.Ratings)
	}
}
