package admin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/webhook"
	"github.com/your-org/waitlist-management/webhooks"
)

// tellingOthers is a business with a webhook in each state, whose log holds an event in each state. Pages are by a name for their pictures.
func tellingOthers(t *testing.T) (s *site, pages map[string]string) {
	t.Helper()
	s = open(t)
	_, mia, _ := s.staffed()
	answers := []int{200, 200, 503, 422, 204}
	r := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"message":"`+strings.Repeat("thanks ", 40)+`"}`)
	}))
	t.Cleanup(r.Close)
	add := func(f webhooks.Form) string {
		id, err := s.hooks.Add(s.Context(), s.user(), f)
		s.check(err)
		return id
	}
	_, err := s.trail.Link(s.Context())
	s.check(err)
	active := add(webhooks.Form{Name: "Bookkeeping", URL: r.URL + "/hooks/waitlist?token=9f4c1f0a7bd24c0f8d3f2c1a", Events: []string{"slot.opened", "offer.made", "offer.accepted", "offer.undeliverable"}})
	for _, clock := range []string{"10:00", "11:00", "12:00", "13:00"} {
		s.Open(mia, 3, clock, time.Hour)
		s.tellWebhooks()
		s.Pass(7 * time.Second)
	}
	_, err = s.hooks.SendTest(s.Context(), s.user(), active, "")
	s.check(err)
	s.tellWebhooks()
	stopped := add(webhooks.Form{Name: "Donaudampfschifffahrtskapitänsmützenkalenderabgleich", URL: "https://automation.a-rather-long-domain.example.org/webhook/5f0c8a1e-5d0e-4c42-9d8f-1d7a0c9d4e11", All: true})
	s.exec("UPDATE webhook_endpoints SET state = 'stopped', stopped_because = 'failing', failing_since = '2027-02-24 08:00:00', failures = 60, last_at = '2027-03-01 07:30:00', last_class = 'timeout' WHERE public_id = ?", stopped)
	paused := add(webhooks.Form{Name: "Till", URL: "https://till.example.com/in", All: true})
	s.check(s.hooks.Pause(s.Context(), s.user(), paused, 0))
	failing := add(webhooks.Form{Name: "Website", URL: "https://www.example.com/in", All: true})
	s.exec("UPDATE webhook_endpoints SET failing_since = '2027-02-28 08:00:00', failures = 30, last_at = '2027-03-01 07:30:00', last_class = 'status', last_status = 502 WHERE public_id = ?", failing)
	pages = map[string]string{
		"all": paths.Webhooks, "active": paths.Webhook(active), "stopped": paths.Webhook(stopped), "paused": paths.Webhook(paused), "failing": paths.Webhook(failing),
		"new": paths.NewWebhook, "change": paths.WebhookSettings(active), "overview": paths.Admin,
	}
	l, err := s.hooks.Log(s.Context(), s.Tenant, active, webhooks.LogQuery{Limit: 10})
	s.check(err)
	for _, d := range l.Deliveries {
		pages["delivery-"+string(d.State)] = paths.WebhookDelivery(d.ID)
	}
	return s, pages
}

func TestThePagesOfWebhooksSuitEveryScreenAndEverybody(t *testing.T) {
	s, pages := tellingOthers(t)
	b := browser.Start(t)
	for name, seen := range map[string]struct {
		browser.Screen
		language string
	}{
		"phone": {browser.Phone, "de"}, "phone-dark": {browser.Phone.InTheDark(), "en"}, "narrow": {browser.Screen{Width: 320, Height: 640, Scale: 2, Touch: true}, "de"},
		"desktop-dark": {browser.Desktop.InTheDark(), "de"}, "desktop": {browser.Desktop, "en"},
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, seen.Screen, s.server.URL+logIn+"?token="+s.token)
			for picture, at := range pages {
				if status := page.Go(s.server.URL + at + "?lang=" + seen.language); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("webhooks-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if seen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
}

func TestEveryPageOfWebhooksIsValid(t *testing.T) {
	s, pages := tellingOthers(t)
	documents := map[string]string{
		"refused": s.press(s.get(paths.NewWebhook), paths.Webhooks, url.Values{"name": {""}, "url": {"nowhere"}, "which": {"some"}}).body,
		"secret":  s.press(s.get(pages["active"]), pages["active"]+"/secret", nil).body,
	}
	for name, at := range pages {
		documents[name] = s.get(at).body
	}
	s.exec("UPDATE webhook_endpoints SET removed_at = created_at")
	documents["none"] = s.get(paths.Webhooks).body
	browser.Valid(t, documents)
}

func TestATestShowsItsResultByItself(t *testing.T) {
	status := 200
	s, id := receiving(t, &status)
	page := browser.Start(t).Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Webhook(id) + "?lang=en")
	page.Click("#" + webhook.TestID + " button")
	page.SeeText("#"+webhook.TestID, "The test is on its way")
	_, err := s.hooks.DeliverDue(s.Context())
	s.check(err)
	page.SeeText("#"+webhook.TestID, "It arrived: 200 OK")
	page.Click("#" + webhook.SecretID + ` form[action$="/secret"] button`)
	page.SeeText("#"+webhook.SecretID, "whsec_")
}
