package api_test

import (
	"net/http"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/spec"
)

func TestADayShowsHoursSlotsAndBookingsOfEachStaffMember(t *testing.T) {
	s := openShop(t)
	nora := s.AddStaffMember("Nora", s.cut)
	who, held, offer := s.offered("10:00")
	open := s.open("13:00")
	booked := s.Add("/bookings", s.appointment("15:00", map[string]any{"note": "Quiet"}))
	var d spec.Day
	s.Get("/days/2027-03-02").Want(http.StatusOK, &d)
	if d.TimeZone != "Europe/Berlin" || len(d.Staff) != 2 || d.Staff[1].StaffMember.ID != nora || len(d.Staff[1].Slots) != 0 || len(d.Away) != 0 {
		t.Fatalf("the day is %+v", d)
	}
	mia := d.Staff[0]
	if len(mia.Open) != 1 || mia.Open[0].StartsAt.Format("15:04") != "07:00" || mia.Open[0].EndsAt.Format("15:04") != "19:00" {
		t.Errorf("open %+v", mia.Open)
	}
	if len(mia.Slots) != 3 || mia.Slots[0].ID != held || value(t, mia.Slots[0].Offer).ID != offer || value(t, mia.Slots[0].Customer).Name != who.Name ||
		mia.Slots[1].ID != open || mia.Slots[1].State != spec.SlotStateOpen || value(t, mia.Slots[2].Booking).ID != booked || value(t, value(t, mia.Slots[2].Booking).Note) != "Quiet" {
		t.Errorf("slots %+v", mia.Slots)
	}
	for path, status := range map[string]int{"/days/2027-02-30": 404, "/days/tomorrow": 404, "/days/9999-12-31": 404, "/days/0001-01-01": 404, "/days/1970-01-01": 200} {
		if a := s.Get(path); a.Status != status {
			t.Errorf("%s gets %d: %s", path, a.Status, a.Body)
		}
	}
}

func TestTheBoardShowsWhatGoesOn(t *testing.T) {
	s := openShop(t)
	_, _, offer := s.offered("10:00")
	s.Post("/slots", s.tomorrow("12:00", map[string]any{"count": 3})).Want(http.StatusCreated, nil)
	var b spec.Board
	s.Get("/board").Want(http.StatusOK, &b)
	if b.Counts != (spec.BoardCounts{Waiting: 1, OffersOut: 1, OpenSlots: 3}) || len(b.Offers) != 1 || b.Offers[0].ID != offer || len(b.OpenSlots) != 3 {
		t.Errorf("the board is %+v", b)
	}
	s.Get("/board?limit=2").Want(http.StatusOK, &b)
	if len(b.OpenSlots) != 2 || b.Counts.OpenSlots != 3 {
		t.Errorf("the board is %+v", b)
	}
}
