package api_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type interval struct {
	Weekday int    `json:"weekday"`
	From    string `json:"from"`
	To      string `json:"to"`
}

// dayAhead is a local day of the business, some days from today.
func dayAhead(s *apitest.Site, days int) rules.Date {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		s.T.Fatal(err)
	}
	return rules.DateOf(s.Now(), berlin).AddDays(days)
}

func TestTheOpeningHoursAreSetWhole(t *testing.T) {
	s := apitest.Open(t)
	var got struct{ Intervals []interval }
	want := []interval{{1, "08:00", "12:30"}, {1, "13:30", "18:00"}, {6, "20:00", "24:00"}}
	s.Put("/opening-hours", has{"intervals": []interval{want[1], want[2], want[0]}}).Want(http.StatusOK, &got)
	if !slices.Equal(got.Intervals, want) {
		t.Errorf("set to %v", got.Intervals)
	}
	s.Get("/opening-hours").Want(http.StatusOK, &got)
	if !slices.Equal(got.Intervals, want) {
		t.Errorf("read %v", got.Intervals)
	}
	s.Put("/opening-hours", has{"intervals": []interval{}}).Want(http.StatusOK, &got)
	if len(got.Intervals) != 0 {
		t.Errorf("set to %v", got.Intervals)
	}
}

func TestWrongOpeningHoursAreRefusedWhereTheyAreWrong(t *testing.T) {
	s := apitest.Open(t)
	var many []interval
	for i := range 7 {
		many = append(many, interval{4, []string{"01", "02", "03", "04", "05", "06", "07"}[i] + ":00", []string{"01", "02", "03", "04", "05", "06", "07"}[i] + ":30"})
	}
	for name, c := range map[string]struct {
		intervals any
		fields    []string
	}{
		"overlap and order": {[]interval{{1, "09:00", "12:00"}, {1, "11:00", "13:00"}, {2, "12:00", "09:00"}}, []string{"intervals/1/from", "intervals/2/to"}},
		"no day":            {[]interval{{0, "09:00", "12:00"}}, []string{"intervals/0/weekday"}},
		"no times":          {[]has{{"weekday": 1, "from": "9", "to": "25:00"}}, []string{"intervals/0/from", "intervals/0/to"}},
		"begin at the end":  {[]interval{{1, "24:00", "24:00"}}, []string{"intervals/0/from"}},
		"an unknown field":  {[]has{{"weekday": 1, "from": "09:00", "to": "10:00", "room": 2}}, []string{"intervals/0/room"}},
		"too many a day":    {many, []string{"intervals/6/from"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Put("/opening-hours", has{"intervals": c.intervals}).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
		})
	}
}
