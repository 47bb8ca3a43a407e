package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestASlotThatIsOpenedGoesToWhoeverWaits(t *testing.T) {
	s := openShop(t)
	who := s.wait()
	var opened spec.OpenedSlots
	s.Post("/slots", s.tomorrow("10:00", nil)).Want(http.StatusCreated, &opened)
	if len(opened.Data) != 1 {
		t.Fatalf("opened %d", len(opened.Data))
	}
	slot := opened.Data[0]
	if slot.State != spec.SlotStateHeld || value(t, slot.Customer).Name != who.Name || slot.StaffMember.Name != "Mia" || value(t, slot.Service).ID != s.cut || slot.Origin != spec.SlotOriginStaff {
		t.Errorf("opened %+v", slot)
	}
	if !slot.StartsAt.Equal(time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC)) || slot.EndsAt.Sub(slot.StartsAt) != 70*time.Minute {
		t.Errorf("from %v to %v", slot.StartsAt, slot.EndsAt)
	}
	out := value(t, slot.Offer)
	if out.ExpiresAt.Sub(out.ShownExpiresAt) != 30*time.Second || out.EndsAt.Sub(slot.StartsAt) != time.Hour {
		t.Errorf("the offer is %+v", out)
	}
	detail := s.slot(slot.ID)
	if len(detail.Offers) != 1 || detail.Offers[0].ID != out.ID || detail.Offers[0].EntryID != who.Entry || !detail.Offers[0].ExpiresAt.Equal(out.ExpiresAt) {
		t.Errorf("its offers are %+v", detail.Offers)
	}
}

func TestASlotThatNobodyFitsSaysWhyAndWhenItIsTriedNext(t *testing.T) {
	s := openShop(t)
	slot := s.slot(s.open("10:00"))
	if slot.State != spec.SlotStateOpen || value(t, slot.UnfilledReason) != spec.UnfilledReasonNoCandidate || !value(t, slot.NextTryAt).After(value(t, slot.TriedAt)) {
		t.Errorf("the slot is %+v", slot)
	}
	if slot.Offer.IsSpecified() && !slot.Offer.IsNull() || !slot.Service.IsNull() || !slot.Customer.IsNull() || len(slot.Offers) != 0 {
		t.Errorf("somebody has it: %+v", slot)
	}
}

func TestSlotsInARowAndInFollowingWeeksAreOpenedAllOrNone(t *testing.T) {
	s := openShop(t)
	var opened spec.OpenedSlots
	body := s.tomorrow("10:00", map[string]any{"service_id": s.cut, "count": 2, "weeks": 3})
	send := func() apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodPost, Path: "/slots", Body: body, Header: map[string]string{"Idempotency-Key": "a row"}})
	}
	first := send().Want(http.StatusCreated, &opened)
	if len(opened.Data) != 6 || !opened.Data[2].StartsAt.Equal(opened.Data[0].StartsAt.AddDate(0, 0, 7)) || !opened.Data[1].StartsAt.Equal(opened.Data[0].EndsAt) {
		t.Errorf("opened %+v", opened.Data)
	}
	if again := send(); string(again.Body) != string(first.Body) || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("sent again it is answered %s", again.Body)
	}
	s.Post("/slots", s.tomorrow("11:10", map[string]any{"weeks": 2})).Refused(http.StatusConflict, "time_open")
	if all, _ := listed[spec.Slot](s.Site, "/slots?limit=100"); len(all) != 6 {
		t.Errorf("there are %d slots", len(all))
	}
}

func TestAPressThatIsRepeatedGivesAllSlotsThatItOpened(t *testing.T) {
	s := openShop(t)
	s.open("08:00")
	f := waitlist.OpenSlots{StaffMember: s.mia, Date: day(2027, 3, 2), FromMinute: 600, Minutes: 70, Count: 2, Weeks: 2, Press: "pressed"}
	first, err := s.W.OpenSlots(s.Context(), s.Staff, f)
	if err != nil || len(first) != 4 {
		t.Fatalf("opened %v: %v", first, err)
	}
	s.Post("/slots", s.tomorrow("16:00", nil)).Want(http.StatusCreated, nil)
	again, err := s.W.OpenSlots(s.Context(), s.Staff, f)
	if err != nil || len(again) != 4 {
		t.Fatalf("opened again %v: %v", again, err)
	}
	for i := range first {
		if first[i] != again[i] {
			t.Errorf("first %v, again %v", first, again)
		}
	}
}

