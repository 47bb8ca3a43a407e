package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// ListSetupChecks answers GET /setup/checks.
func (d *door) ListSetupChecks(c echo.Context, p spec.ListSetupChecksParams) error {
	checks, err := d.Business.Launch(c.Request().Context(), staffOf(c).TenantID, d.Around)
	if err != nil {
		return err
	}
	page, next, err := pageOf(checks, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.SetupCheck, len(page))
	for i, check := range page {
		data[i] = spec.SetupCheck{Check: check.Key, Verdict: spec.SetupCheckVerdict(check.Verdict), Names: append([]string{}, check.Names...)}
	}
	return answer(c, http.StatusOK, spec.SetupCheckList{Data: data, NextCursor: next})
}

// ListSetupSteps answers GET /setup/steps.
func (d *door) ListSetupSteps(c echo.Context, p spec.ListSetupStepsParams) error {
	guide, err := d.Business.Guide(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(guide.Steps, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.SetupStep, len(page))
	for i, s := range page {
		data[i] = spec.SetupStep{Step: spec.SetupStepStep(s.Step), Done: s.Done, Skipped: s.Skipped}
	}
	return answer(c, http.StatusOK, spec.SetupStepList{Data: data, NextCursor: next})
}
