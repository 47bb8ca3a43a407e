package waitlist_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func today(s *waitlisttest.Scene) rules.Date { return rules.DateOf(s.Now(), s.Zone) }

func closed(t *testing.T, s *waitlisttest.Scene) waitlist.Closed {
	t.Helper()
	b, err := s.W.Business(s.Context(), s.Tenant)
	ok(t, err)
	c, err := s.W.Closed(s.Context(), b)
	ok(t, err)
	return c
}

func TestNobodyJoinsWhileItIsPausedAndAPauseEndsByItself(t *testing.T) {
	s, cut, _ := salon(t)
	s.Wait(cut, waitlist.Wishes{})
	until := s.Now().Add(48 * time.Hour)
	sql(t, s, "INSERT INTO joining (tenant_id, paused, paused_until, pause_reason, updated_at) VALUES (?, TRUE, ?, 'On holiday', ?)", s.Tenant, until, s.Now())
	if c := closed(t, s); !c.Paused || c.Reason != "On holiday" || !c.Until.Equal(until.Truncate(time.Microsecond)) {
		t.Errorf("%+v", c)
	}
	kind(t, joining(s, cut, 1)(), problem.Conflict)
	kind(t, s.W.Join(s.Context(), s.Tenant, waitlist.Join{Service: cut, Name: "Customer 1", Email: "customer.1@example.org", Locale: "en", Consent: true, Wording: "Yes"}), problem.Conflict) // who waits is told the same
	rows(t, s, 1, "entries")
	_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: "Paula"}) // staff may
	ok(t, err)
	s.Pass(48 * time.Hour)
	ok(t, joining(s, cut, 1)())
	if closed(t, s).Any() {
		t.Error("still closed")
	}
}

func TestAFullListTakesNobodyButWhomStaffInsistOn(t *testing.T) {
	s, cut, _ := salon(t)
	perm := s.AddService("Perm", time.Hour, 0)
	s.AddStaffMember("Jo", perm)
	limit(t, s, 0, cut, 2)
	ok(t, joining(s, cut, 1)())
	ok(t, joining(s, cut, 2)())
	kind(t, joining(s, cut, 3)(), problem.InvalidInput)
	ok(t, joining(s, cut, 1)())
	if c := closed(t, s); c.All() || !c.Of[cut] || c.Of[perm] {
		t.Errorf("%+v", c)
	}
	ok(t, joining(s, perm, 3)())
	add := waitlist.AddEntry{Service: cut, Name: "Paula"}
	_, err := s.W.AddEntry(s.Context(), s.Staff, add)
	kind(t, err, problem.InvalidInput)
	add.Despite = true
	_, err = s.W.AddEntry(s.Context(), s.Staff, add)
	ok(t, err)
	limit(t, s, 4, "", 0)
	if !closed(t, s).Full {
		t.Error("four of four, and not full")
	}
	kind(t, joining(s, perm, 4)(), problem.Conflict)
	// Two days later those who never confirmed have lost their places, and only they.
	s.Pass(47 * time.Hour)
	_, err = s.W.ExpireStays(s.Context())
	ok(t, err)
	rows(t, s, 0, "entries WHERE state = 'expired'")
	s.Pass(time.Hour)
	_, err = s.W.ExpireStays(s.Context())
	ok(t, err)
	rows(t, s, 3, "entries WHERE state = 'expired'")
	rows(t, s, 1, "entries WHERE state = 'waiting'")
	ok(t, joining(s, perm, 4)())
}

