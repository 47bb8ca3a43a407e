package public_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s *site) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), query, args...)
	s.check(err)
}

func TestAClosedListAndTheQuestionWhetherSomebodyStillWaitsLookRight(t *testing.T) {
	s := open(t)
	waiter := s.joins("Dora", waitlist.Wishes{})
	s.exec("INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, ?)", s.Tenant, s.Now())
	s.Pass(24 * 24 * time.Hour)
	_, err := s.W.AskWhoStays(s.Context())
	s.check(err)
	b, documents := browser.Start(t), map[string]string{}
	light, dark := b.Open(t, browser.Phone, s.server.URL+paths.Join(slug)+"?lang=de"), b.Open(t, browser.Phone.InTheDark(), s.server.URL+paths.Join(slug)+"?lang=en")
	look := func(name, path string) {
		t.Helper()
		documents[name] = s.get(path).body
		for screen, p := range map[string]*browser.Page{"phone": light, "dark": dark} {
			p.Go(s.server.URL + path)
			p.Picture("closed-" + name + "-" + screen)
			p.Fits()
			p.Reachable()
			p.Accessible()
		}
	}
	look("stay", paths.Entry(waiter.Token))
	s.exec("INSERT INTO list_caps (tenant_id, service_id, list_cap) SELECT tenant_id, id, 1 FROM services WHERE public_id = ?", s.cut)
	look("service-full", paths.Join(slug))
	s.exec("UPDATE joining SET list_cap = 1")
	look("full", paths.Join(slug))
	s.exec("UPDATE joining SET paused = TRUE, paused_until = ?, pause_reason = 'We are on holiday by the sea, all of us, and read no messages there.'", s.Now().Add(72*time.Hour))
	look("paused", paths.Join(slug))
	browser.Valid(t, documents)
	// The answer is a button, and works without script.
	p := b.Open(t, browser.Phone.WithoutScript(), s.server.URL+paths.Entry(waiter.Token))
	p.Follow(`form[action$="/stay"] button`)
	p.SeeText("body", "You keep your place.")
	p.Gone(`form[action$="/stay"]`)
}
