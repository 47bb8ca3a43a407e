package counter

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

var (
	berlin = zone("Europe/Berlin")
	monday = rules.Date{Year: 2027, Month: 3, Day: 1}
)

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func at(d rules.Date, minute int) time.Time { return d.In(minute, berlin) }

func TestEveryReasonWhyNobodyIsAskedIsSaidInWords(t *testing.T) {
	until := at(monday, 7*60)
	said := map[string]rules.UnfilledReason{}
	for _, r := range []rules.UnfilledReason{
		"", rules.ReasonNoCandidate, rules.ReasonTooLate, rules.ReasonQuietHours, rules.ReasonContactLimit, rules.ReasonHourLimit, rules.ReasonMailDown,
		rules.ReasonSlotClosed, rules.ReasonScanning,
	} {
		for _, language := range i18n.Tags() {
			ctx := i18n.With(t.Context(), i18n.For(language))
			text := reason(ctx, waitlist.DayItem{Reason: r, NextTryAt: &until}, berlin)
			if other, twice := said[text]; twice || text == "" {
				t.Errorf("%q and %q are both %q", r, other, text)
			}
			said[text] = r
		}
	}
	soon := until.Add(-8 * time.Hour) // when it is next looked at, which tells nobody anything
	for r, want := range map[rules.UnfilledReason]string{
		rules.ReasonQuietHours:   "Waits until 07:00 (quiet hours)",
		rules.ReasonHourLimit:    "As many emails went out within an hour as may: goes on at 07:00",
		rules.ReasonContactLimit: "Everyone fitting was asked often enough: again from 07:00",
	} {
		if got := reason(t.Context(), waitlist.DayItem{Reason: r, NextTryAt: &soon, WaitsUntil: &until}, berlin); got != want {
			t.Errorf("%s: %q", r, got)
		}
	}
}

