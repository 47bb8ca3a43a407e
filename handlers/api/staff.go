package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
)

// Names of the fields of business.StaffForm in the document.
var staffFields = []string{"services", "service_ids"}

// ListStaffMembers answers GET /staff-members.
func (d *door) ListStaffMembers(c echo.Context, p spec.ListStaffMembersParams) error {
	list, err := d.Business.StaffMembers(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(list.Active, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.StaffMember, len(page))
	for i, row := range page {
		data[i] = staffMemberOf(row)
	}
	return answer(c, http.StatusOK, spec.StaffMemberList{Data: data, NextCursor: next})
}

// AddStaffMember answers POST /staff-members.
func (d *door) AddStaffMember(c echo.Context, _ spec.AddStaffMemberParams) error {
	var asked spec.NewStaffMember
	if err := read(c, &asked); err != nil {
		return err
	}
	_, f, err := d.Business.NewStaffMember(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f.Name, f.Press = asked.Name, pressOf(c)
	if asked.ServiceIds != nil {
		f.Services = *asked.ServiceIds
	}
	id, err := d.Business.AddStaffMember(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return named(err, staffFields...)
	}
	m, _, err := d.staffMemberByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/staff-members/"+id, m)
}

// GetStaffMember answers GET /staff-members/{staff_member_id}.
func (d *door) GetStaffMember(c echo.Context, id spec.StaffMemberID) error {
	m, _, err := d.staffMemberByID(c, id)
	if err != nil {
		return err
	}
	return one(c, m)
}

// ChangeStaffMember answers PATCH /staff-members/{staff_member_id}.
func (d *door) ChangeStaffMember(c echo.Context, id spec.StaffMemberID, p spec.ChangeStaffMemberParams) error {
	var asked spec.StaffMemberChange
	if err := read(c, &asked); err != nil {
		return err
	}
	m, row, err := d.staffMemberByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, m); err != nil {
		return err
	}
	f := business.StaffForm{Name: row.Name, Services: row.ServiceIDs, Version: strconv.Itoa(row.Version), Seen: seenOf(p.Seen)}
	patch(&f.Name, asked.Name)
	if asked.ServiceIds != nil {
		f.Services = *asked.ServiceIds
	}
	touched, err := d.Business.ChangeStaffMember(c.Request().Context(), staffOf(c), id, f)
	if err != nil {
		return overtaken(c, named(err, staffFields...))
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetStaffMember(c, id)
}

// RemoveStaffMember answers DELETE /staff-members/{staff_member_id}.
func (d *door) RemoveStaffMember(c echo.Context, id spec.StaffMemberID, p spec.RemoveStaffMemberParams) error {
	m, row, err := d.staffMemberByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, m); err != nil {
		return err
	}
	_, touched, err := d.Business.RemoveStaffMember(c.Request().Context(), staffOf(c), id, strconv.Itoa(row.Version), seenOf(p.Seen))
	if err != nil {
		return overtaken(c, err)
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return done(c)
}

func (d *door) staffMemberByID(c echo.Context, id string) (spec.StaffMember, business.StaffRow, error) {
	list, err := d.Business.StaffMembers(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return spec.StaffMember{}, business.StaffRow{}, err
	}
	for _, row := range list.Active {
		if row.ID == id {
			return staffMemberOf(row), row, nil
		}
	}
	return spec.StaffMember{}, business.StaffRow{}, problem.New(problem.NotFound, "admin.bad.no_staff_member")
}

func staffMemberOf(row business.StaffRow) spec.StaffMember {
	return spec.StaffMember{ID: row.ID, Name: row.Name, ServiceIds: append([]spec.ID{}, row.ServiceIDs...), OwnHours: row.OwnHours, HasLogin: row.HasLogin}
}
