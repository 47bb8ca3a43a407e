package business

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	longestReason  = 120 // characters
	longestClosure = 366 // days
	closureYears   = 5   // how far ahead one can be planned
)

// Everybody stands for the whole business where a staff member can be chosen.
const Everybody = "everybody"

// ClosureForm is what is typed about a closure.
type ClosureForm struct {
	StaffMember string `form:"staff_member"` // public id; empty or Everybody: the whole business
	From        string `form:"from"`         // 2006-01-02, the first closed day
	To          string `form:"to"`           // 2006-01-02, the last; empty: the first
	Reason      string `form:"reason"`       // shown to staff; may be empty
	Seen        string `form:"seen"`         // Touched.Fingerprint of what was shown
	Press       string `form:"press"`
}

// ClosurePage is what surrounds the form of a closure.
type ClosurePage struct {
	ID    string // empty: one to add
	Staff []waitlist.StaffChoice
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
	page.ID = row.PublicID
	form := ClosureForm{From: row.FromDate.String(), To: row.ToDate.String(), Reason: row.Reason}
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

// closure is a ClosureForm that was read.
type closure struct {
	rules.Closure
	reason string
}

// read checks the form. old is the closure that it changes, nil for a new one: its staff member may have been removed since.
func (f ClosureForm) read(s setup, now time.Time, old *db.Closure) (closure, error) {
	var r reading
	var c closure
	if f.StaffMember != "" && f.StaffMember != Everybody {
		c.StaffID = r.closedStaff(f.StaffMember, s, old)
	}
	c.From = r.date("from", f.From)
	if c.To = c.From; f.To != "" {
		c.To = r.date("to", f.To)
	}
	today := rules.DateOf(now, s.zone)
	switch {
	case r.refused("from"), r.refused("to"):
	case c.To.Before(c.From):
		r.refuse("to", "admin.bad.closure_order")
	case c.To.Before(today):
		r.refuse("to", "admin.bad.closure_past")
	case c.From.AddDays(longestClosure).Before(c.To):
		r.refuse("to", "admin.bad.closure_long", "Most", longestClosure)
	case c.From.Year > today.Year+closureYears:
		r.refuse("from", "admin.bad.closure_far", "Most", closureYears)
	}
	c.reason = r.line("reason", f.Reason, longestReason)
	return c, r.err()
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

func (c closure) staffMemberID() *int64 {
	if c.StaffID == 0 {
		return nil
	}
	return &c.StaffID
}

// within are the bookings and slots on the closed days that no old closure covers.
func (a *ahead) within(c rules.Closure, old *rules.Closure) (Touched, error) {
	covers := func(c rules.Closure, staffID int64, start, end time.Time) bool {
		from, to := c.From.In(0, a.zone), c.To.AddDays(1).In(0, a.zone)
		return (c.StaffID == 0 || c.StaffID == staffID) && rules.Overlaps(start, end, from, to)
	}
	newly := func(staffID int64, start, end time.Time) bool {
		return covers(c, staffID, start, end) && (old == nil || !covers(*old, staffID, start, end))
	}
	return a.touched(
		func(row db.BookingsAheadRow) bool { return newly(row.StaffMemberID, row.StartsAt, row.EndsAt) },
		func(row db.Slot) bool { return newly(row.StaffMemberID, row.StartsAt, row.EndsAt) },
	)
}
