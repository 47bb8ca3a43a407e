package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
)

// GetWeights answers GET /settings/weights.
func (d *door) GetWeights(c echo.Context) error {
	w, _, err := d.Business.SavedWeights(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, weightsOf(w))
}

// ChangeWeights answers PATCH /settings/weights.
func (d *door) ChangeWeights(c echo.Context, _ spec.ChangeWeightsParams) error {
	var asked spec.WeightsChange
	if err := read(c, &asked); err != nil {
		return err
	}
	w, version, err := d.Business.SavedWeights(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, weightsOf(w)); err != nil {
		return err
	}
	f := business.WeightsForm{Version: strconv.Itoa(version), Reason: asked.Reason}.Filled(w)
	fillWeights(&f, spec.ProposedWeights{
		WaitPerHour: asked.WaitPerHour, PriorityPerLevel: asked.PriorityPerLevel, LoyaltyPerVisit: asked.LoyaltyPerVisit, LoyaltyMost: asked.LoyaltyMost,
		Reliability: asked.Reliability, Flexibility: asked.Flexibility, NoShow: asked.NoShow, NoShowMost: asked.NoShowMost,
		PreferredStaff: asked.PreferredStaff, PreferredTime: asked.PreferredTime, PassOverLimit: asked.PassOverLimit, PassOverLift: asked.PassOverLift,
	})
	if err := d.Business.ChangeWeights(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetWeights(c)
}

func fillWeights(f *business.WeightsForm, asked spec.ProposedWeights) {
	patch(&f.WaitPerHour, asked.WaitPerHour)
	patch(&f.PriorityPerLevel, asked.PriorityPerLevel)
	patch(&f.LoyaltyPerVisit, asked.LoyaltyPerVisit)
	patch(&f.LoyaltyMost, asked.LoyaltyMost)
	patch(&f.Reliability, asked.Reliability)
	patch(&f.Flexibility, asked.Flexibility)
	patch(&f.NoShow, asked.NoShow)
	patch(&f.NoShowMost, asked.NoShowMost)
	patch(&f.PreferredStaff, asked.PreferredStaff)
	patch(&f.PreferredTime, asked.PreferredTime)
	patch(&f.PassOverLimit, asked.PassOverLimit)
	patch(&f.PassOverLift, asked.PassOverLift)
}

func weightsOf(w rules.Weights) spec.Weights {
	return spec.Weights{
		WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel, LoyaltyPerVisit: w.LoyaltyPerVisit, LoyaltyMost: w.LoyaltyMost,
		Reliability: w.Reliability, Flexibility: w.Flexibility, NoShow: w.NoShow, NoShowMost: w.NoShowMost,
		PreferredStaff: w.PreferredStaff, PreferredTime: w.PreferredTime, PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift,
	}
}

// GetRekeying answers GET /settings/weights/rekeying.
func (d *door) GetRekeying(c echo.Context) error {
	r, err := d.Business.Rekeying(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.Rekeying{
		Going: r.Going, Written: r.Written, Total: r.Total, SinceAt: momentOrNull(&r.Since), SwitchesAt: momentOrNull(&r.SwitchesAt), Stalled: r.Stalled(),
	})
}

// ListWeightsChanges answers GET /settings/weights/changes.
func (d *door) ListWeightsChanges(c echo.Context, p spec.ListWeightsChangesParams) error {
	list, err := d.Business.WeightsHistory(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(list, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.WeightsHistory, len(page))
	for i, change := range page {
		data[i] = spec.WeightsHistory{
			At: change.At.UTC(), By: orNull(change.Who), Reason: orNull(change.Reason), Before: weightsOf(change.Before), After: weightsOf(change.After),
		}
	}
	return answer(c, http.StatusOK, spec.WeightsChangeList{Data: data, NextCursor: next})
}
