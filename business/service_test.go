package business_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAServiceIsAddedAtTheEndAndCanBeWaitedFor(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	for _, name := range []string{"Cut", "Colour"} {
		f := s.serviceForm(name)
		f.Duration, f.Buffer, f.PriceKind, f.Price, f.Staff = "45", "15", "amount", "12,50", []string{mia, mia}
		if _, err := s.b.AddService(t.Context(), s.Staff, f); err != nil {
			t.Fatal(err)
		}
	}
	choices, err := s.W.JoinChoices(t.Context(), s.Tenant)
	s.must(err)
	if len(choices) != 2 || choices[0].Name != "Cut" || choices[1].Name != "Colour" {
		t.Fatalf("choices: %+v", choices)
	}
	cut := choices[0]
	if cut.Duration != 45*time.Minute || cut.Buffer != 15*time.Minute || cut.Price != (waitlist.Price{Kind: rules.PriceAmount, Minor: 1250, Currency: "EUR"}) {
		t.Errorf("cut: %+v", cut)
	}
	if n := s.noted("service.add"); n != 2 {
		t.Errorf("%d acts noted, want 2", n)
	}
}

func TestAddingAServiceTwiceByOnePressAddsOne(t *testing.T) {
	s := open(t)
	f := s.serviceForm("Cut")
	f.Press = "one-press"
	first, err := s.b.AddService(t.Context(), s.Staff, f)
	s.must(err)
	again, err := s.b.AddService(t.Context(), s.Staff, f)
	s.must(err)
	if active, _ := s.names(s.services()); first != again || len(active) != 1 {
		t.Errorf("ids %s and %s, services %v", first, again, active)
	}
}

func TestAHostileServiceIsRefusedByItsFieldAndLeavesNothing(t *testing.T) {
	s := open(t)
	type refusal struct {
		field string
		spoil func(*business.ServiceForm)
	}
	cases := map[string]refusal{}
	for what, name := range hostileNames {
		cases["a name with "+what] = refusal{"name", func(f *business.ServiceForm) { f.Name = name }}
	}
	for what, n := range map[string]string{
		"no length": "", "words for a length": "half an hour", "less than least": "4", "more than a day": "1441", "a fraction": "30.5",
		"a minus": "-30", "more than any number": "99999999999999999999", "other digits": "٣٠", "a script": "<script>",
	} {
		cases[what] = refusal{"duration", func(f *business.ServiceForm) { f.Duration = n }}
	}
	for what, n := range map[string]string{"no buffer": "", "a buffer before": "-1", "a buffer too long": "481"} {
		cases[what] = refusal{"buffer", func(f *business.ServiceForm) { f.Buffer = n }}
	}
	cases["length and buffer over a day"] = refusal{"buffer", func(f *business.ServiceForm) { f.Duration, f.Buffer = "1440", "1" }}
	cases["no kind of price"] = refusal{"price_kind", func(f *business.ServiceForm) { f.PriceKind = "" }}
	cases["an unknown kind of price"] = refusal{"price_kind", func(f *business.ServiceForm) { f.PriceKind = "amount'; --" }}
	cases["no price"] = refusal{"price", func(f *business.ServiceForm) { f.PriceKind = "amount" }}
	cases["a price below nothing"] = refusal{"price", func(f *business.ServiceForm) { f.PriceKind, f.Price = "amount", "-5" }}
	cases["a price beyond all"] = refusal{"price", func(f *business.ServiceForm) { f.PriceKind, f.Price = "amount", "10000000,01" }}
	cases["a stranger who offers it"] = refusal{"staff", func(f *business.ServiceForm) { f.Staff = []string{"nobody"} }}
	cases["a forged press"] = refusal{"press", func(f *business.ServiceForm) { f.Press = "far too long to be one of our own" }}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			f := s.serviceForm("Cut")
			c.spoil(&f)
			_, err := s.b.AddService(t.Context(), s.Staff, f)
			wantField(t, err, c.field)
		})
	}
	if active, _ := s.names(s.services()); len(active) != 0 || s.noted("service.add") != 0 {
		t.Errorf("left behind: %v", active)
	}
}

func TestUnusualNamesAreKeptAsTyped(t *testing.T) {
	s := open(t)
	for _, name := range fineNames {
		_, err := s.b.AddService(t.Context(), s.Staff, s.serviceForm("  "+name+" "))
		s.must(err)
	}
	active, _ := s.names(s.services())
	same(t, "names", active, fineNames)
}