func TestWishesAreToldInShort(t *testing.T) {
	for _, c := range []struct {
		of   waitlist.WaitingEntry
		want string
	}{
		{waitlist.WaitingEntry{}, ""},
		{waitlist.WaitingEntry{StaffNames: []string{"Mia"}}, "best with Mia"},
		{waitlist.WaitingEntry{StaffNames: []string{"Mia", "Jo"}, Wishes: waitlist.Wishes{OnlyStaff: []string{"a", "b"}}}, "only Mia, Jo"},
		{wanting(waitlist.Wishes{EarliestOn: monday}), "from 1 Mar 2027"},
		{wanting(waitlist.Wishes{LatestOn: monday}), "until 1 Mar 2027"},
		{wanting(waitlist.Wishes{EarliestOn: monday, LatestOn: monday.AddDays(1)}), "1 Mar 2027–2 Mar 2027"},
		{wanting(waitlist.Wishes{Notice: 90 * time.Minute}), "1 h 30 min notice"},
		{wanting(waitlist.Wishes{Notice: 48 * time.Hour}), "2 days notice"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{Weekday: 1, From: 540, To: 720}}}), "Mon 09:00–12:00"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{From: 540, To: 720}, {Weekday: 7, To: 1440}}}), "any day 09:00–12:00, Sun"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{Weekday: 2, To: 1440, Preferred: true}, {To: 1440}}}), "best Tue"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{Weekday: 1, To: 1440}, {Weekday: 2, To: 1440}, {Weekday: 3, To: 1440}, {Weekday: 4, To: 1440}, {Weekday: 5, To: 1440}}}), "Mon–Fri"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{Weekday: 3, From: 540, To: 720}, {Weekday: 1, From: 540, To: 720}, {Weekday: 3, From: 840, To: 960}}}), "Mon, Wed 09:00–12:00, Wed 14:00–16:00"},
		{wanting(waitlist.Wishes{Windows: []rules.Window{{Weekday: 1, To: 60}, {Weekday: 1, From: 120, To: 180}, {Weekday: 1, From: 240, To: 300}, {Weekday: 1, From: 360, To: 420}, {Weekday: 1, From: 480, To: 540}}}), "Mon 00:00–01:00, Mon 02:00–03:00, Mon 04:00–05:00 and 2 more"},
	} {
		if got := strings.Join(inShort(t.Context(), c.of), " · "); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func wanting(w waitlist.Wishes) waitlist.WaitingEntry { return waitlist.WaitingEntry{Wishes: w} }

func TestOnlyWhatCountsIsAReasonForAPlace(t *testing.T) {
	parts := rules.Parts{Wait: 40, Priority: -500, NoShow: -100, PreferredTime: 60}
	var names []string
	sum := 0
	for _, p := range partsOf(parts) {
		names = append(names, p.name)
		sum += p.points
	}
	if strings.Join(names, " ") != "wait priority no_show preferred_time" || int64(sum) != parts.Total() {
		t.Errorf("%v make %d of %d", names, sum, parts.Total())
	}
	if got := signed(i18n.For("en"), 1200) + " " + signed(i18n.For("en"), -3); got != "+1,200 -3" {
		t.Errorf("points are written %s", got)
	}
}

func TestEveryLevelOfPriorityHasANameAndIsReadBack(t *testing.T) {
	seen := map[string]bool{}
	for level := -3; level <= 3; level++ {
		seen[priorityName(t.Context(), level)] = true
		if options := priorityOptions(t.Context(), levels[3-level]); !options[3-level].Chosen || PriorityOf(options[3-level].Value) != level {
			t.Errorf("level %d is not the one chosen", level)
		}
	}
	if len(seen) != 7 {
		t.Errorf("names: %v", seen)
	}
	for _, typed := range []string{"", "4", "-4", "+1", "1.5", "one", "01"} {
		if got := PriorityOf(typed); got >= -3 && got <= 3 {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func dayOf(items ...waitlist.DayItem) waitlist.Day {
	return waitlist.Day{Date: monday, Zone: berlin, Now: at(monday, 10*60), Staff: []waitlist.StaffDay{{
		Open: []rules.Span{{Start: at(monday, 9*60), End: at(monday, 12*60)}}, Items: items,
	}}}
}

func TestFreeTimeIsWhatIsOpenAheadAndUnplanned(t *testing.T) {
	busy := func(from, to int) waitlist.DayItem {
		return waitlist.DayItem{Start: at(monday, from), End: at(monday, to)}
	}
	for name, c := range map[string]struct {
		items []waitlist.DayItem
		want  string
	}{
		"nothing planned":                   {nil, "10:00-10:30 10:30-11:00 11:00-11:30 11:30-12:00"},
		"from within a cell to its end":     {[]waitlist.DayItem{busy(615, 630)}, "10:00-10:15 10:30-11:00 11:00-11:30 11:30-12:00"},
		"over several cells":                {[]waitlist.DayItem{busy(600, 675)}, "11:15-11:30 11:30-12:00"},
		"all of it":                         {[]waitlist.DayItem{busy(540, 720)}, ""},
		"two in one cell":                   {[]waitlist.DayItem{busy(600, 610), busy(620, 630)}, "10:10-10:20 10:30-11:00 11:00-11:30 11:30-12:00"},
		"begun yesterday, ended before now": {[]waitlist.DayItem{busy(-60, 30)}, "10:00-10:30 10:30-11:00 11:00-11:30 11:30-12:00"},
	} {
		d := dayOf(c.items...)
		var got []string
		for _, cell := range vacancies(d, d.Staff[0]) {
			got = append(got, cell.Start.In(berlin).Format("15:04")+"-"+cell.End.In(berlin).Format("15:04"))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
	}
}

func TestTheHoursShownHoldTheOpeningHoursAndWhatLiesOutside(t *testing.T) {
	for name, c := range map[string]struct {
		day      waitlist.Day
		from, to int
	}{
		"nobody works":                {waitlist.Day{Date: monday, Zone: berlin}, 8, 18},
		"opening hours alone":         {dayOf(), 9, 12},
		"early and late appointments": {dayOf(waitlist.DayItem{Start: at(monday, 7*60+45), End: at(monday, 8*60)}, waitlist.DayItem{Start: at(monday, 18*60), End: at(monday, 18*60+1)}), 7, 19},
		"over midnight, both ways":    {dayOf(waitlist.DayItem{Start: at(monday, -60), End: at(monday, 60)}, waitlist.DayItem{Start: at(monday, 23*60), End: at(monday.AddDays(1), 60)}), 0, 24},
	} {
		if from, to := hours(c.day); from != c.from || to != c.to {
			t.Errorf("%s: %d to %d, want %d to %d", name, from, to, c.from, c.to)
		}
	}
}

func TestTheGridIsDrawnInTheZoneOfTheBusiness(t *testing.T) {
	auckland := zone("Pacific/Auckland")
	d := waitlist.Day{Date: monday, Zone: auckland, Now: monday.In(9*60, auckland)}
	g := grid(t.Context(), d, nil, 8, 18, "")
	if g.Now.Hour() != 9 || g.Date.Day() != 1 || g.Date.Location() != auckland {
		t.Errorf("now %v on %v", g.Now, g.Date)
	}
	if got := dayName(t.Context(), d); got != "Today" {
		t.Errorf("the day is called %q", got)
	}
}

func TestABlockTellsWhatItIsBesideItsColour(t *testing.T) {
	now := at(monday, 600)
	var states []string
	for _, item := range []waitlist.DayItem{
		{State: rules.SlotOpen}, {State: rules.SlotOpen, WithdrawDueAt: &now}, {State: rules.SlotHeld}, {State: rules.SlotBooked, Busy: true},
		{State: rules.SlotBooked, BookingState: rules.BookingConfirmed}, {State: rules.SlotBooked, BookingState: rules.BookingConfirmed, CancelDueAt: &now},
		{State: rules.SlotBooked, BookingState: rules.BookingNoShow},
	} {
		b := blockOf(t.Context(), dayOf(), 0, item)
		states = append(states, b.State+"/"+b.Sub+"/"+string(b.Tone))
		if b.Href == "" {
			t.Errorf("%v leads nowhere", item.State)
		}
	}
	want := []string{
		"Open/Looking for somebody now/", "Open/Being taken back/", "Held//info", "Busy//", "Confirmed//ok", "Confirmed/Being cancelled/warn", "Did not come//bad",
	}
	if !slices.Equal(states, want) {
		t.Errorf("got %q", states)
	}
}

func TestTypedNumbersAndTimesThatAreNoneAreLeftToBeRefused(t *testing.T) {
	for _, typed := range []string{"", "x", "1e3", "99999999999999999999", "½", " ", "1 000"} {
		if got := whole(typed); got != -1 {
			t.Errorf("whole(%q) = %d", typed, got)
		}
	}
	for _, typed := range []string{"", "24:00", "25:00", "9", "09:60", "9.30", "٠٩:٠٠", "09:30:00"} {
		if got := readMinute(typed); got != -1 {
			t.Errorf("readMinute(%q) = %d", typed, got)
		}
	}
	if whole(" 45 ") != 45 || readMinute("09:30") != 570 {
		t.Error("plain ones are not read")
	}
}

func TestASlotIsAsLongAsItsService(t *testing.T) {
	c := Choices{Services: []waitlist.ServiceChoice{{ID: "cut", Duration: 45 * time.Minute, Buffer: 10 * time.Minute}}}
	for _, f := range []struct {
		form TimeForm
		want string
	}{{TimeForm{Service: "cut"}, "55"}, {TimeForm{Service: "cut", Minutes: "90"}, "90"}, {TimeForm{}, "60"}, {TimeForm{Service: "other"}, "60"}} {
		if got := (SlotForm{Choices: c, TimeForm: f.form}).WithLength().Minutes; got != f.want {
			t.Errorf("%+v is %s minutes, want %s", f.form, got, f.want)
		}
	}
}
