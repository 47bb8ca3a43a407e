package waitlist_test

import (
	"context"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func mailFails(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	sql(t, s, "REPLACE INTO mail_status (id, failing_since, failures, error_class, updated_at) VALUES (1, ?, 3, 'network', ?)", s.Now(), s.Now())
}

func mailWorks(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	sql(t, s, "UPDATE mail_status SET failing_since = NULL, failures = 0, error_class = ''")
}

func TestAnHourWithoutMailCostsNobodyTheirPlaceOrTheirBudget(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET contacts_per_day = 1, contact_gap_minutes = 60")
	cut, mia := stage(s)
	ben := s.AddStaffMember("Ben", cut)
	sent := s.Wait(cut, waitlist.Wishes{})
	unsent, third := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "09:00", time.Hour)
	s.Send()
	token := s.OfferTo(sent)
	slot := s.Open(mia, 1, "10:00", time.Hour) // its email finds no sender
	if s.OfferTo(unsent) == "" {
		t.Fatal("the second slot was not offered to the second customer")
	}
	mailFails(t, s)
	other := s.Open(ben, 1, "12:00", time.Hour)
	slotState(t, s, other, rules.SlotOpen, rules.ReasonMailDown)
	ok(t, s.W.Accept(s.Context(), token)) // who has the email answers as ever
	for range 4 * 60 {
		s.Pass(15 * time.Second)
		s.Tick()
	}
	rows(t, s, 2, "offers")
	rows(t, s, 1, "offers WHERE state = 'undeliverable' AND sent_at IS NULL")
	rows(t, s, 0, "customers WHERE offers_lapsed > 0")
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonMailDown)
	slotState(t, s, other, rules.SlotOpen, rules.ReasonMailDown)
	page, err := s.W.EntryPage(s.Context(), unsent.Token)
	ok(t, err)
	if page.State != rules.EntryWaiting || page.Position != 1 {
		t.Errorf("who was never written to is %s at %d, want waiting at 1", page.State, page.Position)
	}
	mailWorks(t, s)
	s.Pass(15 * time.Second)
	s.Tick()
	first, second := s.OfferTo(unsent), s.OfferTo(third)
	if first == "" || second == "" {
		t.Fatal("with the mail back, not everybody in front was asked")
	}
	s.Send()
	ok(t, s.W.Accept(s.Context(), first))
	ok(t, s.W.Accept(s.Context(), second))
}

func TestAChoiceOfStaffOutlivesAMailOutage(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	s.Wait(cut, waitlist.Wishes{})
	chosen := s.Wait(cut, waitlist.Wishes{})
	mailFails(t, s)
	slot := s.Open(mia, 1, "10:00", time.Hour)
	ok(t, s.W.OfferTo(s.Context(), s.Staff, slot, chosen.Entry, "asked on the phone"))
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonMailDown)
	mailWorks(t, s)
	s.Pass(15 * time.Second)
	s.Tick()
	if s.OfferTo(chosen) == "" {
		t.Error("the choice was forgotten while mail was down")
	}
}

func TestABouncedOfferCountsAgainstNobody(t *testing.T) {
	s := race(t)
	sql(t, s, "UPDATE settings SET contacts_per_day = 1, contact_gap_minutes = 60")
	o := offerTo(t, s, true)
	at := s.Now()
	ok(t, s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error { // some servers take an email first
		return s.W.OfferDelivered(ctx, tx, s.Tenant, o.offer.ID, at)
	}))
	ok(t, s.W.OfferUndeliverable(s.Context(), s.Tenant, o.offer.ID))
	rows(t, s, 0, "customers WHERE offers_lapsed > 0")
	rows(t, s, 1, "offers WHERE id = ? AND state = 'undeliverable'", o.offer.ID)
	if s.OfferTo(o.second) == "" {
		t.Error("the slot was not offered to the next at once")
	}
	ben := s.AddStaffMember("Ben", service(t, s, o))
	s.Open(ben, 1, "14:00", time.Hour)
	if s.OfferTo(o.first) == "" {
		t.Error("an email that never arrived used the day's budget up")
	}
}

func TestADeliveryRaisesTheDeadlineOnceMoreAndARepeatedEventDoesNot(t *testing.T) {
	s := race(t)
	o := offerTo(t, s, true)
	delivered := func() time.Time {
		s.Pass(3 * time.Minute)
		at := s.Now()
		ok(t, s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error {
			return s.W.OfferDelivered(ctx, tx, s.Tenant, o.offer.ID, at)
		}))
		return now(t, s, o).ExpiresAt
	}
	before := now(t, s, o).ExpiresAt
	once := delivered()
	if raised := once.Sub(before); raised < 3*time.Minute || raised > 3*time.Minute+10*time.Second {
		t.Errorf("delivery raised the deadline by %v, want about 3 minutes", raised)
	}
	if again := delivered(); !again.Equal(once) {
		t.Error("the same event raised the deadline again")
	}
}

func TestAnOfferThatIsOverIsNotSent(t *testing.T) {
	s := race(t)
	useful := func(o offered) bool {
		t.Helper()
		yes, err := s.W.OfferStillUseful(s.Context(), s.Tenant, o.offer.ID)
		ok(t, err)
		return yes
	}
	o := offerTo(t, s, false)
	if !useful(o) {
		t.Error("a fresh offer is not sent")
	}
	ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
	if useful(o) {
		t.Error("an offer that staff are withdrawing is sent")
	}
	ok(t, s.W.RestoreOffer(s.Context(), s.Staff, o.offer.PublicID))
	s.Pass(9*time.Minute + 30*time.Second)
	if useful(o) {
		t.Error("an offer with half a minute left is sent")
	}
	o = offerTo(t, s, false)
	ok(t, s.W.Decline(s.Context(), o.token, true))
	if useful(o) {
		t.Error("a declined offer is sent")
	}
}