func TestAWrongSlotIsRefusedByTheNamesOfTheDocument(t *testing.T) {
	s := openShop(t)
	other := s.Add("/services", map[string]any{"name": "Colour", "duration_minutes": 90, "price": map[string]any{"kind": "free"}, "staff_member_ids": []string{}})
	for name, c := range map[string]struct {
		change map[string]any
		fields []string
	}{
		"nothing":                {map[string]any{"staff_member_id": nil, "date": nil, "time": nil, "duration_minutes": nil}, []string{"staff_member_id", "date", "time", "duration_minutes"}},
		"bounds":                 {map[string]any{"duration_minutes": 4, "count": 51, "weeks": 0}, []string{"duration_minutes", "count", "weeks"}},
		"too many":               {map[string]any{"count": 50, "weeks": 5, "duration_minutes": 5}, []string{"count"}},
		"nobody of ours":         {map[string]any{"staff_member_id": "nobody"}, []string{"staff_member_id"}},
		"what Mia does not give": {map[string]any{"service_id": other}, []string{"service_id"}},
		"shorter than that":      {map[string]any{"service_id": s.cut, "duration_minutes": 60}, []string{"duration_minutes"}},
		"yesterday":              {map[string]any{"date": "2027-02-28"}, []string{"date"}},
		"an hour ago":            {map[string]any{"date": "2027-03-01", "time": "08:00"}, []string{"time"}},
		"in three years":         {map[string]any{"date": "2030-03-01"}, []string{"date"}},
		"no such time":           {map[string]any{"time": "25:00"}, []string{"time"}},
		"the end of the day":     {map[string]any{"time": "24:00"}, []string{"time"}},
		"no such day":            {map[string]any{"date": "2027-02-30"}, []string{"date"}},
		"outside the hours":      {map[string]any{"time": "05:00"}, []string{"outside_hours"}},
		"what it does not know":  {map[string]any{"press": "x"}, []string{"press"}},
		"skipped by the clocks":  {map[string]any{"date": "2027-03-28", "time": "02:30"}, []string{"time"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Post("/slots", s.tomorrow("10:00", c.change)).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
		})
	}
	s.Post("/slots", s.tomorrow("05:00", map[string]any{"outside_hours": true})).Want(http.StatusCreated, nil)
}

func TestSlotsComeAPageAtATimeInTheOrderOfTheirStart(t *testing.T) {
	s := openShop(t)
	nora := s.AddStaffMember("Nora", s.cut)
	for _, clock := range []string{"14:00", "10:00", "12:00"} {
		s.open(clock)
		s.Post("/slots", s.tomorrow(clock, map[string]any{"staff_member_id": nora})).Want(http.StatusCreated, nil)
	}
	s.wait()
	for query, want := range map[string]int{
		"": 6, "&from=2027-03-02&to=2027-03-02": 6, "&from=2027-03-03": 0, "&to=2027-03-01": 0, "&staff_member_id=" + nora: 3,
		"&state=held": 1, "&state=open": 5, "&state=open&staff_member_id=" + s.mia: 2, "&state=withdrawn": 0, "&from=2020-01-01&to=2020-12-31": 0,
	} {
		all, pages := listed[spec.Slot](s.Site, "/slots?limit=2"+query)
		if len(all) != want || pages != max(1, (want+1)/2) {
			t.Errorf("%q: %d slots on %d pages, want %d", query, len(all), pages, want)
		}
		seen := map[string]bool{}
		for i, slot := range all {
			if seen[slot.ID] || i > 0 && slot.StartsAt.Before(all[i-1].StartsAt) {
				t.Errorf("%q: %v comes after %v", query, slot, all[i-1])
			}
			seen[slot.ID] = true
		}
	}
	for query, field := range map[string]string{
		"from=2027-03-03&to=2027-03-02": "to", "from=2027-01-01&to=2028-01-02": "to", "staff_member_id=nobody": "staff_member_id", "cursor=abc": "cursor",
		"state=full": "state", "from=today": "from", "from=0001-01-01": "from", "from=9999-12-31": "from", "to=9999-12-31": "to",
	} {
		s.Get("/slots?"+query).Refused(http.StatusUnprocessableEntity, "invalid", field)
	}
}

