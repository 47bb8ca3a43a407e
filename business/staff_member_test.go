package business_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s shop) staff() []business.StaffRow {
	s.T.Helper()
	list, err := s.b.StaffMembers(s.Context(), s.Tenant)
	s.must(err)
	return list.Active
}

func TestAStaffMemberIsAddedOnceByOnePressWithWhatTheyOffer(t *testing.T) {
	s := open(t)
	cut, colour := s.AddService("Cut", 30*time.Minute, 0), s.AddService("Colour", time.Hour, 0)
	f := business.StaffForm{Name: "Mia", Services: []string{cut, colour, cut}, Press: "one-press"}
	for range 2 {
		if _, err := s.b.AddStaffMember(t.Context(), s.Staff, f); err != nil {
			t.Fatal(err)
		}
	}
	staff := s.staff()
	if len(staff) != 1 || staff[0].Name != "Mia" || s.noted("staff_member.add") != 1 {
		t.Fatalf("staff: %+v", staff)
	}
	same(t, "services", staff[0].Services, []string{"Cut", "Colour"})
}

func TestAHostileStaffMemberIsRefusedByTheFieldAndLeavesNothing(t *testing.T) {
	s := open(t)
	for what, name := range hostileNames {
		t.Run(what, func(t *testing.T) {
			_, err := s.b.AddStaffMember(t.Context(), s.Staff, business.StaffForm{Name: name})
			wantField(t, err, "name")
		})
	}
	gone := s.AddService("Gone", 30*time.Minute, 0)
	_, _, err := s.b.RemoveService(t.Context(), s.Staff, gone, "", "")
	s.must(err)
	for what, service := range map[string]string{"unknown": "nothing", "removed": gone, "huge": hostileNames["huge"]} {
		t.Run("a service that is "+what, func(t *testing.T) {
			_, err := s.b.AddStaffMember(t.Context(), s.Staff, business.StaffForm{Name: "Mia", Services: []string{service}})
			wantField(t, err, "services")
		})
	}
	if staff := s.staff(); len(staff) != 0 || s.noted("staff_member.add") != 0 {
		t.Errorf("left behind: %v", staff)
	}
}

func TestAStaffMemberWhoDropsAServiceKeepsBookingsAndLosesItsOpenings(t *testing.T) {
	s := open(t)
	cut, colour := s.AddService("Cut", 30*time.Minute, 0), s.AddService("Colour", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut, colour)
	booking := s.book(mia, colour, "Ada", 1, "10:00")
	s.book(mia, cut, "Bea", 1, "11:00")
	forColour, forAll := s.openFor(mia, colour, 1, "14:00"), s.Open(mia, 1, "15:00", 30*time.Minute)
	waiting := s.Join("Cleo", "cleo@example.org", colour, waitlist.Wishes{})

	f := business.StaffForm{Name: "Mia M.", Services: []string{cut}, Version: "1"}
	touched, err := s.b.ChangeStaffMember(t.Context(), s.Staff, mia, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booking))
	same(t, "slots", slotIDs(touched), sorted(forColour))
	same(t, "entries", entryIDs(touched), sorted(waiting.Entry))
	if s.staff()[0].Name != "Mia" {
		t.Fatal("saved before it was seen")
	}
	f.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeStaffMember(t.Context(), s.Staff, mia, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || s.staff()[0].Name != "Mia M." || len(s.staff()[0].Services) != 1 {
		t.Errorf("touched %+v, staff %+v", touched, s.staff())
	}
	if !s.withdrawn(forColour) || s.withdrawn(forAll) || s.bookingState(booking) != "confirmed" {
		t.Errorf("colour withdrawn %t, all withdrawn %t, booking %s", s.withdrawn(forColour), s.withdrawn(forAll), s.bookingState(booking))
	}
}

func TestRemovingAStaffMemberWithdrawsWhatIsOpenOrHeldAndKeepsBookings(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia, noah := s.AddStaffMember("Mia", cut), s.AddStaffMember("Noah", cut)
	who := s.Wait(cut, waitlist.Wishes{})
	onlyMia := s.Join("Ina", "ina@example.org", cut, waitlist.Wishes{OnlyStaff: []string{mia}})
	held := s.Open(mia, 1, "10:00", 30*time.Minute)
	s.Tick()
	if s.OfferTo(who) == "" {
		t.Fatal("nothing was offered")
	}
	free, others := s.Open(mia, 2, "10:00", 30*time.Minute), s.Open(noah, 3, "10:00", 30*time.Minute)
	booking := s.book(mia, cut, "Ada", 1, "12:00")

	name, touched, err := s.b.StaffMemberRemoval(t.Context(), s.Tenant, mia)
	s.must(err)
	same(t, "slots", slotIDs(touched), sorted(held, free))
	same(t, "bookings", bookingIDs(touched), sorted(booking))
	same(t, "entries", entryIDs(touched), sorted(onlyMia.Entry))
	for _, slot := range touched.Slots {
		if slot.Held != (slot.ID == held) || !slot.Withdrawn || slot.StaffName != "Mia" || name != "Mia" {
			t.Errorf("shown as %+v", slot)
		}
	}
	_, _, err = s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "7", touched.Fingerprint())
	wantKind(t, err, problem.Conflict) // she is at another version
	if _, unseen, err := s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "", ""); err != nil || unseen.Empty() || len(s.staff()) != 2 {
		t.Fatalf("removed without being seen: %v", err)
	}
	if _, seen, err := s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "", touched.Fingerprint()); err != nil || !seen.Empty() {
		t.Fatalf("not removed: %v %+v", err, seen)
	}
	if _, _, err := s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "", ""); err != nil || s.noted("staff_member.remove") != 1 {
		t.Errorf("removing twice: %v, noted %d times", err, s.noted("staff_member.remove"))
	}
	s.Tick()
	if !s.withdrawn(held) || !s.withdrawn(free) || s.withdrawn(others) || s.bookingState(booking) != "confirmed" {
		t.Errorf("held %s, free %s, other's %s, booking %s", s.Slot(held).State, s.Slot(free).State, s.Slot(others).State, s.bookingState(booking))
	}
	if staff := s.staff(); len(staff) != 1 || staff[0].Name != "Noah" {
		t.Errorf("staff: %+v", staff)
	}
	s.Pass(time.Hour) // until the same address may be asked again
	s.Tick()
	if s.OfferTo(who) == "" {
		t.Error("who lost the offer was not asked for the other opening")
	}
}

