package public

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ReadWishes takes what was typed from a form, or its beginning where a hostile one has no end.
func ReadWishes(values url.Values) WishesForm {
	f := WishesForm{
		Who: values.Get("who"), Preferred: values.Get("preferred_staff"), Only: atMost(200, values["only_staff"]),
		When: values.Get("when"), Parts: atMost(7*len(Parts), values["windows"]),
		Earliest: values.Get("earliest_on"), Latest: values.Get("latest_on"), Notice: values.Get("notice"),
	}
	for i := range MostRows {
		f.Rows = append(f.Rows, WindowRow{
			Day: values.Get(rowField("day", i)), From: values.Get(rowField("from", i)), To: values.Get(rowField("to", i)),
			Best: values.Get(rowField("best", i)) == "true",
		})
	}
	for n := len(f.Rows); n > 0 && f.Rows[n-1].empty(); n-- { // those to spare
		f.Rows = f.Rows[:n-1]
	}
	return f
}

func atMost(n int, list []string) []string { return list[:min(n, len(list))] }

// rowField is the name of a field in a line of exact times, the first being 0: "window_from_1".
func rowField(name string, line int) string { return "window_" + name + "_" + strconv.Itoa(line+1) }

// Wishes are the wishes that the form says, or the fields that say nothing that could be meant.
func (f WishesForm) Wishes() (waitlist.Wishes, []problem.Field) {
	var w waitlist.Wishes
	var bad []problem.Field
	refuse := func(name, key string, ok bool) {
		if !ok {
			bad = append(bad, problem.Bad(name, key))
		}
	}
	switch f.Who {
	case Any, "":
	case Prefer:
		w.PreferredStaff = f.Preferred
		refuse("preferred_staff", "public.wishes.wrong.preferred", f.Preferred != "")
	case Only:
		w.OnlyStaff = f.Only
		refuse("only_staff", "public.wishes.wrong.only", len(f.Only) > 0)
	default:
		refuse("who", "public.wishes.wrong.who", false)
	}
	windows, wrong := f.windows()
	w.Windows, bad = windows, append(bad, wrong...)
	var ok bool
	w.EarliestOn, ok = day(f.Earliest)
	refuse("earliest_on", "public.wishes.wrong.date", ok)
	w.LatestOn, ok = day(f.Latest)
	refuse("latest_on", "public.wishes.wrong.date", ok)
	w.Notice, ok = length(f.Notice)
	refuse("notice", "public.wishes.wrong.notice", ok)
	return w, bad
}

func (f WishesForm) windows() ([]rules.Window, []problem.Field) {
	switch f.When {
	case Any, "":
		return nil, nil
	case Prefer, Only:
	default:
		return nil, []problem.Field{problem.Bad("when", "public.wishes.wrong.when")}
	}
	windows := f.parts()
	for _, row := range f.Rows {
		if row.empty() {
			continue
		}
		window, ok := row.window()
		if !ok {
			return nil, []problem.Field{problem.Bad("windows", "public.wishes.wrong.window")}
		}
		window.Preferred = f.When == Prefer || row.Best
		windows = append(windows, window)
	}
	if len(windows) == 0 {
		return nil, []problem.Field{problem.Bad("windows", "public.wishes.wrong.windows")}
	}
	if f.When == Prefer {
		windows = append(windows, Always)
	}
	return windows, nil
}

// parts are the ticked parts of each day, neighbours as one window.
func (f WishesForm) parts() []rules.Window {
	var windows []rules.Window
	for weekday := 1; weekday <= 7; weekday++ {
		for _, p := range Parts {
			if !slices.Contains(f.Parts, PartOf(weekday, p)) {
				continue
			}
			if n := len(windows); n > 0 && windows[n-1].Weekday == weekday && windows[n-1].To == p.From {
				windows[n-1].To = p.To
				continue
			}
			windows = append(windows, rules.Window{Weekday: weekday, From: p.From, To: p.To, Preferred: f.When == Prefer})
		}
	}
	return windows
}

func (r WindowRow) empty() bool { return r.From == "" && r.To == "" }

func (r WindowRow) window() (rules.Window, bool) {
	weekday, err := strconv.Atoi(r.Day)
	from, fromOK := minuteOf(r.From)
	to, toOK := minuteOf(r.To)
	if to == 0 {
		to = 24 * 60
	}
	w := rules.Window{Weekday: weekday, From: from, To: to}
	return w, err == nil && fromOK && toOK && w.Valid()
}

// minuteOf reads 15:04, and 24:00 as the end of the day.
func minuteOf(clock string) (int, bool) {
	if clock == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", clock)
	return t.Hour()*60 + t.Minute(), err == nil && len(clock) == len("15:04")
}

// day reads a date; nothing is no date.
func day(typed string) (rules.Date, bool) {
	if strings.TrimSpace(typed) == "" {
		return rules.Date{}, true
	}
	d, err := rules.ParseDate(strings.TrimSpace(typed))
	return d, err == nil
}

// length reads minutes; nothing is none.
func length(typed string) (time.Duration, bool) {
	if typed == "" {
		return 0, true
	}
	minutes, err := strconv.Atoi(typed)
	return time.Duration(minutes) * time.Minute, err == nil && minutes >= 0 && minutes <= 30*24*60
}

// WithMoreRows has two more empty lines of exact times.
func (f WishesForm) WithMoreRows() WishesForm {
	rows := f.shownRows()
	for range min(2, MostRows-len(rows)) {
		rows = append(rows, WindowRow{Day: "0"})
	}
	f.Rows = rows
	return f
}
