package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

func TestEveryOperationIsThereAndNothingElse(t *testing.T) {
	s := apitest.Open(t)
	documented := map[string]bool{http.MethodGet + " " + paths.APIDocument: true}
	for _, o := range apitest.ReadContract().Operations {
		documented[o.Method+" "+paths.API+strings.NewReplacer("{", ":", "}", "").Replace(o.Path)] = true
	}
	for _, r := range s.Handler.(*echo.Echo).Routes() {
		if !strings.HasPrefix(r.Path, paths.API+"/") || r.Method == echo.RouteNotFound {
			continue
		}
		if !documented[r.Method+" "+r.Path] {
			t.Errorf("%s %s is not in the document", r.Method, r.Path)
		}
		delete(documented, r.Method+" "+r.Path)
	}
	for route := range documented {
		t.Errorf("%s is only in the document", route)
	}
}

func TestEveryOperationNeedsTheScopeThatTheDocumentNames(t *testing.T) {
	s := apitest.Open(t)
	without := map[rules.Scope]string{} // tokens with every scope but one
	for _, scope := range rules.AllScopes() {
		without[scope] = s.Key(slices.DeleteFunc(rules.AllScopes(), func(one rules.Scope) bool { return one == scope })...)
	}
	for _, o := range apitest.ReadContract().Operations {
		path := strings.NewReplacer("{", "", "}", "").Replace(o.Path)
		if o.Operation.OperationID == "issueToken" {
			continue
		}
		asked := []string{}
		for _, requirement := range *o.Operation.Security {
			asked = append(asked, requirement["key"]...)
		}
		if len(asked) != 1 || !slices.Contains(rules.AllScopes(), rules.Scope(asked[0])) || (rules.Scope(asked[0]).Access() == "write") != writes(o) {
			t.Errorf("%s asks for %v", o.Operation.OperationID, asked)
			continue
		}
		a := s.Send(apitest.Request{Method: o.Method, Path: path, Token: without[rules.Scope(asked[0])]})
		a.Refused(http.StatusForbidden, "scope")
		if got := a.Header.Get("WWW-Authenticate"); !strings.Contains(got, `scope="`+asked[0]+`"`) {
			t.Errorf("%s challenges with %q", o.Operation.OperationID, got)
		}
		a = s.Send(apitest.Request{Method: o.Method, Path: path, Token: "-"})
		a.Refused(http.StatusUnauthorized, "no_token")
		if got := a.Header.Get("WWW-Authenticate"); got != `Bearer realm="waitlist"` {
			t.Errorf("%s challenges with %q", o.Operation.OperationID, got)
		}
	}
}

// writes tells whether an operation changes something; a search is a POST so that nobody's name is in an address. What the form for joining needs
// is for keys that only let people join, and may see nobody.
func writes(o apitest.Operation) bool {
	if o.Operation.OperationID == "getJoinForm" {
		return true
	}
	reads := []string{"search", "preview", "export"}
	return !apitest.Safe(o.Method) && !slices.ContainsFunc(reads, func(verb string) bool { return strings.HasPrefix(o.Operation.OperationID, verb) })
}

func TestTheDocumentIsServedAsItIs(t *testing.T) {
	s := apitest.Open(t)
	a := s.Send(apitest.Request{Method: http.MethodGet, Path: "/openapi.json", Token: "-"}).Want(http.StatusOK, nil)
	if !strings.HasPrefix(string(a.Body), "{\n \"openapi\": \"3.1.0\"") || a.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%.60s as %s", a.Body, a.Header.Get("Content-Type"))
	}
}

func TestWhatTheDocumentDoesNotHaveIsNotThere(t *testing.T) {
	s := apitest.Open(t)
	s.Get("/nothing").Refused(http.StatusNotFound, "not_found")
	if a := s.Put("/services", map[string]any{}); a.Status != http.StatusNotFound {
		t.Errorf("another method gets %d", a.Status)
	}
	if a := s.Send(apitest.Request{Method: http.MethodPost, Path: "/services", Body: "name=Cut", Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}); a.Status != http.StatusUnsupportedMediaType {
		t.Errorf("another kind of body gets %d", a.Status)
	}
	if a := s.Post("/services", `{"name":"`+strings.Repeat("x", 1<<20)+`"}`); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("too long a body gets %d", a.Status)
	}
}
