package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// salon is a scene with one service of 60 minutes, given by Mia.
func salon(t *testing.T) (s *waitlisttest.Scene, cut, mia string) {
	s = watched(t)
	cut = s.AddService("Cut", time.Hour, 0)
	return s, cut, s.AddStaffMember("Mia", cut)
}

func kind(t *testing.T, err error, want problem.Kind) {
	t.Helper()
	if got := problem.KindOf(err); got != want {
		t.Fatalf("got error %v of kind %q, want kind %q", err, got, want)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func offerState(t *testing.T, s *waitlisttest.Scene, token string, want rules.OfferState) {
	t.Helper()
	page, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	if page.State != want {
		t.Fatalf("the offer is %s, want %s", page.State, want)
	}
}

func slotState(t *testing.T, s *waitlisttest.Scene, id string, want rules.SlotState, reason rules.UnfilledReason) {
	t.Helper()
	slot := s.Slot(id)
	if slot.State != want || slot.UnfilledReason != reason {
		t.Fatalf("the slot is %s %q, want %s %q", slot.State, slot.UnfilledReason, want, reason)
	}
}

func TestAnOpeningGoesToWhoWaitsLongestAndIsBookedByTheirYes(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	token := s.OfferTo(first)
	if token == "" || s.OfferTo(second) != "" {
		t.Fatal("the offer did not go to the first who joined")
	}
	s.Send()
	ok(t, s.W.Accept(s.Context(), token))
	ok(t, s.W.Accept(s.Context(), token)) // pressed twice
	offerState(t, s, token, rules.OfferAccepted)
	slotState(t, s, slot, rules.SlotBooked, "")
	page, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if page.State != rules.EntryBooked || page.BookingToken == "" {
		t.Fatalf("the entry is %s, with booking link %q", page.State, page.BookingToken)
	}
}

func TestANoAsksTheNextAtOnceAndKeepsThePlace(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	token := s.OfferTo(first)
	ok(t, s.W.Decline(s.Context(), token, true))
	ok(t, s.W.Decline(s.Context(), token, true))
	if s.OfferTo(second) == "" {
		t.Fatal("the next was not asked at once")
	}
	kind(t, s.W.Accept(s.Context(), token), problem.Gone)
	page, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if page.State != rules.EntryWaiting || page.Position != 1 {
		t.Fatalf("who declined is %s at %d, want waiting at 1", page.State, page.Position)
	}
}

func TestANoThatLeavesTheListEndsTheEntry(t *testing.T) {
	s, cut, mia := salon(t)
	first := s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Decline(s.Context(), s.OfferTo(first), false))
	page, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if page.State != rules.EntryLeft {
		t.Fatalf("the entry is %s, want left", page.State)
	}
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
}

func TestSilenceExpiresWithinASecondOfTheDeadlineAndCascades(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	token := s.OfferTo(first)
	page, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	s.Pass(page.ShownUntil.Add(rules.Grace).Sub(s.Now()) - time.Second)
	s.Tick()
	offerState(t, s, token, rules.OfferPending)
	s.Pass(2 * time.Second)
	s.Tick()
	offerState(t, s, token, rules.OfferExpired)
	next := s.OfferTo(second)
	if next == "" {
		t.Fatal("nobody was asked after the silence")
	}
	kind(t, s.W.Accept(s.Context(), token), problem.Gone)
	s.Live(11*time.Minute, 5*time.Second)
	offerState(t, s, next, rules.OfferExpired)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate) // both had it
}

func TestAnOfferWhoseEmailNoSenderTookCountsAgainstNobody(t *testing.T) {
	s, cut, mia := salon(t)
	only := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	token := s.OfferTo(only)
	s.Pass(10*time.Minute + time.Second)
	s.Tick()
	offerState(t, s, token, rules.OfferUndeliverable)
	again := s.OfferTo(only)
	if again == "" {
		t.Fatal("who never got the email was not asked again")
	}
	s.Send()
	ok(t, s.W.Accept(s.Context(), again))
}

