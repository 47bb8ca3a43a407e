package mail

import (
	"testing"

	"github.com/your-org/waitlist-management/outbox"
)

// Another instance read what is due before this one took it.
func TestWhatSomebodyElseHasOrHasSentIsNotClaimed(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	var refs []ref
	for range 3 {
		s.joins(rand(), rand()+"@example.org")
	}
	for _, m := range s.messages(outbox.Join) {
		refs = append(refs, ref{tenantID: m.TenantID, id: m.ID})
	}
	d, other := s.deliverer(p.sender()), s.deliverer(p.sender())
	mine, err := d.claimAll(t.Context(), refs)
	s.must(err)
	again, err := other.claimAll(t.Context(), refs)
	s.must(err)
	if len(mine) != 3 || len(again) != 0 {
		t.Fatalf("%d claimed, and %d claimed again", len(mine), len(again))
	}
	for _, m := range mine[:2] {
		_, err := d.deliverClaimed(t.Context(), m)
		s.must(err)
	}
	s.must(d.giveBack(t.Context(), mine[2]))
	again, err = other.claimAll(t.Context(), refs)
	s.must(err)
	if len(again) != 1 || again[0].ID != mine[2].ID || len(p.letters()) != 2 {
		t.Errorf("%d claimed again after 2 were sent and 1 given back", len(again))
	}
}
