package public

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// moved leads on from a public address that a business had before: posters hang for years. The way isn't kept by browsers, for the
// business may take its old address back; a form that was open meanwhile arrives all the same.
func (d door) moved(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		slug := c.Param("slug")
		if slug == "" || problem.KindOf(err) != problem.NotFound {
			return err
		}
		now, lookErr := d.waitlist.SlugNow(c.Request().Context(), slug)
		switch {
		case problem.KindOf(lookErr) == problem.NotFound:
			return err
		case lookErr != nil:
			return lookErr
		}
		old, uri := paths.Join(slug), c.Request().URL.RequestURI()
		return c.Redirect(http.StatusTemporaryRedirect, paths.Join(now)+strings.TrimPrefix(uri, old))
	}
}
