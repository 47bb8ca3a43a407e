package apitest

import (
	"encoding/base64"
	"net/http"
)

// furnishSetup gives the business what the set-up is about.
func furnishSetup(f Furnished) {
	f.Known["category_id"] = f.Add("/categories", map[string]any{"name": "Hair"})
	f.Known["closure_id"] = f.Add("/closures", map[string]any{"from": "2027-12-24"})
	f.Known["suppression_id"] = f.Add("/suppressions", map[string]any{"email": "never@example.org", "reason": "They asked."})
	f.Put("/message-templates/offer/de", map[string]any{"subject": "Frei!", "preview": "", "heading": "Frei", "body": "{{button}}"}).Want(http.StatusOK, nil)
	f.Known["version_id"] = f.first("/message-templates/offer/de/versions")
	f.Known["message_id"] = f.first("/messages?kind=join")
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

var ofSetup = map[string]func(Furnished){
	"removeStaffMember": func(f Furnished) { f.know(http.MethodDelete, "/staff-members/"+f.Known["staff_member_id"]) },
	"removeLogo":        func(f Furnished) { f.PutLogo("").Want(http.StatusOK, nil) },
	"restoreLogo": func(f Furnished) {
		f.PutLogo("").Want(http.StatusOK, nil)
		f.Delete("/settings/look/logo").Want(http.StatusNoContent, nil)
	},
	"restoreSuppression": func(f Furnished) {
		f.Delete("/suppressions/"+f.Known["suppression_id"]).Want(http.StatusNoContent, nil)
	},
	"tryMessageAgain": func(f Furnished) { f.Fail(f.Known["message_id"]) },
}

// Fail has a message to a customer fail, as a provider's refusal does.
func (s *Site) Fail(message string) {
	s.T.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE outbox SET state = 'failed', attempts = 1, error_class = 'rejected_400' WHERE message_id = ?", message)
	if err != nil {
		s.T.Fatal(err)
	}
}
