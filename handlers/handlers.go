// Package handlers is the program's face to the web: routes, and a package per door.
package handlers

import (
	"fmt"
	"log/slog"
	"net/netip"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/handlers/demo"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

// Deps is what the handlers work with.
type Deps struct {
	Base           paths.Base
	SessionSecret  string // comma list, newest first
	TrustedProxies []netip.Prefix
	Mailbox        *mail.Mailbox // where emails stay instead of being sent; nil when they are sent, and in production
	SendGrid       bool          // emails go through it
	Reports        mail.Reports  // what the provider of emails tells afterwards; the zero value believes nobody
	Log            *slog.Logger

	Health   *Health
	Accounts *accounts.Accounts
	Business *business.Business
	Waitlist *waitlist.Waitlist
	Boards   *live.Boards
	Insights *insights.Insights
	Audit    *audit.Trail
	Webhooks *webhooks.Webhooks
	Joins    public.JoinLimit
	API      api.Deps

	// Demo is the made-up business; nil where there is none to be had, such as in production.
	Demo demo.Shop
}

// New routes every request.
func New(d Deps) (*echo.Echo, error) {
	cookies, err := middleware.NewCookies(d.SessionSecret, d.Base.Secure())
	if err != nil {
		return nil, fmt.Errorf("make cookies: %w", err)
	}
	origin, err := middleware.Origin(d.Base)
	if err != nil {
		return nil, err
	}
	d.Accounts = d.Accounts.At(d.Base)
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = middleware.Address(d.TrustedProxies)
	e.HTTPErrorHandler = respond.ErrorHandler(d.Log)
	e.Pre(middleware.Head)
	e.Use(
		middleware.RequestID(), middleware.AccessLog(d.Log), middleware.Recover(), middleware.Headers(d.Base.Secure()),
		middleware.Compress(), cookies.Use, middleware.Language, origin,
	)
	if err := d.routes(e); err != nil {
		return nil, err
	}
	return e, nil
}
