package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/apidocs"
)

// docsPolicy is the content policy of the page that shows the document: the library that does has pictures in its stylesheet.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// DocsRoutes adds the pages for people who write programs.
func DocsRoutes(g *echo.Group) {
	g.GET(paths.APIDocs, func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", docsPolicy)
		return respond.HTML(c, http.StatusOK, apidocs.Docs())
	})
	g.GET(paths.APIProblems, func(c echo.Context) error {
		return respond.HTML(c, http.StatusOK, apidocs.Problems(respond.Page(c, middleware.Locale(c).T("apidocs.problems.title"))))
	})
}
