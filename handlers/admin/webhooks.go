package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/views/webhook"
	"github.com/your-org/waitlist-management/webhooks"
)

// webhookDoor is the addresses that are told what happens.
type webhookDoor struct{ webhooks *webhooks.Webhooks }

// WebhookRoutes adds the pages of webhooks to a group that asks the policy.
func WebhookRoutes(pages *echo.Group, w *webhooks.Webhooks) {
	d := webhookDoor{w}
	pages.GET(paths.Webhooks, d.all)
	pages.POST(paths.Webhooks, d.add)
	pages.GET(paths.NewWebhook, d.fresh)
	pages.GET(paths.WebhookRoute, d.one)
	pages.POST(paths.WebhookRoute, d.change)
	pages.GET(paths.WebhookSettingsRoute, d.settings)
	pages.POST(paths.WebhookSecretRoute, d.secret)
	pages.POST(paths.WebhookRotationRoute, d.rotate)
	pages.POST(paths.WebhookTestRoute, d.test)
	pages.POST(paths.WebhookPauseRoute, d.pause)
	pages.POST(paths.WebhookResumptionRoute, d.resume)
	pages.POST(paths.WebhookRemovalRoute, d.remove)
	pages.POST(paths.WebhookRestorationRoute, d.restore)
	pages.POST(paths.WebhookRepetitionRoute, d.againAll)
	pages.GET(paths.WebhookDeliveryRoute, d.delivery)
	pages.POST(paths.DeliveryRepetitionRoute, d.again)
}

func (d webhookDoor) all(c echo.Context) error {
	list, err := d.webhooks.Endpoints(c.Request().Context(), tenant(c))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, webhook.All(page(c, "webhooks", text(c, "webhooks.title")), list))
}

func (d webhookDoor) fresh(c echo.Context) error {
	return respond.NewForm(d.showForm(c, "", webhooks.Form{Press: seal.PublicID()}))
}

func (d webhookDoor) showForm(c echo.Context, id string, f webhooks.Form) respond.Show {
	return func(status int, errs ui.Errors) error {
		title := text(c, "webhooks.new")
		if id != "" {
			e, err := d.webhooks.Endpoint(c.Request().Context(), tenant(c), id)
			if err != nil {
				return err
			}
			if title = e.Name; status == http.StatusConflict {
				f.Version = e.Version // who saves again means it
			}
		}
		return respond.HTML(c, status, webhook.Edit(page(c, "webhooks", title), id, f, errs), respond.Part{ID: webhook.FormID, Component: webhook.Form(id, f, errs)})
	}
}

func readWebhook(c echo.Context) (webhooks.Form, error) {
	values, err := c.FormParams()
	version, _ := strconv.Atoi(values.Get("version"))
	return webhooks.Form{
		Name: values.Get("name"), URL: values.Get("url"), All: values.Get("which") == "all", Events: values["events"], Version: version, Press: values.Get("press"),
	}, err
}

func (d webhookDoor) add(c echo.Context) error {
	f, err := readWebhook(c)
	if err != nil {
		return err
	}
	id, err := d.webhooks.Add(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	if err != nil {
		return respond.Form(c, err, d.showForm(c, "", f))
	}
	respond.Flash(c, "webhooks.added", "Name", f.Name)
	return respond.SeeOther(c, paths.Webhook(id))
}

func (d webhookDoor) settings(c echo.Context) error {
	e, err := d.webhooks.Endpoint(c.Request().Context(), tenant(c), c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showForm(c, e.ID, webhooks.Form{Name: e.Name, URL: e.URL, All: e.All, Events: e.Events, Version: e.Version}))
}

func (d webhookDoor) change(c echo.Context) error {
	f, err := readWebhook(c)
	if err != nil {
		return err
	}
	if err := d.webhooks.Change(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), f); err != nil {
		return respond.Form(c, err, d.showForm(c, c.Param("id"), f))
	}
	respond.Flash(c, "webhooks.changed", "Name", f.Name)
	return respond.SeeOther(c, paths.Webhook(c.Param("id")))
}
