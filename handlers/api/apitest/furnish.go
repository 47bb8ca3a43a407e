package apitest

import (
	"net/http"

	"github.com/your-org/waitlist-management/rules"
)

// Furnish gives the business one of everything, through the API, and tells the ids by the names that parameters and properties have.
func (s *Site) Furnish() map[string]string {
	s.T.Helper()
	known := map[string]string{}
	for _, step := range furnishing {
		step(s, known)
	}
	return known
}

// furnishing is what a business gets, in this order.
var furnishing = []func(*Site, map[string]string){
	func(s *Site, known map[string]string) {
		known["service_id"] = s.Add("/services", map[string]any{"name": "Haircut", "duration_minutes": 30, "price": map[string]any{"kind": "amount", "amount": 4200}})
	},
	furnishEntries,
	furnishList,
}

// Add posts something to be made and gives its id.
func (s *Site) Add(path string, body any) string {
	s.T.Helper()
	var thing struct{ ID string }
	s.Post(path, body).Want(http.StatusCreated, &thing)
	return thing.ID
}

// Prepare brings the business into the state that the example of an operation needs.
func (s *Site) Prepare(operation string, known map[string]string) {
	s.T.Helper()
	if step, ok := preparations[operation]; ok {
		step(s, known)
	}
}

var preparations = map[string]func(*Site, map[string]string){
	"confirmEntry": unconfirmed,
	"restoreEntry": removed,
	"restoreTag":   tagRemoved,
	"undoImport":   imported,
	"startImport":  mapped,
	"cancelImport": mapped,
	"issueToken": func(s *Site, known map[string]string) {
		key := s.newKey(s.Scene, rules.AllScopes())
		known["client_id"], known["client_secret"] = key.ID, key.Secret
	},
	"restoreService": func(s *Site, known map[string]string) {
		s.Delete("/services/"+known["service_id"]).Want(http.StatusNoContent, nil)
	},
}
