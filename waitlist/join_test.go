package waitlist_test

import (
	"errors"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func TestNobodyJoinsForAServiceThatNobodyOffers(t *testing.T) {
	s := waitlisttest.New(t)
	perm := s.AddService("Perm", time.Hour, 0)
	err := s.W.Join(s.Context(), s.Tenant, waitlist.Join{Service: perm, Name: "Ada", Email: "ada@example.org", Locale: "de", Consent: true, Wording: "Ja"})
	var p *problem.Error
	if !errors.As(err, &p) || len(p.Fields) != 1 || p.Fields[0].Name != "service" {
		t.Fatalf("got %v, want the field service refused", err)
	}
}
