package rules

import (
	"slices"
	"time"
)

// Candidate is an entry with all that decides whether it fits an opening.
type Candidate struct {
	EntryID, CustomerID, ServiceID int64

	State                EntryState
	JoinedAt             time.Time
	OrderKey             int64
	AllowedStaff         []int64 // staff members the customer would go to; empty: anyone
	PreferredStaff       int64   // 0: nobody in particular
	EarliestOn, LatestOn Date    // of the appointment's start, inclusive; the zero Date: no bound
	Notice               time.Duration
	Windows              []Window // empty: any time

	Reachable, Consented, Suppressed      bool
	Blocked                               bool // by the business
	HasLiveOffer, HadThisSlot, HasOverlap bool

	ContactsToday int       // offers to this address on the local day of now
	LastContact   time.Time // zero: never

	Parts Parts
}

// Opening is the time that can be given away; a service's buffer has to lie in it too.
type Opening struct {
	StaffID    int64
	Start, End time.Time
}

// ServiceTime is how long a service takes, and how long nothing else can follow it.
type ServiceTime struct {
	ID               int64
	Duration, Buffer time.Duration
}

// Misfit is the first reason why a candidate cannot have an opening; empty when it fits.
type Misfit string

const (
	MisfitState        Misfit = "state"
	MisfitDuration     Misfit = "duration"
	MisfitStaff        Misfit = "staff"
	MisfitDate         Misfit = "date"
	MisfitWindow       Misfit = "window"
	MisfitNotice       Misfit = "notice"
	MisfitUnreachable  Misfit = "unreachable"
	MisfitConsent      Misfit = "consent"
	MisfitSuppressed   Misfit = "suppressed"
	MisfitBlocked      Misfit = "blocked"
	MisfitLiveOffer    Misfit = "live_offer"
	MisfitHadSlot      Misfit = "had_slot"
	MisfitOverlap      Misfit = "overlap"
	MisfitContactLimit Misfit = "contact_limit"
)

// Fits tells whether the candidate can be offered the opening now. MisfitContactLimit comes last: everything else fits then.
//
// The whole appointment, without its buffer, must lie within the candidate's windows; its date is the local date of its start.
func Fits(s Settings, now time.Time, o Opening, sv ServiceTime, c Candidate) Misfit {
	on := DateOf(o.Start, s.Zone)
	switch {
	case c.State != EntryWaiting:
		return MisfitState
	case sv.Duration <= 0 || o.Start.Add(sv.Duration+sv.Buffer).After(o.End):
		return MisfitDuration
	case len(c.AllowedStaff) > 0 && !slices.Contains(c.AllowedStaff, o.StaffID):
		return MisfitStaff
	case !c.EarliestOn.IsZero() && on.Before(c.EarliestOn), !c.LatestOn.IsZero() && on.After(c.LatestOn):
		return MisfitDate
	case o.Start.Before(now.Add(c.Notice)):
		return MisfitNotice
	case !c.Reachable:
		return MisfitUnreachable
	case !c.Consented:
		return MisfitConsent
	case c.Suppressed:
		return MisfitSuppressed
	case c.Blocked:
		return MisfitBlocked
	case c.HasLiveOffer:
		return MisfitLiveOffer
	case c.HadThisSlot:
		return MisfitHadSlot
	case c.HasOverlap:
		return MisfitOverlap
	case len(c.Windows) > 0 && !within(c.Windows, appointment(o, sv), s.Zone):
		return MisfitWindow
	case NextContact(s, now, c.ContactsToday, c.LastContact).After(now):
		return MisfitContactLimit
	}
	return ""
}

// Bonus counts the points that this opening adds to the candidate's own: staff for the preferred staff member, timeOfDay for lying
// wholly within preferred windows.
func Bonus(s Settings, o Opening, sv ServiceTime, c Candidate) (staff, timeOfDay int) {
	if c.PreferredStaff != 0 && c.PreferredStaff == o.StaffID {
		staff = s.Weights.PreferredStaff
	}
	if within(preferred(c.Windows), appointment(o, sv), s.Zone) {
		timeOfDay = s.Weights.PreferredTime
	}
	return staff, timeOfDay
}

func appointment(o Opening, sv ServiceTime) Span { return Span{o.Start, o.Start.Add(sv.Duration)} }
