package admin_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
)

// told lets the provider have told of all emails but the newest: the oldest came back, the others arrived.
func (s *site) told() {
	s.t.Helper()
	for _, statement := range []string{
		"UPDATE outbox SET delivered_at = sent_at WHERE state = 'sent' ORDER BY id LIMIT 1000",
		"UPDATE outbox SET delivered_at = NULL ORDER BY id DESC LIMIT 1",
		"UPDATE outbox SET state = 'failed', error_class = 'blocked', delivered_at = NULL WHERE kind = 'join' AND sent_at IS NOT NULL ORDER BY id LIMIT 1",
		"INSERT INTO mail_events (tenant_id, event_id, outbox_id, kind, happened_at, created_at) SELECT tenant_id, 'e', MIN(id), 'delivered', MIN(sent_at), MIN(sent_at) FROM outbox GROUP BY tenant_id",
	} {
		_, err := s.DB.Pool().ExecContext(s.Context(), statement)
		s.check(err)
	}
}

func TestTheOverviewSaysHowManyEmailsArrive(t *testing.T) {
	s := worked(t)
	line := func(path string) string {
		return strings.Join(strings.Fields(strings.Join(s.get(path).Find("#emails h3, #emails p").Map(func(_ int, p *goquery.Selection) string { return p.Text() }), " ")), " ")
	}
	if got := line(paths.Admin); !strings.HasPrefix(got, "Emails delivered No reports yet") || strings.Contains(got, "%") {
		t.Errorf("before anybody told: %q", got)
	}
	s.told()
	if got := line(paths.Admin); !strings.Contains(got, "Below the goal of 95%") || !strings.Contains(got, "1 did not arrive") || !strings.Contains(got, "arrived") {
		t.Errorf("after it: %q", got)
	}
	if got := line(paths.Figures(7) + "&lang=de"); !strings.Contains(got, "Zugestellte E-Mails") || !strings.Contains(got, "Unter dem Ziel") {
		t.Errorf("in German: %q", got)
	}
}