func TestBusyTimeOfARemovedStaffMemberIsShownAsBusy(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	_, err := s.W.Book(t.Context(), s.Staff, waitlist.Book{StaffMember: mia, Busy: true, Minutes: 60, Date: s.day(1), FromMinute: 600})
	s.must(err)
	_, touched, err := s.b.StaffMemberRemoval(t.Context(), s.Tenant, mia)
	s.must(err)
	if len(touched.Bookings) != 1 || !touched.Bookings[0].Busy || touched.Bookings[0].CustomerName != "" {
		t.Errorf("touched: %+v", touched.Bookings)
	}
}

func TestWhatIsOverOrCancelledIsNotTouched(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	s.book(mia, cut, "Ada", 0, "10:00")
	cancelled := s.book(mia, cut, "Bea", 1, "10:00")
	s.must(s.W.WishCancelBooking(t.Context(), s.Staff, cancelled))
	s.Pass(3 * time.Hour)
	s.Tick()
	_, touched, err := s.b.StaffMemberRemoval(t.Context(), s.Tenant, mia)
	s.must(err)
	if len(touched.Bookings) != 0 {
		t.Errorf("touched: %+v", touched.Bookings)
	}
	if len(touched.Slots) != 1 || touched.Slots[0].Held {
		t.Errorf("the reopened time: %+v", touched.Slots)
	}
}

func TestAnotherBusinessesStaffMemberIsNotThere(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	there := s.other()
	_, _, err := s.b.StaffMember(t.Context(), there.Tenant, mia)
	wantKind(t, err, problem.NotFound)
	_, err = s.b.ChangeStaffMember(t.Context(), there.Staff, mia, business.StaffForm{Name: "Mine"})
	wantKind(t, err, problem.NotFound)
	_, _, err = s.b.StaffMemberRemoval(t.Context(), there.Tenant, mia)
	wantKind(t, err, problem.NotFound)
	_, _, err = s.b.RemoveStaffMember(t.Context(), there.Staff, mia, "", "")
	wantKind(t, err, problem.NotFound)
	_, err = s.b.AddService(t.Context(), there.Staff, func() business.ServiceForm {
		f := there.serviceForm("Cut")
		f.Staff = []string{mia}
		return f
	}())
	wantField(t, err, "staff")
	if staff := s.staff(); len(staff) != 1 || staff[0].Name != "Mia" {
		t.Errorf("staff: %+v", staff)
	}
}

func TestARemovedStaffMemberCanNoLongerBeChanged(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	_, _, err := s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "", "")
	s.must(err)
	_, _, err = s.b.StaffMember(t.Context(), s.Tenant, mia)
	wantKind(t, err, problem.NotFound)
	_, err = s.b.ChangeStaffMember(t.Context(), s.Staff, mia, business.StaffForm{Name: "Back"})
	wantKind(t, err, problem.NotFound)
	_, err = s.W.OpenSlots(t.Context(), s.Staff, waitlist.OpenSlots{StaffMember: mia, Date: s.day(1), FromMinute: 600, Minutes: 30, Count: 1, Weeks: 1})
	if err == nil {
		t.Error("the time of a removed staff member was opened")
	}
}

func TestAnOpeningRacingARemovalIsEitherSeenOrRefused(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	for round := range 10 {
		mia := s.AddStaffMember("Mia", cut)
		opened, removed := make(chan error, 1), make(chan business.Touched, 1)
		go func() {
			_, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
				StaffMember: mia, Date: s.day(1), FromMinute: 600, Minutes: 30, Count: 1, Weeks: 1, OutsideHours: true,
			})
			opened <- err
		}()
		go func() {
			_, touched, err := s.b.RemoveStaffMember(s.Context(), s.Staff, mia, "", "")
			if err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			removed <- touched
		}()
		openErr, touched := <-opened, <-removed
		if (openErr == nil) == touched.Empty() {
			t.Fatalf("round %d: opening said %v, removal showed %d openings", round, openErr, len(touched.Slots))
		}
	}
	var lost int
	s.must(s.DB.Pool().QueryRow(`SELECT COUNT(*) FROM slots s JOIN staff_members m ON m.tenant_id = s.tenant_id AND m.id = s.staff_member_id
		WHERE s.state = 'open' AND NOT m.active`).Scan(&lost))
	if lost != 0 {
		t.Errorf("%d openings of removed staff members", lost)
	}
}
