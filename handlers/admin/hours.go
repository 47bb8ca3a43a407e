package admin

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) hours(c echo.Context) error {
	f, err := d.business.Hours(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showHours(c, f, business.Touched{}))
}

func (d door) changeHours(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return err
	}
	f := business.ReadHoursForm(values)
	if act := values.Get("act"); act != "" {
		return respond.NewForm(showHours(c, edit(f, act, values), business.Touched{}))
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	touched, err := d.business.ChangeHours(ctx, user.Staff(), f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			now, readErr := d.business.Hours(ctx, user.TenantID)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, showHours(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return showHours(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.hours.saved")
	return respond.SeeOther(c, paths.Hours)
}

// edit does to the form what one of its buttons says, see admin.HoursForm. Nothing is saved.
func edit(f business.HoursForm, act string, values url.Values) business.HoursForm {
	what, rest, _ := strings.Cut(act, ".")
	day, row, _ := strings.Cut(rest, ".")
	switch what {
	case "add":
		return f.WithRow(number(day))
	case "drop":
		return f.WithoutRow(number(day), number(row))
	case "copy":
		var to []int
		for _, day := range values["copy_to"] {
			to = append(to, number(day))
		}
		return f.Copied(number(values.Get("copy_from")), to)
	}
	return f
}

// number is -1 for what is none, which is no day and no row.
func number(typed string) int {
	if n, err := strconv.Atoi(typed); err == nil {
		return n
	}
	return -1
}

func showHours(c echo.Context, f business.HoursForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := admin.Hours(page(c, "hours", text(c, "admin.hours.title")), f, errs, touched)
		return respond.HTML(c, status, whole, respond.Part{ID: "hours-form", Component: admin.HoursForm(f, errs, touched)})
	}
}
