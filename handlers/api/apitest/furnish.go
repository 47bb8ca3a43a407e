package apitest

import (
	"net/http"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// Furnished is a business that has one of everything.
type Furnished struct {
	*Site
	// Known are ids and other values that exist, by the names that parameters and properties have in the document.
	Known map[string]string
	// Waiter waits for the service, and was offered nothing yet.
	Waiter waitlisttest.Waiter
}

// furnishing is what a business gets beside what Furnish itself gives it; each area of the document has a file with its own.
var furnishing = []func(Furnished){furnishSetup, furnishList, furnishWebhooks}

// preparations bring a business into the state that the example of an operation needs, by area and then by operation.
var preparations = []map[string]func(Furnished){ofServices, ofSetup, ofEntries, ofSlots, ofWebhooks}

// Furnish gives the business one of everything.
func (s *Site) Furnish() Furnished {
	s.T.Helper()
	f := Furnished{Site: s, Known: map[string]string{}}
	cut := s.AddService("Haircut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	f.Known["service_id"], f.Known["staff_member_id"], f.Known["preferred_staff_member_id"] = cut, mia, mia
	booked := s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	s.Open(mia, 7, "10:00", 30*time.Minute)
	s.Scene.Send()
	s.check(s.W.Accept(s.Context(), s.OfferTo(booked)))
	f.Known["booking_id"] = s.One("SELECT public_id FROM bookings")
	s.WaitAs("Bela", "bela@example.org", cut, waitlist.Wishes{})
	f.Known["slot_id"] = s.Open(mia, 8, "10:00", 30*time.Minute)
	s.Scene.Send()
	f.Known["offer_id"] = s.One("SELECT public_id FROM offers WHERE state = 'pending'")
	f.Waiter = s.WaitAs("Dora", "dora@example.org", cut, waitlist.Wishes{})
	f.Known["entry_id"] = f.Waiter.Entry
	f.Known["customer_id"] = s.One("SELECT c.public_id FROM customers c JOIN entries e ON e.tenant_id = c.tenant_id AND e.customer_id = c.id WHERE e.public_id = ?", f.Waiter.Entry)
	for _, step := range furnishing {
		step(f)
	}
	return f
}

// Prepare brings the business into the state that the example of an operation needs.
func (f Furnished) Prepare(operation string) {
	f.T.Helper()
	for _, area := range preparations {
		if step, ok := area[operation]; ok {
			step(f)
		}
	}
}

// One is the text that a query finds.
func (s *Site) One(query string, args ...any) (value string) {
	s.T.Helper()
	s.check(s.DB.Pool().QueryRowContext(s.Context(), query, args...).Scan(&value))
	return value
}

func (s *Site) check(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// Add posts something to be made and gives its id.
func (s *Site) Add(path string, body any) string {
	s.T.Helper()
	var thing struct{ ID string }
	s.Post(path, body).Want(http.StatusCreated, &thing)
	return thing.ID
}

// know learns what a request touches, so that it can be sent with seen.
func (f Furnished) know(method, path string) {
	f.T.Helper()
	var p struct{ Seen string }
	f.Send(Request{Method: method, Path: path}).Want(http.StatusConflict, &p)
	f.Known["seen"] = p.Seen
}

// seen sends a request that touches something all the same.
func (f Furnished) seen(method, path string) {
	f.T.Helper()
	f.know(method, path)
	f.Send(Request{Method: method, Path: path + "?seen=" + f.Known["seen"]}).Want(http.StatusNoContent, nil)
}

var ofServices = map[string]func(Furnished){
	"issueToken": func(f Furnished) {
		key := f.newKey(f.Scene, rules.AllScopes())
		f.Known["client_id"], f.Known["client_secret"] = key.ID, key.Secret
	},
	"restoreService": func(f Furnished) { f.seen(http.MethodDelete, "/services/"+f.Known["service_id"]) },
	"removeService":  func(f Furnished) { f.know(http.MethodDelete, "/services/"+f.Known["service_id"]) },
}
