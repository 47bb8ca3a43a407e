package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

func TestAnAppointmentIsBookedDirectly(t *testing.T) {
	s := openShop(t)
	var made spec.Booking
	a := s.Post("/bookings", s.appointment("15:00", map[string]any{"note": "Prefers\nthe quiet chair"})).Want(http.StatusCreated, &made)
	if got := a.Header.Get("Location"); got != "/api/v1/bookings/"+made.ID {
		t.Errorf("it is to be found at %s", got)
	}
	if made.Kind != spec.BookingKindAppointment || made.State != spec.BookingStateConfirmed || value(t, made.Customer).Name != "Berta Beck" || value(t, made.Service).ID != s.cut ||
		value(t, value(t, made.Price).Amount) != 4250 || value(t, made.Note) != "Prefers\nthe quiet chair" || !made.OfferID.IsNull() || !made.EntryID.IsNull() {
		t.Errorf("booked %+v", made)
	}
	if !made.StartsAt.Equal(time.Date(2027, 3, 2, 14, 0, 0, 0, time.UTC)) || made.EndsAt.Sub(made.StartsAt) != time.Hour || value(t, made.FreeFrom).Sub(made.EndsAt) != 10*time.Minute {
		t.Errorf("from %v to %v, free from %v", made.StartsAt, made.EndsAt, made.FreeFrom)
	}
	if read := s.Get("/bookings/"+made.ID).Want(http.StatusOK, nil); string(read.Body) != string(a.Body) || read.Header.Get("ETag") != a.Header.Get("ETag") {
		t.Errorf("read %s", read.Body)
	}
	if slot := s.slot(made.SlotID); slot.State != spec.SlotStateBooked || value(t, slot.Booking).ID != made.ID || value(t, slot.Customer).Name != "Berta Beck" {
		t.Errorf("the slot is %+v", slot)
	}
}

func TestAKnownCustomersEntryEndsWithTheBooking(t *testing.T) {
	s := openShop(t)
	who := s.wait()
	var entry struct{ Customer struct{ ID string } }
	s.Get("/entries/"+who.Entry).Want(http.StatusOK, &entry)
	var made spec.Booking
	s.Post("/bookings", s.appointment("15:00", map[string]any{"customer": nil, "customer_id": entry.Customer.ID})).Want(http.StatusCreated, &made)
	if value(t, made.EntryID) != who.Entry || value(t, made.Customer).ID != entry.Customer.ID {
		t.Errorf("booked %+v", made)
	}
	if all, _ := listed[spec.Booking](s.Site, "/bookings?customer_id="+entry.Customer.ID); len(all) != 1 || all[0].ID != made.ID {
		t.Errorf("theirs are %+v", all)
	}
	s.Post("/bookings", s.appointment("15:30", map[string]any{"customer": nil, "customer_id": "nobody"})).Refused(http.StatusConflict, "time_booked")
	s.Post("/bookings", s.appointment("17:30", map[string]any{"customer": nil, "customer_id": "nobody"})).Refused(http.StatusUnprocessableEntity, "invalid", "customer_id")
}

func TestBusyTimeIsNobodysAppointment(t *testing.T) {
	s := openShop(t)
	var made spec.Booking
	busy := map[string]any{"kind": "busy", "service_id": nil, "customer": nil, "duration_minutes": 45, "note": "Dentist"}
	s.Post("/bookings", s.appointment("05:00", busy)).Want(http.StatusCreated, &made)
	if made.Kind != spec.BookingKindBusy || !made.Customer.IsNull() || !made.Service.IsNull() || !made.Price.IsNull() || made.EndsAt.Sub(made.StartsAt) != 45*time.Minute {
		t.Errorf("booked %+v", made)
	}
	s.later(made.StartsAt.Sub(s.Now()) + time.Minute)
	s.Post("/bookings/"+made.ID+"/completion", nil).Refused(http.StatusConflict, "busy_time")
}

