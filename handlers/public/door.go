// Package public is the customers' door: joining a list, the links of their emails, and what can be done there. A GET
// changes nothing, for scanners follow the links of emails too.
package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

type door struct {
	waitlist *waitlist.Waitlist
	business *business.Business
	boards   *live.Boards
	kept     *live.Kept // join pages
	base     paths.Base
}

// Routes adds the customers' pages. Links that they print lead to base.
func Routes(pages *echo.Group, w *waitlist.Waitlist, trade *business.Business, b *live.Boards, base paths.Base) {
	d := door{waitlist: w, business: trade, boards: b, kept: live.NewKept(b), base: base}
	get := func(path string, h echo.HandlerFunc) { pages.GET(path, h, unlisted, d.moved) }
	post := func(path string, h echo.HandlerFunc) { pages.POST(path, h, unlisted, d.moved) }

	get(paths.JoinRoute, d.joinForm)
	post(paths.JoinRoute, d.join)
	get(paths.JoinSentRoute, d.joinSent)
	get(paths.JoinCodeRoute, d.joinCode)
	get(paths.BrandSheetRoute, d.brandSheet)
	get(paths.LogoRoute, d.logo)

	get(paths.EntryRoute, d.entry)
	post(paths.EntryConfirmationRoute, d.confirmEntry)
	post(paths.EntryPauseRoute, d.pauseEntry)
	post(paths.EntryReturnRoute, d.returnEntry)
	post(paths.EntryStayRoute, d.stayEntry)
	get(paths.EntryWishesRoute, d.wishesForm)
	post(paths.EntryWishesRoute, d.changeWishes)
	get(paths.EntryLeavingRoute, d.leavingQuestion)
	post(paths.EntryLeavingRoute, d.leaveEntry)

	get(paths.OfferRoute, d.offer)
	post(paths.OfferAcceptanceRoute, d.acceptOffer)
	post(paths.OfferDeclineRoute, d.declineOffer)
	get(paths.OfferEventRoute, d.offerEvent)

	get(paths.BookingRoute, d.booking)
	get(paths.BookingCancellationRoute, d.cancellationQuestion)
	post(paths.BookingCancellationRoute, d.cancelBooking)
	post(paths.BookingWaitRoute, d.waitAgain)
	get(paths.BookingEventRoute, d.bookingEvent)
	post(paths.BookingComingRoute, d.coming)
	get(paths.RatingRoute, d.rating)
	post(paths.RatingRoute, d.rate)
	post(paths.RatingCommentRoute, d.commentRating)

	get(paths.UnsubscribeRoute, d.unsubscribe)
	post(paths.UnsubscribeRoute, d.oneClick)
	post(paths.UnsubscribeEndingRoute, d.endUnsubscribed)
	post(paths.UnsubscribeReturnRoute, d.returnUnsubscribed)
}

// unlisted keeps the page out of search engines, and answers a link that leads nowhere with a page that tells nothing.
func unlisted(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("X-Robots-Tag", "noindex")
		err := next(c)
		if problem.KindOf(err) != problem.NotFound {
			return err
		}
		page := respond.Page(c, middleware.Locale(c).T("public.unknown.title"))
		return respond.HTML(c, http.StatusNotFound, public.UnknownPage(page))
	}
}

// leadOn goes to the page that tells how things stand after an act: it stands, or it came too late. done is the catalogue key
// of a note about the first; it may be empty.
func leadOn(c echo.Context, err error, path, done string) error {
	switch problem.KindOf(err) {
	case problem.Gone, problem.Conflict:
		return respond.SeeOther(c, path)
	}
	if err != nil {
		return err
	}
	if done != "" {
		respond.Flash(c, done)
	}
	return respond.SeeOther(c, path)
}

func token(c echo.Context) string { return c.Param("token") }
