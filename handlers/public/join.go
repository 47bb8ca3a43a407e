package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// joinForm takes ?service= as the one chosen, so that a link can lead to it. Without, everybody gets the page alike: when a crowd comes,
// it is made once until something changes.
func (d door) joinForm(c echo.Context) error {
	key, alike := respond.Alike(c)
	if page, ok := d.kept.Get(key); ok && alike {
		return respond.Kept(c, page)
	}
	seen := d.boards.Seen()
	form, err := d.readJoin(c)
	if err != nil {
		return err
	}
	if alike && !form.Closed.Any() { // a pause ends without anything changing
		respond.Keep(c, func(page []byte) { d.kept.Put(key, form.Business.TenantID, seen, page) })
	}
	return respond.NewForm(showJoin(c, form))
}

func (d door) join(c echo.Context) error {
	form, err := d.readJoin(c)
	if err != nil {
		return err
	}
	if asksForRows(c.Request().Form) {
		form.Open, form.Wishes = true, form.Wishes.WithMoreRows()
		return respond.NewForm(showJoin(c, form))
	}
	wishes, bad := form.Wishes.Wishes()
	err = problemIf(bad)
	if err == nil {
		err = d.waitlist.Join(c.Request().Context(), form.Business.TenantID, joinOf(c, form, wishes))
	}
	if problem.KindOf(err) == problem.Conflict { // paused or full since the form was shown
		var readErr error
		if form.Closed, readErr = d.waitlist.Closed(c.Request().Context(), form.Business); readErr != nil {
			return readErr
		}
	}
	if err != nil {
		return respond.Form(c, err, showJoin(c, form))
	}
	return respond.SeeOther(c, paths.JoinSent(form.Business.Slug))
}

func (d door) joinSent(c echo.Context) error {
	b, err := d.waitlist.BusinessBySlug(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	middleware.Speak(c, b.Locale)
	return respond.HTML(c, http.StatusOK, public.JoinSentPage(respond.Page(c, middleware.Locale(c).T("public.sent.title")), b))
}

// readJoin is the form of a business with what was typed into it so far. A link can choose, but neither name nor consent for
// anybody.
func (d door) readJoin(c echo.Context) (form public.JoinForm, err error) {
	ctx, values, typed := c.Request().Context(), c.Request().Form, c.Request().PostForm
	if form.Business, form.Services, form.Today, err = d.waitlist.JoinPage(ctx, c.Param("slug")); err != nil {
		return form, err
	}
	if form.Closed, err = d.waitlist.Closed(ctx, form.Business); err != nil {
		return form, err
	}
	form.Service, form.Wishes = values.Get("service"), public.ReadWishes(values)
	for _, service := range form.Services {
		if form.Service == "" && !form.Closed.Of[service.ID] {
			form.Service = service.ID
		}
	}
	form.Consent = typed.Get("consent") == "on"
	form.Name, form.Email, form.Phone = typed.Get("name"), typed.Get("email"), typed.Get("phone")
	return form, nil
}

// joinOf records the language that the form was shown in, and so the words that were consented to.
func joinOf(c echo.Context, f public.JoinForm, wishes waitlist.Wishes) waitlist.Join {
	shown := i18n.For(c.FormValue("wording"))
	return waitlist.Join{
		Service: f.Service, Name: f.Name, Email: f.Email, Phone: f.Phone, Locale: shown.Tag(),
		Consent: f.Consent, Wording: public.Wording(shown, f.Business), Wishes: wishes,
	}
}

func showJoin(c echo.Context, form public.JoinForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		middleware.Speak(c, form.Business.Locale)
		page := respond.Page(c, middleware.Locale(c).T("public.join.title"))
		return respond.HTML(c, status, public.JoinPage(page, form, errs),
			respond.Part{ID: public.JoinID, Component: public.Join(form, errs)},
			respond.Part{ID: public.StaffWishesID, Component: form.ForService()})
	}
}
