package public_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestOnlyTheButtonBehindTheLinkConfirmsAnEntry(t *testing.T) {
	s := open(t)
	entry := s.Join("Amara", "amara@example.com", s.cut, waitlist.Wishes{}).Token
	for range 3 {
		s.get(paths.Entry(entry)).says("One more press, Amara")
	}
	s.ask("HEAD", paths.Entry(entry), nil)
	page := s.get(paths.Entry(entry))
	for range 2 {
		s.press(page, paths.EntryConfirmation(entry), nil).says("You are next in line")
	}
}

func TestThePlaceIsCountedAmongThoseWhoWaitForTheSameService(t *testing.T) {
	s := open(t)
	var entries []string
	for _, name := range []string{"Amara", "Bela", "Cleo"} {
		entries = append(entries, s.joins(name, waitlist.Wishes{}).Token)
	}
	s.get(paths.Entry(entries[0])).says("You are next in line")
	s.get(paths.Entry(entries[1])).says("1 person is ahead of you")
	s.get(paths.Entry(entries[2])).says("2 people are ahead of you")
}

func TestAPauseKeepsThePlaceAndEndsWithAPress(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	page := s.get(paths.Entry(entry))
	paused := s.press(page, paths.EntryPause(entry), nil).says("Your wait is paused")
	s.press(page, paths.EntryPause(entry), nil).says("Your wait is paused")
	s.press(paused, paths.EntryReturn(entry), nil).says("You are next in line")
}

func TestLeavingAsksFirst(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	question := s.get(paths.EntryLeaving(entry)).says("Leave the list?").leadsTo(paths.Entry(entry))
	s.get(paths.Entry(entry)).says("You are next in line")
	for range 2 {
		s.press(question, paths.EntryLeaving(entry), nil).says("You have left the list").leadsTo(paths.Join(slug))
	}
	s.follow(s.get(paths.EntryLeaving(entry))).says("You have left the list")
}

func TestLeavingWithAnOfferOutDeclinesIt(t *testing.T) {
	s := open(t)
	offer, entry := s.offered("Amara")
	s.get(paths.Entry(entry)).says("Amara, there is an offer for you").leadsTo(paths.Offer(offer))
	s.press(s.get(paths.EntryLeaving(entry)), paths.EntryLeaving(entry), nil).says("You have left the list")
	s.get(paths.Offer(offer)).says("You are off the list, Amara")
}

func TestAPausePressedWhileAnOfferCameShowsTheOffer(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	page := s.get(paths.Entry(entry))
	s.opens(7)
	s.press(page, paths.EntryPause(entry), nil).says("Amara, there is an offer for you")
}

func TestAnEntryThatTheBusinessRemovedSaysSo(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	page := s.get(paths.Entry(entry))
	list, err := s.W.WaitingList(t.Context(), s.Tenant, 10)
	s.check(err)
	s.check(s.W.RemoveEntry(t.Context(), s.Staff, list[0].ID))
	s.press(page, paths.EntryPause(entry), nil).says("You are no longer on the list")
}

func TestAnEntryWhoseDatesHavePassedSaysSo(t *testing.T) {
	s := open(t)
	today, err := s.W.Today(t.Context(), s.Tenant)
	s.check(err)
	entry := s.joins("Amara", waitlist.Wishes{LatestOn: today.AddDays(2)}).Token
	s.Pass(4 * 24 * time.Hour)
	s.Tick()
	s.get(paths.Entry(entry)).says("Your wait has ended").leadsTo(paths.Join(slug))
}

