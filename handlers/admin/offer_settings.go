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

func (d door) offerSettings(c echo.Context) error {
	f, err := d.business.OfferSettings(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showOfferSettings(c, f))
}

func (d door) changeOfferSettings(c echo.Context) error {
	var f business.OfferForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if c.FormValue("act") == admin.ActPreview {
		_, err := f.Rules()
		if err != nil {
			return respond.Form(c, err, showOfferSettings(c, f))
		}
		return respond.NewForm(showOfferSettings(c, f))
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeOfferSettings(ctx, user.Staff(), f); err != nil {
		if problem.KindOf(err) == problem.Conflict {
			now, readErr := d.business.OfferSettings(ctx, user.TenantID)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, showOfferSettings(c, f))
	}
	respond.Flash(c, "admin.settings.saved")
	return respond.SeeOther(c, paths.Settings)
}

func showOfferSettings(c echo.Context, f business.OfferForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := admin.OfferSettings(page(c, "settings", text(c, "common.nav.settings")), f, errs)
		return respond.HTML(c, status, whole,
			respond.Part{ID: "offer-settings-form", Component: admin.OfferSettingsForm(f, errs)},
			respond.Part{ID: admin.OffersSaidID, Component: admin.OffersSaid(f)},
		)
	}
}
