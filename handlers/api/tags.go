package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListTags answers GET /tags.
func (d *door) ListTags(c echo.Context, p spec.ListTagsParams) error {
	tags, err := d.Waitlist.Tags(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(tags, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Tag, len(page))
	for i, t := range page {
		data[i] = tagShown(t)
	}
	return answer(c, http.StatusOK, spec.TagList{Data: data, NextCursor: next})
}

func tagShown(t waitlist.Tag) spec.Tag {
	return spec.Tag{ID: t.ID, Name: t.Name, Colour: spec.TagColour(t.Colour), CustomerCount: t.Customers}
}

// AddTag answers POST /tags.
func (d *door) AddTag(c echo.Context, _ spec.AddTagParams) error {
	var asked spec.NewTag
	if err := read(c, &asked); err != nil {
		return err
	}
	id, err := d.Waitlist.AddTag(c.Request().Context(), staffOf(c), waitlist.TagForm{Name: asked.Name, Colour: string(asked.Colour), Press: pressOf(c)})
	if err != nil {
		return err
	}
	t, err := d.tagByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/tags/"+id, tagShown(t))
}

// GetTag answers GET /tags/{tag_id}.
func (d *door) GetTag(c echo.Context, id spec.TagID) error {
	t, err := d.tagByID(c, id)
	if err != nil {
		return err
	}
	return one(c, tagShown(t))
}

func (d *door) tagByID(c echo.Context, id string) (waitlist.Tag, error) {
	tags, err := d.Waitlist.Tags(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return waitlist.Tag{}, err
	}
	for _, t := range tags {
		if t.ID == id {
			return t, nil
		}
	}
	return waitlist.Tag{}, problem.New(problem.NotFound, "list.problem.no_such_tag")
}

// ChangeTag answers PATCH /tags/{tag_id}.
func (d *door) ChangeTag(c echo.Context, id spec.TagID, _ spec.ChangeTagParams) error {
	var asked spec.TagChange
	if err := read(c, &asked); err != nil {
		return err
	}
	t, err := d.tagByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, tagShown(t)); err != nil {
		return err
	}
	f := waitlist.TagForm{Name: or(asked.Name, t.Name), Colour: string(or(asked.Colour, spec.TagColour(t.Colour))), Version: t.Version}
	if err := d.Waitlist.ChangeTag(c.Request().Context(), staffOf(c), id, f); err != nil {
		return overtaken(c, err)
	}
	return d.GetTag(c, id)
}

// RemoveTag answers DELETE /tags/{tag_id}.
func (d *door) RemoveTag(c echo.Context, id spec.TagID, _ spec.RemoveTagParams) error {
	version := 0
	if c.Request().Header.Get("If-Match") != "" {
		t, err := d.tagByID(c, id)
		if err != nil {
			return err
		}
		if err := unchanged(c, tagShown(t)); err != nil {
			return err
		}
		version = t.Version
	}
	if err := d.Waitlist.RemoveTagAt(c.Request().Context(), staffOf(c), id, version); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// RestoreTag answers POST /tags/{tag_id}/restoration.
func (d *door) RestoreTag(c echo.Context, id spec.TagID, _ spec.RestoreTagParams) error {
	if err := d.Waitlist.RestoreTag(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetTag(c, id)
}
