package middleware

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/seal"
)

type requestIDKey struct{}

// RequestID gives each request a random id, which the answer carries in X-Request-ID. One that came with the request is not believed.
func RequestID() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			id := seal.PublicID()
			c.Response().Header().Set(echo.HeaderXRequestID, id)
			r := c.Request()
			c.SetRequest(r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
			return next(c)
		}
	}
}

// ID is the id of the request; "" outside one.
func ID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
