package counter

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) setNote(c echo.Context) error {
	e, err := d.readEntryOf(c)
	if err != nil {
		return err
	}
	e.NoteText = c.FormValue("note")
	if err := d.waitlist.SetNote(c.Request().Context(), staff(c), id(c), e.NoteText, c.FormValue("seen")); err != nil {
		return respond.Form(c, err, func(status int, errs ui.Errors) error {
			if status != http.StatusConflict { // after a conflict the form carries what the note is now: saving again replaces that
				e.File.NoteSeen = c.FormValue("seen")
			}
			return d.showEntry(c, e)(status, errs)
		})
	}
	respond.Flash(c, "list.entry.note_saved")
	return respond.SeeOther(c, paths.CounterEntry(id(c)))
}

func (d door) setTags(c echo.Context) error {
	form := c.Request().PostForm
	had := strings.Fields(form.Get("had"))
	var give, take []string
	for _, tag := range form["tags"] {
		if !slices.Contains(had, tag) {
			give = append(give, tag)
		}
	}
	for _, tag := range had {
		if !slices.Contains(form["tags"], tag) {
			take = append(take, tag)
		}
	}
	if err := d.waitlist.TagCustomer(c.Request().Context(), staff(c), id(c), give, take); err != nil {
		return err
	}
	respond.Flash(c, "list.entry.tags_saved")
	return respond.SeeOther(c, paths.CounterEntry(id(c)))
}
