package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestTheNewPagesAreValidAndChangeNothingByBeingSeen(t *testing.T) {
	s, mia, closure, category, touching := planned(t)
	state := func() (sum string) {
		s.check(s.DB.Pool().QueryRowContext(s.Context(), `SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM audit_entries), (SELECT SUM(version) FROM closures),
			(SELECT SUM(version) FROM services), (SELECT SUM(version) FROM staff_members), (SELECT SUM(version) FROM holiday_choices), (SELECT COUNT(*) FROM slots))`).Scan(&sum))
		return sum
	}
	before := state()
	documents := map[string]string{
		"touched": s.press(s.get(paths.NewClosure), paths.Closures, touching).body,
		"refused": s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-03-05"}, "repeat": {"weekly"}, "weeks": {"0"}, "to_time": {"12:00"}}).body,
	}
	for _, at := range []string{
		paths.Services, paths.Categories, paths.Category(category), paths.StaffMember(mia), paths.StaffMemberHours(mia), paths.Closures, closure, paths.NewClosureOf(mia),
		paths.Holidays, paths.Join(s.Slug),
	} {
		documents[at] = s.get(at).body
		if german := s.get(at + "?lang=de"); german.status != http.StatusOK {
			t.Errorf("%s in German answers %d", at, german.status)
		}
		s.get(at + "?lang=en")
	}
	browser.Valid(t, documents)
	if after := state(); after != before {
		t.Errorf("looking changed %s into %s", before, after)
	}
}

func TestServicesArePutInOrderWithoutScriptAndBack(t *testing.T) {
	s := open(t)
	for _, name := range []string{"Cut", "Colour", "Beard"} {
		s.leadsTo(s.press(s.get(paths.NewService), paths.Services, url.Values{"name": {name}, "price": {"10"}}), paths.Services)
	}
	page := s.page(paths.Categories, "Categories and order")
	added := s.leadsTo(s.press(page, paths.Categories, url.Values{"name": {"Hair"}}), paths.Categories).says("Hair is added.", "Nothing in it yet")
	category := added.Find(`a[href^="/admin/categories/"]`).AttrOr("href", "")
	s.press(page, paths.Categories, url.Values{"name": {"Hair"}}) // the same press again
	s.press(s.get(paths.Categories), paths.Categories, url.Values{"name": {"Hair"}}).refuses("name")
	s.press(s.get(paths.Categories), paths.Categories, url.Values{"name": {" "}}).refuses("name")

	move := func(name, direction string) answer {
		t.Helper()
		button := s.get(paths.Categories).Find("#order li:contains('" + name + "') button:contains('" + direction + "')")
		action := button.Closest("form").AttrOr("action", "")
		return s.leadsTo(s.ask("POST", action, url.Values{"place": {button.AttrOr("value", "")}}), paths.Categories)
	}
	moved := move("Beard", "Move up").says("Beard is moved.")
	if got := order(moved); got != "Cut Beard Colour" {
		t.Errorf("moved up: %s", got)
	}
	undo := moved.Find("#flash form").AttrOr("action", "")
	if got := order(s.leadsTo(s.ask("POST", undo, url.Values{}), paths.Categories)); got != "Cut Colour Beard" {
		t.Errorf("undone: %s", got)
	}
	if got := order(move("Cut", "Move up").silent("is moved")); got != "Cut Colour Beard" {
		t.Errorf("the first moved up: %s", got)
	}
	live := s.ask("POST", undo, url.Values{}, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#order")
	if live.status != http.StatusOK || live.Find("#order").Length() != 1 || live.Find("main").Length() != 0 {
		t.Errorf("by script: %d\n%s", live.status, live.body)
	}

	cut := s.get(paths.Services).Find("tbody a").First().AttrOr("href", "")
	id := strings.TrimPrefix(category, "/admin/categories/")
	s.leadsTo(s.press(s.get(cut), cut, url.Values{"category": {id}}), paths.Services).says("Hair", "Other services")
	s.press(s.get(cut), cut, url.Values{"category": {"gone"}}).refuses("category")
	form := s.page(category, "Hair")
	s.leadsTo(s.press(form, category, url.Values{"name": {"Hair and beard"}}), paths.Categories).says("Hair and beard")
	stale := s.press(form, category, url.Values{"name": {"Hair only"}})
	if stale.status != http.StatusConflict || stale.Find(`input[name="name"]`).AttrOr("value", "") != "Hair only" {
		t.Errorf("a stale form: %d", stale.status)
	}
	s.leadsTo(s.press(stale, category, nil), paths.Categories).says("Hair only")
	s.leadsTo(s.press(s.get(category), category+"/removal", nil), paths.Categories).says("Hair only is removed", "Cut")
}

// texts are those of all elements that a selector finds.
func texts(a answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, one *goquery.Selection) string { return one.Text() })
}

