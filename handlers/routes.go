package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/account"
	"github.com/your-org/waitlist-management/handlers/admin"
	"github.com/your-org/waitlist-management/handlers/counter"
	"github.com/your-org/waitlist-management/handlers/demo"
	"github.com/your-org/waitlist-management/handlers/local"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/static"
)

// routes is the one table: what machines ask, then a group for everybody, one for who works here and one for who manages.
func (d Deps) routes(e *echo.Echo) {
	e.GET(paths.Live, d.Health.Live)
	e.GET(paths.Ready, d.Health.Ready)
	e.GET(paths.Static+"*", echo.WrapHandler(static.Handler()))

	everybody := e.Group("", middleware.Form, middleware.Session(d.Accounts), respond.MailStays(d.Mailbox != nil))
	var enter account.EnterDemo
	if d.Demo != nil {
		enter = d.Demo.Enter
		everybody.Use(demo.Watch(d.Demo))
	}
	working := everybody.Group("", middleware.RequireRole(rules.RoleOwner, rules.RoleAdmin, rules.RoleStaff))
	managing := everybody.Group("", middleware.RequireRole(rules.RoleOwner, rules.RoleAdmin))

	account.Routes(everybody, working, managing, d.Accounts, d.Business, d.Base, enter)
	counter.Routes(working, d.Waitlist, d.Boards)
	if d.Demo != nil {
		demo.Routes(working, d.Demo)
	}
	admin.Routes(managing, d.Business, d.Insights, d.Base)
	public.Routes(everybody, d.Waitlist, d.Boards, d.Base)
	if d.Mailbox != nil {
		local.Routes(everybody, d.Mailbox)
	}

	// Each group brought a catch-all of its own; an address that doesn't exist asks nobody to log in.
	everybody.RouteNotFound("/*", echo.NotFoundHandler)
}
