package api_test

import (
	"net/http"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type service struct {
	ID              string
	Name            string
	DurationMinutes int `json:"duration_minutes"`
	BufferMinutes   int `json:"buffer_minutes"`
	Price           struct {
		Kind     string
		Amount   *int
		Currency string
	}
	Removed bool
}

func cut() map[string]any {
	return map[string]any{"name": "Haircut", "duration_minutes": 45, "price": map[string]any{"kind": "amount", "amount": 4250}}
}

func TestAServiceIsAddedChangedRemovedAndRestored(t *testing.T) {
	s := apitest.Open(t)
	var made, got service
	a := s.Post("/services", cut()).Want(http.StatusCreated, &made)
	if a.Header.Get("Location") != "/api/v1/services/"+made.ID || made.Price.Currency != "EUR" || *made.Price.Amount != 4250 || made.DurationMinutes != 45 {
		t.Errorf("made %+v at %s", made, a.Header.Get("Location"))
	}
	read := s.Get("/services/"+made.ID).Want(http.StatusOK, &got)
	if got.Name != "Haircut" || read.Header.Get("ETag") != a.Header.Get("ETag") {
		t.Errorf("read %+v", got)
	}
	s.Patch("/services/"+made.ID, map[string]any{"buffer_minutes": 10}).Want(http.StatusOK, &got)
	if got.BufferMinutes != 10 || got.Name != "Haircut" || *got.Price.Amount != 4250 {
		t.Errorf("changed to %+v", got)
	}
	s.Patch("/services/"+made.ID, map[string]any{"price": map[string]any{"kind": "free"}}).Want(http.StatusOK, &got)
	if got.Price.Kind != "free" || got.BufferMinutes != 10 {
		t.Errorf("changed to %+v", got)
	}
	s.Delete("/services/"+made.ID).Want(http.StatusNoContent, nil)
	s.Delete("/services/"+made.ID).Want(http.StatusNoContent, nil)
	s.Get("/services/"+made.ID).Want(http.StatusOK, &got)
	if !got.Removed {
		t.Error("it is not told to be removed")
	}
	s.Patch("/services/"+made.ID, map[string]any{"name": "Cut"}).Refused(http.StatusNotFound, "no_service")
	s.Post("/services/"+made.ID+"/restoration", nil).Want(http.StatusOK, &got)
	if got.Removed {
		t.Error("it is told to be removed still")
	}
}

func TestAWrongServiceIsRefusedByTheNamesOfTheDocument(t *testing.T) {
	s := apitest.Open(t)
	for name, c := range map[string]struct {
		body   any
		fields []string
	}{
		"nothing":              {map[string]any{}, []string{"name", "duration_minutes", "price"}},
		"bounds and types":     {map[string]any{"name": "", "duration_minutes": 1, "price": map[string]any{"kind": "cheap"}, "buffer_minutes": "10"}, []string{"name", "duration_minutes", "price/kind", "buffer_minutes"}},
		"an unknown property":  {map[string]any{"name": "Cut", "duration_minutes": 30, "price": map[string]any{"kind": "free"}, "colour": "red"}, []string{"colour"}},
		"what the act refuses": {map[string]any{"name": "Cut", "duration_minutes": 30, "price": map[string]any{"kind": "amount"}, "staff_member_ids": []string{"nobody"}}, []string{"price/amount", "staff_member_ids"}},
		"over a day":           {map[string]any{"name": "Cut", "duration_minutes": 1440, "buffer_minutes": 30, "price": map[string]any{"kind": "free"}}, []string{"buffer_minutes"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Post("/services", c.body).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
		})
	}
	for _, body := range []string{"", "{", "[]", "null", "7"} {
		if a := s.Post("/services", body); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%q gets %d: %s", body, a.Status, a.Body)
		}
	}
}

func TestServicesComeAPageAtATime(t *testing.T) {
	s := apitest.Open(t)
	for range 5 {
		s.Add("/services", cut())
	}
	seen, path := map[string]bool{}, "/services?limit=2"
	for pages := 0; ; pages++ {
		var list struct {
			Data []service
			Next *string `json:"next_cursor"`
		}
		s.Get(path).Want(http.StatusOK, &list)
		for _, one := range list.Data {
			seen[one.ID] = true
		}
		if list.Next == nil {
			if pages != 2 || len(seen) != 5 {
				t.Errorf("%d services on %d pages", len(seen), pages+1)
			}
			break
		}
		path = "/services?limit=2&cursor=" + *list.Next
	}
	for _, bad := range []string{"limit=0", "limit=101", "limit=many", "cursor=%21", "cursor=", "removed=perhaps", "remove=true"} {
		if a := s.Get("/services?" + bad); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s gets %d: %s", bad, a.Status, a.Body)
		}
	}
}

