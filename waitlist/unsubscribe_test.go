package waitlist_test

import (
	"errors"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// suppresses is what a provider's report does; reason is one of the waitlist's.
func suppresses(t *testing.T, s *waitlisttest.Scene, email, reason string) {
	t.Helper()
	ok(t, s.DB.AddSuppression(s.Context(), db.AddSuppressionParams{TenantID: s.Tenant, EmailHash: s.DB.Lookup().Email(s.Tenant, email), Reason: reason, CreatedAt: s.Now()}))
}

func TestWhoUnsubscribesKeepsTheirPlaceAndIsNotAskedUntilTheyReturn(t *testing.T) {
	s := waitlisttest.New(t)
	o := offerTo(t, s, true)
	token := s.Unsubscribe(o.first)
	page, err := s.W.UnsubscribePage(s.Context(), token)
	ok(t, err)
	if page.Unwritten != "" || page.MayReturn() || len(page.Waits) != 1 || page.Waits[0].Token != o.first.Token || page.Locale != "de" || page.CustomerName != o.first.Name {
		t.Fatalf("before: %+v", page)
	}
	for range 2 {
		ok(t, s.W.Unsubscribe(s.Context(), token))
	}
	rows(t, s, 1, "suppressions WHERE reason = 'unsubscribed' AND email IS NOT NULL AND note IS NULL AND user_id IS NULL")
	rows(t, s, 1, "audit_entries WHERE action = 'customer.unsubscribe' AND actor = 'customer'")
	if state := now(t, s, o).State; state != rules.OfferDeclined {
		t.Errorf("the offer is %s", state)
	}
	if s.OfferTo(o.second) == "" {
		t.Error("the next was not asked")
	}
	page, err = s.W.UnsubscribePage(s.Context(), token)
	ok(t, err)
	if page.Unwritten != waitlist.SuppressedUnsubscribed || !page.MayReturn() || page.Waits[0].State != rules.EntryWaiting {
		t.Errorf("after: %+v", page)
	}
	entry, _, err := s.W.EntryDetail(s.Context(), s.Tenant, o.first.Entry)
	ok(t, err)
	if entry.Unwritten != waitlist.SuppressedUnsubscribed {
		t.Errorf("staff see %q", entry.Unwritten)
	}

	ok(t, s.W.Decline(s.Context(), s.OfferTo(o.second), false))
	slotState(t, s, o.slot, rules.SlotOpen, rules.ReasonNoCandidate)
	for range 2 {
		ok(t, s.W.Resubscribe(s.Context(), token))
	}
	rows(t, s, 0, "suppressions")
	rows(t, s, 1, "lifted_suppressions WHERE lifted_by IS NULL")
	rows(t, s, 1, "audit_entries WHERE action = 'customer.subscribe'")
	if slot := s.Slot(o.slot); slot.State != rules.SlotOpen { // they had it before
		t.Errorf("the slot is %s", slot.State)
	}
	s.Pass(6 * time.Hour) // the gap between two offers to one address
	again := s.Open(staffOf(t, s, o.slot), 2, "10:00", time.Hour)
	slotState(t, s, again, rules.SlotHeld, "")
	_, err = s.W.UnsubscribePage(s.Context(), "nobody's")
	kind(t, err, problem.NotFound)
	kind(t, s.W.Unsubscribe(s.Context(), "nobody's"), problem.NotFound)
}

// staffOf is the public id of a slot's staff member.
func staffOf(t *testing.T, s *waitlisttest.Scene, slot string) string {
	t.Helper()
	m, err := s.DB.GetStaffMember(s.Context(), db.GetStaffMemberParams{TenantID: s.Tenant, ID: s.Slot(slot).StaffMemberID})
	ok(t, err)
	return m.PublicID
}

func TestLiftingASuppressionWakesTheSlotsThatItsAddressCouldHave(t *testing.T) {
	s := waitlisttest.New(t)
	cut, mia := stage(s)
	who := s.Wait(cut, waitlist.Wishes{})
	suppresses(t, s, who.Email, waitlist.SuppressedBounce)
	slot := s.Open(mia, 1, "10:00", time.Hour)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	page, err := s.W.Suppressions(s.Context(), s.Tenant, waitlist.SuppressionQuery{})
	ok(t, err)
	if len(page.List) != 1 || page.List[0].Email != who.Email || page.List[0].Reason != waitlist.SuppressedBounce {
		t.Fatalf("an address that was not kept is not told by its customer: %+v", page.List)
	}
	id := page.List[0].ID
	kind(t, s.W.Lift(s.Context(), s.Staff, id, waitlist.SuppressedUnsubscribed), problem.Conflict)
	elsewhere := waitlist.Staff{TenantID: s.Tenant + 1, UserID: s.Staff.UserID}
	for _, unknown := range []string{"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		kind(t, s.W.Lift(s.Context(), s.Staff, unknown, waitlist.SuppressedBounce), problem.NotFound)
		kind(t, s.W.Unlift(s.Context(), s.Staff, unknown), problem.NotFound)
	}
	kind(t, s.W.Lift(s.Context(), elsewhere, id, waitlist.SuppressedBounce), problem.NotFound)
	rows(t, s, 1, "suppressions")

	for range 2 {
		ok(t, s.W.Lift(s.Context(), s.Staff, id, waitlist.SuppressedBounce))
	}
	slotState(t, s, slot, rules.SlotHeld, "")
	s.Pass(time.Second)
	for range 2 {
		ok(t, s.W.Unlift(s.Context(), s.Staff, id))
	}
	rows(t, s, 1, "suppressions WHERE reason = 'bounce'")
	rows(t, s, 0, "lifted_suppressions")
	for _, action := range []string{"suppression.lift", "suppression.restore"} {
		rows(t, s, 1, "audit_entries WHERE record = 'customers' AND action = ?", action)
	}
}

func TestAnAddressIsSuppressedByHandWithAReasonThatIsKeptSealed(t *testing.T) {
	s := waitlisttest.New(t)
	for field, f := range map[string]waitlist.SuppressForm{
		"email":  {Email: "nowhere", Reason: "They called"},
		"reason": {Email: "dora@example.org", Reason: " "},
	} {
		_, err := s.W.Suppress(s.Context(), s.Staff, f)
		if refusedField(err) != field {
			t.Errorf("%+v: %v, want %s refused", f, err, field)
		}
	}
	for i, f := range []waitlist.SuppressForm{{Email: " Dora@Example.org ", Reason: "They  called"}, {Email: "dora@example.org", Reason: "Again"}} {
		already, err := s.W.Suppress(s.Context(), s.Staff, f)
		ok(t, err)
		if already != (i == 1) {
			t.Errorf("%d: already %t", i, already)
		}
	}
	rows(t, s, 1, "suppressions WHERE reason = 'manual' AND user_id = ?", s.Staff.UserID)
	rows(t, s, 0, "suppressions WHERE email LIKE '%ora%' OR note LIKE '%called%'")
	rows(t, s, 1, "audit_entries WHERE action = 'suppression.add' AND detail = '{}'")
	for typed, want := range map[string]int{"DORA@example.org": 1, "nora@example.org": 0, "": 1} {
		find, err := s.W.SealAddress(s.Context(), s.Tenant, typed)
		ok(t, err)
		page, err := s.W.Suppressions(s.Context(), s.Tenant, waitlist.SuppressionQuery{Find: find})
		ok(t, err)
		if len(page.List) != want || page.Typed != typed {
			t.Errorf("%q finds %d, as %q", typed, len(page.List), page.Typed)
		}
		if want == 1 && (page.List[0].Email != "Dora@Example.org" || page.List[0].Note != "They called" || page.List[0].By != "Olga Owner") {
			t.Errorf("shown as %+v", page.List[0])
		}
	}
	_, err := s.W.SealAddress(s.Context(), s.Tenant, "dora")
	kind(t, err, problem.InvalidInput)
}

func TestSuppressionsAreReadPageByPageTheNewestFirst(t *testing.T) {
	s := waitlisttest.New(t)
	const all = 123
	at := s.Now()
	for i := range all { // three at each moment
		email := string(rune('a'+i/26)) + string(rune('a'+i%26)) + "@example.org"
		ok(t, s.DB.AddSuppression(s.Context(), db.AddSuppressionParams{TenantID: s.Tenant, EmailHash: s.DB.Lookup().Email(s.Tenant, email), Reason: "bounce", CreatedAt: at.Add(-time.Duration(i/3) * time.Minute)}))
	}
	seen := map[string]bool{}
	var last time.Time
	for q, pages := (waitlist.SuppressionQuery{}), 0; ; pages++ {
		page, err := s.W.Suppressions(s.Context(), s.Tenant, q)
		ok(t, err)
		for _, one := range page.List {
			if seen[one.ID] || !last.IsZero() && one.Since.After(last) {
				t.Fatalf("twice, or in no order: %+v", one)
			}
			seen[one.ID], last = true, one.Since
		}
		if q.After = page.Next; q.After == "" {
			break
		}
		if pages > 3 {
			t.Fatal("no end")
		}
	}
	if len(seen) != all {
		t.Errorf("%d of %d were shown", len(seen), all)
	}
	for _, place := range []string{"nonsense", ".", "zz." + "A", "1." + "A"} {
		_, err := s.W.Suppressions(s.Context(), s.Tenant, waitlist.SuppressionQuery{After: place})
		kind(t, err, problem.InvalidInput)
	}
}

func TestTheStrongerReasonStands(t *testing.T) {
	for before, c := range map[string]struct {
		after     string
		returning problem.Kind
	}{
		waitlist.SuppressedBounce:       {waitlist.SuppressedUnsubscribed, ""},
		waitlist.SuppressedComplaint:    {waitlist.SuppressedComplaint, ""},
		waitlist.SuppressedManual:       {waitlist.SuppressedManual, problem.Conflict},
		waitlist.SuppressedUnsubscribed: {waitlist.SuppressedUnsubscribed, ""},
	} {
		t.Run(before, func(t *testing.T) {
			s := waitlisttest.New(t)
			cut, _ := stage(s)
			who := s.Wait(cut, waitlist.Wishes{})
			token := s.Unsubscribe(who)
			suppresses(t, s, who.Email, before)
			ok(t, s.W.Unsubscribe(s.Context(), token))
			rows(t, s, 1, "suppressions WHERE reason = ?", c.after)
			if err := s.W.Resubscribe(s.Context(), token); problem.KindOf(err) != c.returning {
				t.Errorf("returning: %v", err)
			}
		})
	}
}

func TestUnsubscribingMeetsAYesAndOneOfThemEndsTheOffer(t *testing.T) {
	s := race(t)
	yes := 0
	for round := range rounds {
		o := offerTo(t, s, true)
		token := s.Unsubscribe(o.first)
		errs := together(
			func() error {
				for range round { // unsubscribing takes two transactions: the yes comes later and later
					if _, err := s.W.OfferPage(s.Context(), o.token); err != nil {
						return err
					}
				}
				return s.W.Accept(s.Context(), o.token)
			},
			func() error { return s.W.Unsubscribe(s.Context(), token) },
			func() error { return s.W.Unsubscribe(s.Context(), token) },
		)
		outcomes(t, errs[1:])
		if acceptedOr(t, s, o, errs[0], false, rules.OfferDeclined) {
			yes++
		}
		rows(t, s, 1, "suppressions WHERE email_hash = ?", s.DB.Lookup().Email(s.Tenant, o.first.Email))
	}
	t.Logf("the yes came first in %d of %d", yes, rounds)
}

func TestNobodyIsOfferedAnythingOnceTheyUnsubscribed(t *testing.T) {
	s := race(t)
	for range rounds {
		cut, mia := stage(s)
		who, next := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
		token := s.Unsubscribe(who)
		var slot string
		errs := together(
			func() error { slot = s.Open(mia, 1, "10:00", time.Hour); return nil },
			func() error { return s.W.Unsubscribe(s.Context(), token) },
		)
		outcomes(t, errs)
		if s.OfferTo(who) != "" {
			t.Error("they have an offer")
		}
		if s.OfferTo(next) == "" {
			t.Errorf("the next has none; the slot is %s", s.Slot(slot).State)
		}
	}
}

// Whoever picks the next for a slot holds the lock on their address from looking whether it is written to until the offer stands. Were it
// not waited for, an offer could follow that nobody takes back.
func TestUnsubscribingWaitsForWhoeverIsBeingOfferedSomething(t *testing.T) {
	s := waitlisttest.New(t)
	cut, _ := stage(s)
	who := s.Wait(cut, waitlist.Wishes{})
	token := s.Unsubscribe(who)
	picking, err := s.DB.Pool().BeginTx(s.Context(), nil)
	ok(t, err)
	_, err = picking.ExecContext(s.Context(), "SELECT id FROM customers WHERE tenant_id = ? AND email_hash = ? FOR UPDATE", s.Tenant, s.DB.Lookup().Email(s.Tenant, who.Email))
	ok(t, err)
	done := make(chan error, 1)
	go func() { done <- s.W.Unsubscribe(s.Context(), token) }()
	look := time.NewTicker(200 * time.Millisecond) // that table stays as it is for whoever reads it more than ten times a second
	defer look.Stop()
	for number(t, s, "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") == 0 {
		select {
		case err := <-done:
			t.Fatalf("it did not wait (%v)", err)
		case <-look.C:
		}
	}
	rows(t, s, 0, "suppressions")
	ok(t, picking.Commit())
	ok(t, <-done)
	rows(t, s, 1, "suppressions")
}

// refusedField is the only field that an error names.
func refusedField(err error) string {
	var p *problem.Error
	if !errors.As(err, &p) || len(p.Fields) != 1 {
		return ""
	}
	return p.Fields[0].Name
}
