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
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) profile(c echo.Context) error {
	f, err := d.business.Profile(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showProfile(c, f, business.Touched{}))
}

func (d door) changeProfile(c echo.Context) error {
	var f business.ProfileForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	touched, err := d.business.ChangeProfile(ctx, user.Staff(), f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			now, readErr := d.business.Profile(ctx, user.TenantID)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, showProfile(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return showProfile(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.settings.saved")
	return respond.SeeOther(c, paths.Profile)
}

func showProfile(c echo.Context, f business.ProfileForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := admin.Profile(page(c, "profile", text(c, "common.nav.profile")), f, errs, touched)
		return respond.HTML(c, status, whole, respond.Part{ID: "profile-form", Component: admin.ProfileForm(f, errs, touched)})
	}
}