func TestAWithdrawalOfASlotIsUndoneWithinTenSecondsOrStands(t *testing.T) {
	s := openShop(t)
	id := s.open("10:00")
	var got spec.SlotDetail
	s.Post("/slots/"+id+"/withdrawal", nil).Want(http.StatusOK, &got)
	if due := value(t, got.WithdrawDueAt).Sub(s.Now()); due < 8*time.Second || due > 10*time.Second || got.State != spec.SlotStateOpen {
		t.Errorf("due in %v, %s", due, got.State)
	}
	s.later(5 * time.Second)
	s.Post("/slots/"+id+"/restoration", nil).Want(http.StatusOK, &got)
	s.later(time.Minute)
	if got = s.slot(id); got.State != spec.SlotStateOpen || !got.WithdrawDueAt.IsNull() {
		t.Errorf("restored it is %+v", got)
	}
	s.Post("/slots/"+id+"/withdrawal", nil).Want(http.StatusOK, nil)
	s.later(11 * time.Second)
	if got = s.slot(id); got.State != spec.SlotStateWithdrawn || value(t, got.UnfilledReason) != spec.UnfilledReasonSlotClosed {
		t.Errorf("withdrawn it is %+v", got)
	}
	s.Post("/slots/"+id+"/restoration", nil).Refused(http.StatusGone, "too_late_to_undo")
	s.Post("/slots/"+id+"/withdrawal", nil).Refused(http.StatusConflict, "slot_not_free")
}

func TestASlotIsOfferedToWhomStaffChoose(t *testing.T) {
	s := openShop(t)
	_, slot, offer := s.offered("10:00")
	second := s.wait()
	var got spec.SlotDetail
	choose := func(entry, reason string) apitest.Answer {
		return s.Post("/slots/"+slot+"/offer", map[string]any{"entry_id": entry, "reason": reason})
	}
	choose(second.Entry, "").Refused(http.StatusUnprocessableEntity, "invalid", "reason")
	choose(second.Entry, " ").Refused(http.StatusUnprocessableEntity, "invalid", "reason")
	choose("nobody", "why not").Refused(http.StatusNotFound, "no_such_entry")
	choose(second.Entry, "Asked on the phone").Want(http.StatusOK, &got)
	if value(t, got.ChosenEntryID) != second.Entry || value(t, value(t, got.Offer).WithdrawDueAt).IsZero() || !got.WithdrawDueAt.IsNull() {
		t.Errorf("the slot is %+v", got)
	}
	s.later(11 * time.Second)
	got = s.slot(slot)
	if got.State != spec.SlotStateHeld || value(t, got.Customer).Name != second.Name || !got.ChosenEntryID.IsNull() || len(got.Offers) != 2 {
		t.Errorf("the slot is %+v", got)
	}
	if o := got.Offers[1]; !o.ChosenByStaff || value(t, o.PreviousOfferID) != offer || got.Offers[0].State != spec.OfferStateWithdrawn {
		t.Errorf("its offers are %+v", got.Offers)
	}
	choose(second.Entry, "Once more").Refused(http.StatusConflict, "state")
}

