package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/list"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d waitlistDoor) tags(c echo.Context) error {
	return d.showTags(c, waitlist.TagForm{Colour: waitlist.TagColours()[1], Press: seal.PublicID()})(http.StatusOK, nil)
}

func (d waitlistDoor) showTags(c echo.Context, f waitlist.TagForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		tags, err := d.waitlist.Tags(c.Request().Context(), middleware.MustUser(c).TenantID)
		if err != nil {
			return err
		}
		whole := list.Tags(d.page(c, text(c, "list.tags.title")), tags, f, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: list.TagFormID, Component: list.TagForm("", f, errs)})
	}
}

func (d waitlistDoor) addTag(c echo.Context) error {
	f := readTag(c)
	if _, err := d.waitlist.AddTag(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return respond.Form(c, err, d.showTags(c, f))
	}
	respond.Flash(c, "list.tags.added", "Name", f.Name)
	return respond.SeeOther(c, paths.Tags)
}

func readTag(c echo.Context) waitlist.TagForm {
	version, _ := strconv.Atoi(c.FormValue("version"))
	return waitlist.TagForm{Name: c.FormValue("name"), Colour: c.FormValue("colour"), Version: version, Press: c.FormValue("press")}
}

func (d waitlistDoor) tag(c echo.Context) error {
	t, err := d.waitlist.Tag(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return d.showTag(c, waitlist.TagForm{Name: t.Name, Colour: t.Colour, Version: t.Version})(http.StatusOK, nil)
}

func (d waitlistDoor) showTag(c echo.Context, f waitlist.TagForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		t, err := d.waitlist.Tag(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			f.Version = t.Version
		}
		whole := list.Tag(d.page(c, t.Name), t, f, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: list.TagFormID, Component: list.TagForm(t.ID, f, errs)})
	}
}

func (d waitlistDoor) changeTag(c echo.Context) error {
	f := readTag(c)
	if err := d.waitlist.ChangeTag(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), f); err != nil {
		return respond.Form(c, err, d.showTag(c, f))
	}
	respond.Flash(c, "list.tags.changed", "Name", f.Name)
	return respond.SeeOther(c, paths.Tags)
}

func (d waitlistDoor) removeTag(c echo.Context) error {
	if err := d.waitlist.RemoveTag(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.TagRestoration(c.Param("id")), "list.tags.removed")
	return respond.SeeOther(c, paths.Tags)
}

func (d waitlistDoor) restoreTag(c echo.Context) error {
	if err := d.waitlist.RestoreTag(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "list.tags.restored")
	return respond.SeeOther(c, paths.Tags)
}
