package business_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s shop) weights() business.WeightsForm {
	s.T.Helper()
	p, err := s.b.Weights(s.Context(), s.Tenant)
	s.must(err)
	return p.Form
}

func TestNewWeightsPutAnotherCustomerFirst(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	first := s.Wait(cut, waitlist.Wishes{})
	s.Pass(10 * time.Hour)
	fond := s.Wait(cut, waitlist.Wishes{PreferredStaff: mia})
	f := s.weights()
	if f.WaitPerHour != "10" || f.PreferredStaff != "60" {
		t.Fatalf("weights: %+v", f)
	}
	wantField(t, s.b.ChangeWeights(t.Context(), s.Staff, f.Filled(rules.Weights{})), "reason")
	f.PreferredStaff, f.Reason = "1000", " Mia's own  customers "
	proposed, err := s.b.ProposedWeights(t.Context(), s.Tenant, f)
	s.must(err)
	if proposed.Preview.OnList != 2 || proposed.Rekeying.Going || len(proposed.History) != 0 {
		t.Errorf("proposed: %+v", proposed)
	}
	s.must(s.b.ChangeWeights(t.Context(), s.Staff, f))
	got, err := s.b.Weights(t.Context(), s.Tenant)
	s.must(err)
	if want := (business.WeightsForm{Version: "3"}).Filled(got.Saved); got.Form != want || got.Saved.PreferredStaff != 1000 || !got.Rekeying.Going {
		t.Errorf("being sorted: %+v, weights: %+v", got.Rekeying, got.Form)
	}
	if c := got.History; len(c) != 1 || c[0].Reason != "Mia's own customers" || c[0].Before != rules.DefaultWeights() || c[0].After != got.Saved || !got.Complete {
		t.Errorf("history: %+v", c)
	}
	f.LoyaltyPerVisit = "70"
	wantKind(t, s.b.ChangeWeights(t.Context(), s.Staff, f), problem.Conflict)
	s.Pass(time.Minute)
	s.Tick()
	if r, err := s.b.Rekeying(t.Context(), s.Tenant); err != nil || r.Going {
		t.Fatalf("still being sorted: %v", err)
	}
	s.Open(mia, 2, "12:00", 30*time.Minute)
	s.Tick()
	if s.OfferTo(fond) == "" || s.OfferTo(first) != "" {
		t.Errorf("offered to the first %q, to the fond %q", s.OfferTo(first), s.OfferTo(fond))
	}
}

func TestHostileWeightsAreRefusedByTheirFieldAndChangeNothing(t *testing.T) {
	s := open(t)
	before := s.weights()
	set := func(f *business.WeightsForm) map[string]*string {
		return map[string]*string{
			"wait_per_hour": &f.WaitPerHour, "priority_per_level": &f.PriorityPerLevel, "loyalty_per_visit": &f.LoyaltyPerVisit,
			"loyalty_most": &f.LoyaltyMost, "reliability": &f.Reliability, "flexibility": &f.Flexibility, "no_show": &f.NoShow,
			"no_show_most": &f.NoShowMost, "preferred_staff": &f.PreferredStaff, "preferred_time": &f.PreferredTime,
			"pass_over_limit": &f.PassOverLimit, "pass_over_lift": &f.PassOverLift,
		}
	}
	fields := business.WeightFields()
	if len(fields) != len(set(&before)) {
		t.Fatalf("%d fields", len(fields))
	}
	for _, field := range fields {
		for _, typed := range []string{"", "-1", "10001", "1.5", "<script>", "9223372036854775808"} {
			f := before
			*set(&f)[field] = typed
			wantField(t, s.b.ChangeWeights(t.Context(), s.Staff, f), field)
			p, err := s.b.ProposedWeights(t.Context(), s.Tenant, f)
			wantField(t, err, field)
			if p.Preview != nil || p.Form != f {
				t.Errorf("%s %q: previewed as %+v", field, typed, p.Form)
			}
		}
	}
	if after := s.weights(); after != before {
		t.Errorf("now %+v", after)
	}
}
