package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// Names of the fields of waitlist.Bulk in the document.
var listActFields = []string{"entry", "entry_ids", "tag", "tag_id"}

// ListListActs answers GET /list-acts.
func (d *door) ListListActs(c echo.Context, p spec.ListListActsParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	acts, next, err := d.Waitlist.BulksFrom(c.Request().Context(), staffOf(c).TenantID, after, limitOf(p.Limit))
	if err != nil {
		return err
	}
	data := make([]spec.ListAct, len(acts))
	for i, a := range acts {
		data[i] = listActOf(a)
	}
	return answer(c, http.StatusOK, spec.ListActList{Data: data, NextCursor: cursor(next)})
}

// DoListAct answers POST /list-acts.
func (d *door) DoListAct(c echo.Context, _ spec.DoListActParams) error {
	b, err := d.readListAct(c)
	if err != nil {
		return err
	}
	b.Press = pressOf(c)
	id, err := d.Waitlist.DoBulk(c.Request().Context(), staffOf(c), b)
	if err != nil {
		return named(err, listActFields...)
	}
	a, err := d.Waitlist.BulkPage(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return made(c, "/list-acts/"+id, listActOf(a))
}

// readListAct reads what is to be done, and with whom: with those named, or whoever a filter lets through.
func (d *door) readListAct(c echo.Context) (b waitlist.Bulk, err error) {
	var asked spec.NewListAct
	if err := read(c, &asked); err != nil {
		return b, err
	}
	if (asked.EntryIds == nil) == (asked.Filter == nil) {
		return b, problem.Invalid(problem.Bad("entry_ids", "problem.api.either"), problem.Bad("filter", "problem.api.either"))
	}
	if asked.Act == spec.ListActKindPriority && asked.Priority == nil {
		return b, problem.Invalid(problem.Bad("priority", "problem.required"))
	}
	b = waitlist.Bulk{
		Act: string(asked.Act), Priority: or(asked.Priority, 0), Reason: or(asked.Reason, ""), Tag: or(asked.TagID, ""), Entries: or(asked.EntryIds, nil), All: asked.Filter != nil,
	}
	if asked.Filter != nil {
		b.Filter, err = d.filterOf(c, *asked.Filter)
	}
	return b, err
}

// PreviewListAct answers POST /list-acts/preview.
func (d *door) PreviewListAct(c echo.Context, _ spec.PreviewListActParams) error {
	b, err := d.readListAct(c)
	if err != nil {
		return err
	}
	p, err := d.Waitlist.PreviewBulk(c.Request().Context(), staffOf(c), b)
	if err != nil {
		return named(err, listActFields...)
	}
	return answer(c, http.StatusOK, spec.ListActPreview{Entries: p.Entries, Changes: p.Changes, OffersTakenBack: p.Offered, Same: p.Same, Unfit: p.Unfit})
}

// GetListAct answers GET /list-acts/{list_act_id}.
func (d *door) GetListAct(c echo.Context, id spec.ListActID) error {
	a, err := d.Waitlist.BulkPage(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, listActOf(a))
}

func listActOf(a waitlist.BulkPage) spec.ListAct {
	shown := spec.ListAct{
		ID: a.ID, Act: spec.ListActKind(a.Act), Priority: nullable.NewNullNullable[int](), Reason: orNull(a.Reason), Tag: nullable.NewNullNullable[spec.BorneTag](),
		State: spec.ListActState(a.State), Total: a.Total, Done: a.Done, Changed: a.Changed, Unchanged: a.Unchanged, Restored: a.Restored, Kept: a.Kept,
		By: orNull(a.By), ByKey: a.Key, BegunAt: a.Created.UTC(), EndedAt: momentOrNull(a.Ended), UndoableUntil: momentOrNull(a.UndoableUntil),
	}
	if a.Act == waitlist.BulkPriority {
		shown.Priority = nullable.NewNullableWithValue(a.Priority)
	}
	if a.Tag.ID != "" {
		shown.Tag = nullable.NewNullableWithValue(borneTags([]waitlist.Tag{a.Tag})[0])
	}
	return shown
}

// UndoListAct answers POST /list-acts/{list_act_id}/undoing.
func (d *door) UndoListAct(c echo.Context, id spec.ListActID, _ spec.UndoListActParams) error {
	if err := d.Waitlist.UndoBulk(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetListAct(c, id)
}
