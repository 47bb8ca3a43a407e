// Package api is the door for programs: what the pages can do, as JSON. The document (document/, bundled into openapi.json) was first; server
// types are made of it, and every request is checked against it before its handler sees it.
package api

import (
	"log/slog"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/ratelimit"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

// Deps is what the door works with. Its zero value stands for a program without one.
type Deps struct {
	Accounts *accounts.Accounts
	Business *business.Business
	Waitlist *waitlist.Waitlist
	Insights *insights.Insights
	Webhooks *webhooks.Webhooks
	Calls    idempotency.Calls
	Tokens   token.Tokens // signs and reads access tokens
	Limiter  *ratelimit.Limiter
	Rate     ratelimit.Rate // of one key
	Joins    public.JoinLimit
	Log      *slog.Logger

	Around business.Installation // the routes of the whole program fill it in
}

type door struct {
	Deps
	operations map[string]operation
}

// Every operation of the document has its handler.
var _ spec.ServerInterface = (*door)(nil)

// Routes adds the door. The document is part of the program: one that can't be read is a fault of the build.
func Routes(e *echo.Echo, p Deps) error {
	operations, err := readDocument()
	if err != nil {
		return err
	}
	d := &door{p, operations}
	e.GET(paths.APIDocument, serveDocument)
	g := e.Group(paths.API, d.find, d.authenticate, d.limit, d.allow, d.validate, d.once)
	spec.RegisterHandlers(g, d)
	return nil
}