func TestTheDeadlineIsRaisedOnceBySendingAndNotPastTheCap(t *testing.T) {
	s, cut, mia := salon(t)
	only := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	token := s.OfferTo(only)
	before, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	s.Pass(4 * time.Minute)
	s.Send()
	after, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	if raised := after.ShownUntil.Sub(before.ShownUntil); raised < 4*time.Minute || raised > 4*time.Minute+5*time.Second {
		t.Fatalf("raised by %v, want about 4 minutes", raised)
	}
	s.Pass(10 * time.Second)
	s.Send()
	again, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	if !again.ShownUntil.Equal(after.ShownUntil) {
		t.Fatal("the deadline moved again")
	}
}

func TestACancellationByTheCustomerGoesToTheNextAndTheyMayWaitAgain(t *testing.T) {
	s, cut, mia := salon(t)
	first := s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(first)))
	second := s.Wait(cut, waitlist.Wishes{})
	entry, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	ok(t, s.W.CancelBooking(s.Context(), entry.BookingToken))
	ok(t, s.W.CancelBooking(s.Context(), entry.BookingToken))
	if s.OfferTo(second) == "" {
		t.Fatal("the opening did not go to the next")
	}
	page, err := s.W.BookingPage(s.Context(), entry.BookingToken)
	ok(t, err)
	if page.State != rules.BookingCancelled || !page.CanWaitAgain {
		t.Fatalf("the booking is %s, may wait again: %v", page.State, page.CanWaitAgain)
	}
	ok(t, s.W.WaitAgain(s.Context(), entry.BookingToken))
	again, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if again.State != rules.EntryWaiting || !again.JoinedAt.After(entry.JoinedAt) {
		t.Fatalf("the entry is %s since %v", again.State, again.JoinedAt)
	}
	slotState(t, s, slot, rules.SlotHeld, "")
}

func TestACancellationByTheBusinessWaitsTenSecondsAndKeepsTheOldPlace(t *testing.T) {
	s, cut, mia := salon(t)
	first := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(first)))
	before, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	booking, err := s.W.BookingPage(s.Context(), before.BookingToken)
	ok(t, err)
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, booking.ID))
	s.Pass(9 * time.Second)
	s.Tick()
	ok(t, s.W.UndoBookingWish(s.Context(), s.Staff, booking.ID))
	s.Pass(time.Minute)
	s.Tick()
	if page, _ := s.W.BookingPage(s.Context(), before.BookingToken); page.State != rules.BookingConfirmed {
		t.Fatalf("the undone cancellation made the booking %s", page.State)
	}
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, booking.ID))
	s.Pass(11 * time.Second)
	s.Tick()
	kind(t, s.W.UndoBookingWish(s.Context(), s.Staff, booking.ID), problem.Gone)
	after, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if after.State != rules.EntryWaiting || !after.JoinedAt.Equal(before.JoinedAt) {
		t.Fatalf("the entry is %s since %v, want waiting since %v", after.State, after.JoinedAt, before.JoinedAt)
	}
	s.Send()
	if n := messages(t, s, "cancelled", "sent"); n != 1 {
		t.Fatalf("%d emails about the cancellation, want 1", n)
	}
}

func messages(t *testing.T, s *waitlisttest.Scene, kind, state string) (n int) {
	t.Helper()
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM outbox WHERE kind = ? AND state = ?", kind, state).Scan(&n))
	return n
}

func TestAnUnconfirmedEntryIsNeverOffered(t *testing.T) {
	s, cut, mia := salon(t)
	who := s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	ok(t, s.W.ConfirmEntry(s.Context(), who.Token))
	if s.OfferTo(who) == "" {
		t.Fatal("confirming did not wake the open slot")
	}
}

func TestJoiningAgainChangesNothingAndSendsTheLinkAgainOnceInTenMinutes(t *testing.T) {
	s, cut, _ := salon(t)
	who := s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
	if again := s.Join("ada ", " ADA@example.org", cut, waitlist.Wishes{}); again.Entry != who.Entry {
		t.Fatal("joining again made another entry")
	}
	if n := messages(t, s, "join", "pending"); n != 1 {
		t.Fatalf("%d links within ten minutes, want 1", n)
	}
	s.Pass(11 * time.Minute)
	s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
	if n := messages(t, s, "join", "pending"); n != 2 {
		t.Fatalf("%d links after eleven minutes, want 2", n)
	}
}

func TestAFamilySharesAnAddress(t *testing.T) {
	s, cut, _ := salon(t)
	if s.Join("Ada", "family@example.org", cut, waitlist.Wishes{}).Entry == s.Join("Ben", "family@example.org", cut, waitlist.Wishes{}).Entry {
		t.Fatal("two people with one address were taken for one")
	}
}

