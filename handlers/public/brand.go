package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/layout"
)

// brandSheet is the stylesheet with the colours of a business.
func (d door) brandSheet(c echo.Context) error {
	b, err := d.waitlist.BusinessBySlug(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	colour, ok := rules.ParseColour(b.Look.Colour)
	if !ok {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	keep(c, layout.BrandVersion(b.Look.Colour))
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(layout.BrandSheet(":root", colour)))
}

// logo is the picture of a business. Emails show it too, in readers that are pages of other sites.
func (d door) logo(c echo.Context) error {
	picture, hash, err := d.business.LogoImage(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	keep(c, hash)
	c.Response().Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.Blob(http.StatusOK, "image/png", picture)
}

// keep lets browsers keep the answer for ever when they asked for this very version of it, else for a minute.
func keep(c echo.Context, version string) {
	how := "public, max-age=60"
	if c.QueryParam("v") == version {
		how = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set("Cache-Control", how)
}
