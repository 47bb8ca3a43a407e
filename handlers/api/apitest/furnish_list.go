package apitest

import (
	"net/http"

	"github.com/your-org/waitlist-management/waitlist"
)

// furnishEntries puts somebody on the list, for a service of their own: removing the one that is known touches nobody.
func furnishEntries(s *Site, known map[string]string) {
	perm := s.Add("/services", map[string]any{"name": "Perm", "duration_minutes": 90, "price": map[string]any{"kind": "on_request"}})
	var entry struct {
		ID       string
		Customer struct{ ID string }
	}
	s.Post("/entries", map[string]any{
		"service_id": perm, "name": "Ada Lovelace", "email": "ada@example.com", "consent": true,
	}).Want(http.StatusCreated, &entry)
	known["entry_id"], known["customer_id"] = entry.ID, entry.Customer.ID
}

// removed takes the entry off the list.
func removed(s *Site, known map[string]string) {
	s.Delete("/entries/"+known["entry_id"]).Want(http.StatusNoContent, nil)
}

// unconfirmed lets somebody else join, whose entry is known from then on.
func unconfirmed(s *Site, known map[string]string) {
	s.T.Helper()
	err := s.W.Join(s.Context(), s.Tenant, waitlist.Join{Service: known["service_id"], Name: "Grace", Email: "grace@example.org", Locale: "en", Consent: true, Wording: "Emails are fine"})
	if err != nil {
		s.T.Fatal(err)
	}
	var list struct{ Data []struct{ ID string } }
	s.Get("/entries?state=unconfirmed").Want(http.StatusOK, &list)
	known["entry_id"] = list.Data[0].ID
}
