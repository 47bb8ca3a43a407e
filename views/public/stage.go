package public

import (
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/icon"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

const timestamp = "2006-01-02T15:04:05Z07:00"

// stage is what the page of an offer is about. Those of ended offers name their texts: public.offer.<stage>.
type stage string

const (
	stageOpen      stage = "open"
	stageLate      stage = "late"     // the shown time is up, an answer still counts
	stageAccepted  stage = "accepted" // and the appointment is to come
	stagePast      stage = "past"     // accepted, and the appointment is over
	stageCancelled stage = "cancelled"
	stageDeclined  stage = "declined" // and still on the list
	stageLeft      stage = "left"     // declined, and off the list
	stageExpired   stage = "expired"
	stageTaken     stage = "taken" // too late, and somebody else has it
	stageWithdrawn stage = "withdrawn"
)

// stageOf judges an offer at the moment of the page. One that was never delivered is too late like any other: there
// is nothing else the customer could do about it.
func stageOf(o waitlist.OfferPage) stage {
	switch o.State {
	case rules.OfferPending:
		switch {
		case !o.Open():
			return stageExpired
		case !o.Now.Before(o.ShownUntil):
			return stageLate
		}
		return stageOpen
	case rules.OfferAccepted:
		switch {
		case o.BookingState == rules.BookingCancelled:
			return stageCancelled
		case o.BookingState != rules.BookingConfirmed, !o.Now.Before(o.End):
			return stagePast
		}
		return stageAccepted
	case rules.OfferDeclined:
		if o.EntryState == rules.EntryLeft {
			return stageLeft
		}
		return stageDeclined
	}
	switch {
	case o.State == rules.OfferWithdrawn:
		return stageWithdrawn
	case o.SlotTaken:
		return stageTaken
	}
	return stageExpired
}

func (s stage) icon() icon.Name {
	switch s {
	case stagePast:
		return icon.CalendarCheck
	case stageCancelled, stageWithdrawn:
		return icon.CalendarX
	case stageDeclined:
		return icon.Check
	case stageLeft:
		return icon.LogOut
	}
	return icon.TimerOff
}

func (s stage) tone() ui.Tone {
	switch s {
	case stageDeclined:
		return ui.OK
	case stagePast, stageLeft:
		return ui.Neutral
	}
	return ui.Warn
}
