package api

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// GetStaffHours answers GET /staff-members/{staff_member_id}/hours.
func (d *door) GetStaffHours(c echo.Context, id spec.StaffMemberID) error {
	_, f, err := d.Business.StaffHours(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, staffHoursOf(f))
}

// SetStaffHours answers PUT /staff-members/{staff_member_id}/hours.
func (d *door) SetStaffHours(c echo.Context, id spec.StaffMemberID, p spec.SetStaffHoursParams) error {
	var asked spec.NewStaffHours
	if err := read(c, &asked); err != nil {
		return err
	}
	_, f, err := d.Business.StaffHours(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, staffHoursOf(f)); err != nil {
		return err
	}
	var fields []string
	f.Own = asked.Own
	if f.Days = [7][]business.HoursRow{}; asked.Intervals != nil {
		f.Days, fields = daysOf(*asked.Intervals)
	}
	f.Seen, f.Withdraw = seenOf(p.Seen), chosen(p.Withdraw)
	touched, err := d.Business.ChangeStaffHours(c.Request().Context(), staffOf(c), id, f)
	if err != nil {
		return overtaken(c, named(err, fields...))
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetStaffHours(c, id)
}

func staffHoursOf(f business.StaffHoursForm) spec.StaffHours {
	return spec.StaffHours{Own: f.Own, Intervals: intervalsOf(f.HoursForm)}
}
