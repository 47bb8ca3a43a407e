package business

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	// LongestReason is in characters.
	LongestReason = 120
	// MostWeeks is how far apart the weeks of a weekly closure can be.
	MostWeeks = 52

	longestClosure = 366 // days
	longestYearly  = 330 // days of one that comes every year
	closureYears   = 5   // how far ahead one can be planned
	mostSkips      = 200
	skipsShown     = 10
	searched       = 5 * 366 // days in which one that repeats must have a day
)

// Everybody stands for the whole business where a staff member can be chosen.
const Everybody = "everybody"

// ClosureForm is what is typed about a closure.
type ClosureForm struct {
	StaffMember string   `form:"staff_member"` // public id; empty or Everybody: the whole business
	From        string   `form:"from"`         // 2006-01-02, the first closed day
	To          string   `form:"to"`           // 2006-01-02, the last; empty: the first; of no meaning to a weekly one
	FromTime    string   `form:"from_time"`    // 15:04, of each closed day; both empty: all of it
	ToTime      string   `form:"to_time"`      // 15:04, 00:00 for midnight at the end
	Repeat      string   `form:"repeat"`       // a rules.Repeat; empty: never
	Weeks       string   `form:"weeks"`        // of a weekly one: 1 to MostWeeks
	Weekdays    []string `form:"weekdays"`     // of a weekly one: 1 Monday to 7 Sunday
	Until       string   `form:"until"`        // 2006-01-02, the last day of a repeating one; empty: without end
	Skips       []string `form:"skips"`        // days of a repeating one that stay open
	SkipAlso    string   `form:"skip_also"`    // one more
	Reason      string   `form:"reason"`       // shown to staff; may be empty
	Version     string   `form:"version"`      // of the closure that the form was made from
	Seen        string   `form:"seen"`         // Touched.Fingerprint of what was shown
	Withdraw    []string `form:"withdraw"`     // what was chosen there
	Press       string   `form:"press"`
}

// ClosurePage is what surrounds the form of a closure.
type ClosurePage struct {
	ID    string // empty: one to add
	Staff []waitlist.StaffChoice
	Days  []rules.Date // of one that repeats and is saved: its next days, those that it skips included
	Today rules.Date
}

// NewClosure is the page for adding a closure.
func (b *Business) NewClosure(ctx context.Context, tenantID int64) (ClosurePage, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ClosurePage{}, err
	}
	now, err := b.db.Now(ctx)
	if err != nil {
		return ClosurePage{}, err
	}
	page := ClosurePage{Today: rules.DateOf(now, setup.zone)}
	for _, m := range setup.activeStaff() {
		page.Staff = append(page.Staff, staffChoice(m))
	}
	return page, nil
}

// Closure is the page of a closure and its form as saved.
func (b *Business) Closure(ctx context.Context, tenantID int64, id string) (ClosurePage, ClosureForm, error) {
	page, err := b.NewClosure(ctx, tenantID)
	if err != nil {
		return ClosurePage{}, ClosureForm{}, err
	}
	row, err := b.db.GetClosureByPublicID(ctx, db.GetClosureByPublicIDParams{TenantID: tenantID, PublicID: id})
	if row, err = found(row, err, "admin.bad.no_closure"); err != nil {
		return ClosurePage{}, ClosureForm{}, err
	}
	c, err := ruleOf(ctx, b.db.Queries, row)
	if err != nil {
		return ClosurePage{}, ClosureForm{}, err
	}
	page.ID, page.Days = row.PublicID, nextDays(c, page.Today)
	form := closureForm(c, row)
	if row.StaffMemberID != nil {
		m, err := b.db.GetStaffMember(ctx, db.GetStaffMemberParams{TenantID: tenantID, ID: *row.StaffMemberID})
		if m, err = found(m, err, "admin.bad.no_staff_member"); err != nil {
			return ClosurePage{}, ClosureForm{}, err
		}
		form.StaffMember = m.PublicID
		if !m.Active {
			page.Staff = append(page.Staff, staffChoice(m))
		}
	}
	return page, form, nil
}