// order is the names of the services in the order of the page.
func order(a answer) string { return strings.Join(texts(a, "#order li a"), " ") }

func TestTheJoinPageShowsCategoriesOnceThereIsMoreThanOne(t *testing.T) {
	s := open(t)
	headings := func() string { return strings.Join(texts(s.get(paths.Join(s.Slug)), ".wl-choices-group"), ", ") }
	add := func(name, category string) {
		s.leadsTo(s.press(s.get(paths.NewService), paths.Services, url.Values{"name": {name}, "price": {"10"}, "category": {category}}), paths.Services)
	}
	s.AddStaffMember("Mia")
	s.leadsTo(s.press(s.get(paths.Categories), paths.Categories, url.Values{"name": {"Hair"}}), paths.Categories)
	hair := strings.TrimPrefix(s.get(paths.Categories).Find(`a[href^="/admin/categories/"]`).AttrOr("href", ""), "/admin/categories/")
	add("Cut", hair)
	add("Colour", hair)
	if got := headings(); got != "" {
		t.Errorf("with one category: %s", got)
	}
	add("Beard", "")
	if got := headings(); got != "Hair, Other services" {
		t.Errorf("with more: %s", got)
	}
	group := s.get(paths.Join(s.Slug)).Find(`[role="group"]`).First()
	if label := group.AttrOr("aria-labelledby", ""); group.Find("input").Length() != 2 || s.get(paths.Join(s.Slug)).Find("#"+label).Length() != 1 {
		t.Errorf("the first group has %d services and is labelled by %q", group.Find("input").Length(), label)
	}
}

func TestTimeOffRepeatsWithADayLeftOut(t *testing.T) {
	s := open(t)
	_, mia, _ := s.staffed()
	form := s.page(paths.NewClosureOf(mia), "New days off")
	for field, bad := range map[string]url.Values{
		"weekdays":  {"repeat": {"weekly"}},
		"weeks":     {"repeat": {"weekly"}, "weekdays": {"1"}, "weeks": {"99"}},
		"until":     {"repeat": {"weekly"}, "weekdays": {"1"}, "until": {"2027-01-01"}},
		"to_time":   {"from_time": {"12:00"}},
		"skip_also": {"repeat": {"weekly"}, "weekdays": {"1"}, "skip_also": {"2027-03-09"}},
		"repeat":    {"repeat": {"hourly"}},
	} {
		bad["from"], bad["reason"] = []string{"2027-03-08"}, []string{"Course"}
		refused := s.press(form, paths.Closures, bad)
		refused.refuses(field)
		if refused.Find(`[name="reason"]`).AttrOr("value", "") != "Course" || refused.Find(`select option[selected]`).AttrOr("value", "") != mia {
			t.Errorf("%s: the input is not kept", field)
		}
	}
	saved := s.leadsTo(s.press(form, paths.Closures, url.Values{
		"from": {"2027-03-08"}, "repeat": {"weekly"}, "weekdays": {"1", "4"}, "weeks": {"2"}, "from_time": {"12:00"}, "to_time": {"13:00"}, "skip_also": {"2027-03-11"}, "reason": {"Course"},
	}), paths.Closures)
	saved.says("Every 2 weeks: Monday, Thursday", "12:00–13:00 · next 8 Mar 2027", "Mia", "Course")
	at := saved.Find("tbody a").AttrOr("href", "")
	page := s.page(at, "Days off")
	if box := page.Find(`input[name="skips"][value="2027-03-11"]`); box.AttrOr("checked", "no") == "no" {
		t.Errorf("the day left out is not ticked:\n%s", page.main())
	}
	s.page(paths.StaffMember(mia), "Mia").says("Every 2 weeks: Monday, Thursday", "As the business is open")
	s.leadsTo(s.press(page, at, url.Values{"skips": {"2027-03-11", "2027-03-22"}, "until": {"2027-06-30"}}), paths.Closures).says("until 30 Jun 2027")
	stale := s.press(page, at, url.Values{"reason": {"Another"}})
	if stale.status != http.StatusConflict || stale.Find(`[name="reason"]`).AttrOr("value", "") != "Another" {
		t.Errorf("a stale form: %d", stale.status)
	}
	s.leadsTo(s.press(stale, at, nil), paths.Closures).says("Another")
}

