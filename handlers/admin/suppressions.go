package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/sent"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d outboxDoor) suppressions(c echo.Context) error {
	return respond.NewForm(d.showSuppressions(c, readSuppressions(c), waitlist.SuppressForm{}))
}

func readSuppressions(c echo.Context) waitlist.SuppressionQuery {
	return waitlist.SuppressionQuery{Find: c.QueryParam("find"), After: c.QueryParam("after")}
}

func (d outboxDoor) showSuppressions(c echo.Context, q waitlist.SuppressionQuery, f waitlist.SuppressForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		list, err := d.waitlist.Suppressions(c.Request().Context(), tenant(c), q)
		if problem.KindOf(err) == problem.InvalidInput { // a link that was cut short: the first page
			q.After = ""
			list, err = d.waitlist.Suppressions(c.Request().Context(), tenant(c), q)
		}
		if err != nil {
			return err
		}
		if f == (waitlist.SuppressForm{}) {
			f.Email = list.Typed
		}
		return respond.HTML(c, status, sent.Suppressions(page(c, "messages", text(c, "outbox.suppressions.title")), list, f, errs),
			respond.Part{ID: sent.SuppressFormID, Component: sent.SuppressForm(f, errs)})
	}
}

func (d outboxDoor) suppress(c echo.Context) error {
	f := waitlist.SuppressForm{Email: c.FormValue("email"), Reason: c.FormValue("reason")}
	already, err := d.waitlist.Suppress(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	if err != nil {
		return respond.Form(c, err, d.showSuppressions(c, waitlist.SuppressionQuery{}, f))
	}
	if already {
		respond.Flash(c, "outbox.suppressions.already")
	} else {
		respond.Flash(c, "outbox.suppressions.added")
	}
	return respond.SeeOther(c, paths.MessageSuppressions)
}

// findSuppression leads on to the list with the address sealed in its own.
func (d outboxDoor) findSuppression(c echo.Context) error {
	find, err := d.waitlist.SealAddress(c.Request().Context(), tenant(c), c.FormValue("q"))
	if err != nil {
		return respond.Form(c, err, d.showSuppressions(c, waitlist.SuppressionQuery{}, waitlist.SuppressForm{}))
	}
	return respond.SeeOther(c, sent.SuppressionsPath(waitlist.SuppressionQuery{Find: find}))
}

func (d outboxDoor) lift(c echo.Context) error {
	err := d.waitlist.Lift(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), c.FormValue("seen"))
	if err != nil {
		return respond.Form(c, err, d.showSuppressions(c, waitlist.SuppressionQuery{}, waitlist.SuppressForm{}))
	}
	respond.FlashUndo(c, paths.SuppressionRestoration(c.Param("id")), "outbox.suppressions.lifted")
	return respond.SeeOther(c, paths.MessageSuppressions)
}

func (d outboxDoor) unlift(c echo.Context) error {
	if err := d.waitlist.Unlift(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "outbox.suppressions.restored")
	return respond.SeeOther(c, paths.MessageSuppressions)
}