func TestWhoReadAnOlderVersionChangesNothing(t *testing.T) {
	s := apitest.Open(t)
	var got service
	id := s.Add("/services", cut())
	first := s.Get("/services/" + id).Header.Get("ETag")
	change := func(tag string, method string, body any) apitest.Answer {
		return s.Send(apitest.Request{Method: method, Path: "/services/" + id, Body: body, Header: map[string]string{"If-Match": tag}})
	}
	second := change(first, http.MethodPatch, map[string]any{"name": "Cut"}).Want(http.StatusOK, nil).Header.Get("ETag")
	change(first, http.MethodPatch, map[string]any{"name": "Trim"}).Refused(http.StatusPreconditionFailed, "changed")
	change(first, http.MethodDelete, nil).Refused(http.StatusPreconditionFailed, "changed")
	s.Get("/services/"+id).Want(http.StatusOK, &got)
	if got.Name != "Cut" || got.Removed {
		t.Errorf("it is %+v", got)
	}
	unread := s.Send(apitest.Request{Method: http.MethodGet, Path: "/services/" + id, Header: map[string]string{"If-None-Match": second}})
	if unread.Status != http.StatusNotModified || len(unread.Body) > 0 {
		t.Errorf("who has it already gets %d: %s", unread.Status, unread.Body)
	}
	change("*", http.MethodPatch, map[string]any{"name": "Trim"}).Want(http.StatusOK, nil)
}

func TestARequestSentAgainIsDoneOnceAndAnsweredTheSame(t *testing.T) {
	s := apitest.Open(t)
	send := func(body any) apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodPost, Path: "/services", Body: body, Header: map[string]string{"Idempotency-Key": "abc"}})
	}
	first := send(cut()).Want(http.StatusCreated, nil)
	again := send(cut()).Want(http.StatusCreated, nil)
	if string(first.Body) != string(again.Body) || again.Header.Get("Idempotency-Replayed") != "true" || first.Header.Get("Idempotency-Replayed") != "" ||
		again.Header.Get("ETag") != first.Header.Get("ETag") || again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("%s, then %s", first.Body, again.Body)
	}
	var list struct{ Data []service }
	s.Get("/services").Want(http.StatusOK, &list)
	if len(list.Data) != 1 {
		t.Errorf("%d services", len(list.Data))
	}
	send(map[string]any{"name": "Cut", "duration_minutes": 30, "price": map[string]any{"kind": "free"}}).Refused(http.StatusUnprocessableEntity, "invalid", "Idempotency-Key")
}

func TestAKeyDoesWhatItsScopesSayInItsOwnBusiness(t *testing.T) {
	s := apitest.Open(t)
	id := s.Add("/services", cut())
	reader, figures := s.Key(rules.ScopeSetupRead), s.Key(rules.ScopeFiguresRead)
	foreign := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	ask := func(method, token string, body any) apitest.Answer {
		return s.Send(apitest.Request{Method: method, Path: "/services/" + id, Token: token, Body: body})
	}
	ask(http.MethodGet, reader, nil).Want(http.StatusOK, nil)
	ask(http.MethodPatch, reader, map[string]any{"name": "Cut"}).Refused(http.StatusForbidden, "scope")
	ask(http.MethodGet, figures, nil).Refused(http.StatusForbidden, "scope")
	ask(http.MethodGet, foreign, nil).Refused(http.StatusNotFound, "no_service")
	ask(http.MethodPatch, foreign, map[string]any{"name": "Cut"}).Refused(http.StatusNotFound, "no_service")
	ask(http.MethodDelete, foreign, nil).Refused(http.StatusNotFound, "no_service")
	ask(http.MethodGet, "-", nil).Refused(http.StatusUnauthorized, "no_token")
	ask(http.MethodGet, "made.up.token", nil).Refused(http.StatusUnauthorized, "token")
}
