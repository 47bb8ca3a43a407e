package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// Names of the fields of business.ClosureForm in the document.
var closureFields = []string{"staff_member", "staff_member_id", "weeks", "every_weeks"}

// ListClosures answers GET /closures.
func (d *door) ListClosures(c echo.Context, p spec.ListClosuresParams) error {
	list, err := d.Business.AllClosures(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	rows := list.Coming
	if p.Past != nil && *p.Past {
		rows = list.Past
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Closure, len(page))
	for i, row := range page {
		data[i] = closureOf(row)
	}
	return answer(c, http.StatusOK, spec.ClosureList{Data: data, NextCursor: next})
}

// AddClosure answers POST /closures.
func (d *door) AddClosure(c echo.Context, p spec.AddClosureParams) error {
	var asked spec.ClosureChange // with a day to begin on, as the document asks for
	if err := read(c, &asked); err != nil {
		return err
	}
	f := business.ClosureForm{Press: pressOf(c), Seen: seenOf(p.Seen), Withdraw: chosen(p.Withdraw)}
	fillClosure(&f, asked)
	id, touched, err := d.Business.AddClosure(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return named(err, closureFields...)
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	one, _, err := d.closureByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/closures/"+id, one)
}

// GetClosure answers GET /closures/{closure_id}.
func (d *door) GetClosure(c echo.Context, id spec.ClosureID) error {
	closure, _, err := d.closureByID(c, id)
	if err != nil {
		return err
	}
	return one(c, closure)
}

// ChangeClosure answers PATCH /closures/{closure_id}.
func (d *door) ChangeClosure(c echo.Context, id spec.ClosureID, p spec.ChangeClosureParams) error {
	var asked spec.ClosureChange
	if err := read(c, &asked); err != nil {
		return err
	}
	closure, row, err := d.closureByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, closure); err != nil {
		return err
	}
	f := closureForm(row)
	f.Seen, f.Withdraw = seenOf(p.Seen), chosen(p.Withdraw)
	fillClosure(&f, asked)
	touched, err := d.Business.ChangeClosure(c.Request().Context(), staffOf(c), id, f)
	if err != nil {
		return overtaken(c, named(err, closureFields...))
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetClosure(c, id)
}

// RemoveClosure answers DELETE /closures/{closure_id}.
func (d *door) RemoveClosure(c echo.Context, id spec.ClosureID, _ spec.RemoveClosureParams) error {
	closure, row, err := d.closureByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, closure); err != nil {
		return err
	}
	if err := d.Business.RemoveClosure(c.Request().Context(), staffOf(c), id, strconv.Itoa(row.Version)); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

func (d *door) closureByID(c echo.Context, id string) (spec.Closure, business.ClosureRow, error) {
	list, err := d.Business.AllClosures(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return spec.Closure{}, business.ClosureRow{}, err
	}
	for _, row := range append(list.Coming, list.Past...) {
		if row.ID == id {
			return closureOf(row), row, nil
		}
	}
	return spec.Closure{}, business.ClosureRow{}, problem.New(problem.NotFound, "admin.bad.no_closure")
}

func closureOf(row business.ClosureRow) spec.Closure {
	one := spec.Closure{
		ID: row.ID, StaffMemberID: orNull(row.StaffMember), From: dateOf(row.From), To: dateOf(row.To), FromTime: orNull(""), ToTime: orNull(""),
		Repeat: spec.ClosureRepeat(row.Repeat), EveryWeeks: orNull(0), Weekdays: append([]int{}, row.Weekdays.List()...), Until: dayOrNull(row.Until),
		Skips: []spec.LocalDate{}, Reason: orNull(row.Reason), NextOn: dayOrNull(row.Next),
	}
	if !row.WholeDay() {
		one.FromTime, one.ToTime = orNull(windowTime(row.FromMinute)), orNull(windowTime(row.ToMinute))
	}
	if row.Repeat == rules.RepeatWeekly {
		one.EveryWeeks = orNull(row.Weeks)
	}
	for _, day := range row.Except {
		one.Skips = append(one.Skips, dateOf(day))
	}
	return one
}

// closureForm is a saved closure as a form.
func closureForm(row business.ClosureRow) business.ClosureForm {
	f := business.ClosureForm{
		StaffMember: row.StaffMember, From: row.From.String(), To: row.To.String(), Repeat: string(row.Repeat), Weeks: strconv.Itoa(row.Weeks),
		Until: row.Until.String(), Reason: row.Reason, Version: strconv.Itoa(row.Version),
	}
	if !row.WholeDay() {
		f.FromTime, f.ToTime = windowTime(row.FromMinute), formsEnd(windowTime(row.ToMinute))
	}
	for _, day := range row.Weekdays.List() {
		f.Weekdays = append(f.Weekdays, strconv.Itoa(day))
	}
	for _, day := range row.Except {
		f.Skips = append(f.Skips, day.String())
	}
	return f
}

// fillClosure writes what was asked for into a form.
func fillClosure(f *business.ClosureForm, asked spec.ClosureChange) {
	patchOrClear(&f.StaffMember, asked.StaffMemberID)
	patch(&f.From, asked.From)
	patchOrClear(&f.To, asked.To)
	patchOrClear(&f.FromTime, asked.FromTime)
	patchOrClear(&f.ToTime, asked.ToTime)
	f.ToTime = formsEnd(f.ToTime)
	patch(&f.Repeat, asked.Repeat)
	patchOrClear(&f.Weeks, asked.EveryWeeks)
	if f.Weeks == "" {
		f.Weeks = "1"
	}
	patchOrClear(&f.Until, asked.Until)
	patchOrClear(&f.Reason, asked.Reason)
	if asked.Weekdays != nil {
		f.Weekdays = nil
		for _, day := range *asked.Weekdays {
			f.Weekdays = append(f.Weekdays, strconv.Itoa(day))
		}
	}
	if asked.Skips != nil {
		f.Skips = nil
		for _, day := range *asked.Skips {
			f.Skips = append(f.Skips, day.String())
		}
	}
}
