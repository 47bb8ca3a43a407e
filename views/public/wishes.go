package public

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// The answers to "with whom" and "when": whatever comes, one rather than others, or nothing else.
const (
	Any    = "any"
	Prefer = "prefer"
	Only   = "only"
)

// MostRows is how many exact times the form has room for. With two windows for each day of the week and Always they are as
// many as an entry can have.
const MostRows = 6

// WishesForm is what stands in the fields about days, times and people, as it was typed.
type WishesForm struct {
	Who       string   // Any, Prefer or Only
	Preferred string   // public id of a staff member
	Only      []string // public ids of staff members
	When      string   // Any, Prefer or Only
	Parts     []string // ticked parts of days, see PartOf
	Rows      []WindowRow
	Earliest  string // 2006-01-02
	Latest    string // 2006-01-02
	Notice    string // minutes
}

// WindowRow is one line of exact times.
type WindowRow struct {
	Day      string // 0 any day, 1 Monday to 7 Sunday
	From, To string // 15:04; a To of 00:00 or 24:00 is the end of the day
	Best     bool   // preferred among the only possible ones, as staff can say; kept, not asked
}

// Part is a part of any day, which can be ticked without naming times. The parts leave no gap.
type Part struct {
	Name     string // public.part.<name>
	From, To int    // minutes of day
}

// Parts of a day in their order.
var Parts = []Part{{"morning", 0, 12 * 60}, {"afternoon", 12 * 60, 17 * 60}, {"evening", 17 * 60, 24 * 60}}

// PartOf is the value that a ticked part of a weekday (1 Monday to 7 Sunday) sends.
func PartOf(weekday int, p Part) string { return strconv.Itoa(weekday) + "-" + p.Name }

// Empty tells whether the customer takes any time with anybody.
func (f WishesForm) Empty() bool {
	return f.Who != Prefer && f.Who != Only && f.When != Prefer && f.When != Only &&
		f.Earliest == "" && f.Latest == "" && (f.Notice == "" || f.Notice == "0")
}

// WishesFormOf is the form of wishes that are already known.
func WishesFormOf(w waitlist.Wishes) WishesForm {
	f := WishesForm{
		Who: Any, Preferred: w.PreferredStaff, Only: w.OnlyStaff,
		When:     Any,
		Earliest: w.EarliestOn.String(), Latest: w.LatestOn.String(),
		Notice: strconv.Itoa(int(w.Notice / time.Minute)),
	}
	switch {
	case len(w.OnlyStaff) > 0:
		f.Who = Only
	case w.PreferredStaff != "":
		f.Who = Prefer
	}
	if len(w.Windows) == 0 {
		return f
	}
	windows := slices.DeleteFunc(slices.Clone(w.Windows), func(w rules.Window) bool { return w == Always })
	f.When = Only
	if len(windows) < len(w.Windows) {
		f.When = Prefer
	}
	for _, window := range windows {
		if parts := wholeParts(window); parts != nil && window.Preferred == (f.When == Prefer) {
			for _, p := range parts {
				f.Parts = append(f.Parts, PartOf(window.Weekday, p))
			}
			continue
		}
		f.Rows = append(f.Rows, WindowRow{
			Day: strconv.Itoa(window.Weekday), From: clock(window.From), To: clock(window.To),
			Best: window.Preferred && f.When == Only,
		})
	}
	return f
}

// Always is the window of somebody who would rather have certain times, but takes any.
var Always = rules.Window{From: 0, To: 24 * 60}

// wholeParts are the parts of its day that a window consists of; nil when it begins or ends within one.
func wholeParts(w rules.Window) []Part {
	first := slices.IndexFunc(Parts, func(p Part) bool { return p.From == w.From })
	last := slices.IndexFunc(Parts, func(p Part) bool { return p.To == w.To })
	if w.Weekday == 0 || first < 0 || last < first {
		return nil
	}
	return Parts[first : last+1]
}

// clock is a minute of the day as a time field has it; the day's end is its 00:00.
func clock(minute int) string {
	return fmt.Sprintf("%02d:%02d", minute/60%24, minute%60)
}