func TestAWrongBookingIsRefusedByTheNamesOfTheDocument(t *testing.T) {
	s := openShop(t)
	for name, c := range map[string]struct {
		change map[string]any
		fields []string
	}{
		"nothing":                {map[string]any{"kind": nil, "staff_member_id": nil, "date": nil, "time": nil}, []string{"kind", "staff_member_id", "date", "time"}},
		"no service":             {map[string]any{"service_id": nil}, []string{"service_id"}},
		"nobody":                 {map[string]any{"customer": nil}, []string{"customer/name"}},
		"a name of blanks":       {map[string]any{"customer": map[string]any{"name": " "}}, []string{"customer/name"}},
		"what is no address":     {map[string]any{"customer": map[string]any{"name": "Ada", "email": "ada"}}, []string{"customer/email"}},
		"what is no number":      {map[string]any{"customer": map[string]any{"name": "Ada", "phone": "ada"}}, []string{"customer/phone"}},
		"two customers":          {map[string]any{"customer_id": "x"}, []string{"customer"}},
		"a length":               {map[string]any{"duration_minutes": 60}, []string{"duration_minutes"}},
		"busy with a customer":   {map[string]any{"kind": "busy", "duration_minutes": 60}, []string{"service_id", "customer"}},
		"busy for how long":      {map[string]any{"kind": "busy", "service_id": nil, "customer": nil}, []string{"duration_minutes"}},
		"a long note":            {map[string]any{"note": strings.Repeat("ä", 401)}, []string{"note"}},
		"outside the hours":      {map[string]any{"time": "05:00"}, []string{"outside_hours"}},
		"yesterday":              {map[string]any{"date": "2027-02-28"}, []string{"date"}},
		"nobody of ours":         {map[string]any{"staff_member_id": "nobody"}, []string{"staff_member_id"}},
		"what a customer is not": {map[string]any{"customer": map[string]any{"name": "Ada", "age": 7}}, []string{"customer/age"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Post("/bookings", s.appointment("10:00", c.change)).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
		})
	}
}

func TestTimeThatIsTakenIsNotBookedAgain(t *testing.T) {
	s := openShop(t)
	who, slot, offer := s.offered("10:00")
	s.Post("/bookings", s.appointment("10:30", nil)).Refused(http.StatusConflict, "time_held")
	var entry struct{ Customer struct{ ID string } }
	s.Get("/entries/"+who.Entry).Want(http.StatusOK, &entry)
	s.Post("/bookings", s.appointment("15:00", map[string]any{"customer": nil, "customer_id": entry.Customer.ID})).Refused(http.StatusConflict, "customer_has_offer")
	s.Post("/offers/"+offer+"/acceptance", nil).Want(http.StatusOK, nil)
	s.Post("/bookings", s.appointment("10:30", nil)).Refused(http.StatusConflict, "time_booked")
	s.Post("/slots/"+slot+"/withdrawal", nil).Refused(http.StatusConflict, "slot_not_free")
	nora := s.AddStaffMember("Nora", s.cut)
	s.Post("/bookings", s.appointment("10:30", map[string]any{"staff_member_id": nora, "customer": nil, "customer_id": entry.Customer.ID})).Refused(http.StatusConflict, "customer_busy")
}

func TestABookingThatIsRequestedAgainIsMadeOnce(t *testing.T) {
	s := openShop(t)
	send := func(body any) apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodPost, Path: "/bookings", Body: body, Header: map[string]string{"Idempotency-Key": "b-1"}})
	}
	first := send(s.appointment("15:00", nil)).Want(http.StatusCreated, nil)
	again := send(s.appointment("15:00", nil)).Want(http.StatusCreated, nil)
	if string(first.Body) != string(again.Body) || again.Header.Get("Location") != first.Header.Get("Location") || again.Header.Get("ETag") != first.Header.Get("ETag") {
		t.Errorf("first %s, again %s", first.Body, again.Body)
	}
	send(s.appointment("17:00", nil)).Refused(http.StatusUnprocessableEntity, "invalid", "Idempotency-Key")
	if all, _ := listed[spec.Booking](s.Site, "/bookings?limit=10"); len(all) != 1 {
		t.Errorf("%d bookings", len(all))
	}
}

