package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) weights(c echo.Context) error {
	f, sorting, err := d.business.Weights(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showWeights(c, f, sorting))
}

func (d door) changeWeights(c echo.Context) error {
	var f business.WeightsForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if err := d.business.ChangeWeights(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return respond.Form(c, err, showWeights(c, f, false))
	}
	respond.Flash(c, "admin.weights.saved")
	return respond.SeeOther(c, paths.Weights)
}

func showWeights(c echo.Context, f business.WeightsForm, sorting bool) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := admin.Weights(page(c, "weights", text(c, "common.nav.weights")), f, sorting, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "weights-form", Component: admin.WeightsForm(f, errs)})
	}
}
