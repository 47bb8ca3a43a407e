package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
)

func TestAnOfferTellsItsDeadlineAndTheOneThatTheCustomerSees(t *testing.T) {
	s := openShop(t)
	who, slot, id := s.offered("10:00")
	o := s.offer(id)
	if o.State != spec.OfferStatePending || o.SlotID != slot || o.EntryID != who.Entry || o.Customer.Name != who.Name || value(t, o.Customer.Email) != who.Email || o.Call || o.ChosenByStaff {
		t.Errorf("the offer is %+v", o)
	}
	if o.ExpiresAt.Sub(o.CreatedAt) != time.Duration(o.HoldMinutes)*time.Minute || !o.ShownExpiresAt.Equal(rules.ShownDeadline(o.ExpiresAt)) || o.HoldMinutes == 0 {
		t.Errorf("made at %v it stands until %v, told is %v", o.CreatedAt, o.ExpiresAt, o.ShownExpiresAt)
	}
	if o.Service.ID != s.cut || o.Service.Name != "Haircut" || o.DurationMinutes != 60 || o.BufferMinutes != 10 || value(t, o.Price.Amount) != 4250 || o.Price.Currency != "EUR" || o.StaffMember.Name != "Mia" {
		t.Errorf("offered is %+v", o)
	}
	if p := o.Score; p.Total != p.Wait+p.Priority+p.Loyalty+p.Reliability+p.Flexibility+p.NoShow+p.Lift+p.PreferredStaff+p.PreferredTime || p.Reliability == 0 {
		t.Errorf("the score is %+v", p)
	}
	if !o.SentAt.IsNull() || !o.EndedAt.IsNull() || !o.BookingID.IsNull() || !o.PreviousOfferID.IsNull() {
		t.Errorf("not sent yet it is %+v", o)
	}
	s.Pass(time.Minute)
	s.Scene.Send()
	if sent := s.offer(id); !sent.ExpiresAt.After(o.ExpiresAt) || value(t, sent.SentAt).IsZero() {
		t.Errorf("sent a minute later it stands until %v", sent.ExpiresAt)
	}
}

func TestAnOfferIsAcceptedForTheCustomerOnceAndTheSlotIsTheirs(t *testing.T) {
	s := openShop(t)
	who, slot, id := s.offered("10:00")
	var got spec.Offer
	accept := "/offers/" + id + "/acceptance"
	a := s.Post(accept, nil).Want(http.StatusOK, &got)
	booking := s.booking(value(t, got.BookingID))
	if got.State != spec.OfferStateAccepted || value(t, booking.OfferID) != id || value(t, booking.EntryID) != who.Entry || booking.SlotID != slot || value(t, booking.Customer).Name != who.Name {
		t.Errorf("accepted it is %+v, booked %+v", got, booking)
	}
	if again := s.Post(accept, nil).Want(http.StatusOK, nil); string(again.Body) != string(a.Body) || again.Header.Get("ETag") != a.Header.Get("ETag") {
		t.Errorf("again it is %s", again.Body)
	}
	s.Post("/offers/"+id+"/decline", map[string]any{"keep_waiting": true}).Refused(http.StatusGone, "accepted")
	s.Post("/offers/"+id+"/withdrawal", nil).Refused(http.StatusGone, "accepted")
	s.Post("/offers/"+id+"/restoration", nil).Refused(http.StatusGone, "too_late_to_undo")
}

func TestAnOfferThatIsDeclinedGoesToTheNext(t *testing.T) {
	for keep, state := range map[bool]rules.EntryState{true: rules.EntryWaiting, false: rules.EntryLeft} {
		s := openShop(t)
		who, slot, id := s.offered("10:00")
		second := s.wait()
		var got spec.Offer
		s.Post("/offers/"+id+"/decline", map[string]any{}).Refused(http.StatusUnprocessableEntity, "invalid", "keep_waiting")
		s.Post("/offers/"+id+"/decline", map[string]any{"keep_waiting": keep}).Want(http.StatusOK, &got)
		if got.State != spec.OfferStateDeclined || value(t, got.EndedAt).IsZero() {
			t.Errorf("declined it is %+v", got)
		}
		s.Post("/offers/"+id+"/decline", map[string]any{"keep_waiting": !keep}).Want(http.StatusOK, nil) // changes nothing
		next := s.slot(slot)
		if value(t, next.Customer).Name != second.Name || value(t, s.offer(value(t, next.Offer).ID).PreviousOfferID) != id {
			t.Errorf("the slot is %+v", next)
		}
		page, err := s.W.EntryPage(s.Context(), who.Token)
		if err != nil || page.State != state {
			t.Errorf("who said no is %s: %v", page.State, err)
		}
		s.Post("/offers/"+id+"/acceptance", nil).Refused(http.StatusGone, "declined")
	}
}

