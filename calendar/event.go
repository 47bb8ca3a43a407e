// Package calendar writes the calendar file of a booking, for the emails and pages that offer it.
package calendar

import (
	"strings"

	ics "github.com/arran4/golang-ical"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Event is an iCalendar file with one event, in UTC. The same booking always has the same UID, so that a later file
// replaces an earlier one; a cancelled booking takes its event out of the calendar again.
func Event(p waitlist.BookingPage) []byte {
	file := ics.NewCalendar()
	file.SetProductId("-//Waitlist//Waitlist//EN")
	file.SetMethod(ics.MethodPublish)

	event := file.AddEvent("booking-" + p.ID + "@waitlist")
	event.SetDtStampTime(p.Now)
	event.SetStartAt(p.Start)
	event.SetEndAt(p.End)
	event.SetSummary(oneLine(p.ServiceName + " · " + p.Business.Name))
	if p.StaffName != "" {
		event.SetDescription(oneLine(p.StaffName))
	}
	if p.Business.Address != "" {
		lines := strings.FieldsFunc(p.Business.Address, func(r rune) bool { return r == '\r' || r == '\n' })
		event.SetLocation(oneLine(strings.Join(lines, ", ")))
	}
	event.SetStatus(ics.ObjectStatusConfirmed)
	event.SetSequence(0)
	if p.State == rules.BookingCancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
		event.SetSequence(1)
	}
	return []byte(file.Serialize(ics.WithNewLineWindows))
}

// oneLine also takes out the carriage returns that the library leaves alone.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
