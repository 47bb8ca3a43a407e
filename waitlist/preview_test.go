package waitlist_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func preview(t *testing.T, s *waitlisttest.Scene, w rules.Weights) waitlist.Preview {
	t.Helper()
	p, err := s.W.Preview(s.Context(), s.Tenant, w)
	ok(t, err)
	return p
}

func entriesOf(moves []waitlist.PreviewMove) (ids []string) {
	for _, m := range moves {
		ids = append(ids, m.Entry)
	}
	return ids
}

// A preview is right when what it said is what is there after saving, whatever the list and the weights are.
func TestThePreviewIsWhatHappens(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 34))
	moved := 0
	for seed := range uint64(2) {
		w := newTown(t, 20+seed)
		for round := range 3 {
			to := randomWeights(r)
			before, said := ranked(t, w.Scene), preview(t, w.Scene, to)
			moved += said.Moved
			save(t, w.Scene, to)
			_, err := w.W.Rekey(w.Context())
			ok(t, err)
			settle(t, w.Scene)
			after := ranked(t, w.Scene)
			if first := after[:min(25, len(after))]; said.OnList != len(after) || !slices.Equal(entriesOf(said.First), first) {
				t.Errorf("town %d, round %d: of %d on the list the first were to be\n%v, they are\n%v", seed, round, said.OnList, entriesOf(said.First), first)
			}
			for _, m := range slices.Concat(said.First, said.Climbers, said.Fallers) {
				if slices.Index(before, m.Entry)+1 != m.Was || slices.Index(after, m.Entry)+1 != m.Is {
					t.Errorf("%s was to move from %d to %d, and did from %d to %d", m.Name, m.Was, m.Is, 1+slices.Index(before, m.Entry), 1+slices.Index(after, m.Entry))
				}
			}
			w.checkServices(said, after)
			if again := preview(t, w.Scene, to); again.Moved != 0 || len(again.Climbers) != 0 {
				t.Errorf("the weights that rank move %d", again.Moved)
			}
		}
	}
	if moved == 0 {
		t.Error("nobody ever moved")
	}
}

// checkServices compares what was said of each service with the list there is, and that each list is said to be as long as it is.
func (w *town) checkServices(said waitlist.Preview, after []string) {
	w.t.Helper()
	sum := 0
	for _, of := range said.Services {
		sum += of.OnList
		var want []string
		for _, entry := range after {
			if number(w.t, w.Scene, "SELECT COUNT(*) FROM entries e JOIN services s ON s.id = e.service_id WHERE e.public_id = ? AND s.public_id = ?", entry, of.ID) > 0 {
				want = append(want, entry)
			}
		}
		if !slices.Equal(entriesOf(of.First), want[:min(25, len(want))]) || of.OnList != len(want) {
			w.t.Errorf("%s: said %v of %d, is %v", of.Name, entriesOf(of.First), of.OnList, want)
		}
	}
	if sum != said.OnList {
		w.t.Errorf("the services have %d entries, the list %d", sum, said.OnList)
	}
}

func randomWeights(r *rand.Rand) rules.Weights {
	n := func(most int) int { return r.IntN(3) * r.IntN(most+1) / 2 }
	return rules.Weights{
		WaitPerHour: n(40), PriorityPerLevel: n(900), LoyaltyPerVisit: n(90), LoyaltyMost: n(600), Reliability: n(600), Flexibility: n(400),
		NoShow: n(300), NoShowMost: n(900), PreferredStaff: n(300), PreferredTime: n(300), PassOverLimit: r.IntN(4), PassOverLift: n(300),
	}
}

func TestThePreviewNamesWhoIsReallyAskedNext(t *testing.T) {
	changed := 0
	for seed := range uint64(3) {
		w := newTown(t, 40+seed)
		to, _ := rules.PresetLoyal.Weights()
		to.LoyaltyPerVisit, to.PriorityPerLevel = 900, 100
		mailFails(t, w.Scene)
		w.openSome(4)
		said := preview(t, w.Scene, to).Slots
		if len(said) == 0 {
			t.Fatal("no slot is shown")
		}
		save(t, w.Scene, to)
		_, err := w.W.Rekey(w.Context())
		ok(t, err)
		settle(t, w.Scene)
		mailWorks(t, w.Scene)
		slot := said[0]
		if !slot.Now.Sure || !slot.Then.Sure {
			t.Errorf("in a list of 44 it is not sure who is next: %+v", slot)
		}
		if slot.Now.Entry != slot.Then.Entry {
			changed++
		}
		row := w.Slot(slot.SlotID)
		_, err = w.W.Fill(w.Context(), w.Tenant, row.ID)
		ok(t, err)
		asked := ""
		for _, o := range offersOf(t, w.Scene, row.ID) {
			asked = o
		}
		if asked != slot.Then.Entry {
			t.Errorf("town %d: %q was asked, said to be %q", seed, asked, slot.Then.Entry)
		}
	}
	if changed == 0 {
		t.Error("the weights never changed who is next")
	}
}

// offersOf are the entries that a slot was offered to, in that order.
func offersOf(t *testing.T, s *waitlisttest.Scene, slotID int64) (entries []string) {
	t.Helper()
	offers, err := s.DB.OffersOfSlot(s.Context(), db.OffersOfSlotParams{TenantID: s.Tenant, SlotID: slotID})
	ok(t, err)
	for _, o := range offers {
		e, err := s.DB.GetEntry(s.Context(), db.GetEntryParams{TenantID: s.Tenant, ID: o.EntryID})
		ok(t, err)
		entries = append(entries, e.PublicID)
	}
	return entries
}

func TestThePreviewOfAnEmptyListIsEmpty(t *testing.T) {
	s := race(t)
	if p := preview(t, s, rules.DefaultWeights()); p.OnList+p.Moved+len(p.First)+len(p.Services)+len(p.Slots) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestThePreviewIsNotSureOfWhoIsNextBehindMoreThanItLooksAt(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	mailFails(t, s)
	slot := s.Open(mia, 1, "10:00", time.Hour)
	for range 110 {
		s.Wait(cut, waitlist.Wishes{Notice: 10 * 24 * time.Hour})
	}
	who := s.Wait(cut, waitlist.Wishes{})
	p := preview(t, s, rules.DefaultWeights())
	if len(p.Slots) != 1 || p.Slots[0].SlotID != slot || p.Slots[0].Then != (waitlist.PreviewNext{}) {
		t.Errorf("of 111, whose last one fits: %s", fmt.Sprint(p.Slots))
	}
	sql(t, s, "UPDATE entries SET state = 'paused' WHERE notice_minutes > 0 AND MOD(id, 2) = 0")
	if p := preview(t, s, rules.DefaultWeights()); p.Slots[0].Then.Entry != who.Entry || p.Slots[0].Then.Name != who.Name || !p.Slots[0].Then.Sure {
		t.Errorf("of 56, whose last one fits: %+v", p.Slots[0].Then)
	}
}
