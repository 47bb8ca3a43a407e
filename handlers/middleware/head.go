package middleware

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Head answers HEAD where GET is answered, without the body, which net/http leaves out. Use it before routing: the router
// goes by the request that came in, so the GET starts anew.
func Head(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Method != http.MethodHead {
			return next(c)
		}
		get := r.WithContext(r.Context()) // a copy: net/http goes by its own
		get.Method = http.MethodGet
		c.Echo().ServeHTTP(c.Response().Writer, get)
		return nil
	}
}
