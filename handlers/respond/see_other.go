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
