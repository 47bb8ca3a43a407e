package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/views/webhook"
	"github.com/your-org/waitlist-management/webhooks"
)

// deliveriesOnAPage is how many lines of the log are shown at once.
const deliveriesOnAPage = 25

func (d webhookDoor) one(c echo.Context) error { return d.showOne(c, "")(http.StatusOK, nil) }

// showOne shows an endpoint; secret is what to show in place of the button that shows it.
func (d webhookDoor) showOne(c echo.Context, secret string) respond.Show {
	return func(status int, errs ui.Errors) error {
		ctx, id := c.Request().Context(), c.Param("id")
		p := webhook.Page{Secret: secret, Errors: errs, State: readLogState(c.QueryParam("state"))}
		var err error
		if p.Endpoint, err = d.webhooks.Endpoint(ctx, tenant(c), id); err != nil {
			return err
		}
		if p.Log, err = d.webhooks.Log(ctx, tenant(c), id, webhooks.LogQuery{State: p.State, Before: c.QueryParam("before"), Limit: deliveriesOnAPage}); err != nil {
			return err
		}
		p.Paged = c.QueryParam("before") != ""
		if p.Test, p.Tested, err = d.webhooks.LastTest(ctx, tenant(c), id); err != nil {
			return err
		}
		return respond.HTML(c, status, webhook.One(page(c, "webhooks", p.Endpoint.Name), p),
			respond.Part{ID: webhook.TestID, Component: webhook.Test(p)},
			respond.Part{ID: webhook.SecretID, Component: webhook.Secret(p)},
			respond.Part{ID: webhook.LogID, Component: webhook.Log(p)},
		)
	}
}

func readLogState(typed string) webhooks.DeliveryState {
	switch state := webhooks.DeliveryState(typed); state {
	case webhooks.Failed, webhooks.Pending, webhooks.Delivered:
		return state
	}
	return ""
}

func (d webhookDoor) secret(c echo.Context) error {
	secret, err := d.webhooks.Secret(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"))
	if err != nil {
		return err
	}
	return d.showOne(c, secret)(http.StatusOK, nil)
}

func (d webhookDoor) rotate(c echo.Context) error {
	if _, err := d.webhooks.RotateSecret(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), seenVersion(c), c.FormValue("press")); err != nil {
		return respond.Form(c, err, d.showOne(c, ""))
	}
	respond.Flash(c, "webhooks.rotated")
	return respond.SeeOther(c, paths.Webhook(c.Param("id")))
}

// seenVersion is the version that the page showed; one that can't be read was never any.
func seenVersion(c echo.Context) int {
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil || version < 1 {
		return -1
	}
	return version
}

func (d webhookDoor) test(c echo.Context) error {
	if _, err := d.webhooks.SendTest(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), c.FormValue("press")); err != nil {
		return err
	}
	if respond.Wants(c, webhook.TestID) {
		return d.showOne(c, "")(http.StatusOK, nil)
	}
	return respond.SeeOther(c, paths.Webhook(c.Param("id"))+"#"+webhook.TestID)
}

func (d webhookDoor) pause(c echo.Context) error {
	if err := d.webhooks.Pause(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), 0); err != nil {
		return err
	}
	respond.Flash(c, "webhooks.is_paused")
	return respond.SeeOther(c, paths.Webhook(c.Param("id")))
}

func (d webhookDoor) resume(c echo.Context) error {
	err := d.webhooks.Resume(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), 0, c.FormValue("missed") == "skip")
	if err != nil {
		return err
	}
	respond.Flash(c, "webhooks.is_resumed")
	return respond.SeeOther(c, paths.Webhook(c.Param("id")))
}

func (d webhookDoor) remove(c echo.Context) error {
	if err := d.webhooks.Remove(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), 0); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.WebhookRestoration(c.Param("id")), "webhooks.removed")
	return respond.SeeOther(c, paths.Webhooks)
}

func (d webhookDoor) restore(c echo.Context) error {
	if err := d.webhooks.Restore(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "webhooks.restored")
	return respond.SeeOther(c, paths.Webhooks)
}

func (d webhookDoor) againAll(c echo.Context) error {
	f, bad := readFailedOn(c)
	err := error(nil)
	n := 0
	if len(bad) > 0 {
		err = problem.Invalid(bad...)
	} else {
		n, err = d.webhooks.AgainAll(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), f)
	}
	if err != nil {
		return respond.Form(c, err, d.showOne(c, ""))
	}
	respond.Flash(c, "webhooks.log.again_all_done", "Count", n)
	return respond.SeeOther(c, paths.Webhook(c.Param("id")))
}

func readFailedOn(c echo.Context) (f webhooks.FailedOn, bad []problem.Field) {
	read := func(name string) rules.Date {
		day, err := rules.ParseDate(c.FormValue(name))
		if err != nil && c.FormValue(name) != "" {
			bad = append(bad, problem.Bad(name, "audit.bad.date"))
		}
		return day
	}
	f.From, f.To = read("from"), read("to")
	return f, bad
}

func (d webhookDoor) delivery(c echo.Context) error {
	one, err := d.webhooks.Delivery(c.Request().Context(), tenant(c), c.Param("id"))
	if err != nil {
		return err
	}
	whole := webhook.Delivery(page(c, "webhooks", one.Type), one)
	return respond.HTML(c, http.StatusOK, whole, respond.Part{ID: webhook.DeliveryID, Component: webhook.DeliveryCards(one)})
}

func (d webhookDoor) again(c echo.Context) error {
	attempts, err := strconv.Atoi(c.FormValue("attempts"))
	if err != nil {
		attempts = -1 // never sent so often: nothing happens
	}
	err = d.webhooks.Again(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), attempts, c.FormValue("press"))
	switch {
	case err == nil:
		respond.Flash(c, "webhooks.delivery.on_its_way")
	case problem.KindOf(err) != problem.Conflict: // the page shows the attempt that is in the way
		return err
	}
	return respond.SeeOther(c, paths.WebhookDelivery(c.Param("id")))
}