func TestAnOfferPastItsDeadlineIsOver(t *testing.T) {
	s := openShop(t)
	_, _, id := s.offered("10:00")
	s.Pass(s.offer(id).ExpiresAt.Sub(s.Now()) + time.Second)
	s.Post("/offers/"+id+"/acceptance", nil).Refused(http.StatusGone, "expired")
	s.Post("/offers/"+id+"/decline", map[string]any{"keep_waiting": true}).Refused(http.StatusGone, "expired")
}

func TestAWithdrawalOfAnOfferIsUndoneWithinTenSecondsOrStands(t *testing.T) {
	s := openShop(t)
	_, slot, id := s.offered("10:00")
	var got spec.Offer
	s.Post("/offers/"+id+"/withdrawal", nil).Want(http.StatusOK, &got)
	due := value(t, got.WithdrawDueAt)
	if got.State != spec.OfferStatePending || due.Sub(s.Now()) > 10*time.Second {
		t.Errorf("withdrawn it is %+v", got)
	}
	s.Pass(time.Second)
	s.Post("/offers/"+id+"/withdrawal", nil).Want(http.StatusOK, &got)
	if !value(t, got.WithdrawDueAt).Equal(due) {
		t.Error("a second withdrawal put the first one off")
	}
	s.Post("/offers/"+id+"/restoration", nil).Want(http.StatusOK, &got)
	s.later(time.Minute)
	if got = s.offer(id); got.State != spec.OfferStatePending || !got.WithdrawDueAt.IsNull() {
		t.Errorf("restored it is %+v", got)
	}
	s.Post("/offers/"+id+"/withdrawal", nil).Want(http.StatusOK, nil)
	s.later(11 * time.Second)
	if got = s.offer(id); got.State != spec.OfferStateWithdrawn {
		t.Errorf("it is %s", got.State)
	}
	if left := s.slot(slot); left.State != spec.SlotStateOpen || len(left.Offers) != 1 {
		t.Errorf("the slot is %+v", left)
	}
}

func TestOffersComeAPageAtATimeTheNewestFirst(t *testing.T) {
	s := openShop(t)
	slot := s.open("10:00")
	var entries []string
	for range 5 {
		who := s.wait()
		entries = append(entries, who.Entry)
		id := value(t, s.slot(slot).Offer).ID
		if len(entries) < 5 {
			s.Post("/offers/"+id+"/decline", map[string]any{"keep_waiting": true}).Want(http.StatusOK, nil)
		}
	}
	s.wait()
	s.open("12:00")
	for query, want := range map[string]int{
		"": 6, "&state=pending": 2, "&state=declined": 4, "&state=expired": 0, "&slot_id=" + slot: 5, "&slot_id=" + slot + "&state=pending": 1,
		"&entry_id=" + entries[0]: 1, "&from=2027-03-01&to=2027-03-01": 6, "&to=2027-02-28": 0, "&from=2027-03-02&to=2027-03-03": 0,
	} {
		all, pages := listed[spec.Offer](s.Site, "/offers?limit=2"+query)
		if query == "&entry_id="+entries[0] && len(all) == 2 {
			want = 2 // whoever came first is asked about the second slot
		}
		if len(all) != want || pages != max(1, (want+1)/2) {
			t.Errorf("%q: %d offers on %d pages, want %d", query, len(all), pages, want)
		}
		for i := 1; i < len(all); i++ {
			if all[i].CreatedAt.After(all[i-1].CreatedAt) || all[i].ID == all[i-1].ID {
				t.Errorf("%q: %v comes after %v", query, all[i], all[i-1])
			}
		}
	}
	for query, field := range map[string]string{
		"from=2027-03-03": "to", "from=2025-01-01&to=2027-01-01": "to", "slot_id=nobody": "slot_id", "entry_id=nobody": "entry_id", "state=open": "state", "cursor=abc": "cursor",
	} {
		s.Get("/offers?"+query).Refused(http.StatusUnprocessableEntity, "invalid", field)
	}
}
