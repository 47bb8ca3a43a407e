package admin

import (
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) publicAddress(c echo.Context) error {
	f, former, err := d.business.Slugs(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(d.showPublicAddress(c, f, former))
}

func (d door) changePublicAddress(c echo.Context) error {
	var f business.SlugForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeSlug(ctx, user.Staff(), f); err != nil {
		now, former, readErr := d.business.Slugs(ctx, user.TenantID)
		if problem.KindOf(err) == problem.Conflict {
			f.Was = now.Was
		}
		return respond.Form(c, errors.Join(err, readErr), d.showPublicAddress(c, f, former))
	}
	respond.Flash(c, "profile.slug.saved")
	return respond.Leave(c, paths.PublicAddress)
}

func (d door) showPublicAddress(c echo.Context, f business.SlugForm, former []string) respond.Show {
	join := func(slug string) string { return d.base.Abs(paths.Join(slug)) }
	return func(status int, errs ui.Errors) error {
		whole := admin.PublicAddress(page(c, "profile", text(c, "profile.address")), f, former, join, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "address-form", Component: admin.PublicAddressForm(f, join, errs)})
	}
}
