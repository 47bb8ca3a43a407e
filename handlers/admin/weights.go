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

// weights shows the saved weights, or those that a link proposes.
func (d door) weights(c echo.Context) error {
	if respond.Wants(c, admin.WeightsProgressID) {
		return d.weightsProgress(c)
	}
	var f business.WeightsForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if f != (business.WeightsForm{}) {
		return d.proposeWeights(c, f)
	}
	p, err := d.business.Weights(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showWeights(c, p))
}

// changeWeights saves the form's weights, or shows what they would do.
func (d door) changeWeights(c echo.Context) error {
	var f business.WeightsForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if c.FormValue("act") == admin.ActPreview {
		return d.proposeWeights(c, f)
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeWeights(ctx, user.Staff(), f); err != nil {
		if problem.KindOf(err) == problem.Conflict {
			f.Version = "" // who reads what was saved meanwhile may save over it
		}
		p, readErr := d.business.ProposedWeights(ctx, user.TenantID, f)
		if readErr != nil && !business.Refused(readErr) {
			return errors.Join(err, readErr)
		}
		return respond.Form(c, err, showWeights(c, p))
	}
	respond.Flash(c, "admin.weights.saved")
	return respond.SeeOther(c, paths.Weights)
}

func (d door) proposeWeights(c echo.Context, f business.WeightsForm) error {
	p, err := d.business.ProposedWeights(c.Request().Context(), middleware.MustUser(c).TenantID, f)
	if err != nil {
		return respond.Form(c, err, showWeights(c, p))
	}
	return respond.NewForm(showWeights(c, p))
}

// weightsProgress is the one part of the page that looks again by itself. Once all is done it has the others look, too.
func (d door) weightsProgress(c echo.Context) error {
	r, err := d.business.Rekeying(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	if !r.Going {
		c.Response().Header().Set("HX-Trigger", "changed")
	}
	progress := admin.WeightsProgress(r, true)
	return respond.HTML(c, 200, progress, respond.Part{ID: admin.WeightsProgressID, Component: progress})
}

func showWeights(c echo.Context, p business.WeightsPage) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, admin.Weights(page(c, "weights", text(c, "common.nav.weights")), p, errs),
			respond.Part{ID: admin.WeightsFormID, Component: admin.WeightsForm(p, errs)},
			respond.Part{ID: admin.ConsequencesID, Component: admin.ConsequencesAlone(p, errs)},
		)
	}
}