func TestHolidaysAreShownBeforeTheyAreSaved(t *testing.T) {
	s := open(t)
	s.page(paths.Closures, "Closures").says("None are chosen")
	page := s.page(paths.Holidays, "Public holidays").says("Choose your country")
	shown := s.press(page, paths.Holidays, url.Values{"country": {"DE"}, "act": {"show"}})
	shown.says("Good Friday", "26 Mar 2027", "German Unity Day")
	s.page(paths.Closures, "Closures").says("None are chosen")
	berlin := s.press(shown, paths.Holidays, url.Values{"region": {"BE"}}).says("Women’s Day") // saved with another calendar: shown first
	if n := berlin.Find(`input[name="closed"][checked]`).Length(); n != 10 || berlin.status != http.StatusOK {
		t.Errorf("%d holidays are ticked, status %d", n, berlin.status)
	}
	s.leadsTo(s.press(berlin, paths.Holidays, url.Values{"open_on": {"2027-03-26"}}), paths.Closures).says("Germany, Berlin · next Women’s Day, 8 Mar 2027")
	saved := s.page(paths.Holidays, "Public holidays")
	if saved.Find(`input[name="open_on"][checked]`).Length() != 1 || saved.Find(`details[open]`).Length() == 0 {
		t.Error("the one-off opening is not shown")
	}
	stale := s.press(berlin, paths.Holidays, nil)
	if stale.status != http.StatusConflict {
		t.Errorf("a stale form: %d", stale.status)
	}
	s.press(saved, paths.Holidays, url.Values{"country": {"XX"}, "listed": {"XX-"}, "region": {""}}).refuses("country")
	s.pressLive(saved, paths.Holidays, "holidays-form", url.Values{"country": {"GB"}, "act": {"show"}}).partOnly("holidays-form").says("Boxing Day", "(substitute day)")
	s.leadsTo(s.press(saved, paths.Holidays, url.Values{"country": {"none"}}), paths.Closures).says("None are chosen")
}

func TestWorkingHoursOfAStaffMember(t *testing.T) {
	s := open(t)
	_, mia, _ := s.staffed()
	at := paths.StaffMemberHours(mia)
	form := s.page(at, "Mia’s working hours")
	more := s.press(form, at, url.Values{"own": {"yes"}, "act": {"add.1"}})
	if more.Find(`input[name="from_1_1"]`).Length() != 1 || more.Find(`input[name="own"][value="yes"][checked]`).Length() != 1 {
		t.Error("one more row of Monday forgets what was chosen")
	}
	s.press(form, at, url.Values{"own": {"yes"}, "from_1_0": {"21:00"}}).refuses("to_1_0")
	touched := s.press(form, at, url.Values{"own": {"yes"}, "to_2_0": {"09:30"}, "to_7_0": {"22:00"}})
	touched.says("Nothing is saved yet", "1 booking", "Bea Booked")
	s.leadsTo(s.press(touched, at, nil), paths.StaffMember(mia)).says("The working hours are saved.", "Own hours")
	s.page(at, "Mia’s working hours").says("They also work while the business is closed: Sunday")
	s.page(paths.StaffMembers, "Staff members").says("Own hours")
	if stale := s.press(form, at, nil); stale.status != http.StatusConflict {
		t.Errorf("a stale form: %d", stale.status)
	}
	s.pressLive(s.get(at), at, "staff-hours-form", url.Values{"from_1_0": {"x"}}).partOnly("staff-hours-form")
}

func TestTheOfferOnAClosedDayIsListedAndWithdrawnWhenTicked(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	slot := s.Open(mia, 2, "10:00", 45*time.Minute)
	s.Send()
	touched := s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-03-03"}})
	touched.says("1 offer is out", "Amara · Haircut · with Mia · answer until 09:10", "Withdraw the 1 offer that is out").silent("opening stays")
	if touched.status != http.StatusConflict || touched.Find(`input[name="withdraw"]`).Length() != 1 {
		t.Errorf("status %d, %d choices", touched.status, touched.Find(`input[name="withdraw"]`).Length())
	}
	s.leadsTo(s.press(touched, paths.Closures, url.Values{"withdraw": {"offers"}}), paths.Closures).says("The days off are saved.")
	s.Tick()
	if got := s.Slot(slot).State; got != "withdrawn" {
		t.Errorf("the opening is %s", got)
	}
}

func TestAServiceChangedMeanwhileComesBackWithTheInputKept(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	for at, field := range map[string]string{paths.Service(cut): "Short cut", paths.StaffMember(mia): "Mia M."} {
		first, second := s.get(at), s.get(at)
		if got := s.press(first, at, url.Values{"name": {"Meanwhile"}}); got.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", at, got.status)
		}
		stale := s.press(second, at, url.Values{"name": {field}}).says("Somebody saved this while you had the page open.")
		if stale.status != http.StatusConflict || stale.Find(`input[name="name"]`).AttrOr("value", "") != field {
			t.Errorf("%s: %d, the name is %q", at, stale.status, stale.Find(`input[name="name"]`).AttrOr("value", ""))
		}
		if got := s.press(stale, at, nil); got.status != http.StatusSeeOther {
			t.Errorf("%s: saved once more: %d", at, got.status)
		}
	}
}
