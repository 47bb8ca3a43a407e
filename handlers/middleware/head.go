package middleware

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Head answers HEAD where GET is answered, without the body, which net/http leaves out. Use it before routing.
func Head(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r := c.Request(); r.Method == http.MethodHead {
			get := r.WithContext(r.Context()) // a copy: net/http goes by its own
			get.Method = http.MethodGet
			c.SetRequest(get)
		}
		return next(c)
	}
}
