package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/account"
	"github.com/your-org/waitlist-management/handlers/admin"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/handlers/counter"
	"github.com/your-org/waitlist-management/handlers/demo"
	"github.com/your-org/waitlist-management/handlers/hooks"
	"github.com/your-org/waitlist-management/handlers/local"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/policy"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/static"
)

// routes are what machines ask, then every page behind the policy.
func (d Deps) routes(e *echo.Echo) error {
	e.GET(paths.Live, d.Health.Live)
	e.GET(paths.Ready, d.Health.Ready)
	e.GET(paths.Static+"*", echo.WrapHandler(static.Handler()))
	hooks.Routes(e, d.Reports, d.Log)
	around := business.Installation{Base: d.Base, Sends: d.Mailbox == nil, SendGrid: d.SendGrid, Hears: len(d.Reports.Keys) > 0}
	if d.API.Accounts != nil {
		d.API.Around = around
		if err := api.Routes(e, d.API); err != nil {
			return err
		}
	}

	pages := e.Group("", middleware.Form, middleware.Session(d.Accounts), policy.Enforce, account.SetUpFirst, respond.MailStays(d.Mailbox != nil), d.Joins.Keep)
	var enter account.EnterDemo
	if d.Demo != nil {
		enter = d.Demo.Enter
		pages.Use(demo.Watch(d.Demo))
		demo.Routes(pages, d.Demo)
	}
	api.DocsRoutes(pages)
	account.Routes(pages, d.Accounts, d.Business, d.Base, enter)
	counter.Routes(pages, d.Waitlist, d.Boards)
	admin.Routes(pages, d.Business, d.Insights, around)
	admin.ListRoutes(pages, d.Waitlist, d.Business)
	admin.WaitlistRoutes(pages, d.Waitlist, d.Base)
	admin.LetterRoutes(pages, d.Business, d.Waitlist, d.Base)
	admin.AuditRoutes(pages, d.Audit)
	admin.KeyRoutes(pages, d.Accounts, d.Base)
	admin.OutboxRoutes(pages, d.Waitlist)
	admin.WebhookRoutes(pages, d.Webhooks)
	public.Routes(pages, d.Waitlist, d.Business, d.Boards, d.Base)
	if d.Mailbox != nil {
		local.Routes(pages, d.Mailbox)
	}
	pages.RouteNotFound("/*", echo.NotFoundHandler)
	return nil
}
