// Package handlers is the program's face to the web: routes, and a package per door.
package handlers

import (
	"github.com/labstack/echo/v4"
)

// Deps is what the handlers work with.
type Deps struct {
	Health *Health
}

// New routes every request.
func New(d Deps) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/health", d.Health.Live)
	e.GET("/api/health", d.Health.Ready)
	return e
}
