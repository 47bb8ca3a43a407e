package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/waitlist"
)

// PreviewWeights answers POST /settings/weights/preview.
func (d *door) PreviewWeights(c echo.Context, _ spec.PreviewWeightsParams) error {
	var asked spec.ProposedWeights
	if err := read(c, &asked); err != nil {
		return err
	}
	w, _, err := d.Business.SavedWeights(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f := business.WeightsForm{}.Filled(w)
	fillWeights(&f, asked)
	page, err := d.Business.ProposedWeights(c.Request().Context(), staffOf(c).TenantID, f)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, weightsPreviewOf(*page.Preview))
}

func weightsPreviewOf(p waitlist.Preview) spec.WeightsPreview {
	preview := spec.WeightsPreview{
		OnList: p.OnList, Ranked: p.Ranked, Moved: p.Moved, First: movesOf(p.First), Climbers: movesOf(p.Climbers), Fallers: movesOf(p.Fallers),
		Services: make([]spec.WeightsService, len(p.Services)), OtherServices: p.Others, Slots: make([]spec.WeightsSlot, len(p.Slots)),
	}
	for i, s := range p.Services {
		preview.Services[i] = spec.WeightsService{ServiceID: s.ID, OnList: s.OnList, Moved: s.Moved, First: movesOf(s.First)}
	}
	for i, s := range p.Slots {
		preview.Slots[i] = spec.WeightsSlot{SlotID: s.SlotID, Now: nextOf(s.Now), Then: nextOf(s.Then)}
	}
	return preview
}

func movesOf(list []waitlist.PreviewMove) []spec.WeightsMove {
	moves := make([]spec.WeightsMove, len(list))
	for i, m := range list {
		moves[i] = spec.WeightsMove{EntryID: m.Entry, Was: m.Was, Is: m.Is}
	}
	return moves
}

func nextOf(n waitlist.PreviewNext) spec.WeightsNext {
	return spec.WeightsNext{EntryID: orNull(n.Entry), Sure: n.Sure}
}
