package counter

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/counter"
)

func (d door) day(c echo.Context) error {
	date, err := rules.ParseDate(c.Param("date"))
	if err != nil {
		return problem.New(problem.NotFound, "counter.wrong.date")
	}
	day, err := d.waitlist.Day(c.Request().Context(), tenant(c), date)
	if err != nil {
		return err
	}
	p, err := d.overview(c, i18n.Capital(middleware.Locale(c).LongDate(date.In(12*60, day.Zone).In(day.Zone))))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, counter.DayPage(p, day), respond.Part{ID: counter.DayID, Component: counter.Day(day)})
}