func TestABlockedPersonJoinsNothingAndIsToldNothing(t *testing.T) {
	s, cut, mia := salon(t)
	waits := s.WaitAs("Bert", "bert@example.org", cut, waitlist.Wishes{})
	_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: "Phil", Phone: "030 1234567"})
	ok(t, err)
	s.Send()
	block := func(f waitlist.BlockForm) int {
		t.Helper()
		f.Reason, f.Name = "Rude", "Somebody"
		n, err := s.W.Block(s.Context(), s.Staff, f)
		ok(t, err)
		return n
	}
	if n := block(waitlist.BlockForm{Email: "BERT@example.org", Entries: waitlist.LeaveEntries}); n != 0 {
		t.Errorf("%d entries changed", n)
	}
	block(waitlist.BlockForm{Phone: "+49 30 1234567", Email: "bert@example.org", Entries: waitlist.LeaveEntries}) // only the number is new
	rows(t, s, 2, "blocks")
	mails := number(t, s, "SELECT COUNT(*) FROM outbox")
	for _, again := range []waitlist.Join{{Name: "Bert", Email: "bert@example.org"}, {Name: "Berta", Email: "Bert@Example.org"}, {Name: "Someone", Email: "other@example.org", Phone: "0049 30 1234567"}} {
		again.Service, again.Consent, again.Wording, again.Locale = cut, true, "Yes", "en"
		ok(t, s.W.Join(s.Context(), s.Tenant, again))
	}
	rows(t, s, mails, "outbox")
	rows(t, s, 2, "entries")
	// Nothing is offered, by address or by number.
	slot := s.Open(mia, 1, "10:00", time.Hour)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	kind(t, s.W.OfferTo(s.Context(), s.Staff, slot, waits.Entry, "Because"), problem.Conflict)
	id := number1(t, s, "SELECT public_id FROM users")
	sql(t, s, "UPDATE users SET name = ?", s.DB.SystemBox().Seal(seal.Where{Table: "users", Column: "name", Row: id}, "Nora"))
	list, err := s.W.Blocks(s.Context(), s.Tenant)
	ok(t, err)
	if strings.Contains(s.Log.String(), "bert") {
		t.Error("the log names them")
	}
	add := waitlist.AddEntry{Service: s.AddService("Perm", time.Hour, 0), Name: "Bert", Email: "bert@example.org", Consent: true, Wording: "Yes"}
	_, warned := s.W.AddEntry(s.Context(), s.Staff, add)
	kind(t, warned, problem.InvalidInput)
	i := slices.IndexFunc(list, func(b waitlist.Block) bool { return b.Email != "" })
	if len(list) != 2 || list[i].Email != "BERT@example.org" || list[i].Reason != "Rude" || list[i].By != "Nora" {
		t.Fatalf("%+v", list)
	}
	ok(t, s.W.Unblock(s.Context(), s.Staff, list[i].ID))
	kind(t, s.W.Unblock(s.Context(), s.Staff, list[i].ID), problem.NotFound)
	slotState(t, s, slot, rules.SlotHeld, "") // at once offered to who waits
	rows(t, s, 2, "audit_entries WHERE action = 'person.block'")
	rows(t, s, 1, "audit_entries WHERE action = 'person.unblock'")
}

func TestBlockingTakesTheEntriesOffOrPausesThemWithTheirOfferEnded(t *testing.T) {
	s, cut, mia := salon(t)
	s.WaitAs("Bert", "bert@example.org", cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	page, err := s.W.BlockPage(s.Context(), s.Tenant, number1(t, s, "SELECT public_id FROM customers"))
	ok(t, err)
	if len(page.Entries) != 1 || page.Blocked {
		t.Errorf("%+v", page)
	}
	n, err := s.W.Block(s.Context(), s.Staff, waitlist.BlockForm{Customer: page.Person.ID, Email: "on", Reason: "Rude", Entries: waitlist.RemoveEntries})
	ok(t, err)
	if n != 1 {
		t.Errorf("%d entries changed", n)
	}
	rows(t, s, 1, "offers WHERE state = 'withdrawn'")
	rows(t, s, 1, "entries WHERE state = 'removed'")
	if page, err = s.W.BlockPage(s.Context(), s.Tenant, page.Person.ID); err != nil || !page.Blocked {
		t.Errorf("%+v, %v", page, err)
	}
	_, err = s.W.Block(s.Context(), s.Staff, waitlist.BlockForm{Name: "X", Reason: "Y", Entries: waitlist.LeaveEntries})
	kind(t, err, problem.InvalidInput)
}

// number1 reads one text.
func number1(t *testing.T, s *waitlisttest.Scene, query string) (text string) {
	t.Helper()
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), query).Scan(&text))
	return text
}

