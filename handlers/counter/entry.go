package counter

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d door) entry(c echo.Context) error {
	e, err := d.readEntryOf(c)
	if err != nil {
		return err
	}
	return d.showEntry(c, e)(http.StatusOK, nil)
}

func (d door) readEntryOf(c echo.Context) (e counter.Entry, err error) {
	ctx := c.Request().Context()
	if e.WaitingEntry, e.Offers, err = d.waitlist.EntryDetail(ctx, tenant(c), id(c)); err != nil {
		return e, err
	}
	if e.Choices, err = d.choices(c); err != nil {
		return e, err
	}
	e.Form, e.Priority = public.WishesFormOf(e.Wishes), strconv.Itoa(e.WaitingEntry.Priority)
	if e.Now, err = d.waitlist.Now(ctx, tenant(c)); err != nil {
		return e, err
	}
	if e.File, err = d.waitlist.EntryFile(ctx, tenant(c), id(c)); err != nil {
		return e, err
	}
	e.NoteText, e.List, e.FromList = e.Note, listOf(c.QueryParam("list")), c.QueryParams().Has("list")
	if e.Tags, err = d.waitlist.TagNames(ctx, tenant(c)); err != nil {
		return e, err
	}
	if e.SetsUp = middleware.MustUser(c).Role.May(rules.SetUp); e.SetsUp && e.Unwritten != "" {
		e.Find, err = d.waitlist.SealAddress(ctx, tenant(c), e.Person.Email)
	}
	return e, err
}

// listOf is the query of the owner's list that a page was reached from; nothing when it is none.
func listOf(query string) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	return values.Encode()
}

func (d door) showEntry(c echo.Context, e counter.Entry) respond.Show {
	return func(status int, errs ui.Errors) error {
		p, err := d.page(c, e.Person.Name)
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.EntryPage(p, e, errs),
			respond.Part{ID: counter.EntryCardID, Component: counter.EntryCard(e)},
			respond.Part{ID: counter.EntryNoteID, Component: counter.EntryNote(e, errs)},
			respond.Part{ID: counter.EntryWishesID, Component: counter.EntryWishes(e, errs)},
			respond.Part{ID: counter.EntryPriorityID, Component: counter.EntryPriority(e, errs)})
	}
}

func (d door) changeWishes(c echo.Context) error {
	e, err := d.readEntryOf(c)
	if err != nil {
		return err
	}
	e.Form, e.Open = public.ReadWishes(c.Request().PostForm), true
	if moreRows(c) {
		e.Form = e.Form.WithMoreRows()
		return respond.NewForm(d.showEntry(c, e))
	}
	wishes, bad := e.Form.Wishes()
	if len(bad) > 0 {
		return respond.Form(c, problem.Invalid(bad...), d.showEntry(c, e))
	}
	if err := d.waitlist.StaffChangeWishes(c.Request().Context(), staff(c), id(c), wishes); err != nil {
		return respond.Form(c, err, d.showEntry(c, e))
	}
	respond.Flash(c, "counter.entry.wishes_saved")
	return respond.SeeOther(c, paths.CounterEntry(id(c)))
}

func (d door) setPriority(c echo.Context) error {
	e, err := d.readEntryOf(c)
	if err != nil {
		return err
	}
	e.Priority, e.Reason = c.FormValue("priority"), c.FormValue("reason")
	if err := d.waitlist.SetPriority(c.Request().Context(), staff(c), id(c), counter.PriorityOf(e.Priority), e.Reason); err != nil {
		return respond.Form(c, err, d.showEntry(c, e))
	}
	respond.Flash(c, "counter.priority.saved")
	return respond.SeeOther(c, paths.CounterEntry(id(c)))
}

func (d door) confirmEntry(c echo.Context) error {
	return d.change(c, d.waitlist.StaffConfirmEntry, "counter.entry.confirmed")
}

func (d door) pauseEntry(c echo.Context) error {
	return d.change(c, d.waitlist.StaffPauseEntry, "counter.entry.paused")
}

func (d door) returnEntry(c echo.Context) error {
	return d.change(c, d.waitlist.StaffReturnEntry, "counter.entry.returned")
}

func (d door) restoreEntry(c echo.Context) error {
	return d.change(c, d.waitlist.BringBackEntry, "counter.block.brought_back")
}

func (d door) stayEntry(c echo.Context) error {
	return d.change(c, d.waitlist.StaffStayEntry, "counter.block.stayed")
}

func (d door) change(c echo.Context, act func(context.Context, waitlist.Staff, string) error, done string) error {
	if err := act(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, done)
	return respond.SeeOther(c, paths.CounterEntry(id(c)))
}

func (d door) removeEntry(c echo.Context) error {
	e, _, err := d.waitlist.EntryDetail(c.Request().Context(), tenant(c), id(c))
	if err != nil {
		return err
	}
	if err := d.waitlist.RemoveEntry(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, "counter.entry.removed", "Name", e.Person.Name)
	return respond.SeeOther(c, paths.Counter)
}
