package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// shop is a site with a haircut of an hour, ten minutes after it kept free, and Mia who gives it. It is Monday, 1 March 2027, 09:00.
type shop struct {
	*apitest.Site
	cut, mia string
}

func openShop(t *testing.T) *shop {
	t.Helper()
	s := apitest.Open(t)
	cut := s.Add("/services", map[string]any{"name": "Haircut", "duration_minutes": 60, "buffer_minutes": 10, "price": map[string]any{"kind": "amount", "amount": 4250}})
	return &shop{s, cut, s.AddStaffMember("Mia", cut)}
}

// tomorrow is the body that opens a slot of Mia's tomorrow, changed by what is given.
func (s *shop) tomorrow(clock string, and map[string]any) map[string]any {
	body := map[string]any{"staff_member_id": s.mia, "date": "2027-03-02", "time": clock, "duration_minutes": 70}
	for name, v := range and {
		if body[name] = v; v == nil {
			delete(body, name)
		}
	}
	return body
}

// open opens one slot tomorrow and gives its id.
func (s *shop) open(clock string) string {
	s.T.Helper()
	var opened spec.OpenedSlots
	s.Post("/slots", s.tomorrow(clock, nil)).Want(http.StatusCreated, &opened)
	return opened.Data[0].ID
}

func (s *shop) wait() waitlisttest.Waiter {
	s.T.Helper()
	return s.Wait(s.cut, waitlist.Wishes{})
}

func (s *shop) slot(id string) (slot spec.SlotDetail) {
	s.T.Helper()
	s.Get("/slots/"+id).Want(http.StatusOK, &slot)
	return slot
}

func (s *shop) offer(id string) (offer spec.Offer) {
	s.T.Helper()
	s.Get("/offers/"+id).Want(http.StatusOK, &offer)
	return offer
}

func (s *shop) booking(id string) (booking spec.Booking) {
	s.T.Helper()
	s.Get("/bookings/"+id).Want(http.StatusOK, &booking)
	return booking
}

// offered has somebody wait for a slot tomorrow.
func (s *shop) offered(clock string) (who waitlisttest.Waiter, slot, offer string) {
	s.T.Helper()
	who, slot = s.wait(), s.open(clock)
	return who, slot, value(s.T, s.slot(slot).Offer).ID
}

// later lets time go by and the jobs run; access tokens are good for fifteen minutes, so that a fresh one may be needed.
func (s *shop) later(d time.Duration) {
	s.T.Helper()
	s.Pass(d)
	s.Tick()
	s.Token = s.Key(rules.AllScopes()...)
}

// appointment is the body that books tomorrow with Mia, changed by what is given.
func (s *shop) appointment(clock string, and map[string]any) map[string]any {
	body := map[string]any{
		"kind": "appointment", "staff_member_id": s.mia, "service_id": s.cut, "date": "2027-03-02", "time": clock,
		"customer": map[string]any{"name": "Berta Beck", "email": "berta@example.org"},
	}
	for name, v := range and {
		if body[name] = v; v == nil {
			delete(body, name)
		}
	}
	return body
}

func day(year, month, day int) rules.Date {
	return rules.Date{Year: year, Month: time.Month(month), Day: day}
}

// value fails the test for null.
func value[V any](t testing.TB, n nullable.Nullable[V]) V {
	t.Helper()
	v, err := n.Get()
	if err != nil {
		t.Fatalf("there is no %T", v)
	}
	return v
}

// listed reads a list to its end, so many at a time.
func listed[V any](s *apitest.Site, path string) (all []V, pages int) {
	s.T.Helper()
	for next := path; ; pages++ {
		var page struct {
			Data []V
			Next *string `json:"next_cursor"`
		}
		s.Get(next).Want(http.StatusOK, &page)
		all = append(all, page.Data...)
		if page.Next == nil {
			return all, pages + 1
		}
		next = path + "&cursor=" + *page.Next
	}
}
