package sim_test

import (
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func TestTheDemoIsSetUpOnceAndLeavesSigningUpOpen(t *testing.T) {
	s := waitlisttest.New(t)
	logins := accounts.New(s.DB, accounts.SignupFirst)
	demo := sim.Demo{Accounts: logins, Business: business.New(s.DB, s.W), Waitlist: s.W}
	before, err := s.DB.CountTenants(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		in, err := demo.Enter(t.Context(), "Europe/Berlin", "EUR", "de")
		if err != nil {
			t.Fatal(err)
		}
		if in.Token == "" {
			t.Fatal("no session")
		}
	}
	owner, err := s.DB.DemoOwner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	counts, err := s.W.Counts(t.Context(), owner.TenantID)
	if err != nil {
		t.Fatal(err)
	}
	if counts.Waiting != 12 || counts.OffersOut != 1 {
		t.Errorf("%d wait and %d offers are out, want 12 and 1", counts.Waiting, counts.OffersOut)
	}
	today, err := s.W.Today(t.Context(), owner.TenantID)
	if err != nil {
		t.Fatal(err)
	}
	day, err := s.W.Day(t.Context(), owner.TenantID, today)
	if err != nil {
		t.Fatal(err)
	}
	if booked := len(day.Staff[0].Items); booked < 6 {
		t.Errorf("the first staff member has %d appointments today", booked)
	}
	if after, err := s.DB.CountTenants(t.Context()); err != nil || after != before {
		t.Errorf("%d businesses count, want %d as before (%v)", after, before, err)
	}
}
