package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/public"
)

func (d door) entry(c echo.Context) error {
	e, err := d.waitlist.EntryPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	middleware.Speak(c, e.Business.Locale)
	page := respond.Page(c, middleware.Locale(c).T("public.title.entry"))
	return respond.HTML(c, http.StatusOK, public.EntryPage(page, e), respond.Part{ID: public.EntryID, Component: public.Entry(e)})
}

func (d door) confirmEntry(c echo.Context) error {
	return leadOn(c, d.waitlist.ConfirmEntry(c.Request().Context(), token(c)), paths.Entry(token(c)), "public.entry.confirmed")
}

func (d door) pauseEntry(c echo.Context) error {
	return leadOn(c, d.waitlist.PauseEntry(c.Request().Context(), token(c)), paths.Entry(token(c)), "")
}

func (d door) returnEntry(c echo.Context) error {
	return leadOn(c, d.waitlist.ReturnEntry(c.Request().Context(), token(c)), paths.Entry(token(c)), "public.entry.returned")
}

func (d door) stayEntry(c echo.Context) error {
	return leadOn(c, d.waitlist.StayEntry(c.Request().Context(), token(c)), paths.Entry(token(c)), "public.joining.stayed")
}

func (d door) leavingQuestion(c echo.Context) error {
	e, err := d.waitlist.EntryPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	if !e.State.Live() {
		return respond.SeeOther(c, paths.Entry(token(c)))
	}
	middleware.Speak(c, e.Business.Locale)
	page := respond.Page(c, middleware.Locale(c).T("public.leaving.title"))
	return respond.HTML(c, http.StatusOK, public.EntryLeavingPage(page, e))
}

func (d door) leaveEntry(c echo.Context) error {
	return leadOn(c, d.waitlist.LeaveEntry(c.Request().Context(), token(c)), paths.Entry(token(c)), "")
}
