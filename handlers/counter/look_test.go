package counter_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// busyDay is a shop with something of everything at its counter, at 14:10.
func busyDay(t *testing.T) (s *shop, at map[string]string) {
	t.Helper()
	s = open(t)
	colour := s.AddService("Balayage with consultation, toning and blow-dry", 150*time.Minute, 15*time.Minute)
	noor := s.AddStaffMember("Noor", s.cut, colour)
	s.StartAt(time.Date(2027, 3, 1, 14, 10, 0, 0, s.Zone))
	elena := s.books("Elena Rossi", s.today, 14*60+15)
	s.books("Ravi Patel", s.today, 17*60)
	_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.jonas, Busy: true, Minutes: 45, Date: s.today, FromMinute: 15 * 60, Note: "Supplier"})
	s.check(err)
	s.WaitAs("Amara Okafor", "amara@example.org", s.cut, waitlist.Wishes{})
	s.adds("Jonas Lindqvist")
	held := s.Open(s.jonas, 0, "16:00", 45*time.Minute)
	s.Open(s.mia, 0, "15:15", 45*time.Minute)
	s.Send()
	s.Pass(7 * time.Minute)
	priya := s.WaitAs("Priya Raman", "priya@example.org", colour, waitlist.Wishes{PreferredStaff: noor, Windows: []rules.Window{{Weekday: 1, From: 0, To: 720}, {Weekday: 3, From: 720, To: 1020}, {Weekday: 4, From: 0, To: 1440}, {Weekday: 5, From: 0, To: 1440}}})
	s.Pass(20 * time.Minute)
	mateo := s.WaitAs("Mateo Álvarez", "mateo@example.org", s.cut, waitlist.Wishes{OnlyStaff: []string{s.mia}, EarliestOn: s.today.AddDays(3)})
	_, err = s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: s.cut, Name: "Tom Whitfield", Phone: "+49 30 901820", Note: "Wheelchair access", Priority: -1, Wishes: waitlist.Wishes{EarliestOn: s.today.AddDays(1)}})
	s.check(err)
	paused := s.Wait(s.cut, waitlist.Wishes{EarliestOn: s.today.AddDays(1)})
	s.check(s.W.StaffPauseEntry(s.Context(), s.Staff, paused.Entry))
	open := s.Open(noor, 0, "18:00", 60*time.Minute)
	return s, map[string]string{
		"board": paths.Counter, "day": paths.Day(s.today.String()), "open-slot": paths.NewSlot + "?staff_member=" + s.mia + "&from=15:00", "book": paths.NewBooking,
		"busy": paths.NewBooking + "?busy=on", "add": paths.NewEntry, "slot": paths.Slot(open), "held-slot": paths.Slot(held), "booking": paths.CounterBooking(elena),
		"entry": paths.CounterEntry(priya.Entry), "slots-for": paths.CounterEntrySlots(mateo.Entry), "choose": paths.SlotOffer(held) + "?entry=" + priya.Entry,
	}
}

func TestThePagesSuitEveryScreenAndEverybody(t *testing.T) {
	s, at := busyDay(t)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "tablet-dark": browser.Tablet.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.ada)
			for picture, path := range at {
				if status := page.Go(s.server.URL + path); status != 200 {
					t.Fatalf("%s answers %d", path, status)
				}
				page.Picture("counter-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				page.Accessible()
			}
		})
	}
}

func TestTheBoardLooksRightHoweverManyWait(t *testing.T) {
	s := open(t)
	b := browser.Start(t)
	documents := map[string]string{}
	for i, more := range []int{0, 5, 45, 450} {
		many := []string{"nobody", "5", "50", "500"}[i]
		s.crowd(more)
		if more == 45 {
			s.Open(s.mia, 1, "15:00", 45*time.Minute)
			s.Open(s.jonas, 1, "16:00", 45*time.Minute)
		}
		for name, screen := range map[string]browser.Screen{
			"phone": browser.Phone, "tablet": browser.Tablet, "tablet-upright": {Width: 820, Height: 1180, Touch: true}, "desktop-dark": browser.Desktop.InTheDark(),
		} {
			t.Run(many+" on a "+name, func(t *testing.T) { // whose page is closed before more come, and all would be drawn again for each
				page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.ada)
				page.See(`[data-live][data-state="on"]`)
				page.Picture("board-" + many + "-" + name)
				page.Fits()
				page.Reachable()
				if more <= 5 { // axe takes its time with thousands of elements, and they are all alike
					page.Accessible()
				}
			})
		}
		documents["board-"+many] = s.get(paths.Counter + "?rows=500").body
	}
	browser.Valid(t, documents)
}
