package public

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/ui"
)

// joinCode draws the QR code that leads to the page where customers join.
func (d door) joinCode(c echo.Context) error {
	b, err := d.waitlist.BusinessBySlug(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	size, dots, err := ui.QRDots(d.base.Abs(paths.Join(b.Slug)))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=3600")
	return c.Blob(http.StatusOK, "image/svg+xml", fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`, size, size, size, size, dots))
}
