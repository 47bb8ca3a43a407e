// Package demo is what the pages of the made-up business have beside those of any other: how fast its customers act.
package demo

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// Shop is the made-up business with the people in it. It is handed in, for those people come to these handlers by HTTP.
type Shop interface {
	// Enter begins a session as its owner; it is set up for a zone, currency and locale when there is none yet.
	Enter(ctx context.Context, zone, currency, locale string) (accounts.LoggedIn, error)
	// Seen says that its staff look at it. Unseen for long, its customers rest.
	Seen(by waitlist.Staff)
	// Pace is how fast its customers act: paused, slow, normal or fast.
	Pace() string
	// SetPace fails with problem.InvalidInput for another name.
	SetPace(name string) error
}

// Watch notes who looks at the made-up business, and puts the choice of a pace on its pages.
func Watch(shop Shop) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if user, ok := middleware.User(c); ok && user.Demo {
				shop.Seen(user.Staff())
				respond.Pace(c, shop.Pace())
			}
			return next(c)
		}
	}
}

// Routes adds the form of the pace for those who work here.
func Routes(pages *echo.Group, shop Shop) {
	pages.POST(paths.Pace, func(c echo.Context) error {
		if !middleware.MustUser(c).Demo {
			return problem.New(problem.NotFound, "problem.next.not_found")
		}
		if err := shop.SetPace(c.FormValue("pace")); err != nil {
			return err
		}
		return respond.SeeOther(c, paths.Local(c.FormValue("next")))
	})
}
