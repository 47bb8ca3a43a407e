package api_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/waitlist"
)

type staffMember struct {
	ID         string
	Name       string
	ServiceIDs []string `json:"service_ids"`
	OwnHours   bool     `json:"own_hours"`
}

// touched is the problem of a change that touches something.
type touched struct {
	Code    string
	Seen    string
	Touched []struct {
		Kind, ID  string
		Withdrawn *bool
	}
}

func (p touched) kinds() (kinds []string) {
	for _, one := range p.Touched {
		kinds = append(kinds, one.Kind)
	}
	slices.Sort(kinds)
	return kinds
}

func TestAStaffMemberIsAddedChangedAndRemoved(t *testing.T) {
	s := apitest.Open(t)
	cut, colour := s.AddService("Haircut", 30*time.Minute, 0), s.AddService("Colour", 90*time.Minute, 0)
	var ada staffMember
	a := s.Post("/staff-members", has{"name": " Ada "}).Want(http.StatusCreated, &ada)
	if a.Header.Get("Location") != "/api/v1/staff-members/"+ada.ID || ada.Name != "Ada" || len(ada.ServiceIDs) != 2 || ada.OwnHours {
		t.Errorf("made %+v", ada)
	}
	s.Patch("/staff-members/"+ada.ID, has{"service_ids": []string{colour}}).Want(http.StatusOK, &ada)
	if ada.Name != "Ada" || !slices.Equal(ada.ServiceIDs, []string{colour}) {
		t.Errorf("changed to %+v", ada)
	}
	var ben staffMember
	s.Post("/staff-members", has{"name": "Ben", "service_ids": []string{}}).Want(http.StatusCreated, &ben)
	if len(ben.ServiceIDs) != 0 {
		t.Errorf("made %+v", ben)
	}
	if got := idsOf(s, "/staff-members"); !slices.Equal(got, []string{ada.ID, ben.ID}) {
		t.Errorf("listed %v", got)
	}
	s.Post("/staff-members", has{"name": " ", "service_ids": []string{cut, "nobody"}}).Refused(http.StatusUnprocessableEntity, "invalid", "name", "service_ids")
	s.Delete("/staff-members/"+ada.ID).Want(http.StatusNoContent, nil)
	s.Get("/staff-members/"+ada.ID).Refused(http.StatusNotFound, "no_staff_member")
	s.Patch("/staff-members/"+ada.ID, has{"name": "Eve"}).Refused(http.StatusNotFound, "no_staff_member")
}

func TestWhatRemovingAStaffMemberTouchesIsToldFirst(t *testing.T) {
	f := apitest.Open(t).Furnish()
	path := "/staff-members/" + f.Known["staff_member_id"]
	var p touched
	f.Delete(path).Want(http.StatusConflict, &p)
	if got := p.kinds(); p.Code != "touches" || !slices.Equal(got, []string{"booking", "entry", "entry", "offer", "slot"}) {
		t.Errorf("told %v as %s", got, p.Code)
	}
	for _, one := range p.Touched {
		if one.Kind == "slot" && (one.Withdrawn == nil || !*one.Withdrawn) {
			t.Error("the slot is not told to be withdrawn")
		}
	}
	f.Delete(path+"?seen=0123456789abcdef").Refused(http.StatusConflict, "touches")
	f.Get(path).Want(http.StatusOK, nil)
	f.Delete(path+"?seen="+p.Seen).Want(http.StatusNoContent, nil)
	f.Get(path).Refused(http.StatusNotFound, "no_staff_member")
}

func TestAStaffMemberWorksByHoursOfTheirOwn(t *testing.T) {
	s := apitest.Open(t)
	ada := s.Add("/staff-members", has{"name": "Ada"})
	path := "/staff-members/" + ada + "/hours"
	var got struct {
		Own       bool
		Intervals []interval
	}
	s.Get(path).Want(http.StatusOK, &got)
	if got.Own || len(got.Intervals) == 0 {
		t.Errorf("begins with %+v", got)
	}
	s.Put(path, has{"own": true, "intervals": []interval{{2, "13:00", "24:00"}, {2, "09:00", "12:00"}}}).Want(http.StatusOK, &got)
	if !got.Own || !slices.Equal(got.Intervals, []interval{{2, "09:00", "12:00"}, {2, "13:00", "24:00"}}) {
		t.Errorf("set to %+v", got)
	}
	var one staffMember
	s.Get("/staff-members/"+ada).Want(http.StatusOK, &one)
	if !one.OwnHours {
		t.Error("they are not told to have hours of their own")
	}
	s.Put(path, has{"own": true}).Want(http.StatusOK, &got) // never there, for now
	if !got.Own || len(got.Intervals) != 0 {
		t.Errorf("set to %+v", got)
	}
	s.Put(path, has{"own": true, "intervals": []interval{{1, "12:00", "09:00"}, {3, "09:00", "12:00"}, {3, "11:00", "14:00"}}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "intervals/0/to", "intervals/2/from")
	s.Put(path, has{"own": false}).Want(http.StatusOK, &got)
	if got.Own || len(got.Intervals) == 0 {
		t.Errorf("back at %+v", got)
	}
}

func TestWhatLeavesTheHoursIsToldFirstAndWithdrawnAsChosen(t *testing.T) {
	s := apitest.Open(t)
	cut := s.AddService("Haircut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	slot := s.Open(mia, 7, "10:00", 30*time.Minute)
	asked := s.Open(mia, 8, "10:00", 30*time.Minute)
	s.Wait(cut, waitlist.Wishes{EarliestOn: dayAhead(s, 8)})
	s.Tick()
	path := "/staff-members/" + mia + "/hours"
	body := has{"own": true, "intervals": []interval{{5, "09:00", "12:00"}}}
	var p touched
	s.Put(path, body).Want(http.StatusConflict, &p)
	if got := p.kinds(); !slices.Equal(got, []string{"offer", "slot", "slot"}) {
		t.Errorf("told %v", got)
	}
	for _, one := range p.Touched {
		if *one.Withdrawn {
			t.Errorf("%s is told to be withdrawn, and nobody chose so", one.Kind)
		}
	}
	s.Put(path+"?seen="+p.Seen+"&withdraw=openings", body).Want(http.StatusOK, nil)
	s.Tick()
	if open, held := s.Slot(slot).State, s.Slot(asked).State; open != "withdrawn" || held != "held" {
		t.Errorf("the slots are %s and %s", open, held)
	}
	s.Put(path+"?withdraw=everything", body).Refused(http.StatusUnprocessableEntity, "invalid", "withdraw/0")
}
