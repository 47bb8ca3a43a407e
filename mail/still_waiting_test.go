package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
)

func TestWhoeverWaitedLongIsAskedUnlessTheyAnsweredMeanwhile(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.waits("Bela", "bela@example.org")
	s.exec("INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, NOW(6))", s.Tenant)
	s.Pass(24 * 24 * time.Hour)
	if n, err := s.W.AskWhoStays(t.Context()); err != nil || n != 2 {
		t.Fatalf("asked %d, %v", n, err)
	}
	list, err := s.W.WaitingList(t.Context(), s.Tenant, 2)
	s.must(err)
	s.must(s.W.StaffStayEntry(t.Context(), s.Staff, list[1].ID)) // Bela says so on the phone
	if _, err := d.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	letters := p.letters()
	if len(letters) != 1 || !strings.HasPrefix(letters[0].Subject, "Warten Sie noch auf Haarschnitt") || !strings.Contains(letters[0].Content[0].Value, "Ohne das endet Ihr Platz am Donnerstag, 1. April.") {
		t.Errorf("%+v", letters)
	}
	states := map[string]int{}
	for _, m := range s.messages(outbox.StillWaiting) {
		states[m.State+" "+m.ErrorClass]++
	}
	if states["sent "] != 1 || states["dropped over"] != 1 {
		t.Errorf("%v", states)
	}
}
