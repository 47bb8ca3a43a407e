package counter

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// grid draws the days of some staff members from one hour to another.
func grid(ctx context.Context, d waitlist.Day, staff []waitlist.StaffDay, from, to int, label string) ui.Day {
	g := ui.Day{Label: label, Date: noon(d), From: from, To: to, Now: d.Now.In(d.Zone)}
	for i, s := range staff {
		g.Columns = append(g.Columns, s.Staff.Name)
		for _, item := range s.Items {
			g.Blocks = append(g.Blocks, blockOf(ctx, d, i, item))
		}
	}
	return g
}

func blockOf(ctx context.Context, d waitlist.Day, column int, item waitlist.DayItem) ui.Block {
	b := ui.Block{Column: column, Start: item.Start.In(d.Zone), End: item.End.In(d.Zone), Sub: item.ServiceName, Title: item.Person.Name}
	switch {
	case item.State == rules.SlotOpen:
		b.Free, b.Href = true, paths.Slot(item.SlotID)
		b.Title, b.State, b.Sub = t(ctx, "common.state.slot.open"), t(ctx, "common.state.slot.open"), reason(ctx, item, d.Zone)
		if item.WithdrawDueAt != nil {
			b.Sub = t(ctx, "counter.slot.withdrawing")
		}
	case item.State == rules.SlotHeld:
		b.Tone, b.Href, b.State = ui.Info, paths.Slot(item.SlotID), t(ctx, "common.state.slot.held")
	case item.Busy:
		b.Href, b.Title, b.State = paths.CounterBooking(item.BookingID), t(ctx, "counter.busy"), t(ctx, "counter.busy")
		b.Sub = item.Note
	default:
		b.Tone, b.Href, b.State = bookingTone(item), paths.CounterBooking(item.BookingID), t(ctx, "common.state.booking."+string(item.BookingState))
		if item.BookingState == rules.BookingConfirmed && item.ComingAt != nil {
			b.Sub += " · " + t(ctx, "reminders.staff.coming")
		}
		if wish := wishText(ctx, item); wish != "" {
			b.Sub = wish
		}
	}
	return b
}

func bookingTone(item waitlist.DayItem) ui.Tone {
	switch {
	case item.CancelDueAt != nil:
		return ui.Warn
	case item.BookingState == rules.BookingNoShow:
		return ui.Bad
	}
	return ui.OK
}

// noon is a moment of the day, in the zone of the business.
func noon(d waitlist.Day) time.Time { return d.Date.In(12*60, d.Zone).In(d.Zone) }

// hours are the first and the last hour of a day worth showing: opening hours, and whatever lies outside them.
func hours(d waitlist.Day) (from, to int) {
	from, to = 24, 0
	reach := func(start, end time.Time) {
		begin, close := rules.DayBounds(d.Date, d.Zone)
		if start.Before(begin) {
			start = begin
		}
		if end.After(close) {
			end = close
		}
		from = min(from, start.In(d.Zone).Hour())
		last := end.Add(-time.Second).In(d.Zone)
		to = max(to, last.Hour()+1)
	}
	for _, s := range d.Staff {
		for _, open := range s.Open {
			reach(open.Start, open.End)
		}
		for _, item := range s.Items {
			reach(item.Start, item.End)
		}
	}
	if from >= to {
		return 8, 18
	}
	return from, to
}

// cellLength is how finely the free time of a day can be tapped.
const cellLength = 30 * time.Minute

// vacancies are the free parts of a staff member's opening hours from now on, cut on the half hours.
func vacancies(d waitlist.Day, s waitlist.StaffDay) []rules.Span {
	var free []rules.Span
	for _, open := range s.Open {
		for start := open.Start; start.Before(open.End); {
			end := earlier(start.Truncate(cellLength).Add(cellLength), open.End)
			if cell, ok := vacant(rules.Span{Start: start, End: end}, s.Items); ok && !cell.Start.Before(d.Now) {
				free = append(free, cell)
			}
			start = end
		}
	}
	return free
}

// vacant is what of a cell lies behind the items that begin before it and before those that begin in it.
func vacant(cell rules.Span, items []waitlist.DayItem) (rules.Span, bool) {
	for _, item := range items {
		if !rules.Overlaps(cell.Start, cell.End, item.Start, item.End) {
			continue
		}
		if item.Start.After(cell.Start) {
			cell.End = item.Start
		} else {
			cell.Start = item.End
		}
		if !cell.Start.Before(cell.End) {
			return cell, false
		}
	}
	return cell, true
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
