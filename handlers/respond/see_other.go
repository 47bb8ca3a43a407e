package respond

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// SeeOther leads on to a path of this site after a success: 303, or HX-Location when htmx asked. A note given to Flash is shown there.
// An act whose answer goes among the notes of the page that it would lead to stays there: it gets the note alone, and the event
// "changed" has the parts of the page look again.
func SeeOther(c echo.Context, path string) error {
	if target(c.Request()) == "flash" && isAt(c, path) {
		c.Response().Header().Set("HX-Trigger", "changed")
		n, _ := c.Get(noteKey).(note)
		return write(c, http.StatusOK, n.flash())
	}
	if err := keepNote(c); err != nil {
		return err
	}
	if htmx(c) {
		c.Response().Header().Set("HX-Location", path)
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// Leave is SeeOther by way of a whole new page load: for a change of who is logged in or in which business, after which nothing of the old page
// may stay.
func Leave(c echo.Context, path string) error {
	if !htmx(c) {
		return SeeOther(c, path)
	}
	if err := keepNote(c); err != nil {
		return err
	}
	c.Response().Header().Set("HX-Redirect", path)
	return c.NoContent(http.StatusNoContent)
}

// isAt tells whether the page that asks is the one at path, whatever its query.
func isAt(c echo.Context, path string) bool {
	page, err := url.Parse(c.Request().Header.Get("HX-Current-URL"))
	path, _, _ = strings.Cut(path, "?")
	return err == nil && page.Path == path
}