func TestWhoCouldHaveASlotIsToldWithWhatKeepsThem(t *testing.T) {
	s := openShop(t)
	_, slot, _ := s.offered("10:00")
	second, third := s.wait(), s.Wait(s.cut, waitlist.Wishes{LatestOn: day(2027, 3, 1)})
	all, pages := listed[spec.Candidate](s.Site, "/slots/"+slot+"/candidates?limit=1")
	if len(all) != 2 || pages != 2 {
		t.Fatalf("%d candidates on %d pages", len(all), pages)
	}
	if all[0].EntryID != second.Entry || !all[0].Misfit.IsNull() || all[0].Score.Total <= 0 || all[1].EntryID != third.Entry || value(t, all[1].Misfit) != spec.MisfitDate {
		t.Errorf("candidates %+v", all)
	}
	var fitting struct{ Data []spec.FittingSlot }
	s.Get("/entries/"+second.Entry+"/slots").Want(http.StatusOK, &fitting)
	if len(fitting.Data) != 1 || fitting.Data[0].Slot.ID != slot || !fitting.Data[0].Misfit.IsNull() {
		t.Errorf("slots for the second %+v", fitting.Data)
	}
	s.Get("/entries/"+third.Entry+"/slots").Want(http.StatusOK, &fitting)
	if value(t, fitting.Data[0].Misfit) != spec.MisfitDate {
		t.Errorf("slots for the third %+v", fitting.Data)
	}
}

func TestNothingOfAnotherBusinessIsThere(t *testing.T) {
	s := openShop(t)
	who, slot, offer := s.offered("10:00")
	booking := s.Add("/bookings", s.appointment("15:00", nil))
	stranger := s.KeyOf(s.Another("salon-sued", "Salon Süd"), rules.AllScopes()...)
	for path, code := range map[string]string{
		"GET /slots/" + slot: "no_such_slot", "GET /slots/" + slot + "/candidates": "no_such_slot", "POST /slots/" + slot + "/withdrawal": "no_such_slot",
		"POST /slots/" + slot + "/restoration": "no_such_slot", "GET /offers/" + offer: "no_such_offer", "POST /offers/" + offer + "/acceptance": "no_such_offer",
		"POST /offers/" + offer + "/withdrawal": "no_such_offer", "POST /offers/" + offer + "/restoration": "no_such_offer", "GET /bookings/" + booking: "no_such_booking",
		"POST /bookings/" + booking + "/cancellation": "no_such_booking", "POST /bookings/" + booking + "/restoration": "no_such_booking",
		"POST /bookings/" + booking + "/completion": "no_such_booking", "POST /bookings/" + booking + "/no-show": "no_such_booking", "GET /entries/" + who.Entry + "/slots": "no_such_entry",
	} {
		method, address, _ := strings.Cut(path, " ")
		s.Send(apitest.Request{Method: method, Path: address, Token: stranger}).Refused(http.StatusNotFound, code)
	}
	s.Send(apitest.Request{Method: http.MethodPost, Path: "/offers/" + offer + "/decline", Body: map[string]any{"keep_waiting": false}, Token: stranger}).Refused(http.StatusNotFound, "no_such_offer")
	s.Send(apitest.Request{Method: http.MethodPost, Path: "/slots/" + slot + "/offer", Body: map[string]any{"entry_id": who.Entry, "reason": "x"}, Token: stranger}).Refused(http.StatusNotFound, "no_such_slot")
	for _, list := range []string{"/slots", "/offers", "/offers?state=pending", "/bookings"} {
		var page struct{ Data []struct{ ID string } }
		s.Send(apitest.Request{Method: http.MethodGet, Path: list, Token: stranger}).Want(http.StatusOK, &page)
		if len(page.Data) != 0 {
			t.Errorf("%s lists %v", list, page.Data)
		}
	}
	for _, filter := range []string{"/slots?staff_member_id=" + s.mia, "/bookings?staff_member_id=" + s.mia, "/offers?slot_id=" + slot, "/offers?entry_id=" + who.Entry} {
		_, query, _ := strings.Cut(filter, "?")
		field, _, _ := strings.Cut(query, "=")
		s.Send(apitest.Request{Method: http.MethodGet, Path: filter, Token: stranger}).Refused(http.StatusUnprocessableEntity, "invalid", field)
	}
}
