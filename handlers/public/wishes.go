package public

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d door) wishesForm(c echo.Context) error {
	e, err := d.waitlist.EntryPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	if !e.State.Live() {
		return respond.SeeOther(c, paths.Entry(token(c)))
	}
	return respond.NewForm(showWishes(c, e, public.WishesFormOf(e.Wishes)))
}

func (d door) changeWishes(c echo.Context) error {
	e, err := d.waitlist.EntryPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	form := public.ReadWishes(c.Request().Form)
	if asksForRows(c.Request().Form) {
		return respond.NewForm(showWishes(c, e, form.WithMoreRows()))
	}
	wishes, bad := form.Wishes()
	err = problemIf(bad)
	if err == nil {
		err = d.waitlist.ChangeWishes(c.Request().Context(), token(c), wishes)
	}
	if problem.KindOf(err) == problem.InvalidInput {
		return respond.Form(c, err, showWishes(c, e, form))
	}
	return leadOn(c, err, paths.Entry(token(c)), "public.wishes.saved")
}

func showWishes(c echo.Context, e waitlist.EntryPage, form public.WishesForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		middleware.Speak(c, e.Business.Locale)
		page := respond.Page(c, middleware.Locale(c).T("public.wishes.title"))
		today := rules.DateOf(e.Now, e.Business.Zone)
		return respond.HTML(c, status, public.EntryWishesPage(page, e, today, form, errs),
			respond.Part{ID: public.EntryWishesID, Component: public.EntryWishes(e, today, form, errs)})
	}
}

// asksForRows tells whether the button for more lines was pressed, which changes nothing.
func asksForRows(values url.Values) bool { return values.Has(public.MoreRows) }

// problemIf makes refused fields an error; nil when there are none.
func problemIf(bad []problem.Field) error {
	if len(bad) == 0 {
		return nil
	}
	return problem.Invalid(bad...)
}
