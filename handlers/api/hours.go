package api

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// GetOpeningHours answers GET /opening-hours.
func (d *door) GetOpeningHours(c echo.Context) error {
	f, err := d.Business.Hours(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, openingHoursOf(f))
}

// SetOpeningHours answers PUT /opening-hours.
func (d *door) SetOpeningHours(c echo.Context, p spec.SetOpeningHoursParams) error {
	var asked spec.NewOpeningHours
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := d.Business.Hours(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, openingHoursOf(f)); err != nil {
		return err
	}
	var fields []string
	f.Days, fields = daysOf(asked.Intervals)
	f.Seen, f.Withdraw = seenOf(p.Seen), chosen(p.Withdraw)
	touched, err := d.Business.ChangeHours(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return overtaken(c, named(err, fields...))
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetOpeningHours(c)
}

func openingHoursOf(f business.HoursForm) spec.OpeningHours {
	return spec.OpeningHours{Intervals: intervalsOf(f)}
}

// endOfDay is the end of the day, as the document has it and as forms do.
const (
	endOfDay  = "24:00"
	formsLast = "00:00"
)

func intervalsOf(f business.HoursForm) []spec.OpenInterval {
	list := []spec.OpenInterval{}
	for day, rows := range f.Days {
		for _, row := range rows {
			if row.To == formsLast {
				row.To = endOfDay
			}
			list = append(list, spec.OpenInterval{Weekday: day + 1, From: row.From, To: row.To})
		}
	}
	return list
}

// daysOf are the rows of a form with these intervals, and for named what its fields are called in the document.
func daysOf(asked []spec.NewOpenInterval) (days [7][]business.HoursRow, fields []string) {
	for i, one := range asked {
		rows := &days[one.Weekday-1]
		for _, which := range []string{"from", "to"} {
			fields = append(fields, business.HoursField(which, one.Weekday, len(*rows)), fmt.Sprintf("intervals/%d/%s", i, which))
		}
		*rows = append(*rows, business.HoursRow{From: one.From, To: formsEnd(one.To)})
	}
	return days, fields
}

func formsEnd(to string) string {
	if to == endOfDay {
		return formsLast
	}
	return to
}

// chosen is the parameter withdraw.
func chosen(asked *spec.Withdraw) (list []string) {
	if asked != nil {
		for _, one := range *asked {
			list = append(list, string(one))
		}
	}
	return list
}
