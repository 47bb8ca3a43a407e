package api

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/waitlist"
)

// GetDay answers GET /days/{date}.
func (d *door) GetDay(c echo.Context, date spec.LocalDate) error {
	day, err := d.Waitlist.Day(c.Request().Context(), staffOf(c).TenantID, askedDay(&date))
	if err != nil {
		return err
	}
	shown := spec.Day{Date: date, TimeZone: day.Zone.String(), Staff: make([]spec.StaffDay, len(day.Staff)), Away: make([]spec.Away, len(day.Away))}
	for i, s := range day.Staff {
		shown.Staff[i] = staffDayOf(s)
	}
	for i, a := range day.Away {
		shown.Away[i] = spec.Away{StaffMemberName: orNull(a.StaffName), From: windowTime(a.FromMinute), To: windowTime(a.ToMinute), Reason: orNull(a.Reason)}
	}
	return one(c, shown)
}

func staffDayOf(s waitlist.StaffDay) spec.StaffDay {
	shown := spec.StaffDay{StaffMember: spec.Reference{ID: s.Staff.ID, Name: s.Staff.Name}, Open: make([]spec.OpenSpan, len(s.Open)), Slots: make([]spec.Slot, len(s.Items))}
	for i, span := range s.Open {
		shown.Open[i] = spec.OpenSpan{StartsAt: span.Start.UTC(), EndsAt: span.End.UTC()}
	}
	for i, item := range s.Items {
		shown.Slots[i] = slotOf(waitlist.StaffSlot{DayItem: item, Staff: s.Staff})
	}
	return shown
}

// GetBoard answers GET /board.
func (d *door) GetBoard(c echo.Context, p spec.GetBoardParams) error {
	ctx, business, most := c.Request().Context(), staffOf(c).TenantID, or(p.Limit, usualLimit)
	counts, err := d.Waitlist.Counts(ctx, business)
	if err != nil {
		return err
	}
	offers, err := d.Waitlist.OffersOut(ctx, business)
	if err != nil {
		return err
	}
	open, err := d.Waitlist.OpenAhead(ctx, business, most)
	if err != nil {
		return err
	}
	return one(c, spec.Board{
		Counts: spec.BoardCounts{Waiting: counts.Waiting, OffersOut: counts.OffersOut, OpenSlots: counts.Open},
		Offers: offersOf(offers[:min(most, len(offers))]), OpenSlots: slotsOf(open),
	})
}