func TestChangedWishesComeBackAsTheyWereTyped(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	today, err := s.W.Today(t.Context(), s.Tenant)
	s.check(err)
	saved := s.press(s.get(paths.EntryWishes(entry)), paths.EntryWishes(entry), url.Values{
		"who": {"only"}, "only_staff": {s.mia}, "when": {"only"},
		"windows":      {"1-morning", "1-afternoon", "3-evening"},
		"window_day_1": {"0"}, "window_day_2": {"5"}, "window_from_2": {"09:30"}, "window_to_2": {"00:00"},
		"earliest_on": {today.String()}, "latest_on": {today.AddDays(30).String()}, "notice": {"120"},
	})
	saved.says("You are next in line")
	facts := strings.Join(strings.Fields(saved.Find("dl.wl-facts").Text()), " ")
	for _, want := range []string{"Only Mia", "Mon 00:00–17:00, Wed Evening, Fri 09:30–00:00", "Needs 2 h notice"} {
		if !strings.Contains(facts, want) {
			t.Errorf("the facts %q lack %q", facts, want)
		}
	}
	e, err := s.W.EntryPage(t.Context(), entry)
	s.check(err)
	if len(e.Wishes.Windows) != 3 || e.Wishes.Windows[2] != (rules.Window{Weekday: 5, From: 570, To: 1440}) || e.Wishes.Notice != 2*time.Hour {
		t.Errorf("%+v", e.Wishes)
	}
	form := s.get(paths.EntryWishes(entry))
	for _, selector := range []string{
		"input[name=who][value=only][checked]", "input[name=only_staff][value='" + s.mia + "'][checked]", "input[value='1-morning'][checked]",
		"input[value='1-afternoon'][checked]", "input[value='3-evening'][checked]", "input[name=window_from_1][value='09:30']",
		"input[name=window_to_1][value='00:00']", "input[name=earliest_on][value='" + today.String() + "']", "option[value='120'][selected]",
	} {
		if !form.has(selector) {
			t.Errorf("the form lacks %s", selector)
		}
	}
	if form.has("input[value='1-evening'][checked]") {
		t.Error("the form ticks more than was typed")
	}
}

func TestPreferredTimesLeaveEveryOtherTimePossible(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	s.press(s.get(paths.EntryWishes(entry)), paths.EntryWishes(entry), url.Values{
		"who": {"prefer"}, "preferred_staff": {s.jonas}, "when": {"prefer"}, "windows": {"2-morning"}, "notice": {"0"},
	}).says("You are next in line")
	e, err := s.W.EntryPage(t.Context(), entry)
	s.check(err)
	w := e.Wishes
	if len(w.Windows) != 2 || !w.Windows[0].Preferred || w.Windows[1] != (rules.Window{From: 0, To: 1440}) || w.PreferredStaff != s.jonas || len(w.OnlyStaff) > 0 {
		t.Errorf("%+v", w)
	}
	if form := s.get(paths.EntryWishes(entry)); !form.has("input[name=when][value=prefer][checked]") || !form.has("input[value='2-morning'][checked]") {
		t.Error("the form lost what was preferred")
	}
}

func TestAllThatCanBeTickedFitsIntoAnEntry(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	form := url.Values{"who": {"any"}, "when": {"prefer"}, "notice": {"0"}}
	for day := '1'; day <= '7'; day++ {
		form.Add("windows", string(day)+"-morning")
		form.Add("windows", string(day)+"-evening")
	}
	for line := '1'; line <= '6'; line++ {
		form.Set("window_day_"+string(line), "0")
		form.Set("window_from_"+string(line), "13:00")
		form.Set("window_to_"+string(line), "14:00")
	}
	s.press(s.get(paths.EntryWishes(entry)), paths.EntryWishes(entry), form).says("You are next in line")
}

func TestMoreLinesForExactTimesKeepWhatWasTypedAndSaveNothing(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	form := url.Values{"more": {"1"}, "when": {"only"}, "window_day_1": {"2"}, "window_from_1": {"10:00"}, "window_to_1": {"11:00"}, "notice": {"240"}}
	page := s.ask("POST", paths.EntryWishes(entry), form)
	if n := page.Find("input[name^=window_from]").Length(); page.status != 200 || n != 4 {
		t.Errorf("status %d, %d lines", page.status, n)
	}
	if !page.has("input[name=window_from_1][value='10:00']") || !page.has("option[value='240'][selected]") || page.has(".wl-errors") {
		t.Error("what was typed is gone, or refused")
	}
	e, err := s.W.EntryPage(t.Context(), entry)
	s.check(err)
	if len(e.Wishes.Windows) > 0 || e.Wishes.Notice != 0 {
		t.Errorf("saved %+v", e.Wishes)
	}
}