func TestACancellationIsUndoneWithinTenSecondsOrTheTimeOpensAgain(t *testing.T) {
	s := openShop(t)
	_, slot, offer := s.offered("10:00")
	var accepted spec.Offer
	s.Post("/offers/"+offer+"/acceptance", nil).Want(http.StatusOK, &accepted)
	id := value(t, accepted.BookingID)
	var got spec.Booking
	s.Post("/bookings/"+id+"/cancellation", nil).Want(http.StatusOK, &got)
	if got.State != spec.BookingStateConfirmed || value(t, got.CancelDueAt).Sub(s.Now()) > 10*time.Second || value(t, value(t, s.slot(slot).Booking).CancelDueAt).IsZero() {
		t.Errorf("it is %+v", got)
	}
	s.Post("/bookings/"+id+"/restoration", nil).Want(http.StatusOK, &got)
	s.later(time.Minute)
	if got = s.booking(id); got.State != spec.BookingStateConfirmed || !got.CancelDueAt.IsNull() {
		t.Errorf("restored it is %+v", got)
	}
	s.Post("/bookings/"+id+"/cancellation", nil).Want(http.StatusOK, nil)
	s.later(11 * time.Second)
	got = s.booking(id)
	if got.State != spec.BookingStateCancelled || value(t, got.CancelledBy) != spec.CancellerBusiness || value(t, got.EndedAt).IsZero() || !got.FreeFrom.IsNull() {
		t.Errorf("cancelled it is %+v", got)
	}
	if again := s.slot(slot); again.Origin != spec.SlotOriginCancellation || again.State == spec.SlotStateBooked || !again.Booking.IsNull() {
		t.Errorf("the slot is %+v", again)
	}
	s.Post("/bookings/"+id+"/restoration", nil).Refused(http.StatusGone, "too_late_to_undo")
	s.Post("/bookings/"+id+"/cancellation", nil).Refused(http.StatusGone, "booking_over")
}

func TestWhetherTheCustomerCameIsRecordedOnceItHasBegun(t *testing.T) {
	s := openShop(t)
	id := s.Add("/bookings", s.appointment("15:00", nil))
	for _, act := range []string{"completion", "no-show"} {
		s.Post("/bookings/"+id+"/"+act, nil).Refused(http.StatusConflict, "booking_not_begun")
	}
	s.later(s.booking(id).StartsAt.Sub(s.Now()) + time.Minute)
	var got spec.Booking
	s.Post("/bookings/"+id+"/completion", nil).Want(http.StatusOK, &got)
	if value(t, got.AttendAs) != spec.AttendanceCompleted || value(t, got.AttendDueAt).Sub(s.Now()) > 10*time.Second {
		t.Errorf("it is %+v", got)
	}
	s.Post("/bookings/"+id+"/restoration", nil).Want(http.StatusOK, &got)
	if !got.AttendAs.IsNull() || !got.AttendDueAt.IsNull() {
		t.Errorf("restored it is %+v", got)
	}
	s.Post("/bookings/"+id+"/no-show", nil).Want(http.StatusOK, &got)
	s.later(11 * time.Second)
	if got = s.booking(id); got.State != spec.BookingStateNoShow || value(t, got.EndedAt).IsZero() {
		t.Errorf("it is %+v", got)
	}
	s.Post("/bookings/"+id+"/completion", nil).Refused(http.StatusConflict, "booking_not_begun")
}

func TestBookingsComeAPageAtATimeInTheOrderOfTheirStart(t *testing.T) {
	s := openShop(t)
	nora := s.AddStaffMember("Nora", s.cut)
	for i, clock := range []string{"14:00", "10:00", "12:00"} {
		name := string(rune('A' + i))
		s.Add("/bookings", s.appointment(clock, map[string]any{"customer": map[string]any{"name": "Ada " + name}}))
		s.Add("/bookings", s.appointment(clock, map[string]any{"staff_member_id": nora, "customer": map[string]any{"name": "Berta " + name}}))
	}
	for query, want := range map[string]int{
		"": 6, "&from=2027-03-02&to=2027-03-02": 6, "&from=2027-03-03": 0, "&staff_member_id=" + nora: 3, "&state=confirmed": 6, "&state=cancelled&staff_member_id=" + nora: 0,
	} {
		all, pages := listed[spec.Booking](s.Site, "/bookings?limit=2"+query)
		if len(all) != want || pages != max(1, (want+1)/2) {
			t.Errorf("%q: %d bookings on %d pages, want %d", query, len(all), pages, want)
		}
		for i := 1; i < len(all); i++ {
			if all[i].StartsAt.Before(all[i-1].StartsAt) || all[i].ID == all[i-1].ID {
				t.Errorf("%q: %v comes after %v", query, all[i], all[i-1])
			}
		}
	}
	for query, field := range map[string]string{
		"from=2027-03-03&to=2027-03-02": "to", "from=2027-01-01&to=2028-01-02": "to", "staff_member_id=nobody": "staff_member_id", "customer_id=nobody": "customer_id",
		"cursor=abc": "cursor", "state=done": "state",
	} {
		s.Get("/bookings?"+query).Refused(http.StatusUnprocessableEntity, "invalid", field)
	}
}
