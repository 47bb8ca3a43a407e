package apitest

import (
	"net/http"
	"time"

	"github.com/your-org/waitlist-management/rules"
)

var ofSlots = map[string]func(Furnished){
	"completeBooking": beginBooking,
	"missBooking":     beginBooking,
}

// beginBooking lets time go by until the booking has begun.
func beginBooking(f Furnished) {
	var booking struct {
		StartsAt time.Time `json:"starts_at"`
	}
	f.Get("/bookings/"+f.Known["booking_id"]).Want(http.StatusOK, &booking)
	f.Pass(booking.StartsAt.Sub(f.Now()) + time.Minute)
	f.Token = f.Key(rules.AllScopes()...) // the one before is over
}
