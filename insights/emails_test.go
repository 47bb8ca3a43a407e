package insights_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/waitlist"
)

// became sets what is known of the email that went to an address.
func (s *salon) became(address, state, class string, delivered bool) {
	s.t.Helper()
	s.sql(`UPDATE outbox m JOIN customers c ON c.id = m.customer_id SET m.state = ?, m.error_class = ?, m.delivered_at = CASE WHEN ? THEN m.sent_at END
		WHERE c.email_hash = ?`, state, class, delivered, s.DB.Lookup().Email(s.Tenant, address))
}

func TestEmailsCountByWhatTheProviderTold(t *testing.T) {
	s := open(t)
	f := s.figures(insights.Today)
	if _, known := f.Emails.Rate(); known || f.Reported || f.Emails.Sent != 0 {
		t.Errorf("without an email: %+v", f.Emails)
	}
	join := func(names ...string) {
		for _, name := range names {
			s.Join(name, name+"@example.org", s.cut, waitlist.Wishes{})
		}
		s.Send()
	}
	join("before")
	s.at(time.March, 2, 9, 0)
	join("arrived", "late", "spam", "bounced", "blocked", "refused", "unclear", "silent")
	s.Pass(time.Hour)
	join("young")
	for address, became := range map[string]struct {
		state, class string
		delivered    bool
	}{
		"before": {"sent", "", true}, "arrived": {"sent", "", true}, "late": {"sent", "", true}, "spam": {"failed", "complained", false},
		"bounced": {"failed", "bounced", true}, "blocked": {"failed", "blocked", false},
	} {
		s.became(address+"@example.org", became.state, became.class, became.delivered)
	}
	s.sql("UPDATE outbox SET sent_at = NULL, state = 'failed', error_class = 'rejected_400' WHERE customer_id = (SELECT id FROM customers WHERE email_hash = ?)", s.DB.Lookup().Email(s.Tenant, "refused@example.org"))
	s.sql("UPDATE outbox SET sent_at = NULL, state = 'unknown', error_class = 'unclear' WHERE customer_id = (SELECT id FROM customers WHERE email_hash = ?)", s.DB.Lookup().Email(s.Tenant, "unclear@example.org"))
	s.sql("UPDATE outbox SET sent_at = ? WHERE customer_id = (SELECT id FROM customers WHERE email_hash = ?)", s.Now().Add(-time.Hour-time.Minute), s.DB.Lookup().Email(s.Tenant, "silent@example.org"))

	today := s.figures(insights.Today)
	if want := (insights.Emails{Sent: 7, Delivered: 3, Failed: 2, Silent: 1}); today.Emails != want || today.Before.Emails.Delivered != 1 {
		t.Errorf("today %+v, want %+v; the day before %+v", today.Emails, want, today.Before.Emails)
	}
	if share, known := today.Emails.Rate(); !known || share != 0.5 {
		t.Errorf("a rate of %v (%t)", share, known)
	}
	if today.Reported {
		t.Error("nobody told anything, they say")
	}
	s.sql("INSERT INTO mail_events (tenant_id, event_id, outbox_id, kind, happened_at, created_at) SELECT tenant_id, 'e', MIN(id), 'delivered', ?, ? FROM outbox GROUP BY tenant_id", s.Now(), s.Now())
	if week := s.figures(insights.Week); !week.Reported || week.Emails.Sent != 8 || week.Emails.Delivered != 4 {
		t.Errorf("the week: %+v", week.Emails)
	}
}
