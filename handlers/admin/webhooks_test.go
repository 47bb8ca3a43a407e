package admin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/webhook"
	"github.com/your-org/waitlist-management/webhooks"
)

// receiving is a business with a receiver that answers with status, and a webhook for it.
func receiving(t *testing.T, status *int) (s *site, id string) {
	t.Helper()
	s = open(t)
	r := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(*status)
		_, _ = io.WriteString(w, `{"said":"<b>thanks</b>"}`)
	}))
	t.Cleanup(r.Close)
	added := s.press(s.page(paths.NewWebhook, "New webhook"), paths.Webhooks, url.Values{"name": {"Bookkeeping"}, "url": {r.URL + "/hook?token=geheim"}, "which": {"some"}, "events": {"slot.opened", "offer.made"}})
	at := added.header.Get("Location")
	id = at[strings.LastIndex(at, "/")+1:]
	s.leadsTo(added, paths.Webhook(id)).says("Bookkeeping was added", "token=geheim", "2 kinds of events", "Nothing sent yet")
	return s, id
}

// tellWebhooks lets the jobs tell what happened.
func (s *site) tellWebhooks() {
	s.t.Helper()
	_, err := s.trail.Link(s.Context())
	s.check(err)
	_, err = s.hooks.Dispatch(s.Context())
	s.check(err)
	_, err = s.hooks.DeliverDue(s.Context())
	s.check(err)
}

func TestTheOwnerAddsAWebhookAndSeesWhatItGets(t *testing.T) {
	status := 204
	s, id := receiving(t, &status)
	_, mia, _ := s.staffed()
	s.Open(mia, 2, "10:00", time.Hour)
	s.tellWebhooks()
	page := s.page(paths.Webhook(id), "Bookkeeping").says("A slot opened", "204 No Content", "Arrived")
	line := page.Find(".wl-trail-line a").First()
	one := s.get(line.AttrOr("href", ""))
	one.says("Webhook-Signature: v1,", `"type": "slot.opened"`, "204 No Content")
	s.get(paths.Webhooks).says("Bookkeeping", "The last event arrived.", "Active")
	part := s.ask("GET", paths.Webhook(id), nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+webhook.TestID)
	if part.Find("main").Length() != 0 || part.Find("#"+webhook.TestID).Length() != 1 {
		t.Errorf("the part alone:\n%s", part.body)
	}
}

func TestAFormThatCanNotBeSavedSaysWhy(t *testing.T) {
	status := 204
	s, id := receiving(t, &status)
	fresh := s.get(paths.NewWebhook)
	s.press(fresh, paths.Webhooks, url.Values{"name": {"x"}, "url": {"http://8.8.8.8/"}, "which": {"all"}}).refuses("url").says("private network")
	s.press(fresh, paths.Webhooks, url.Values{"name": {"x"}, "url": {"https://u:p@example.com/"}, "which": {"all"}}).refuses("url")
	s.press(fresh, paths.Webhooks, url.Values{"name": {"x"}, "url": {"https://example.com/"}, "which": {"some"}}).refuses("events")
	bad := s.pressLive(fresh, paths.Webhooks, webhook.FormID, url.Values{"name": {""}, "url": {"https://example.com/"}, "which": {"all"}}).refuses("name").partOnly(webhook.FormID)
	if bad.Find("#f-url").AttrOr("value", "") != "https://example.com/" {
		t.Error("what was typed is gone")
	}
	form := s.get(paths.WebhookSettings(id))
	s.leadsTo(s.press(form, paths.Webhook(id), url.Values{"name": {"Till"}, "which": {"all"}}), paths.Webhook(id)).says("Till was changed", "Every event")
	late := s.press(form, paths.Webhook(id), url.Values{"name": {"Calendar"}})
	if late.status != http.StatusConflict {
		t.Errorf("an old form is answered %d", late.status)
	}
	s.leadsTo(s.press(late, paths.Webhook(id), nil), paths.Webhook(id)).says("Calendar was changed")
}

func TestTheSecretIsShownAfterAPressOnlyAndCanBeChanged(t *testing.T) {
	status := 204
	s, id := receiving(t, &status)
	page := s.get(paths.Webhook(id)).silent("whsec_")
	shown := s.press(page, paths.WebhookSecret(id), nil)
	if shown.status != http.StatusOK {
		t.Fatalf("answered %d", shown.status)
	}
	shown.says("whsec_")
	part := s.ask("POST", paths.WebhookSecret(id), url.Values{}, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+webhook.SecretID)
	if part.Find("main").Length() != 0 || !strings.Contains(part.body, "whsec_") {
		t.Errorf("the part alone:\n%s", part.body)
	}
	s.leadsTo(s.press(page, paths.WebhookRotation(id), nil), paths.Webhook(id)).says("There is a new secret", "signs, too, until").silent("whsec_")
	if again := s.press(page, paths.WebhookRotation(id), nil); again.status != http.StatusConflict {
		t.Errorf("the press of an old page is answered %d", again.status)
	}
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action IN ('webhook.show_secret', 'webhook.rotate')"); n != "3" {
		t.Errorf("noted %s times", n)
	}
}

