package admin_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// settled is a business with everything on its pages: names long and short, days off, something removed, people who wait.
func settled(t *testing.T) (s *site, cut, mia, closure string) {
	t.Helper()
	s = open(t)
	cut, mia, _ = s.staffed()
	colour := s.AddService("Balayage with consultation, toning and blow-dry", 150*time.Minute, 15*time.Minute)
	s.AddService("Beard trim", 20*time.Minute, 0)
	old := s.AddService("Perm", time.Hour, 0)
	s.AddStaffMember("Maximiliane Wolkenstein-Hohenfels", cut, colour)
	s.AddStaffMember("Jonas")
	s.Wait(old, waitlist.Wishes{})
	s.Wait(cut, waitlist.Wishes{OnlyStaff: []string{mia}})
	for _, clock := range []string{"12:00", "13:00", "14:00", "15:00", "16:00", "17:00", "18:00", "18:45", "19:15"} {
		s.Open(mia, 3, clock, 30*time.Minute)
	}
	s.press(s.get(paths.ServiceRemoval(old)), paths.ServiceRemoval(old), nil)
	s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-12-24"}, "to": {"2027-12-31"}, "reason": {"Christmas"}})
	list := s.leadsTo(s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-03-01"}, "staff_member": {mia}}), paths.Closures)
	return s, cut, mia, list.Find("tbody a").AttrOr("href", "")
}

func TestThePagesSuitEveryScreenAndEverybody(t *testing.T) {
	s, cut, mia, closure := settled(t)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"tablet": browser.Tablet, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for picture, at := range map[string]string{
				"overview": paths.Admin, "poster": paths.Poster, "services": paths.Services, "service": paths.Service(cut), "service-removal": paths.ServiceRemoval(cut),
				"staff": paths.StaffMembers, "staff-member": paths.StaffMember(mia), "staff-removal": paths.StaffMemberRemoval(mia), "hours": paths.Hours,
				"closures": paths.Closures, "closure": closure, "settings": paths.Settings, "weights": paths.Weights, "profile": paths.Profile,
			} {
				if status := page.Go(s.server.URL + at); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("admin-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
}

func TestEveryPageIsValid(t *testing.T) {
	s, cut, mia, closure := settled(t)
	documents := map[string]string{
		"touched": s.press(s.get(paths.Hours), paths.Hours, url.Values{"from_2_0": {"12:00"}}).body,
		"refused": s.press(s.get(paths.Settings), paths.Settings, url.Values{"hold": {"soon"}}).body,
		"hours":   s.press(s.get(paths.Hours), paths.Hours, url.Values{"from_2_0": {"22:00"}, "to_3_0": {""}}).body,
	}
	for _, at := range []string{
		paths.Admin, paths.Figures(1), paths.Figures(30), paths.Poster, paths.Services, paths.NewService, paths.Service(cut), paths.ServiceRemoval(cut), paths.StaffMembers, paths.StaffMember(mia),
		paths.StaffMemberRemoval(mia), paths.Hours, paths.Closures, paths.NewClosure, closure, paths.Settings, paths.Weights, paths.Profile,
	} {
		documents[at] = s.get(at).body
	}
	browser.Valid(t, documents)
}

// answer has the offer that is out accepted, declined or left until it is over, and those that follow it accepted, each after a while.
func (s *site) answer(how int, after time.Duration) {
	s.t.Helper()
	s.Send()
	s.Pass(after)
	s.Tick()
	out, err := s.DB.PendingOffersOf(s.Context(), s.Tenant)
	s.check(err)
	if len(out) == 0 {
		return
	}
	token := s.DB.Tokens().Make(seal.TokenOffer, out[0].PublicID, out[0].TokenVersion)
	switch how {
	case 1:
		s.check(s.W.Decline(s.Context(), token, false))
	case 4:
		s.Pass(15 * time.Minute)
		s.Tick()
	default:
		s.check(s.W.Accept(s.Context(), token))
	}
	s.answer(0, after)
}

// busy is a business with two months behind it: one to four slots a day, most of them taken by whom they are offered first, some by the
// next, one a week by nobody. One offer is out.
func busy(t *testing.T) *site {
	t.Helper()
	s := open(t)
	cut, mia, _ := s.staffed()
	jonas := s.AddStaffMember("Jonas", cut)
	for range 12 {
		s.Wait(cut, waitlist.Wishes{})
	}
	for day := range 60 {
		s.StartAt(time.Date(2027, 2, 3+day, 9+day%7, 10*(day%6), 0, 0, s.Zone))
		s.Tick()
		for n := range 1 + day*5%4 + day/40 {
			s.Wait(cut, waitlist.Wishes{})
			slot := s.Open([]string{mia, jonas}[n%2], 2, []string{"09:00", "11:30", "14:00", "16:30", "18:00"}[n], 45*time.Minute)
			if day%7 == 5 && n == 0 {
				s.check(s.W.WithdrawSlot(s.Context(), s.Staff, slot))
				s.Pass(waitlist.UndoFor)
				s.Tick()
				continue
			}
			s.answer((day+2*n)%7, time.Duration(1+(day+3*n)%6)*time.Minute)
			s.Pass(35 * time.Minute)
		}
	}
	s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 2, "19:00", 45*time.Minute)
	s.Send()
	s.told()
	s.token = s.newAdmin(accounts.New(s.DB, accounts.SignupClosed), s.Slug, "eda@example.org") // the first session is over
	s.comeIn(s.token)
	return s
}

func TestTheFiguresSuitEveryScreenAndEverybody(t *testing.T) {
	s := busy(t)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"tablet": browser.Tablet, "desktop": browser.Desktop, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for picture, at := range map[string]string{
				"today": paths.Figures(1), "week": paths.Figures(7), "month": paths.Figures(30),
			} {
				if status := page.Go(s.server.URL + at); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("figures-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
			page.Go(s.server.URL + paths.Figures(7) + "&lang=de")
			page.Picture("figures-german-" + name)
			page.Fits()
			page.Click(".wl-chart-data summary")
			page.See(".wl-chart-table")
			page.Picture("figures-table-" + name)
			page.Fits()
			page.Accessible()
		})
	}
}

func TestAnotherPeriodTakesThePlaceOfTheFirst(t *testing.T) {
	s := worked(t)
	page := browser.Start(t).Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Admin)
	page.SeeText(".wl-segmented [aria-current]", "7 days")
	page.Click(`.wl-segmented a[href$="days=30"]`)
	page.SeeText(".wl-segmented [aria-current]", "30 days")
	page.Wait(`location.search === "?days=30"`)
	page.SeeText("#figures [role=status]", "1 Feb 2027 – 2 Mar 2027")
}

