package public

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"rsc.io/qr"

	"github.com/your-org/waitlist-management/paths"
)

// joinCode draws the QR code that leads to the page where customers join.
func (d door) joinCode(c echo.Context) error {
	b, err := d.waitlist.BusinessBySlug(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	code, err := qr.Encode(d.base.Abs(paths.Join(b.Slug)), qr.M)
	if err != nil {
		return fmt.Errorf("make a QR code: %w", err)
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=3600")
	return c.Blob(http.StatusOK, "image/svg+xml", drawCode(code))
}

// quiet is the white margin that scanners need, in modules.
const quiet = 4

// drawCode is dark on white in any colour scheme: scanners expect it so.
func drawCode(code *qr.Code) []byte {
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	size := code.Size + 2*quiet
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`, size, size, size, size, path.String())
}
