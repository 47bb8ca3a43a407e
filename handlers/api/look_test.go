package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type look struct {
	Colour *string
	Logo   *struct {
		URL           string
		Width, Height int
		Plate         string
	}
}

func TestALogoIsPutRemovedAndRestored(t *testing.T) {
	s := apitest.Open(t)
	var got look
	s.Get("/settings/look").Want(http.StatusOK, &got)
	if got.Colour != nil || got.Logo != nil {
		t.Errorf("begins with %+v", got)
	}
	s.Delete("/settings/look/logo").Refused(http.StatusNotFound, "no_logo")
	s.Post("/settings/look/logo/restoration", nil).Refused(http.StatusNotFound, "no_logo")
	put := s.PutLogo("").Want(http.StatusOK, &got)
	if got.Logo == nil || got.Logo.Width != 16 || got.Logo.Height != 16 || got.Logo.Plate != "none" || !strings.HasPrefix(got.Logo.URL, "https://wait.example/b/") {
		t.Errorf("put %s", put.Body)
	}
	s.Delete("/settings/look/logo").Want(http.StatusNoContent, nil)
	s.Get("/settings/look").Want(http.StatusOK, &got)
	if got.Logo != nil {
		t.Errorf("removed, it is %+v", got.Logo)
	}
	s.Post("/settings/look/logo/restoration", nil).Want(http.StatusOK, &got)
	if got.Logo == nil || got.Logo.Width != 16 {
		t.Errorf("restored %+v", got)
	}
	s.PutLogo(put.Header.Get("ETag")).Want(http.StatusOK, nil)
}

func TestWhatIsNoPictureIsNoLogo(t *testing.T) {
	s := apitest.Open(t)
	put := func(kind string, body []byte) apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodPut, Path: "/settings/look/logo", Body: body, Header: map[string]string{"Content-Type": kind}})
	}
	put("image/png", []byte("no picture")).Refused(http.StatusUnprocessableEntity, "invalid", "logo")
	put("image/jpeg", bytes.Repeat([]byte{0xff}, 2<<20+1)).Refused(http.StatusUnprocessableEntity, "invalid", "logo")
	for kind, status := range map[string]int{"image/svg+xml": http.StatusUnsupportedMediaType, "application/json": http.StatusUnsupportedMediaType} {
		if a := put(kind, []byte("{}")); a.Status != status {
			t.Errorf("%s gets %d: %s", kind, a.Status, a.Body)
		}
	}
	if a := put("image/png", bytes.Repeat([]byte{1}, 4<<20)); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("four megabytes get %d: %.200s", a.Status, a.Body)
	}
	if a := s.Post("/services", bytes.Repeat([]byte(" "), 1<<20+1)); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("over a megabyte of JSON gets %d: %.200s", a.Status, a.Body)
	}
}

func TestTheColourIsOneOrNone(t *testing.T) {
	s := apitest.Open(t)
	var got look
	s.Patch("/settings/look", has{"colour": "#7A1F5C"}).Want(http.StatusOK, &got)
	if got.Colour == nil || *got.Colour != "#7a1f5c" {
		t.Errorf("changed to %+v", got)
	}
	s.Patch("/settings/look", has{"colour": nil}).Want(http.StatusOK, &got)
	if got.Colour != nil {
		t.Errorf("changed to %s", *got.Colour)
	}
	s.Patch("/settings/look", has{"colour": "purple"}).Refused(http.StatusUnprocessableEntity, "invalid", "colour")
	reader := s.Key(rules.ScopeSetupRead)
	s.Send(apitest.Request{Method: http.MethodPatch, Path: "/settings/look", Body: has{"colour": nil}, Token: reader}).Refused(http.StatusForbidden, "scope")
}
