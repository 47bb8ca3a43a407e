package middleware

import (
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"
)

const logKey = "log with"

// LogWith adds to the line that AccessLog writes for a request; names and values alternate.
func LogWith(c echo.Context, line ...any) { c.Set(logKey, line) }

// AccessLog writes a line for each request once it is answered, also by the error handler. It names the route's pattern and never the
// path, which may hold a token.
func AccessLog(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			began := time.Now()
			if err := next(c); err != nil {
				c.Error(err)
			}
			line := []any{
				"method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
				"ms", time.Since(began).Milliseconds(), "request_id", ID(c.Request().Context()),
			}
			if user, ok := User(c); ok {
				line = append(line, "tenant_id", user.TenantID, "user_id", user.ID)
			}
			if also, ok := c.Get(logKey).([]any); ok {
				line = append(line, also...)
			}
			log.InfoContext(c.Request().Context(), "request", line...)
			return nil
		}
	}
}
