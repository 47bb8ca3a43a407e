package business

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

// Touched is what a change would touch, to be shown before it is saved. Bookings always stay as they are: whoever reads the list
// decides what to do about each.
type Touched struct {
	Zone     *time.Location
	NewZone  *time.Location // nil unless local times change
	Bookings []TouchedBooking
	Slots    []TouchedSlot
	Entries  []TouchedEntry
	Prices   []TouchedPrice
	// Closing tells that the openings listed get to lie in closed time: whoever saves may choose to withdraw them.
	Closing  bool
	Withdraw []string // what was chosen so far: WithdrawOffers, WithdrawOpenings
}

// What can be chosen when a change closes time in which something is open or offered.
const (
	WithdrawOffers   = "offers"   // the offers that are out end, and their openings with them
	WithdrawOpenings = "openings" // the other openings are withdrawn
)

// TouchedBooking is a confirmed booking that hasn't ended.
type TouchedBooking struct {
	ID           string
	Start, End   time.Time
	Busy         bool   // staff's own time; no customer and no service
	CustomerName string // empty when busy
	ServiceName  string
	StaffName    string
	Agreed       bool // it keeps the length that was agreed
}

// TouchedSlot is an open or held slot that hasn't begun.
type TouchedSlot struct {
	ID          string
	Start, End  time.Time
	Held        bool   // offered to somebody right now
	ServiceName string // empty: for whatever fits
	StaffName   string
	Withdrawn   bool // saving withdraws it, and with it the offer that is out
	Short       bool // kept for a service that no longer fits into it
	Agreed      bool // held for somebody at the length that was agreed
	Offer       *TouchedOffer
	id          int64
}

// TouchedOffer is the offer that a slot is held for. It stands, whatever is saved, unless its slot is withdrawn.
type TouchedOffer struct {
	ID           string
	CustomerName string
	ServiceName  string
	Until        time.Time // its deadline, UTC
	serviceID    int64
}

// TouchedEntry is somebody on the list whom nothing could be offered any more.
type TouchedEntry struct {
	ID           string
	CustomerName string
	ServiceName  string
}

// TouchedPrice is a price that is told in another currency from then on.
type TouchedPrice struct {
	ServiceName string
	From, To    waitlist.Price
}

// Empty tells that nothing needs to be shown.
func (t Touched) Empty() bool {
	return len(t.Bookings)+len(t.Slots)+len(t.Entries)+len(t.Prices) == 0
}

// Fingerprint stands for exactly what is listed: it changes when anything is added, moved, offered or gone. The form sends it back as
// Seen. It tells nothing about the list.
func (t Touched) Fingerprint() string {
	if t.Empty() {
		return ""
	}
	h := sha256.New()
	if t.NewZone != nil {
		fmt.Fprintln(h, "zone", t.NewZone)
	}
	for _, b := range t.Bookings {
		fmt.Fprintln(h, "booking", b.ID, b.Start.UnixMicro(), b.End.UnixMicro(), b.Agreed)
	}
	for _, s := range t.Slots {
		fmt.Fprintln(h, "slot", s.ID, s.Start.UnixMicro(), s.End.UnixMicro(), s.Held, s.Withdrawn, s.Short, s.Agreed)
		if s.Offer != nil {
			fmt.Fprintln(h, "offer", s.Offer.ID)
		}
	}
	for _, e := range t.Entries {
		fmt.Fprintln(h, "entry", e.ID)
	}
	for _, p := range t.Prices {
		fmt.Fprintf(h, "price %q %v %v\n", p.ServiceName, p.From, p.To)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// shown tells whether the person who sent seen has seen all of this.
func (t Touched) shown(seen string) bool { return t.Empty() || t.Fingerprint() == seen }

// offering keeps what was ticked while the list is shown again.
func (t Touched) offering(chosen []string) Touched {
	t.Withdraw = chosen
	return t
}

// choosing marks what was chosen to be withdrawn, where there is a choice.
func (t Touched) choosing(chosen []string) Touched {
	if !t.Closing {
		return t
	}
	t.Slots = slices.Clone(t.Slots)
	for i, s := range t.Slots {
		which := WithdrawOpenings
		if s.Held {
			which = WithdrawOffers
		}
		t.Slots[i].Withdrawn = s.Withdrawn || slices.Contains(chosen, which)
	}
	return t
}

// Offers counts the offers that are out, and others the openings that are not offered, among what may be withdrawn.
func (t Touched) Offers() (out, others int) {
	for _, s := range t.Slots {
		if s.Held {
			out++
		} else {
			others++
		}
	}
	return out, others
}
