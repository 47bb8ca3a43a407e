package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type closure struct {
	ID          string
	StaffMember *string `json:"staff_member_id"`
	From, To    string
	FromTime    *string `json:"from_time"`
	ToTime      *string `json:"to_time"`
	Repeat      string
	EveryWeeks  *int `json:"every_weeks"`
	Weekdays    []int
	Until       *string
	Skips       []string
	Reason      *string
	NextOn      *string `json:"next_on"`
}

func TestAClosureIsAddedChangedAndRemoved(t *testing.T) {
	s := apitest.Open(t)
	ada := s.Add("/staff-members", has{"name": "Ada"})
	var one closure
	s.Post("/closures", has{"from": "2027-12-24", "to": "2027-12-31", "reason": "Between the years"}).Want(http.StatusCreated, &one)
	if one.StaffMember != nil || one.From != "2027-12-24" || one.To != "2027-12-31" || one.FromTime != nil || one.Repeat != "never" || one.EveryWeeks != nil ||
		len(one.Weekdays) != 0 || one.Until != nil || *one.Reason != "Between the years" || *one.NextOn != "2027-12-24" {
		t.Errorf("made %+v", one)
	}
	path := "/closures/" + one.ID
	s.Patch(path, has{"to": nil, "from_time": "18:00", "to_time": "24:00", "reason": nil, "staff_member_id": ada}).Want(http.StatusOK, &one)
	if *one.StaffMember != ada || one.To != "2027-12-24" || *one.FromTime != "18:00" || *one.ToTime != "24:00" || one.Reason != nil {
		t.Errorf("changed to %+v", one)
	}
	s.Patch(path, has{"repeat": "weekly", "weekdays": []int{5, 1}, "every_weeks": 2, "until": "2028-03-31", "skips": []string{"2027-12-27", "2028-01-07", "2028-01-04"}}).Want(http.StatusOK, &one)
	if one.Repeat != "weekly" || *one.EveryWeeks != 2 || !slices.Equal(one.Weekdays, []int{1, 5}) || *one.Until != "2028-03-31" || !slices.Equal(one.Skips, []string{"2028-01-07"}) {
		t.Errorf("changed to %+v", one)
	}
	s.Patch(path, has{"from_time": nil, "to_time": nil, "every_weeks": nil}).Want(http.StatusOK, &one)
	if one.FromTime != nil || one.ToTime != nil || *one.EveryWeeks != 1 || *one.StaffMember != ada {
		t.Errorf("changed to %+v", one)
	}
	s.Delete(path).Want(http.StatusNoContent, nil)
	s.Get(path).Refused(http.StatusNotFound, "no_closure")
	s.Delete(path).Refused(http.StatusNotFound, "no_closure")
}

func TestAWrongClosureIsRefusedByTheNamesOfTheDocument(t *testing.T) {
	s := apitest.Open(t)
	for name, c := range map[string]struct {
		body   has
		fields []string
	}{
		"nothing":        {has{}, []string{"from"}},
		"order":          {has{"from": "2027-12-24", "to": "2027-12-23"}, []string{"to"}},
		"over":           {has{"from": "2026-01-01"}, []string{"to"}},
		"no such day":    {has{"from": "2027-02-30", "until": "soon"}, []string{"from", "until"}},
		"half a time":    {has{"from": "2027-12-24", "from_time": "10:00"}, []string{"to_time"}},
		"no weekday":     {has{"from": "2027-12-24", "repeat": "weekly"}, []string{"weekdays"}},
		"no such person": {has{"from": "2027-12-24", "staff_member_id": "nobody"}, []string{"staff_member_id"}},
		"bounds":         {has{"from": "2027-12-24", "every_weeks": 53, "weekdays": []int{8}, "repeat": "daily"}, []string{"every_weeks", "weekdays/0", "repeat"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Post("/closures", c.body).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
		})
	}
}

func TestClosuresComeByTheirNextDayAndThoseOverByThemselves(t *testing.T) {
	s := apitest.Open(t)
	var ids []string
	for day := range 25 { // more than the page shows
		ids = append(ids, s.Add("/closures", has{"from": dayAhead(s, 25-day).String(), "reason": fmt.Sprint(day)}))
	}
	coming := slices.Clone(ids)
	slices.Reverse(coming)
	if got := idsOf(s, "/closures"); !slices.Equal(got, coming) {
		t.Errorf("listed %d", len(got))
	}
	if got := idsOf(s, "/closures?past=true"); len(got) != 0 {
		t.Errorf("%v are over", got)
	}
	s.Pass(60 * 24 * time.Hour)
	s.Token = s.Key(rules.AllScopes()...)
	if got := idsOf(s, "/closures?past=true"); !slices.Equal(got, ids) {
		t.Errorf("%d are over: %v", len(got), got)
	}
	if got := idsOf(s, "/closures"); len(got) != 0 {
		t.Errorf("%v are to come", got)
	}
	var one closure
	s.Get("/closures/"+ids[0]).Want(http.StatusOK, &one)
	if one.NextOn != nil {
		t.Errorf("it comes on %s", *one.NextOn)
	}
}

func TestWhatAClosureTouchesIsToldFirstAndWithdrawnAsChosen(t *testing.T) {
	s := apitest.Open(t)
	mia := s.AddStaffMember("Mia", s.AddService("Haircut", 30*time.Minute, 0))
	slot := s.Open(mia, 7, "10:00", 30*time.Minute)
	body := has{"from": dayAhead(s, 7).String()}
	var p touched
	s.Post("/closures", body).Want(http.StatusConflict, &p)
	if got := p.kinds(); p.Code != "touches" || !slices.Equal(got, []string{"slot"}) || p.Touched[0].ID != slot {
		t.Errorf("told %+v", p)
	}
	if got := idsOf(s, "/closures"); len(got) != 0 {
		t.Error("it was added all the same")
	}
	s.Post("/closures?withdraw=openings&seen="+p.Seen, body).Want(http.StatusCreated, nil)
	s.Tick()
	if state := s.Slot(slot).State; state != "withdrawn" {
		t.Errorf("the slot is %s", state)
	}
}
