package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/sent"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d outboxDoor) sent(c echo.Context) error {
	f, bad := waitlist.ReadMessageFilter(c.QueryParams())
	if len(bad) > 0 {
		return respond.Form(c, problem.Invalid(bad...), d.showSent(c, f))
	}
	return d.showSent(c, f)(http.StatusOK, nil)
}

func (d outboxDoor) showSent(c echo.Context, f waitlist.MessageFilter) respond.Show {
	return func(status int, errs ui.Errors) error {
		p, err := d.waitlist.Messages(c.Request().Context(), tenant(c), f)
		if problem.KindOf(err) == problem.InvalidInput { // a link that was cut short: the first page
			f.Older, f.Newer = "", ""
			p, err = d.waitlist.Messages(c.Request().Context(), tenant(c), f)
		}
		if err != nil {
			return err
		}
		whole := sent.Messages(page(c, "messages", text(c, "outbox.sent.title")), p, f, errs)
		if len(errs) > 0 { // what was refused is outside the part
			return respond.HTML(c, status, whole)
		}
		return respond.HTML(c, status, whole, respond.Part{ID: sent.ListID, Component: sent.List(p, f)})
	}
}

// findSent leads on to the messages to an address, which is sealed in that of the page.
func (d outboxDoor) findSent(c echo.Context) error {
	find, err := d.waitlist.SealAddress(c.Request().Context(), tenant(c), c.FormValue("q"))
	if err != nil {
		return respond.Form(c, err, d.showSent(c, waitlist.MessageFilter{}))
	}
	return respond.SeeOther(c, sent.Path(waitlist.MessageFilter{Find: find}))
}

func (d outboxDoor) message(c echo.Context) error { return d.showMessage(c)(http.StatusOK, nil) }

func (d outboxDoor) showMessage(c echo.Context) respond.Show {
	return func(status int, errs ui.Errors) error {
		m, err := d.waitlist.Message(c.Request().Context(), tenant(c), c.Param("id"))
		if err != nil {
			return err
		}
		whole := sent.Message(page(c, "messages", sent.KindText(c.Request().Context(), m.Kind)), m, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: sent.CardID, Component: sent.Card(m)})
	}
}

func (d outboxDoor) again(c echo.Context) error {
	attempts, err := strconv.Atoi(c.FormValue("attempts"))
	if err != nil {
		attempts = -1 // never tried so often: nothing happens
	}
	tried, err := d.waitlist.TryAgain(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), attempts)
	if err != nil {
		return respond.Form(c, err, d.showMessage(c))
	}
	if tried {
		respond.Flash(c, "outbox.message.on_its_way")
	}
	return respond.SeeOther(c, paths.SentMessage(c.Param("id")))
}