func TestATestIsSentAndItsResultShown(t *testing.T) {
	status := 500
	s, id := receiving(t, &status)
	page := s.get(paths.Webhook(id))
	sent := s.press(page, paths.WebhookTest(id), nil)
	if sent.status != http.StatusSeeOther || !strings.HasPrefix(sent.header.Get("Location"), paths.Webhook(id)) {
		t.Fatalf("%d to %s", sent.status, sent.header.Get("Location"))
	}
	waits := s.get(paths.Webhook(id)).says("The test is on its way")
	if waits.Find(`#`+webhook.TestID+` [hx-trigger="every 1s"]`).Length() != 1 {
		t.Error("the part does not look again")
	}
	_, err := s.hooks.DeliverDue(s.Context())
	s.check(err)
	over := s.get(paths.Webhook(id)).says("It answered 500 Internal Server Error.")
	if over.Find(`#`+webhook.TestID+` [hx-trigger="every 1s"]`).Length() != 0 {
		t.Error("the part looks for ever")
	}
	status = 200
	part := s.ask("POST", paths.WebhookTest(id), url.Values{}, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+webhook.TestID)
	if part.Find("#"+webhook.TestID).Length() != 1 || part.Find("main").Length() != 0 {
		t.Errorf("the part alone:\n%s", part.body)
	}
	_, err = s.hooks.DeliverDue(s.Context())
	s.check(err)
	s.get(paths.Webhook(id)).says("It arrived: 200 OK")
	answered := s.get(s.get(paths.Webhook(id)).Find("#"+webhook.TestID+" a").AttrOr("href", ""))
	if answered.says(`{"said":"<b>thanks</b>"}`).Find("pre b").Length() != 0 {
		t.Error("what the receiver said became part of the page")
	}
}

func TestAStoppedWebhookIsToldOfAndResumed(t *testing.T) {
	status := 410
	s, id := receiving(t, &status)
	_, mia, _ := s.staffed()
	s.Open(mia, 2, "10:00", time.Hour)
	s.tellWebhooks()
	s.page(paths.Admin, "Overview").says("A webhook has stopped")
	page := s.get(paths.Webhook(id)).says("It stopped: the address said that it is gone (410)", "Failed")
	s.get(paths.Webhook(id) + "?state=failed").says("It answered 410 Gone")
	s.get(paths.Webhook(id) + "?state=pending").says("No such event")
	s.leadsTo(s.press(page, paths.WebhookResumption(id), url.Values{"missed": {"send"}}), paths.Webhook(id)).says("Resumed.")
	s.page(paths.Admin, "Overview").silent("has stopped")
	status = 200
	s.leadsTo(s.press(page, paths.WebhookRepetition(id), url.Values{"from": {"2027-03-01"}, "to": {"2027-03-01"}}), paths.Webhook(id)).says("One event is sent again.")
	s.tellWebhooks()
	s.get(paths.Webhook(id)).says("200 OK", "2 attempts")
	s.press(page, paths.WebhookRepetition(id), url.Values{"from": {"never"}}).refuses("from")
	delivery := s.get(s.get(paths.Webhook(id)).Find(".wl-trail-line a").First().AttrOr("href", ""))
	action := delivery.Find(`form[action$="/repetition"]`).AttrOr("action", "")
	s.leadsTo(s.press(delivery, action, nil), strings.TrimSuffix(action, "/repetition")).says("It is on its way.")
}

func TestAWebhookIsPausedRemovedAndBroughtBack(t *testing.T) {
	status := 204
	s, id := receiving(t, &status)
	page := s.get(paths.Webhook(id))
	s.leadsTo(s.press(page, paths.WebhookPause(id), nil), paths.Webhook(id)).says("Paused. What happens meanwhile waits.", "It is paused")
	gone := s.leadsTo(s.press(page, paths.WebhookRemoval(id), nil), paths.Webhooks).says("The webhook was removed.", "No webhook yet", "POST /hook HTTP/1.1")
	if s.get(paths.Webhook(id)).status != http.StatusNotFound {
		t.Error("its page is there still")
	}
	s.leadsTo(s.press(gone, paths.WebhookRestoration(id), nil), paths.Webhooks).says("Bookkeeping", "Paused")
}

func TestWebhooksAreForThoseWhoSetUp(t *testing.T) {
	status := 204
	s, id := receiving(t, &status)
	s.exec("UPDATE memberships SET role = 'staff' WHERE role = 'admin'")
	for _, path := range []string{paths.Webhooks, paths.NewWebhook, paths.Webhook(id), paths.WebhookSettings(id)} {
		if got := s.get(path); got.status != http.StatusForbidden || strings.Contains(got.body, "geheim") {
			t.Errorf("%s is answered %d", path, got.status)
		}
	}
	for _, path := range []string{paths.WebhookSecret(id), paths.WebhookTest(id), paths.WebhookRemoval(id)} {
		if got := s.ask("POST", path, url.Values{}); got.status != http.StatusForbidden {
			t.Errorf("%s is answered %d", path, got.status)
		}
	}
}

func TestTheTrailSaysWhatWasDoneWithWebhooks(t *testing.T) {
	status := 410
	s, id := receiving(t, &status)
	s.check(s.hooks.Change(s.Context(), s.user(), id, webhooks.Form{Name: "Till", URL: "https://example.com/canary", All: true}))
	_, mia, _ := s.staffed()
	s.exec("UPDATE webhook_endpoints SET state = 'stopped', stopped_because = 'gone', failing_since = created_at, failures = 1")
	s.Open(mia, 2, "10:00", time.Hour)
	page := s.get(paths.Audit).says("Webhook added", "Webhook changed", "Till", "Every event").silent("canary", "geheim")
	if page.Find(`a[href="`+paths.Webhook(id)+`"]`).Length() == 0 {
		t.Error("no line leads to the webhook")
	}
}
