package counter

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/views/counter"
)

// entrySlots shows what somebody on the list could be offered, with a button for each.
func (d door) entrySlots(c echo.Context) (err error) {
	ctx, s := c.Request().Context(), counter.EntrySlots{}
	if s.Entry, _, err = d.waitlist.EntryDetail(ctx, tenant(c), id(c)); err != nil {
		return err
	}
	if s.Slots, err = d.waitlist.SlotsFor(ctx, tenant(c), id(c)); err != nil {
		return err
	}
	p, err := d.page(c, text(c, "counter.slots_for.title", "Name", s.Entry.Person.Name))
	if err != nil {
		return err
	}
	s.Now = p.Now
	return respond.HTML(c, http.StatusOK, counter.EntrySlotsPage(p, s), respond.Part{ID: counter.EntrySlotsID, Component: counter.SlotsFor(s)})
}
