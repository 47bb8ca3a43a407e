package respond

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
)

const keepKey = "keep"

// Alike tells whether everybody who asks like this gets the same page, when the page shows nothing of who is logged in: plainly, with
// nothing in the address and no note to be shown. key stands for the page's route and language.
func Alike(c echo.Context) (key string, alike bool) {
	r := c.Request()
	alike = r.Method == http.MethodGet && r.URL.RawQuery == "" && !htmx(c) && middleware.Cookie(c, noteCookie) == ""
	return strings.Join([]string{r.URL.Path, middleware.Locale(c).Tag(), middleware.Chosen(c)}, "\n"), alike
}

// Keep has the page that HTML answers with given to keep, too.
func Keep(c echo.Context, keep func(page []byte)) { c.Set(keepKey, keep) }

// Kept answers with a page that Keep gave away.
func Kept(c echo.Context, page []byte) error {
	c.Response().Header().Add(echo.HeaderVary, varies)
	return c.HTMLBlob(http.StatusOK, page)
}