func TestAnEntryEndsOnlyAfterItsCustomerWasAskedAndNeverWithAnOfferOut(t *testing.T) {
	s, cut, mia := salon(t)
	stays, goes := s.WaitAs("Stella", "stella@example.org", cut, waitlist.Wishes{}), s.WaitAs("Gustav", "gustav@example.org", cut, waitlist.Wishes{})
	offered := s.WaitAs("Olga", "olga@example.org", cut, waitlist.Wishes{OnlyStaff: []string{mia}})
	ok(t, s.W.PauseEntry(s.Context(), goes.Token)) // a pause does not last for ever either
	tick := func(d time.Duration) {
		t.Helper()
		s.Pass(d)
		for _, run := range []func() error{job(func() (int, error) { return s.W.AskWhoStays(s.Context()) }), job(func() (int, error) { return s.W.ExpireStays(s.Context()) })} {
			ok(t, run())
		}
	}
	s.Pass(100 * 24 * time.Hour)
	s.Send()
	sql(t, s, "INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, ?)", s.Tenant, s.Now())
	tick(0) // much later than 30 days, and nobody was asked yet
	rows(t, s, 0, "entries WHERE state = 'expired'")
	rows(t, s, 3, "outbox WHERE kind = 'still_waiting'")
	tick(time.Minute)
	rows(t, s, 3, "outbox WHERE kind = 'still_waiting'") // once
	p, err := s.W.EntryPage(s.Context(), stays.Token)
	ok(t, err)
	if !p.StayAsked || !p.StaysUntil.After(s.Now().Add(6*24*time.Hour)) {
		t.Errorf("asked %v, until %v", p.StayAsked, p.StaysUntil)
	}
	ok(t, s.W.StayEntry(s.Context(), stays.Token))
	ok(t, s.W.StayEntry(s.Context(), stays.Token))
	s.Pass(7*24*time.Hour - 2*time.Minute)
	s.Send()
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	if s.OfferTo(stays) != "" { // who stands first has it; Olga is next
		ok(t, s.W.Decline(s.Context(), s.OfferTo(stays), true))
		s.Send()
	}
	if s.OfferTo(offered) == "" {
		t.Fatal("nobody has an offer out")
	}
	tick(2 * time.Minute)
	state := func(who waitlisttest.Waiter) rules.EntryState {
		t.Helper()
		p, err := s.W.EntryPage(s.Context(), who.Token)
		ok(t, err)
		return p.State
	}
	if state(stays) != rules.EntryWaiting || state(goes) != rules.EntryExpired || state(offered) != rules.EntryOffered {
		t.Errorf("%s, %s, %s", state(stays), state(goes), state(offered))
	}
	ok(t, s.W.Decline(s.Context(), s.OfferTo(offered), true))
	tick(time.Second)
	if state(offered) != rules.EntryExpired {
		t.Errorf("after the offer: %s", state(offered))
	}
	rows(t, s, 2, "audit_entries WHERE action = 'entry.expire'")
	ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	// It can be brought back, into its old place, and is asked again in its time.
	ok(t, s.W.BringBackEntry(s.Context(), s.Staff, goes.Entry))
	ok(t, s.W.BringBackEntry(s.Context(), s.Staff, goes.Entry))
	tick(22 * 24 * time.Hour)
	if state(goes) != rules.EntryWaiting {
		t.Errorf("brought back: %s", state(goes))
	}
	tick(2 * 24 * time.Hour)
	if p, err = s.W.EntryPage(s.Context(), goes.Token); err != nil || !p.StayAsked {
		t.Errorf("not asked again: %v, %v", p.StayAsked, err)
	}
	s.Send()
	ok(t, s.W.LeaveEntry(s.Context(), goes.Token))
	kind(t, s.W.BringBackEntry(s.Context(), s.Staff, goes.Entry), problem.Conflict)
	kind(t, s.W.StayEntry(s.Context(), goes.Token), problem.Gone)
}
