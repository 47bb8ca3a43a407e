// Package hooks is the door for services that tell the program what happened with them. They prove who they are by signing what they send;
// there is no session, and no rule about where a page came from.
package hooks

import (
	"log/slog"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
)

type door struct {
	reports mail.Reports
	log     *slog.Logger
}

// Routes adds the door.
func Routes(e *echo.Echo, reports mail.Reports, log *slog.Logger) {
	d := door{reports, log}
	e.POST(paths.SendGridHook, d.sendGrid)
}
