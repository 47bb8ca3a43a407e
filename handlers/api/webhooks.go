package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/webhooks"
)

// ListWebhooks answers GET /webhooks.
func (d *door) ListWebhooks(c echo.Context, p spec.ListWebhooksParams) error {
	list, err := d.Webhooks.Endpoints(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(list, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Webhook, len(page))
	for i, e := range page {
		data[i] = webhookOf(e)
	}
	return answer(c, http.StatusOK, spec.WebhookList{Data: data, NextCursor: next})
}

// AddWebhook answers POST /webhooks.
func (d *door) AddWebhook(c echo.Context, _ spec.AddWebhookParams) error {
	var asked spec.NewWebhook
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx, staff := c.Request().Context(), staffOf(c)
	f := webhooks.Form{Name: asked.Name, URL: asked.URL, All: true, Press: pressOf(c)}
	chooseEvents(&f, asked.Events)
	id, err := d.Webhooks.Add(ctx, staff, f)
	if err != nil {
		return err
	}
	secret, err := d.Webhooks.Secret(ctx, staff, id)
	if err != nil {
		return err
	}
	e, err := d.Webhooks.Endpoint(ctx, staff.TenantID, id)
	if err != nil {
		return err
	}
	return made(c, "/webhooks/"+id, withSecret(e, secret))
}

// GetWebhook answers GET /webhooks/{webhook_id}.
func (d *door) GetWebhook(c echo.Context, id spec.WebhookID) error {
	e, err := d.Webhooks.Endpoint(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, webhookOf(e))
}

// ChangeWebhook answers PATCH /webhooks/{webhook_id}.
func (d *door) ChangeWebhook(c echo.Context, id spec.WebhookID, _ spec.ChangeWebhookParams) error {
	var asked spec.WebhookChange
	if err := read(c, &asked); err != nil {
		return err
	}
	e, err := d.unchangedWebhook(c, id)
	if err != nil {
		return err
	}
	f := webhooks.Form{Name: e.Name, URL: e.URL, All: e.All, Events: e.Events, Version: e.Version}
	if asked.Name != nil {
		f.Name = *asked.Name
	}
	if asked.URL != nil {
		f.URL = *asked.URL
	}
	chooseEvents(&f, asked.Events)
	if err := d.Webhooks.Change(c.Request().Context(), staffOf(c), id, f); err != nil {
		return overtaken(c, err)
	}
	return d.GetWebhook(c, id)
}

// RemoveWebhook answers DELETE /webhooks/{webhook_id}.
func (d *door) RemoveWebhook(c echo.Context, id spec.WebhookID, _ spec.RemoveWebhookParams) error {
	seen := 0
	if c.Request().Header.Get("If-Match") != "" {
		e, err := d.unchangedWebhook(c, id)
		if err != nil {
			return err
		}
		seen = e.Version
	}
	if err := d.Webhooks.Remove(c.Request().Context(), staffOf(c), id, seen); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// RestoreWebhook answers POST /webhooks/{webhook_id}/restoration.
func (d *door) RestoreWebhook(c echo.Context, id spec.WebhookID, _ spec.RestoreWebhookParams) error {
	if err := d.Webhooks.Restore(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetWebhook(c, id)
}

// PauseWebhook answers POST /webhooks/{webhook_id}/pause.
func (d *door) PauseWebhook(c echo.Context, id spec.WebhookID, _ spec.PauseWebhookParams) error {
	if err := d.Webhooks.Pause(c.Request().Context(), staffOf(c), id, 0); err != nil {
		return err
	}
	return d.GetWebhook(c, id)
}

// ResumeWebhook answers POST /webhooks/{webhook_id}/resumption.
func (d *door) ResumeWebhook(c echo.Context, id spec.WebhookID, _ spec.ResumeWebhookParams) error {
	var asked spec.Resumption
	if err := read(c, &asked); err != nil {
		return err
	}
	if err := d.Webhooks.Resume(c.Request().Context(), staffOf(c), id, 0, asked.Skip != nil && *asked.Skip); err != nil {
		return err
	}
	return d.GetWebhook(c, id)
}

// RotateWebhookSecret answers POST /webhooks/{webhook_id}/secret.
func (d *door) RotateWebhookSecret(c echo.Context, id spec.WebhookID, _ spec.RotateWebhookSecretParams) error {
	ctx, staff := c.Request().Context(), staffOf(c)
	secret, err := d.Webhooks.RotateSecret(ctx, staff, id, 0, pressOf(c))
	if err != nil {
		return err
	}
	e, err := d.Webhooks.Endpoint(ctx, staff.TenantID, id)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, withSecret(e, secret))
}

// ListWebhookEvents answers GET /webhook-events.
func (d *door) ListWebhookEvents(c echo.Context) error {
	var list spec.EventTypeList
	for _, e := range webhooks.Events() {
		list.Data = append(list.Data, struct {
			Group string `json:"group"`
			Type  string `json:"type"`
		}{e.Group, e.Type})
	}
	return answer(c, http.StatusOK, list)
}

// unchangedWebhook reads an endpoint that is still the version of If-Match.
func (d *door) unchangedWebhook(c echo.Context, id string) (webhooks.Endpoint, error) {
	e, err := d.Webhooks.Endpoint(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return e, err
	}
	return e, unchanged(c, webhookOf(e))
}

// chooseEvents writes what was asked for into a form: null is all of them, what wasn't sent leaves it as it is.
func chooseEvents(f *webhooks.Form, asked nullable.Nullable[[]string]) {
	if asked.IsSpecified() {
		f.Events, _ = asked.Get()
		f.All = asked.IsNull()
	}
}

func webhookOf(e webhooks.Endpoint) spec.Webhook {
	w := spec.Webhook{
		ID: e.ID, Name: e.Name, URL: e.URL, Events: nullable.NewNullNullable[[]string](), State: spec.WebhookState(e.State), StoppedBecause: orNull(e.Because),
		FailingSinceAt: momentOrNull(e.FailingSince), LastAttemptAt: momentOrNull(e.LastAt), LastStatus: orNull(e.LastStatus), LastFailure: orNull(e.LastClass),
		OldSecretUntilAt: momentOrNull(e.OldSecretUntil), CreatedAt: e.CreatedAt.UTC(),
	}
	if !e.All {
		w.Events = nullable.NewNullableWithValue(e.Events)
	}
	return w
}

func withSecret(e webhooks.Endpoint, secret string) spec.WebhookWithSecret {
	w := webhookOf(e)
	return spec.WebhookWithSecret{
		ID: w.ID, Name: w.Name, URL: w.URL, Events: w.Events, State: spec.WebhookWithSecretState(w.State), StoppedBecause: w.StoppedBecause,
		FailingSinceAt: w.FailingSinceAt, LastAttemptAt: w.LastAttemptAt, LastStatus: w.LastStatus, LastFailure: w.LastFailure,
		OldSecretUntilAt: w.OldSecretUntilAt, CreatedAt: w.CreatedAt, Secret: secret,
	}
}
