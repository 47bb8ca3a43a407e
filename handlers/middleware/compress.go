package middleware

import (
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/your-org/waitlist-management/paths"
)

// compressFrom is the length in bytes from which compressing pays: what is shorter fits into one packet.
const compressFrom = 1400

// Compress packs pages and parts, which are mostly markup, for the slow networks of phones and tablets: a board of 100 rows to a twenty-fifth.
// A stream must not wait to be packed, and assets are packed already. No page holds a secret that could be guessed by the length of the
// answer: forms are guarded by where they come from, not by a token in them.
func Compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{MinLength: compressFrom, Skipper: func(c echo.Context) bool {
		path := c.Request().URL.Path
		return path == paths.CounterStream || strings.HasPrefix(path, paths.Static) || c.Path() == paths.LogoRoute
	}})
}
