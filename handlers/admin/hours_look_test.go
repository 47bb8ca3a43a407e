package admin_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// planned is a business with twelve services in four categories, nine staff members, closures of every kind, holidays, and an offer out.
func planned(t *testing.T) (s *site, mia, closure, category string, touching url.Values) {
	t.Helper()
	s = open(t)
	b := business.New(s.DB, s.W)
	var services []string
	for _, group := range []struct {
		name     string
		services []string
	}{
		{"Cut", []string{"Haircut", "Wash, cut and blow-dry", "Fringe trim"}},
		{"Colour", []string{"Balayage with consultation, toning and blow-dry", "Highlights", "Full colour", "Roots"}},
		{"Beard & Donaudampfschifffahrtsgesellschaftsbartpflege", []string{"Beard trim", "Hot towel shave"}},
		{"Care", []string{"Scalp treatment", "Keratin"}},
		{"", []string{"Bridal styling (by arrangement)"}},
	} {
		f := business.ServiceForm{Duration: "45", Buffer: "5", PriceKind: "amount", Price: "38", Locale: i18n.For("en")}
		if group.name != "" {
			id, err := b.AddCategory(s.Context(), s.Staff, business.CategoryForm{Name: group.name})
			s.check(err)
			f.Category, category = id, id
		}
		for _, name := range group.services {
			f.Name = name
			id, err := b.AddService(s.Context(), s.Staff, f)
			s.check(err)
			services = append(services, id)
		}
	}
	for _, name := range []string{"Mia", "Jonas", "Maximiliane Wolkenstein-Hohenfels", "Ayla", "Noor", "Luca", "Bo", "Cy", "Dora"} {
		id := s.AddStaffMember(name, services...)
		if mia == "" {
			mia = id
		}
	}
	for _, f := range []url.Values{
		{"from": {"2027-12-24"}, "to": {"2027-12-31"}, "reason": {"Christmas"}},
		{"from": {"2027-03-01"}, "repeat": {"weekly"}, "weekdays": {"1", "3"}, "weeks": {"2"}, "from_time": {"12:00"}, "to_time": {"13:30"}, "staff_member": {mia}, "reason": {"Further training with a rather long title"}},
		{"from": {"2027-08-01"}, "to": {"2027-08-14"}, "repeat": {"yearly"}, "until": {"2031-12-31"}, "reason": {"Summer"}},
		{"from": {"2027-03-02"}, "from_time": {"16:00"}, "to_time": {"00:00"}, "staff_member": {mia}},
	} {
		s.leadsTo(s.press(s.get(paths.NewClosure), paths.Closures, f), paths.Closures)
	}
	list, err := b.Closures(s.Context(), s.Tenant)
	s.check(err)
	for _, row := range list.Coming {
		if row.Repeats() {
			closure = paths.Closure(row.ID)
			break
		}
	}
	shown := s.press(s.get(paths.Holidays), paths.Holidays, url.Values{"country": {"DE"}, "act": {"show"}})
	s.leadsTo(s.press(shown, paths.Holidays, url.Values{"open_on": {"2027-05-06"}}), paths.Closures)
	hours := s.get(paths.StaffMemberHours(mia))
	s.leadsTo(s.press(hours, paths.StaffMemberHours(mia), url.Values{"own": {"yes"}, "from_7_0": {"06:00"}}), paths.StaffMember(mia))
	s.WaitAs("Amara Nwosu", "amara@example.org", services[0], waitlist.Wishes{})
	s.Open(mia, 4, "10:00", 50*time.Minute)
	s.Open(mia, 4, "11:00", 50*time.Minute)
	s.Send()
	_, err = s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: mia, Service: services[3], Name: "Bea Booked", Date: list.Today.AddDays(4), FromMinute: 14 * 60, OutsideHours: true,
	})
	s.check(err)
	return s, mia, closure, category, url.Values{"from": {"2027-03-05"}}
}

func TestThePagesOfHoursAndOrderSuitEveryScreenAndEverybody(t *testing.T) {
	s, mia, closure, category, touching := planned(t)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true}, "tablet": browser.Tablet,
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for _, one := range []struct{ picture, at string }{
				{"services", paths.Services}, {"order", paths.Categories}, {"category", paths.Category(category)}, {"staff-member", paths.StaffMember(mia)},
				{"staff-hours", paths.StaffMemberHours(mia)}, {"closures", paths.Closures}, {"closure", closure}, {"new-closure", paths.NewClosureOf(mia)},
				{"holidays", paths.Holidays}, {"join", paths.Join(s.Slug)}, {"holidays-german", paths.Holidays + "?lang=de"}, {"closure-german", closure},
			} {
				if status := page.Go(s.server.URL + one.at); status != 200 {
					t.Fatalf("%s answers %d", one.at, status)
				}
				page.Picture("hours-" + one.picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
			page.Go(s.server.URL + paths.NewClosure + "?lang=en")
			page.Set("#f-from", touching.Get("from"))
			page.Click(".wl-form-actions button")
			page.SeeText("#touched", "Bea Booked")
			page.SeeText("#touched", "Amara Nwosu")
			page.Wait(`document.activeElement.id === "touched"`)
			page.Picture("hours-touched-" + name)
			page.Fits()
			if screen.Width == browser.Phone.Width {
				page.Accessible()
			}
		})
	}
}

func TestServicesAreMovedByKeyboardWithoutLosingThePlace(t *testing.T) {
	s, _, _, _, _ := planned(t)
	page := browser.Start(t).Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Categories)
	names := `[...document.querySelectorAll("#order ol:first-of-type li a")].slice(0, 3).map(a => a.textContent).join()`
	page.Wait(names + ` === "Haircut,Wash, cut and blow-dry,Fringe trim"`)
	page.Wait(`(document.querySelector('#order ol li:nth-child(1) button[value="1"]').focus(), true)`)
	page.Press("\r")
	page.Wait(names + ` === "Wash, cut and blow-dry,Haircut,Fringe trim"`)
	page.Wait(`document.activeElement.closest("li")?.textContent.includes("Haircut")`)
	page.Press("\r")
	page.Wait(names + ` === "Wash, cut and blow-dry,Fringe trim,Haircut"`)
	page.Wait(`document.activeElement.closest("li")?.textContent.includes("Haircut")`)
	page.SeeText("#flash", "Haircut is moved.")
	page.Click("#flash form button")
	page.Wait(names + ` === "Wash, cut and blow-dry,Haircut,Fringe trim"`)
}