func TestAChangedServiceLeavesBookingsAsAgreed(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	booking := s.book(mia, cut, "Ada", 1, "10:00")
	f := s.serviceForm("Long cut")
	f.Duration, f.Staff = "60", []string{mia}
	touched, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	if len(touched.Bookings) != 1 || !touched.Bookings[0].Agreed || s.services().Active[0].Name != "Cut" {
		t.Fatalf("touched %+v", touched)
	}
	f.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	if !touched.Empty() {
		t.Fatalf("not saved: %+v", touched)
	}
	item, _, err := s.W.BookingDetail(t.Context(), s.Tenant, booking)
	s.must(err)
	if item.ServiceName != "Cut" || item.AppointmentTo.Sub(item.Start) != 30*time.Minute {
		t.Errorf("the booking is now %s for %s", item.ServiceName, item.AppointmentTo.Sub(item.Start))
	}
	if row := s.services().Active[0]; row.Name != "Long cut" || row.Duration != time.Hour || row.Price.Kind != rules.PriceFree {
		t.Errorf("the service is now %+v", row)
	}
}

func TestWhoNoLongerOffersAServiceIsSeenFirst(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia, noah := s.AddStaffMember("Mia", cut), s.AddStaffMember("Noah", cut)
	byMia := s.book(mia, cut, "Ada", 1, "10:00")
	s.book(noah, cut, "Bea", 1, "10:00")
	onlyMia := s.Wait(cut, waitlist.Wishes{OnlyStaff: []string{mia}})
	s.Wait(cut, waitlist.Wishes{OnlyStaff: []string{mia, noah}})
	s.Wait(cut, waitlist.Wishes{})
	f := s.serviceForm("Cut")
	f.Staff = []string{noah}
	touched, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(byMia))
	same(t, "entries", entryIDs(touched), sorted(onlyMia.Entry))
	if staff := s.services().Active[0].Staff; len(staff) != 2 {
		t.Fatalf("saved before it was seen: %v", staff)
	}
	f.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	if staff := s.services().Active[0].Staff; !touched.Empty() || len(staff) != 1 || staff[0].Name != "Noah" {
		t.Errorf("touched %+v, offered by %v", touched, staff)
	}
	if got := s.bookingState(byMia); got != "confirmed" {
		t.Errorf("the booking is %s", got)
	}
}

func TestRemovingAServiceShowsWhoWaitsAndWithdrawsOnlyItsOwnOpenings(t *testing.T) {
	s := open(t)
	cut, colour := s.AddService("Cut", 30*time.Minute, 0), s.AddService("Colour", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut, colour)
	booking := s.book(mia, cut, "Ada", 1, "10:00")
	forAll := s.Open(mia, 1, "12:00", 30*time.Minute)
	forCut := s.openFor(mia, cut, 1, "14:00")
	forColour := s.openFor(mia, colour, 1, "15:00")
	waiting := s.Join("Bea", "bea@example.org", cut, waitlist.Wishes{LatestOn: s.day(0)})

	name, touched, err := s.b.ServiceRemoval(t.Context(), s.Tenant, cut)
	s.must(err)
	if name != "Cut" {
		t.Errorf("named %q", name)
	}
	same(t, "bookings", bookingIDs(touched), sorted(booking))
	same(t, "slots", slotIDs(touched), sorted(forCut))
	same(t, "entries", entryIDs(touched), sorted(waiting.Entry))
	if b := touched.Bookings[0]; b.CustomerName != "Ada" || b.ServiceName != "Cut" || b.StaffName != "Mia" || b.Busy {
		t.Errorf("booking shown as %+v", b)
	}

	_, _, err = s.b.RemoveService(t.Context(), s.Staff, cut, "7", touched.Fingerprint())
	wantKind(t, err, problem.Conflict) // it is at another version
	if _, unseen, err := s.b.RemoveService(t.Context(), s.Staff, cut, "", "forged"); err != nil || unseen.Empty() {
		t.Fatalf("removed without being seen: %v", err)
	}
	if _, seen, err := s.b.RemoveService(t.Context(), s.Staff, cut, "", touched.Fingerprint()); err != nil || !seen.Empty() {
		t.Fatalf("not removed: %v %+v", err, seen)
	}
	s.Tick()
	if !s.withdrawn(forCut) || s.withdrawn(forAll) || s.withdrawn(forColour) {
		t.Errorf("withdrawn: cut %t, all %t, colour %t", s.withdrawn(forCut), s.withdrawn(forAll), s.withdrawn(forColour))
	}
	if got := s.bookingState(booking); got != "confirmed" {
		t.Errorf("the booking is %s", got)
	}
	active, removed := s.names(s.services())
	same(t, "active", active, []string{"Colour"})
	same(t, "removed", removed, []string{"Cut"})
	if n := s.services().Removed[0].Waiting; n != 1 {
		t.Errorf("%d wait for the removed service, want 1", n)
	}
}

