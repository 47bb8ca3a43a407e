package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// eventful is posted, with everything that can be seen of messages: reports, addresses that are not written to for each reason, and
// sending that fails. Pages are by a name for their pictures.
func eventful(t *testing.T) (s *site, pages map[string]string) {
	t.Helper()
	s, failed, messages := posted(t)
	s.exec(`INSERT INTO mail_events (tenant_id, event_id, outbox_id, kind, class, happened_at, created_at)
		SELECT tenant_id, CONCAT('e', id), id, 'deferred', '', '2027-03-01 08:00:07', '2027-03-01 08:00:08' FROM outbox WHERE message_id = ?`, messages["delivered"])
	pages = map[string]string{"sent": paths.MessagesSent, "suppressions": paths.MessageSuppressions, "none-found": paths.MessagesSent + "?kind=thanks"}
	for outcome, id := range messages {
		pages["message-"+outcome] = paths.SentMessage(id)
	}
	cut := s.AddService("Balayage with consultation, toning and blow-dry", 150*time.Minute, 15*time.Minute)
	long := s.WaitAs("Maximiliane Wolkenstein-Hohenfels", "m.wolkenstein-hohenfels@a-rather-long-domain.example.org", cut, waitlist.Wishes{})
	_, err := s.W.Suppress(s.Context(), s.user(), waitlist.SuppressForm{Email: long.Email, Reason: "Told Mia at the counter that one email a week is more than enough, thank you very much"})
	s.check(err)
	s.check(s.W.Unsubscribe(s.Context(), s.Unsubscribe(failed)))
	for reason, email := range map[string]string{"bounce": "delivered@example.org", "complaint": "nobody.we.know@example.org"} {
		s.Pass(time.Minute)
		s.check(s.DB.AddSuppression(s.Context(), db.AddSuppressionParams{TenantID: s.Tenant, EmailHash: s.DB.Lookup().Email(s.Tenant, email), Reason: reason, CreatedAt: s.Now()}))
	}
	pages["message-suppressed"] = pages["message-failed"]
	delete(pages, "message-failed")
	pages["entry-unwritten"] = paths.CounterEntry(long.Entry)
	pages["board-unwritten"] = paths.Counter
	return s, pages
}

func TestThePagesOfMessagesSuitEveryScreenAndEverybody(t *testing.T) {
	s, pages := eventful(t)
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
				joint := "?"
				if strings.Contains(at, "?") {
					joint = "&"
				}
				if status := page.Go(s.server.URL + at + joint + "lang=" + seen.language); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("outbox-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if seen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
}

func TestEveryPageOfMessagesIsValid(t *testing.T) {
	s, pages := eventful(t)
	documents := map[string]string{
		"refused":  s.press(s.get(paths.MessageSuppressions), paths.MessageSuppressions, url.Values{"email": {"nowhere"}}).body,
		"filtered": s.get(paths.MessagesSent + "?from=never").body,
		"searched": s.press(s.get(paths.MessagesSent), paths.MessagesSent, url.Values{"q": {"nowhere"}}).body,
	}
	for name, at := range pages {
		documents[name] = s.get(at).body
	}
	s.exec("INSERT INTO mail_status (id, failing_since, failures, error_class, updated_at) VALUES (1, '2027-03-01 07:40:00', 3, 'key_refused', '2027-03-01 07:40:00')")
	documents["failing"] = s.get(paths.MessagesSent).body
	browser.Valid(t, documents)
}
