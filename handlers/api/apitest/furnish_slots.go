package apitest

import (
	"net/http"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// furnishSlots gives the business a staff member, and of another one's time a booking of today and a slot of tomorrow that is offered to somebody. They
// are of another service, so that nobody else is asked, and no change of the first one touches them.
func furnishSlots(s *Site, known map[string]string) {
	if known["staff_member_id"] == "" {
		known["staff_member_id"] = s.AddStaffMember("Mia", known["service_id"])
	}
	colouring := s.AddService("Colouring", time.Hour, 0)
	nora := s.AddStaffMember("Nora", colouring)
	known["booking_id"] = s.Add("/bookings", map[string]any{
		"kind": "appointment", "staff_member_id": nora, "service_id": colouring, "date": "2027-03-01", "time": "11:00",
		"customer": map[string]any{"name": "Berta Beck", "email": "berta@example.org"},
	})
	s.Wait(colouring, waitlist.Wishes{})
	known["slot_id"] = s.Open(nora, 1, "12:00", time.Hour)
	var slot struct{ Offer struct{ ID string } }
	s.Get("/slots/"+known["slot_id"]).Want(http.StatusOK, &slot)
	known["offer_id"] = slot.Offer.ID
}

// chooseSomebody has somebody else wait for the service of the slot.
func chooseSomebody(s *Site, known map[string]string) {
	var slot struct{ Service struct{ ID string } }
	s.Get("/slots/"+known["slot_id"]).Want(http.StatusOK, &slot)
	known["entry_id"] = s.Wait(slot.Service.ID, waitlist.Wishes{}).Entry
}

// beginBooking lets time go by until the booking has begun.
func beginBooking(s *Site, known map[string]string) {
	var booking struct {
		StartsAt time.Time `json:"starts_at"`
	}
	s.Get("/bookings/"+known["booking_id"]).Want(http.StatusOK, &booking)
	s.Pass(booking.StartsAt.Sub(s.Now()) + time.Minute)
	s.Token = s.Key(rules.AllScopes()...) // the one before is over
}
