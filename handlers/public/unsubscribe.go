package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) unsubscribe(c echo.Context) error { return respond.NewForm(d.showUnsubscribe(c)) }

func (d door) showUnsubscribe(c echo.Context) respond.Show {
	return func(status int, refused ui.Errors) error {
		u, err := d.waitlist.UnsubscribePage(c.Request().Context(), token(c))
		if err != nil {
			return err
		}
		middleware.Speak(c, u.Locale, u.Business.Locale)
		page := respond.Page(c, middleware.Locale(c).T("outbox.unsubscribe.title"))
		return respond.HTML(c, status, public.UnsubscribePage(page, u, refused),
			respond.Part{ID: public.UnsubscribeID, Component: public.Unsubscribe(u, refused)})
	}
}

// oneClick is the POST of a mail provider whose user wants no more emails (RFC 8058). It comes from wherever it likes, so that it takes
// exactly the body that the RFC asks for and nothing else.
func (d door) oneClick(c echo.Context) error {
	if c.Request().PostForm.Get("List-Unsubscribe") != "One-Click" {
		return problem.New(problem.Forbidden, "problem.foreign_origin")
	}
	if err := d.waitlist.Unsubscribe(c.Request().Context(), token(c)); err != nil {
		return err
	}
	return d.showUnsubscribe(c)(http.StatusOK, nil)
}

func (d door) endUnsubscribed(c echo.Context) error {
	if err := d.waitlist.Unsubscribe(c.Request().Context(), token(c)); err != nil {
		return err
	}
	return respond.SeeOther(c, paths.Unsubscribe(token(c)))
}

func (d door) returnUnsubscribed(c echo.Context) error {
	if err := d.waitlist.Resubscribe(c.Request().Context(), token(c)); err != nil {
		return respond.Form(c, err, d.showUnsubscribe(c))
	}
	respond.Flash(c, "outbox.unsubscribe.back")
	return respond.SeeOther(c, paths.Unsubscribe(token(c)))
}
