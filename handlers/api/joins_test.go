package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
)

func TestAFormOnAWebsiteLetsPeopleJoinAndTellsNothingAboutAnybody(t *testing.T) {
	s := openList(t)
	site := s.Key(rules.ScopeListWrite) // may see nobody
	var form struct {
		Open     bool
		Consent  string
		Language string
		Services []struct{ ID string }
	}
	s.Send(apitest.Request{Method: "GET", Path: "/join-form", Token: site, Header: map[string]string{"Accept-Language": "de"}}).Want(http.StatusOK, &form)
	if !form.Open || form.Language != "de" || !strings.Contains(form.Consent, "E-Mail") || len(form.Services) != 1 || form.Services[0].ID != s.cut {
		t.Errorf("%+v", form)
	}
	join := func(body map[string]any) apitest.Answer {
		t.Helper()
		return s.Send(apitest.Request{Method: "POST", Path: "/joins", Token: site, Body: body})
	}
	ada := map[string]any{"service_id": s.cut, "name": "Ada", "email": "ada@example.com", "consent": true, "language": "de"}
	first := join(ada).Want(http.StatusAccepted, nil)
	again := join(ada).Want(http.StatusAccepted, nil)
	if len(first.Body) > 0 || len(again.Body) > 0 {
		t.Errorf("answers: %q, then %q", first.Body, again.Body)
	}
	s.Post("/blocks", map[string]any{"name": "Eve", "email": "eve@example.com", "reason": "Shouts", "entries": "leave"}).Want(http.StatusOK, nil)
	join(map[string]any{"service_id": s.cut, "name": "Eve", "email": "eve@example.com", "consent": true}).Want(http.StatusAccepted, nil)
	var list entryPage
	s.Get("/entries").Want(http.StatusOK, &list)
	if len(list.Data) != 1 || list.Data[0].State != "unconfirmed" || list.Data[0].Source != "public" || len(s.Messages(outbox.Join)) != 1 {
		t.Errorf("%+v, %d emails", list.Data, len(s.Messages(outbox.Join)))
	}
	if got := s.One("SELECT wording FROM consents"); got != form.Consent {
		t.Errorf("consented to %q", got)
	}
	join(map[string]any{"service_id": s.cut, "name": "Grace", "email": "grace@example.com", "consent": false}).Refused(http.StatusUnprocessableEntity, "invalid", "consent")
	join(map[string]any{"service_id": s.cut, "name": "Grace", "consent": true}).Refused(http.StatusUnprocessableEntity, "invalid", "email")
	join(map[string]any{"service_id": s.cut, "name": "Grace", "email": "grace@example.com", "consent": true, "wishes": map[string]any{"latest_on": "2020-01-01"}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "wishes/latest_on")
}

func TestNobodyJoinsThroughAWebsiteWhileNobodyCan(t *testing.T) {
	s := openList(t)
	_, pause, err := s.Business.Joining(t.Context(), s.Tenant)
	if err != nil {
		t.Fatal(err)
	}
	pause.State, pause.Reason = business.JoiningPaused, "Holidays"
	if err := s.Business.ChangeJoining(t.Context(), s.Staff, pause); err != nil {
		t.Fatal(err)
	}
	var form struct {
		Open          bool
		ClosedBecause string `json:"closed_because"`
		ClosedReason  string `json:"closed_reason"`
	}
	s.Get("/join-form").Want(http.StatusOK, &form)
	if form.Open || form.ClosedBecause != "paused" || form.ClosedReason != "Holidays" {
		t.Errorf("%+v", form)
	}
	s.Post("/joins", map[string]any{"service_id": s.cut, "name": "Ada", "email": "ada@example.com", "consent": true}).Refused(http.StatusConflict, "paused")
}

func TestWhoeverJoinsThroughAWebsiteIsCountedWithThoseOfThePage(t *testing.T) {
	s := openList(t)
	body := map[string]any{"service_id": s.cut, "name": "Ada", "email": "ada@example.com", "consent": true}
	for range apitest.JoinsMost {
		s.Post("/joins", body).Want(http.StatusAccepted, nil)
	}
	a := s.Post("/joins", body)
	a.Refused(http.StatusTooManyRequests, "join_limit")
	if a.Header.Get("Retry-After") == "" {
		t.Error("nobody is told how long to wait")
	}
}
