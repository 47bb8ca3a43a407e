package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type webhook struct {
	ID     string
	Name   string
	URL    string
	Events []string
	State  string
	Secret string
}

const till = "https://till.example.com/waitlist"

func TestAWebhookIsAddedChangedPausedAndRemoved(t *testing.T) {
	s := apitest.Open(t)
	var hook, got webhook
	s.Post("/webhooks", map[string]any{"name": "Till", "url": till, "events": []string{"offer.accepted"}}).Want(http.StatusCreated, &hook)
	if !strings.HasPrefix(hook.Secret, "whsec_") || hook.State != "active" || len(hook.Events) != 1 {
		t.Errorf("made %+v", hook)
	}
	path := "/webhooks/" + hook.ID
	if a := s.Get(path).Want(http.StatusOK, &got); got.URL != till || strings.Contains(string(a.Body), "whsec_") {
		t.Errorf("read %s", a.Body)
	}
	s.Patch(path, map[string]any{"events": nil, "name": "Desk"}).Want(http.StatusOK, &got)
	if got.Events != nil || got.Name != "Desk" || got.URL != till {
		t.Errorf("changed to %+v", got)
	}
	for _, step := range []struct{ path, state string }{{"/pause", "paused"}, {"/pause", "paused"}, {"/resumption", "active"}, {"/resumption", "active"}} {
		s.Post(path+step.path, map[string]any{}).Want(http.StatusOK, &got)
		if got.State != step.state {
			t.Errorf("%s: it is %s", step.path, got.State)
		}
	}
	s.Post(path+"/secret", nil).Want(http.StatusOK, &got)
	if !strings.HasPrefix(got.Secret, "whsec_") || got.Secret == hook.Secret {
		t.Error("the secret is not a new one")
	}
	s.Delete(path).Want(http.StatusNoContent, nil)
	s.Get(path).Want(http.StatusNotFound, nil)
	s.Post(path+"/restoration", nil).Want(http.StatusOK, &got)
	if got.State != "active" {
		t.Errorf("restored it is %s", got.State)
	}
}

func TestAWebhookThatCantBeIsRefused(t *testing.T) {
	s := apitest.Open(t)
	for _, c := range []struct {
		body  map[string]any
		field string
	}{
		{map[string]any{"name": "Till", "url": "http://till.example.com/"}, "url"},
		{map[string]any{"name": "Till", "url": "https://10.0.0.1/"}, "url"},
		{map[string]any{"name": " ", "url": till}, "name"},
		{map[string]any{"name": "Till", "url": till, "events": []string{"offer.eaten"}}, "events"},
		{map[string]any{"name": "Till", "url": till, "events": []string{}}, "events"},
	} {
		s.Post("/webhooks", c.body).Refused(http.StatusUnprocessableEntity, "invalid", c.field)
	}
}

func TestAWebhookThatWasChangedSinceStaysAsItIs(t *testing.T) {
	s := apitest.Open(t)
	path := "/webhooks/" + s.Add("/webhooks", map[string]any{"name": "Till", "url": till})
	tag := s.Get(path).Header.Get("ETag")
	s.Patch(path, map[string]any{"name": "Desk"}).Want(http.StatusOK, nil)
	for method, body := range map[string]any{http.MethodPatch: map[string]any{"name": "Till"}, http.MethodDelete: nil} {
		s.Send(apitest.Request{Method: method, Path: path, Body: body, Header: map[string]string{"If-Match": tag}}).Refused(http.StatusPreconditionFailed, "changed")
	}
}

func TestDeliveriesAreListedAndSentAgain(t *testing.T) {
	s := apitest.Open(t)
	path := "/webhooks/" + s.Add("/webhooks", map[string]any{"name": "Till", "url": till})
	var test struct {
		ID        string
		EventType string `json:"event_type"`
		State     string
		Sequence  *int
		Body      string
	}
	s.Post(path+"/tests", nil).Want(http.StatusCreated, &test)
	if test.EventType != "webhook.test" || test.State != "pending" || test.Sequence != nil || !strings.Contains(test.Body, `"type":"webhook.test"`) {
		t.Errorf("the test is %+v", test)
	}
	var list struct{ Data []struct{ ID string } }
	s.Get(path+"/deliveries").Want(http.StatusOK, &list)
	if len(list.Data) != 1 || list.Data[0].ID != test.ID {
		t.Errorf("deliveries %+v", list)
	}
	s.Get(path+"/deliveries?state=failed").Want(http.StatusOK, &list)
	if len(list.Data) != 0 {
		t.Errorf("failed are %+v", list)
	}
	s.Get("/webhook-deliveries/"+test.ID).Want(http.StatusOK, nil)
	s.Post("/webhook-deliveries/"+test.ID+"/retry", nil).Want(http.StatusOK, nil)
	if _, err := s.DB.Pool().Exec("UPDATE webhook_deliveries SET state = 'sending', claim_token = 'x', lease_until = ?", s.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	s.Post("/webhook-deliveries/"+test.ID+"/retry", nil).Refused(http.StatusConflict, "under_way")
	s.Get(path+"/deliveries?cursor=IQ").Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
	var retried struct{ Count int }
	s.Post(path+"/retries", map[string]any{"from": "2027-02-25", "to": "2027-03-01"}).Want(http.StatusOK, &retried)
	s.Post(path+"/retries", map[string]any{"from": "2027-03-02", "to": "2027-03-01"}).Refused(http.StatusUnprocessableEntity, "invalid", "to")
}

func TestAnotherBusinessFindsNoWebhook(t *testing.T) {
	s := apitest.Open(t).Furnish()
	foreign := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	for _, q := range []apitest.Request{
		{Method: http.MethodGet, Path: "/webhooks/" + s.Known["webhook_id"]},
		{Method: http.MethodDelete, Path: "/webhooks/" + s.Known["webhook_id"]},
		{Method: http.MethodPost, Path: "/webhooks/" + s.Known["webhook_id"] + "/secret"},
		{Method: http.MethodGet, Path: "/webhooks/" + s.Known["webhook_id"] + "/deliveries"},
		{Method: http.MethodGet, Path: "/webhook-deliveries/" + s.Known["delivery_id"]},
		{Method: http.MethodPost, Path: "/webhook-deliveries/" + s.Known["delivery_id"] + "/retry"},
	} {
		q.Token = foreign
		if a := s.Send(q); a.Status != http.StatusNotFound {
			t.Errorf("%s %s gets %d", q.Method, q.Path, a.Status)
		}
	}
}
