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

// furnishList gives the business a tag, somebody who is blocked, an act on many entries and an import.
func furnishList(s *Site, known map[string]string) {
	known["tag_id"] = s.Add("/tags", map[string]any{"name": "Student", "colour": "blue"})
	known["give_tag_id"] = known["tag_id"]
	var blocked struct{ Blocks []struct{ ID string } }
	s.Post("/blocks", map[string]any{"name": "Eve", "email": "eve@example.org", "reason": "Shouts", "entries": "leave"}).Want(http.StatusOK, &blocked)
	known["block_id"] = blocked.Blocks[0].ID
	known["list_act_id"] = s.Add("/list-acts", map[string]any{"act": "tag", "tag_id": known["tag_id"], "entry_ids": []string{known["entry_id"]}})
	var upload struct{ ID string }
	s.Send(Request{
		Method: http.MethodPost, Path: "/imports", Body: "Name,Email,Service\nLin,lin@example.org,Perm\nNobody,nowhere,Perm\n", Header: map[string]string{"Content-Type": "text/csv"},
	}).Want(http.StatusCreated, &upload)
	known["import_id"] = upload.ID
}

// mapped says what the columns of the import hold.
func mapped(s *Site, known map[string]string) {
	s.T.Helper()
	s.Put("/imports/"+known["import_id"]+"/mapping", map[string]any{
		"columns": []string{"name", "email", "service"}, "head": true, "day_first": true, "service_id": nil,
	}).Want(http.StatusOK, nil)
}

// imported carries the import out.
func imported(s *Site, known map[string]string) {
	s.T.Helper()
	mapped(s, known)
	s.Post("/imports/"+known["import_id"]+"/start", map[string]any{"consented": true}).Want(http.StatusOK, nil)
	if _, err := s.W.RunImports(s.Context()); err != nil {
		s.T.Fatal(err)
	}
}

// tagRemoved takes the tag out of use.
func tagRemoved(s *Site, known map[string]string) {
	s.Delete("/tags/"+known["tag_id"]).Want(http.StatusNoContent, nil)
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
