package counter

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
)

const (
	waitingShown = 100 // at first, and as many more at every "show more"
	waitingMost  = 1000
	openShown    = 20
)

func (d door) board(c echo.Context) error {
	b, err := d.readBoard(c)
	if err != nil {
		return err
	}
	p, err := d.overview(c, text(c, "common.nav.board"))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, counter.BoardPage(p, b), respond.Part{ID: counter.BoardID, Component: counter.Board(b)})
}

func (d door) readBoard(c echo.Context) (b counter.BoardState, err error) {
	ctx, business := c.Request().Context(), tenant(c)
	today, err := d.waitlist.Today(ctx, business)
	if err != nil {
		return b, err
	}
	if b.Day, err = d.waitlist.Day(ctx, business, today); err != nil {
		return b, err
	}
	rows := rowsShown(c)
	if b.Waiting, err = d.waitlist.WaitingList(ctx, business, rows); err != nil {
		return b, err
	}
	if b.Offers, err = d.waitlist.OffersOut(ctx, business); err != nil {
		return b, err
	}
	if b.Open, err = d.waitlist.OpenAhead(ctx, business, openShown); err != nil {
		return b, err
	}
	if b.Counts, err = d.waitlist.Counts(ctx, business); err != nil {
		return b, err
	}
	b.Here = boardWith(rows)
	if len(b.Waiting) < b.Counts.Waiting && rows < waitingMost {
		b.More = boardWith(rows + waitingShown)
	}
	return b, nil
}

func rowsShown(c echo.Context) int {
	n, err := strconv.Atoi(c.QueryParam("rows"))
	if err != nil {
		return waitingShown
	}
	return min(max(n, waitingShown), waitingMost)
}

func boardWith(rows int) string {
	if rows == waitingShown {
		return paths.Counter
	}
	return paths.Counter + "?rows=" + strconv.Itoa(rows)
}