// hostileWishes are form values that must be refused, with the field that is named.
func hostileWishes(s *site) []struct{ name, value, field string } {
	return []struct{ name, value, field string }{
		{"who", "everybody", "who"},
		{"who", "prefer", "preferred_staff"},
		{"who", "only", "only_staff"},
		{"when", "<script>alert(1)</script>", "when"},
		{"when", "only", "windows"},
		{"windows", "8-morning", "windows"},
		{"windows", "1-night", "windows"},
		{"earliest_on", "2027-02-30", "earliest_on"},
		{"earliest_on", "30.11.2026", "earliest_on"},
		{"earliest_on", "0000-00-00", "earliest_on"},
		{"earliest_on", "9999-12-31", "earliest_on"},
		{"latest_on", "2020-01-01", "latest_on"},
		{"latest_on", "2026-11-22\r\nSet-Cookie: x=y", "latest_on"},
		{"latest_on", "\U0001F600", "latest_on"},
		{"notice", "-60", "notice"},
		{"notice", "99999999999999999999", "notice"},
		{"notice", "43201", "notice"},
		{"notice", "\u202e60", "notice"},
		{"window_day_1", "9", "windows"},
		{"window_from_1", "25:00", "windows"},
		{"window_from_1", "18:00", "windows"},
		{"window_to_1", "", "windows"},
		{"only_staff", "AAAAAAAAAAAAAAAAAAAAAA", "only_staff"},
		{"preferred_staff", "' OR 1=1 --", "preferred_staff"},
	}
}

func wishesWith(s *site, name, value string) url.Values {
	form := url.Values{"who": {"any"}, "when": {"any"}, "notice": {"0"}}
	switch name {
	case "only_staff":
		form.Set("who", "only")
	case "preferred_staff":
		form.Set("who", "prefer")
	case "windows":
		form.Set("when", "only")
	case "window_day_1", "window_from_1", "window_to_1":
		form.Set("when", "only")
		form.Set("window_day_1", "1")
		form.Set("window_from_1", "10:00")
		form.Set("window_to_1", "12:00")
	}
	form.Set(name, value)
	return form
}

func TestHostileWishesAreRefusedByNameAndChangeNothing(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	for _, c := range hostileWishes(s) {
		page := s.ask("POST", paths.EntryWishes(entry), wishesWith(s, c.name, c.value)).refuses(c.field)
		if page.has("script:not([src])") {
			t.Errorf("%s=%q: what was typed became a script", c.name, c.value)
		}
		if t.Failed() {
			t.Logf("the case was %s=%q", c.name, c.value)
		}
	}
	e, err := s.W.EntryPage(t.Context(), entry)
	s.check(err)
	if len(e.Wishes.Windows)+len(e.Wishes.OnlyStaff) > 0 || e.Wishes.PreferredStaff != "" || !e.Wishes.LatestOn.IsZero() || e.Wishes.Notice != 0 {
		t.Errorf("something was saved: %+v", e.Wishes)
	}
}

func TestTextThatIsNotUTF8IsRefusedByName(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	page := s.ask("POST", paths.EntryWishes(entry), url.Values{"notice": {"\xff\xfe"}})
	if page.status != 422 || !strings.Contains(page.main(), "notice") {
		t.Errorf("status %d: %s", page.status, page.main())
	}
}

func TestThePartOfAnEntryIsThePageWithoutItsFrameAndLooksAgain(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	part := s.part(paths.Entry(entry), "entry")
	if part.has("header") || part.title() != "You are next in line" || part.Find("#entry").AttrOr("hx-get", "") != paths.Entry(entry) {
		t.Errorf("%s", part.body)
	}
}