// ruleOf is what a row of a closure means.
func ruleOf(ctx context.Context, q *db.Queries, row db.Closure) (rules.Closure, error) {
	list, err := waitlist.Closures(ctx, q, row.TenantID, []db.Closure{row})
	if err != nil {
		return rules.Closure{}, db.Down(err)
	}
	return list[0], nil
}

// nextDays are the next days of a closure that repeats, and all to come that it skips.
func nextDays(c rules.Closure, today rules.Date) (days []rules.Date) {
	if !c.Repeats() {
		return nil
	}
	skips := c.Except
	c.Except = nil
	for from := today; len(days) < skipsShown; {
		d, ok := c.Next(from, searched)
		if !ok {
			break
		}
		days, from = append(days, d), d.AddDays(1)
	}
	for _, d := range skips {
		if !d.Before(today) && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	return days
}

func closureForm(c rules.Closure, row db.Closure) ClosureForm {
	f := ClosureForm{
		From: c.From.String(), To: c.To.String(), Repeat: string(c.Repeat), Weeks: strconv.Itoa(c.Weeks), Until: c.Until.String(),
		Reason: row.Reason, Version: strconv.Itoa(row.Version),
	}
	if !c.WholeDay() {
		f.FromTime, f.ToTime = clockText(c.FromMinute), clockText(c.ToMinute)
	}
	for _, day := range c.Weekdays.List() {
		f.Weekdays = append(f.Weekdays, strconv.Itoa(day))
	}
	for _, d := range c.Except {
		f.Skips = append(f.Skips, d.String())
	}
	return f
}

// closure is a ClosureForm that was read.
type closure struct {
	rules.Closure
	reason string
}

// read checks the form. old is the closure that it changes, nil for a new one: its staff member may have been removed since.
func (f ClosureForm) read(s setup, now time.Time, old *db.Closure) (closure, error) {
	var r reading
	c := closure{Closure: rules.Closure{Repeat: rules.Repeat(f.Repeat), Weeks: 1}}
	if f.Repeat == "" {
		c.Repeat = rules.RepeatNever
	}
	if f.StaffMember != "" && f.StaffMember != Everybody {
		c.StaffID = r.closedStaff(f.StaffMember, s, old)
	}
	c.From = r.date("from", f.From)
	if c.To = c.From; f.To != "" && c.Repeat != rules.RepeatWeekly {
		c.To = r.date("to", f.To)
	}
	c.FromMinute, c.ToMinute = r.part(f.FromTime, f.ToTime)
	today := rules.DateOf(now, s.zone)
	r.closedDays(c.Closure, today)
	switch c.Repeat {
	case rules.RepeatNever:
	case rules.RepeatWeekly, rules.RepeatYearly:
		f.readRepeat(&r, &c.Closure, today)
	default:
		r.refuse("repeat", "problem.required")
	}
	c.reason = r.line("reason", f.Reason, LongestReason)
	return c, r.err()
}

// part reads the minutes of a day, 0 and 1440 when nothing is typed.
func (r *reading) part(from, to string) (start, end int) {
	start, started := r.clock("from_time", from)
	end, ended := r.clock("to_time", to)
	switch {
	case r.refused("from_time"), r.refused("to_time"):
	case !started && !ended:
		return 0, 24 * 60
	case !ended:
		r.refuse("to_time", "admin.bad.until")
	case !started:
		r.refuse("from_time", "admin.bad.from")
	}
	if ended && end == 0 {
		end = 24 * 60
	}
	if started && ended && start >= end {
		r.refuse("to_time", "hours.bad.part_order")
	}
	return start, end
}

// closedDays checks the first and the last day.
func (r *reading) closedDays(c rules.Closure, today rules.Date) {
	longest := longestClosure
	if c.Repeat == rules.RepeatYearly {
		longest = longestYearly
	}
	switch {
	case r.refused("from"), r.refused("to"):
	case c.To.Before(c.From):
		r.refuse("to", "admin.bad.closure_order")
	case !c.Repeats() && c.To.Before(today):
		r.refuse("to", "admin.bad.closure_past")
	case c.From.AddDays(longest).Before(c.To):
		r.refuse("to", "admin.bad.closure_long", "Most", longest)
	case c.From.Year > today.Year+closureYears:
		r.refuse("from", "admin.bad.closure_far", "Most", closureYears)
	}
}

// readRepeat reads how a closure comes again, until when, and which days it skips. One that has no day to come is refused.
func (f ClosureForm) readRepeat(r *reading, c *rules.Closure, today rules.Date) {
	if c.Repeat == rules.RepeatWeekly {
		c.Weeks = r.number("weeks", f.Weeks, 1, MostWeeks)
		for _, typed := range f.Weekdays {
			if day, err := strconv.Atoi(typed); err == nil && day >= 1 && day <= 7 {
				c.Weekdays |= rules.WeekdaysOf(day)
			}
		}
		if c.Weekdays == 0 {
			r.refuse("weekdays", "hours.bad.weekdays")
		}
	}
	if f.Until != "" {
		c.Until = r.date("until", f.Until)
	}
	if r.err() != nil {
		return
	}
	from := c.From
	if from.Before(today) {
		from = today
	}
	if _, ok := c.Next(from, searched); !ok {
		r.refuse("until", "hours.bad.no_day")
		return
	}
	for _, typed := range f.Skips {
		if d, err := rules.ParseDate(typed); err == nil && c.On(d) && len(c.Except) < mostSkips {
			c.Except = append(c.Except, d)
		}
	}
	if f.SkipAlso == "" {
		return
	}
	d := r.date("skip_also", f.SkipAlso)
	switch {
	case r.refused("skip_also"), slices.Contains(c.Except, d):
	case !c.On(d):
		r.refuse("skip_also", "hours.bad.skip")
	case len(c.Except) >= mostSkips:
		r.refuse("skip_also", "hours.bad.many_skips", "Most", mostSkips)
	default:
		c.Except = append(c.Except, d)
	}
}

func (r *reading) closedStaff(id string, s setup, old *db.Closure) int64 {
	for _, m := range s.staff {
		if m.PublicID == id && (m.Active || old != nil && old.StaffMemberID != nil && *old.StaffMemberID == m.ID) {
			return m.ID
		}
	}
	r.refuse("staff_member", "admin.bad.staff")
	return 0
}

// is tells whether a closure that is saved is the same.
func (c closure) is(saved rules.Closure) bool {
	c.Reason = c.reason
	c.Except = slices.SortedFunc(slices.Values(c.Except), byDay)
	saved.Except = slices.SortedFunc(slices.Values(saved.Except), byDay)
	return reflect.DeepEqual(c.Closure, saved)
}

func byDay(a, b rules.Date) int { return strings.Compare(a.String(), b.String()) }

func (c closure) staffMemberID() *int64 {
	if c.StaffID == 0 {
		return nil
	}
	return &c.StaffID
}

// keepSkips writes the days that a closure skips.
func (c closure) keepSkips(ctx context.Context, tx *db.Tx, tenantID, id int64) error {
	if err := tx.DeleteClosureSkips(ctx, db.DeleteClosureSkipsParams{TenantID: tenantID, ClosureID: id}); err != nil {
		return fmt.Errorf("clearing what a closure skips: %w", err)
	}
	for _, d := range c.Except {
		if err := tx.AddClosureSkip(ctx, db.AddClosureSkipParams{TenantID: tenantID, ClosureID: id, OnDate: d}); err != nil {
			return fmt.Errorf("adding a day that a closure skips: %w", err)
		}
	}
	return nil
}

// within are the bookings and slots in the closed time that no old closure covers.
func (a *ahead) within(c rules.Closure, old ...rules.Closure) (Touched, error) {
	return a.newlyClosed([]rules.Closure{c}, old)
}

// newlyClosed are the bookings and slots that closures touch and the old ones did not.
func (a *ahead) newlyClosed(after, before []rules.Closure) (Touched, error) {
	now, then := rules.Schedule{Zone: a.zone, Closures: after}, rules.Schedule{Zone: a.zone, Closures: before}
	return a.closed(func(staffID int64, start, end time.Time) bool {
		return now.Closed(staffID, start, end) && !then.Closed(staffID, start, end)
	})
}
