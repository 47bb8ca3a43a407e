package respond

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// SeeOther leads on to a path of this site after a success: 303, or HX-Location when htmx asked. A note given to Flash is shown there.
func SeeOther(c echo.Context, path string) error {
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
