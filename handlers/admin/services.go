package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) services(c echo.Context) error {
	list, err := d.business.Services(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.Services(page(c, "services", text(c, "admin.services.title")), list))
}

func (d door) newService(c echo.Context) error {
	_, f, err := d.business.NewService(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	f.Press = seal.PublicID()
	return respond.NewForm(d.showNewService(c, f))
}

func (d door) addService(c echo.Context) error {
	f, err := serviceForm(c)
	if err != nil {
		return err
	}
	if _, err := d.business.AddService(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return respond.Form(c, err, d.showNewService(c, f))
	}
	respond.Flash(c, "admin.services.added", "Name", f.Name)
	return respond.SeeOther(c, paths.Services)
}

func (d door) service(c echo.Context) error {
	_, f, err := d.business.Service(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"), middleware.Locale(c))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showService(c, f, business.Touched{}))
}

func (d door) changeService(c echo.Context) error {
	f, err := serviceForm(c)
	if err != nil {
		return err
	}
	ctx, user, id := c.Request().Context(), middleware.MustUser(c), c.Param("id")
	touched, err := d.business.ChangeService(ctx, user.Staff(), id, f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			_, now, readErr := d.business.Service(ctx, user.TenantID, id, f.Locale)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, d.showService(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showService(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.services.changed", "Name", f.Name)
	return respond.SeeOther(c, paths.Services)
}

func serviceForm(c echo.Context) (business.ServiceForm, error) {
	f := business.ServiceForm{Locale: middleware.Locale(c)}
	err := c.Bind(&f)
	return f, err
}

func (d door) showNewService(c echo.Context, f business.ServiceForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.NewService(c.Request().Context(), middleware.MustUser(c).TenantID)
		if err != nil {
			return err
		}
		return writeService(c, status, text(c, "admin.services.new"), around, f, errs, business.Touched{})
	}
}

func (d door) showService(c echo.Context, f business.ServiceForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.Service(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"), middleware.Locale(c))
		if err != nil {
			return err
		}
		return writeService(c, status, around.Name, around, f, errs, touched)
	}
}

func writeService(c echo.Context, status int, title string, around business.ServicePage, f business.ServiceForm, errs ui.Errors, touched business.Touched) error {
	whole := admin.Service(page(c, "services", title), around, f, errs, touched)
	return respond.HTML(c, status, whole, respond.Part{ID: "service-form", Component: admin.ServiceForm(around, f, errs, touched)})
}
