package counter

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/icon"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// hoursAhead is how much of the day the board shows.
const hoursAhead = 3

// groups cuts the staff members into as many as a grid can show beside each other.
func groups(staff []waitlist.StaffDay) [][]waitlist.StaffDay {
	return slices.Collect(slices.Chunk(staff, ui.MaxColumns))
}

func waitingMeta(ctx context.Context, e waitlist.WaitingEntry, now time.Time) []ui.Meta {
	meta := []ui.Meta{
		{Text: e.ServiceName},
		{Icon: icon.Clock, Label: t(ctx, "counter.waiting.since"), Text: waited(ctx, e.JoinedAt, now)},
	}
	if e.Unwritten != "" {
		meta = append(meta, ui.Meta{Icon: icon.TriangleAlert, Text: t(ctx, "outbox.unwritten.board")})
	}
	if e.Person.Email == "" || e.Unwritten != "" && e.Person.Phone != "" {
		meta = append(meta, phoneMeta(ctx, e.Person))
	}
	for _, wish := range inShort(ctx, e) {
		meta = append(meta, ui.Meta{Icon: icon.Heart, Label: t(ctx, "counter.wish.label"), Text: wish})
	}
	if e.Priority != 0 {
		meta = append(meta, ui.Meta{Icon: icon.Star, Label: t(ctx, "counter.priority.title"), Text: priorityName(ctx, e.Priority)})
	}
	return meta
}

func phoneMeta(ctx context.Context, p waitlist.Person) ui.Meta {
	if p.Phone == "" {
		return ui.Meta{Icon: icon.Phone, Text: t(ctx, "counter.no_contact")}
	}
	return ui.Meta{Icon: icon.Phone, Label: t(ctx, "counter.phone"), Text: p.Phone}
}

func offerMeta(ctx context.Context, o waitlist.StaffOffer, d waitlist.Day) []ui.Meta {
	meta := []ui.Meta{
		{Text: o.ServiceName},
		{Icon: icon.CalendarClock, Label: t(ctx, "counter.starts"), Text: alone(ctx, o.Start, d.Now, d.Zone)},
		{Icon: icon.UserRound, Label: t(ctx, "counter.staff"), Text: o.StaffName},
	}
	if o.Call || o.Person.Phone != "" {
		meta = append(meta, phoneMeta(ctx, o.Person))
	}
	return meta
}

func offerNote(ctx context.Context, o waitlist.StaffOffer) string {
	switch {
	case o.WithdrawDueAt != nil:
		return t(ctx, "counter.offers.withdrawing")
	case o.Call:
		return t(ctx, "counter.offers.call")
	case o.SentAt == nil:
		return t(ctx, "counter.offers.sending")
	}
	return ""
}

func openMeta(ctx context.Context, s waitlist.StaffSlot, zone *time.Location) []ui.Meta {
	meta := []ui.Meta{
		{Icon: icon.Clock, Text: span(ctx, s.Start, s.End, zone)},
		{Icon: icon.UserRound, Label: t(ctx, "counter.staff"), Text: s.Staff.Name},
	}
	if s.ServiceName != "" {
		meta = append(meta, ui.Meta{Icon: icon.Tag, Label: t(ctx, "counter.service"), Text: s.ServiceName})
	}
	return meta
}

func openNote(ctx context.Context, item waitlist.DayItem, zone *time.Location) string {
	if item.WithdrawDueAt != nil {
		return t(ctx, "counter.slot.withdrawing")
	}
	return reason(ctx, item, zone)
}

// bookFor leads to the booking form with somebody of the list in it.
func bookFor(e waitlist.WaitingEntry) string {
	return paths.NewBooking + "?" + url.Values{"entry": {e.ID}, "service": {e.ServiceID}}.Encode()
}

func candidateMeta(ctx context.Context, s waitlist.SlotPage, c waitlist.SlotCandidate) []ui.Meta {
	meta := []ui.Meta{
		{Text: c.Entry.ServiceName},
		{Icon: icon.Clock, Label: t(ctx, "counter.waiting.since"), Text: waited(ctx, c.Entry.JoinedAt, s.Now)},
		{Icon: icon.Gauge, Text: t(ctx, "counter.points", "Count", int(c.Parts.Total()))},
	}
	if c.Entry.Person.Email == "" {
		meta = append(meta, phoneMeta(ctx, c.Entry.Person))
	}
	return meta
}

func pastMeta(ctx context.Context, o waitlist.PastOffer, now time.Time, zone *time.Location) []ui.Meta {
	meta := []ui.Meta{
		{Icon: icon.Send, Label: t(ctx, "counter.offers.made"), Text: alone(ctx, o.Created, now, zone)},
		{Icon: icon.Gauge, Text: t(ctx, "counter.points", "Count", int(o.Parts.Total()))},
	}
	if o.EndedAt != nil {
		meta = append(meta, ui.Meta{Icon: icon.TimerOff, Label: t(ctx, "counter.offers.ended"), Text: clock(ctx, *o.EndedAt, zone)})
	}
	if o.ByStaff {
		meta = append(meta, ui.Meta{Icon: icon.Hand, Text: t(ctx, "counter.offers.by_staff")})
	}
	return meta
}

// LeaveList is the answer "then" of somebody who declines and wants to be taken off the list.
const LeaveList = "leave"

// OpenIcon stands at the main act.
const OpenIcon = icon.CalendarPlus
