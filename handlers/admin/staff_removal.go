package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) staffMemberRemoval(c echo.Context) error {
	name, touched, err := d.business.StaffMemberRemoval(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return showStaffMemberRemoval(c, http.StatusOK, name, touched)
}

func (d door) removeStaffMember(c echo.Context) error {
	name, touched, err := d.business.RemoveStaffMember(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), "", c.FormValue("seen"))
	if err != nil {
		return err
	}
	if !touched.Empty() {
		return showStaffMemberRemoval(c, http.StatusConflict, name, touched)
	}
	respond.Flash(c, "admin.staff.is_removed", "Name", name)
	return respond.SeeOther(c, paths.StaffMembers)
}

func showStaffMemberRemoval(c echo.Context, status int, name string, touched business.Touched) error {
	id := c.Param("id")
	r := admin.Removal{
		Title: text(c, "admin.staff.removal.title", "Name", name), Text: text(c, "admin.staff.removal.text"),
		Act: text(c, "admin.staff.removal.act"), Action: paths.StaffMemberRemoval(id), Back: paths.StaffMember(id), BackText: name, Touched: touched,
	}
	return respond.HTML(c, status, admin.RemovalPage(page(c, "staff", r.Title), r))
}
