package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// far is a notice that no slot of these tests gives.
const far = 20 * 24 * 60

func filled(t *testing.T, s *waitlisttest.Scene, slot int64) bool {
	t.Helper()
	offered, err := s.W.Fill(s.Context(), s.Tenant, slot)
	ok(t, err)
	return offered
}

func unfilled(t *testing.T, s *waitlisttest.Scene, slot int64) db.Slot {
	t.Helper()
	row, err := s.DB.GetSlot(s.Context(), db.GetSlotParams{TenantID: s.Tenant, ID: slot})
	ok(t, err)
	return row
}

func TestASearchGoesOnBehindThoseWhoDoNotFit(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	queue(t, s, cut, 2500, s.Now().Add(-2*time.Hour), func(_ int, e *db.Entry) { e.NoticeMinutes = far })
	last := s.Wait(cut, waitlist.Wishes{})
	slot := openedQuietly(t, s, mia, 10)
	if filled(t, s, slot) {
		t.Fatal("2,500 were looked at in one transaction")
	}
	row := unfilled(t, s, slot)
	if row.UnfilledReason != rules.ReasonScanning || row.ScanKey == nil || row.NextTryAt.After(s.Now()) {
		t.Fatalf("the search stopped as %q at %v and goes on at %v", row.UnfilledReason, row.ScanKey, row.NextTryAt)
	}
	// Whoever comes at the top meanwhile is seen first.
	ahead := s.Wait(cut, waitlist.Wishes{})
	ok(t, s.W.SetPriority(s.Context(), s.Staff, ahead.Entry, 3, "an emergency"))
	ok(t, s.W.PauseEntry(s.Context(), ahead.Token))
	for range 2 {
		if s.OfferTo(last) != "" {
			break
		}
		_, err := s.W.FillDue(s.Context())
		ok(t, err)
	}
	if s.OfferTo(last) == "" {
		t.Error("who fits behind 2,500 who do not was not found")
	}
}

func TestASearchBegunUnderOtherWeightsBeginsAnew(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	first := queue(t, s, cut, 2500, s.Now().Add(-2*time.Hour), func(i int, e *db.Entry) {
		if i != 1000 {
			e.NoticeMinutes = far
		}
	})
	slot := openedQuietly(t, s, mia, 10)
	// An earlier try stopped past entry 1000 with a key of another scale: smaller than any now, or past the end.
	sql(t, s, "UPDATE slots SET unfilled_reason = 'scanning', scan_key = 1 << 60, scan_id = ? WHERE id = ?", first+1500, slot)
	if !filled(t, s, slot) {
		t.Fatalf("nobody was found, the slot says %q", unfilled(t, s, slot).UnfilledReason)
	}
	rows(t, s, 1, "offers WHERE entry_id = ?", first+1000)
}

func TestABonusBehindTheBoundOfOneSearchStillWins(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	member, err := s.DB.GetStaffMemberByPublicID(s.Context(), db.GetStaffMemberByPublicIDParams{TenantID: s.Tenant, PublicID: mia})
	ok(t, err)
	first := queue(t, s, cut, 2100, s.Now().Add(-time.Hour), func(i int, e *db.Entry) {
		switch i {
		case 1990: // fits, and is within the bound
		case 2050: // fits better, and is behind it
			e.PreferredStaffID = &member.ID
		default:
			e.NoticeMinutes = far
		}
	})
	slot := openedQuietly(t, s, mia, 10)
	if !filled(t, s, slot) {
		t.Fatal("nobody was offered the slot")
	}
	rows(t, s, 1, "offers WHERE entry_id = ?", first+2050)
	rows(t, s, 1, "entries WHERE id = ? AND passed_over = 1", first+1990)
}

func TestAContactLimitInTheMiddleOfALongListIsNotForgotten(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	ben := s.AddStaffMember("Ben", cut)
	first := queue(t, s, cut, 4200, s.Now().Add(-2*time.Hour), func(i int, e *db.Entry) {
		if i != 1000 {
			e.NoticeMinutes = far
		}
	})
	other := openedQuietly(t, s, ben, 14)
	if !filled(t, s, other) {
		t.Fatal("nobody was offered the first slot")
	}
	rows(t, s, 1, "offers WHERE entry_id = ?", first+1000)
	s.Send()
	offer, err := s.DB.FindPendingOfferOfSlot(s.Context(), db.FindPendingOfferOfSlotParams{TenantID: s.Tenant, SlotID: other})
	ok(t, err)
	ok(t, s.W.StaffDecline(s.Context(), s.Staff, offer.PublicID, true))
	slot := openedQuietly(t, s, mia, 10)
	tries := 0
	for ; tries < 5 && (tries == 0 || unfilled(t, s, slot).ScanKey != nil); tries++ {
		filled(t, s, slot)
	}
	if row := unfilled(t, s, slot); row.UnfilledReason != rules.ReasonContactLimit || tries < 3 {
		t.Errorf("after %d tries the slot says %q, want contact_limit", tries, row.UnfilledReason)
	}
}
