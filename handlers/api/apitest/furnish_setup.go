package apitest

import (
	"encoding/base64"
	"net/http"

	"github.com/your-org/waitlist-management/waitlist"
)

func init() {
	furnishing = append(furnishing, furnishSetup)
	for operation, step := range setupPreparations {
		preparations[operation] = step
	}
}

// furnishSetup gives the business what the set-up is about.
func furnishSetup(s *Site, known map[string]string) {
	known["staff_member_id"] = s.Add("/staff-members", map[string]any{"name": "Ada Keller"})
	known["category_id"] = s.Add("/categories", map[string]any{"name": "Hair"})
	known["closure_id"] = s.Add("/closures", map[string]any{"from": "2027-12-24"})
	known["suppression_id"] = s.Add("/suppressions", map[string]any{"email": "never@example.org", "reason": "They asked."})
	s.Put("/message-templates/offer/de", map[string]any{"subject": "Frei!", "preview": "", "heading": "Frei", "body": "{{button}}"}).Want(http.StatusOK, nil)
	known["version_id"] = s.first("/message-templates/offer/de/versions")
	// Somebody waits for something else with somebody else, so that nothing of the above is touched when it goes.
	colour := s.Add("/services", map[string]any{"name": "Colour", "duration_minutes": 30, "price": map[string]any{"kind": "free"}})
	s.Add("/staff-members", map[string]any{"name": "Ben Okafor"})
	s.Wait(colour, waitlist.Wishes{})
	known["message_id"] = s.first("/messages")
}

// first is the id of the first of a list.
func (s *Site) first(path string) string {
	s.T.Helper()
	var list struct{ Data []struct{ ID string } }
	s.Get(path).Want(http.StatusOK, &list)
	if len(list.Data) == 0 {
		s.T.Fatalf("%s is empty", path)
	}
	return list.Data[0].ID
}

// Picture is a PNG of sixteen pixels a side.
func Picture() []byte {
	picture, err := base64.StdEncoding.DecodeString(
		"iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQMAAAAlPW0iAAAABlBMVEV6H1z///9sCwEzAAAAFElEQVR42mJABvwfsCMkAAgAAP//u+wH+ROEPzUAAAAASUVORK5CYII=")
	if err != nil {
		panic(err)
	}
	return picture
}

// PutLogo gives the business a logo, over the look with this version; "": whatever there is.
func (s *Site) PutLogo(tag string) Answer {
	s.T.Helper()
	q := Request{Method: http.MethodPut, Path: "/settings/look/logo", Body: Picture(), Header: map[string]string{"Content-Type": "image/png"}}
	if tag != "" {
		q.Header["If-Match"] = tag
	}
	return s.Send(q)
}

var setupPreparations = map[string]func(*Site, map[string]string){
	"removeLogo": func(s *Site, _ map[string]string) { s.PutLogo("").Want(http.StatusOK, nil) },
	"restoreLogo": func(s *Site, _ map[string]string) {
		s.PutLogo("").Want(http.StatusOK, nil)
		s.Delete("/settings/look/logo").Want(http.StatusNoContent, nil)
	},
	"restoreSuppression": func(s *Site, known map[string]string) {
		s.Delete("/suppressions/"+known["suppression_id"]).Want(http.StatusNoContent, nil)
	},
	"tryMessageAgain": func(s *Site, known map[string]string) { s.Fail(known["message_id"]) },
}

// Fail has a message to a customer fail, as a provider's refusal does.
func (s *Site) Fail(message string) {
	s.T.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE outbox SET state = 'failed', attempts = 1, error_class = 'rejected_400' WHERE message_id = ?", message)
	if err != nil {
		s.T.Fatal(err)
	}
}
