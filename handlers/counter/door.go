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

// Routes adds the pages to a group that asks the policy.
func Routes(pages *echo.Group, w *waitlist.Waitlist, b *live.Boards) {
	d := door{waitlist: w, boards: b}
	pages.GET(paths.Counter, d.board)
	pages.GET(paths.CounterStream, d.stream)
	pages.GET(paths.DayRoute, d.day)

	pages.GET(paths.NewSlot, d.newSlot)
	pages.POST(paths.Slots, d.openSlots)
	pages.GET(paths.SlotRoute, d.slot)
	pages.POST(paths.SlotWithdrawalRoute, d.withdrawSlot)
	pages.POST(paths.SlotRestorationRoute, d.restoreSlot)
	pages.GET(paths.SlotOfferRoute, d.chooseForm)
	pages.POST(paths.SlotOfferRoute, d.choose)

	pages.POST(paths.CounterOfferAcceptanceRoute, d.acceptOffer)
	pages.POST(paths.CounterOfferDeclineRoute, d.declineOffer)
	pages.POST(paths.CounterOfferWithdrawalRoute, d.withdrawOffer)
	pages.POST(paths.CounterOfferRestorationRoute, d.restoreOffer)

	pages.GET(paths.NewBooking, d.newBooking)
	pages.POST(paths.Bookings, d.book)
	pages.GET(paths.CounterBookingRoute, d.booking)
	pages.POST(paths.CounterBookingCancellationRoute, d.cancelBooking)
	pages.POST(paths.CounterBookingRestorationRoute, d.restoreBooking)
	pages.POST(paths.CounterBookingCompletionRoute, d.completeBooking)
	pages.POST(paths.CounterBookingNoShowRoute, d.missBooking)

	pages.GET(paths.NewEntry, d.newEntry)
	pages.POST(paths.Entries, d.addEntry)
	pages.GET(paths.CounterEntryRoute, d.entry)
	pages.GET(paths.CounterEntrySlotsRoute, d.entrySlots)
	pages.POST(paths.CounterEntryRoute, d.changeWishes)
	pages.POST(paths.CounterEntryPriorityRoute, d.setPriority)
	pages.POST(paths.CounterEntryNoteRoute, d.setNote)
	pages.POST(paths.CounterEntryTagsRoute, d.setTags)
	pages.POST(paths.CounterEntryConfirmationRoute, d.confirmEntry)
	pages.POST(paths.CounterEntryPauseRoute, d.pauseEntry)
	pages.POST(paths.CounterEntryReturnRoute, d.returnEntry)
	pages.POST(paths.CounterEntryRemovalRoute, d.removeEntry)
	pages.POST(paths.CounterEntryRestorationRoute, d.restoreEntry)
	pages.POST(paths.CounterEntryStayRoute, d.stayEntry)
	pages.GET(paths.CustomerBlockRoute, d.blockQuestion)
	pages.POST(paths.CustomerBlockRoute, d.block)
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
