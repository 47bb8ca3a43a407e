// Package counter is the door of whoever works here: the board, the day, slots, bookings and entries.
package counter

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

type door struct {
	waitlist *waitlist.Waitlist
	boards   *live.Boards
}

// Routes adds the pages to a group that lets only users of a business through.
func Routes(working *echo.Group, w *waitlist.Waitlist, b *live.Boards) {
	d := door{waitlist: w, boards: b}
	working.GET(paths.Counter, d.board)
	working.GET(paths.CounterStream, d.stream)
	working.GET(paths.DayRoute, d.day)

	working.GET(paths.NewSlot, d.newSlot)
	working.POST(paths.Slots, d.openSlots)
	working.GET(paths.SlotRoute, d.slot)
	working.POST(paths.SlotWithdrawalRoute, d.withdrawSlot)
	working.POST(paths.SlotRestorationRoute, d.restoreSlot)
	working.GET(paths.SlotOfferRoute, d.chooseForm)
	working.POST(paths.SlotOfferRoute, d.choose)

	working.POST(paths.CounterOfferAcceptanceRoute, d.acceptOffer)
	working.POST(paths.CounterOfferDeclineRoute, d.declineOffer)
	working.POST(paths.CounterOfferWithdrawalRoute, d.withdrawOffer)
	working.POST(paths.CounterOfferRestorationRoute, d.restoreOffer)

	working.GET(paths.NewBooking, d.newBooking)
	working.POST(paths.Bookings, d.book)
	working.GET(paths.CounterBookingRoute, d.booking)
	working.POST(paths.CounterBookingCancellationRoute, d.cancelBooking)
	working.POST(paths.CounterBookingRestorationRoute, d.restoreBooking)
	working.POST(paths.CounterBookingCompletionRoute, d.completeBooking)
	working.POST(paths.CounterBookingNoShowRoute, d.missBooking)

	working.GET(paths.NewEntry, d.newEntry)
	working.POST(paths.Entries, d.addEntry)
	working.GET(paths.CounterEntryRoute, d.entry)
	working.GET(paths.CounterEntrySlotsRoute, d.entrySlots)
	working.POST(paths.CounterEntryRoute, d.changeWishes)
	working.POST(paths.CounterEntryPriorityRoute, d.setPriority)
	working.POST(paths.CounterEntryConfirmationRoute, d.confirmEntry)
	working.POST(paths.CounterEntryPauseRoute, d.pauseEntry)
	working.POST(paths.CounterEntryReturnRoute, d.returnEntry)
	working.POST(paths.CounterEntryRemovalRoute, d.removeEntry)
}

// page is the frame of a page, with the clock of the business and the stream of its changes. title is translated.
func (d door) page(c echo.Context, title string) (p layout.Page, err error) {
	p = respond.Page(c, title)
	p.Stream = paths.CounterStream
	p.Now, err = d.waitlist.Now(c.Request().Context(), tenant(c))
	return p, err
}

// overview is page with the counter's main act: on a page that has none of its own.
func (d door) overview(c echo.Context, title string) (layout.Page, error) {
	p, err := d.page(c, title)
	p.Act = ui.Link{Text: text(c, "counter.open.act"), Href: paths.NewSlot, Icon: counter.OpenIcon}
	return p, err
}

func text(c echo.Context, key string, args ...any) string {
	return middleware.Locale(c).T(key, args...)
}

func tenant(c echo.Context) int64 { return middleware.MustUser(c).TenantID }

func staff(c echo.Context) waitlist.Staff { return middleware.MustUser(c).Staff() }

func id(c echo.Context) string { return c.Param("id") }