func TestALongOpeningIsSplitAndTheRestIsOfferedToTheNext(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", 2*time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(first)))
	token := s.OfferTo(second)
	if token == "" {
		t.Fatal("the rest of the opening was offered to nobody")
	}
	page, err := s.W.OfferPage(s.Context(), token)
	ok(t, err)
	if got := page.Start.In(s.Zone).Format("15:04"); got != "11:00" {
		t.Fatalf("the rest begins at %s, want 11:00", got)
	}
}

func TestStaffCallWhoHasNoAddressAndRecordTheAnswer(t *testing.T) {
	s, cut, mia := salon(t)
	_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: "Grete", Phone: "+49 30 901820", Press: "press-1"})
	ok(t, err)
	s.Open(mia, 1, "10:00", time.Hour)
	out, err := s.W.OffersOut(s.Context(), s.Tenant)
	ok(t, err)
	if len(out) != 1 || !out[0].Call || out[0].Person.Phone != "+4930901820" {
		t.Fatalf("offers out: %+v", out)
	}
	ok(t, s.W.StaffAccept(s.Context(), s.Staff, out[0].ID))
	if n := messages(t, s, "offer", "pending"); n != 0 {
		t.Fatal("an email was enqueued for somebody without an address")
	}
}

func TestSomebodyIsOfferedAnOpeningThatStoodOpenWhenTheyJoined(t *testing.T) {
	s, cut, mia := salon(t)
	slot := s.Open(mia, 1, "10:00", time.Hour)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	if s.OfferTo(s.Wait(cut, waitlist.Wishes{})) == "" {
		t.Fatal("the open slot was not offered to who joined")
	}
}

func TestOfferToThisPersonInsteadWithdrawsAfterTenSecondsUnlessUndone(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	kind(t, s.W.OfferTo(s.Context(), s.Staff, slot, second.Entry, " "), problem.InvalidInput)
	ok(t, s.W.OfferTo(s.Context(), s.Staff, slot, second.Entry, "asked on the phone"))
	out, err := s.W.OffersOut(s.Context(), s.Tenant)
	ok(t, err)
	ok(t, s.W.RestoreOffer(s.Context(), s.Staff, out[0].ID))
	s.Pass(20 * time.Second)
	s.Tick()
	if s.OfferTo(first) == "" {
		t.Fatal("the undone choice took the offer away")
	}
	ok(t, s.W.OfferTo(s.Context(), s.Staff, slot, second.Entry, "asked on the phone"))
	s.Pass(11 * time.Second)
	s.Tick()
	if s.OfferTo(first) != "" || s.OfferTo(second) == "" {
		t.Fatal("the slot did not go to the person chosen")
	}
}

func TestAWithdrawnSlotAsksNobodyAnyMore(t *testing.T) {
	s, cut, mia := salon(t)
	first := s.Wait(cut, waitlist.Wishes{})
	s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	token := s.OfferTo(first)
	ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	ok(t, s.W.RestoreSlot(s.Context(), s.Staff, slot))
	s.Pass(time.Minute)
	s.Tick()
	offerState(t, s, token, rules.OfferPending)
	ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	s.Pass(11 * time.Second)
	s.Tick()
	offerState(t, s, token, rules.OfferWithdrawn)
	slotState(t, s, slot, rules.SlotWithdrawn, rules.ReasonSlotClosed)
	kind(t, s.W.Accept(s.Context(), token), problem.Gone)
}

func TestLeavingWithAnOfferOutPassesItOn(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	token := s.OfferTo(first)
	ok(t, s.W.LeaveEntry(s.Context(), first.Token))
	ok(t, s.W.LeaveEntry(s.Context(), first.Token))
	offerState(t, s, token, rules.OfferDeclined)
	if s.OfferTo(second) == "" {
		t.Fatal("the next was not asked")
	}
	ok(t, s.W.RemoveEntry(s.Context(), s.Staff, second.Entry))
}

func TestAnOpeningPastItsStartLapses(t *testing.T) {
	s, _, mia := salon(t)
	slot := s.Open(mia, 0, "10:00", time.Hour)
	s.Pass(2 * time.Hour)
	s.Tick()
	slotState(t, s, slot, rules.SlotLapsed, rules.ReasonSlotClosed)
}