func TestRemovingAServiceTwiceIsOneAct(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	for range 2 {
		_, touched, err := s.b.RemoveService(t.Context(), s.Staff, cut, "", "")
		if err != nil || !touched.Empty() {
			t.Fatalf("%v %+v", err, touched)
		}
	}
	if n := s.noted("service.remove"); n != 1 {
		t.Errorf("noted %d times", n)
	}
}

func TestWhatComesUpWhileSomebodyLooksIsShownBeforeSaving(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	s.book(mia, cut, "Ada", 1, "10:00")
	_, touched, err := s.b.ServiceRemoval(t.Context(), s.Tenant, cut)
	s.must(err)
	late := s.book(mia, cut, "Bea", 1, "11:00")
	_, again, err := s.b.RemoveService(t.Context(), s.Staff, cut, "", touched.Fingerprint())
	s.must(err)
	if len(again.Bookings) != 2 || again.Bookings[1].ID != late {
		t.Fatalf("shown again: %+v", again.Bookings)
	}
	if active, _ := s.names(s.services()); len(active) != 1 {
		t.Error("removed although a booking had not been seen")
	}
}

func TestAServiceBroughtBackIsOfferedToWhoStillWaits(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	who := s.Wait(cut, waitlist.Wishes{})
	_, touched, err := s.b.ServiceRemoval(t.Context(), s.Tenant, cut)
	s.must(err)
	_, _, err = s.b.RemoveService(t.Context(), s.Staff, cut, "", touched.Fingerprint())
	s.must(err)
	s.Open(mia, 1, "10:00", 30*time.Minute)
	s.Tick()
	if s.OfferTo(who) != "" {
		t.Fatal("offered a service that was removed")
	}
	s.must(s.b.RestoreService(t.Context(), s.Staff, cut))
	s.must(s.b.RestoreService(t.Context(), s.Staff, cut))
	s.Tick()
	if s.OfferTo(who) == "" {
		t.Error("nothing was offered after it came back")
	}
	if n := s.noted("service.restore"); n != 1 {
		t.Errorf("noted %d times", n)
	}
}

func TestANewOfferingFillsAnOpeningThatWaitedForIt(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia")
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", 30*time.Minute)
	s.Tick()
	f := s.serviceForm("Cut")
	f.Staff = []string{mia}
	touched, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || s.OfferTo(who) == "" {
		t.Errorf("touched %+v, offered %q", touched, s.OfferTo(who))
	}
}

func TestAServicesFormIsAsSaved(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	f := business.ServiceForm{Name: "Cut", Duration: "45", Buffer: "10", PriceKind: "amount", Price: "1.250,50", Staff: []string{mia}, Locale: i18n.For("de")}
	id, err := s.b.AddService(t.Context(), s.Staff, f)
	s.must(err)
	page, got, err := s.b.Service(t.Context(), s.Tenant, id, i18n.For("en"))
	s.must(err)
	if got.Name != "Cut" || got.Duration != "45" || got.Buffer != "10" || got.Price != "1250.50" || len(got.Staff) != 1 || page.Currency != "EUR" {
		t.Errorf("form %+v on %+v", got, page)
	}
}

func TestAnotherBusinessesServiceIsNotThere(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	there := s.other()
	_, _, err := s.b.Service(t.Context(), there.Tenant, cut, i18n.For("en"))
	wantKind(t, err, problem.NotFound)
	_, err = s.b.ChangeService(t.Context(), there.Staff, cut, s.serviceForm("Mine"))
	wantKind(t, err, problem.NotFound)
	_, _, err = s.b.ServiceRemoval(t.Context(), there.Tenant, cut)
	wantKind(t, err, problem.NotFound)
	_, _, err = s.b.RemoveService(t.Context(), there.Staff, cut, "", "")
	wantKind(t, err, problem.NotFound)
	wantKind(t, s.b.RestoreService(t.Context(), there.Staff, cut), problem.NotFound)
	if active, _ := s.names(s.services()); len(active) != 1 || active[0] != "Cut" {
		t.Errorf("services: %v", active)
	}
}

// openFor opens half an hour kept for one service.
func (s shop) openFor(staff, service string, days int, clock string) string {
	s.T.Helper()
	at, err := time.Parse("15:04", clock)
	s.must(err)
	made, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
		StaffMember: staff, Service: service, Date: s.day(days), FromMinute: at.Hour()*60 + at.Minute(), Minutes: 30, Count: 1, Weeks: 1, OutsideHours: true,
	})
	s.must(err)
	return made[0]
}