func TestAnEmptyBusinessLooksRight(t *testing.T) {
	s := open(t)
	page := browser.Start(t).Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
	for picture, at := range map[string]string{"overview": paths.Admin, "services": paths.Services, "staff": paths.StaffMembers, "closures": paths.Closures} {
		page.Go(s.server.URL + at)
		page.Picture("admin-empty-" + picture)
		page.Fits()
		page.Accessible()
	}
}

func TestHoursAreSetByKeyboardWithWhatTheyTouchShownInPlace(t *testing.T) {
	s := open(t)
	s.staffed()
	page := browser.Start(t).Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Hours)
	page.Set("#f-from-2-0", "12:00")
	page.Click(`button[name="act"][value="add.7"]`)
	page.See("#f-from-7-1")
	if got := page.Value("#f-from-2-0"); got != "12:00" {
		t.Errorf("adding hours forgot what was typed: %q", got)
	}
	page.Set("#f-to-7-0", "12:00")
	page.Set("#f-from-7-1", "11:00")
	page.Set("#f-to-7-1", "13:00")
	page.Click(".wl-form-actions button")
	page.SeeText(".wl-errors", "overlap")
	page.Wait(`document.activeElement.id === "f-from-7-1"`)
	page.Picture("admin-hours-refused")
	page.Set("#f-from-7-1", "12:30")
	page.Press("\r")
	page.SeeText("#touched", "Bea Booked")
	page.Wait(`document.activeElement.id === "touched"`)
	page.Picture("admin-hours-touched")
	page.Accessible()
	page.Fits()
	page.Click(".wl-form-actions button")
	page.SeeText("#flash", "The opening hours are saved.")
	if got := page.Value("#f-from-2-0"); got != "12:00" {
		t.Errorf("saved: %q", got)
	}
}
