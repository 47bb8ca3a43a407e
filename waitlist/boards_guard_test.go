package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// desk is a scene at a counter: Amara has an offer, Bela waits behind her, and Cleo's appointment has begun.
type desk struct {
	*waitlisttest.Scene
	cut, mia             string
	slot, booking, empty string // offered to Amara, Cleo's, and open for nobody
	amara, bela          waitlisttest.Waiter
	changes              <-chan struct{}
}

func newDesk(t *testing.T) *desk {
	s, cut, mia := salon(t)
	c := &desk{Scene: s, cut: cut, mia: mia}
	var err error
	c.booking, err = s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone), FromMinute: 9*60 + 5, Name: "Cleo", OutsideHours: true,
	})
	ok(t, err)
	c.amara, c.bela = s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	c.slot = s.Open(mia, 1, "10:00", time.Hour)
	c.empty = s.Open(s.AddStaffMember("Jonas"), 1, "10:00", time.Hour)
	s.Pass(5 * time.Minute)
	s.Send()
	changes, stop := s.Boards.Follow(s.Tenant)
	t.Cleanup(stop)
	c.changes = changes
	return c
}

func (c *desk) told() bool {
	select {
	case <-c.changes:
		return true
	default:
		return false
	}
}

// offer is the public id of Amara's.
func (c *desk) offer() string {
	out, err := c.W.OffersOut(c.Context(), c.Tenant)
	c.T.Helper()
	if err != nil || len(out) != 1 {
		c.T.Fatalf("%d offers are out (%v), want one", len(out), err)
	}
	return out[0].ID
}

// later lets time go by and the jobs run.
func (c *desk) later(d time.Duration) error {
	c.Pass(d)
	c.Tick()
	return nil
}

func TestEveryActTellsTheBoards(t *testing.T) {
	type act = func(*desk) error
	first := func(acts ...act) []act { return acts }
	withdraw := func(c *desk) error { return c.W.WithdrawOffer(c.Context(), c.Staff, c.offer()) }
	takeBack := func(c *desk) error { return c.W.WithdrawSlot(c.Context(), c.Staff, c.empty) }
	cancel := func(c *desk) error { return c.W.WishCancelBooking(c.Context(), c.Staff, c.booking) }
	came := func(c *desk) error { return c.W.CompleteBooking(c.Context(), c.Staff, c.booking) }
	pause := func(c *desk) error { return c.W.PauseEntry(c.Context(), c.bela.Token) }
	yes := func(c *desk) error { return c.W.Accept(c.Context(), c.OfferTo(c.amara)) }
	cancelled := func(c *desk) error {
		page, err := c.W.OfferPage(c.Context(), c.OfferTo(c.amara))
		ok(c.T.(*testing.T), err)
		ok(c.T.(*testing.T), c.W.Accept(c.Context(), page.Token))
		page, err = c.W.OfferPage(c.Context(), page.Token)
		ok(c.T.(*testing.T), err)
		c.told()
		return c.W.CancelBooking(c.Context(), page.BookingToken)
	}
	block := func(c *desk) error {
		_, err := c.W.Block(c.Context(), c.Staff, waitlist.BlockForm{Name: "Bela", Email: c.bela.Email, Reason: "Rude", Entries: waitlist.LeaveEntries})
		return err
	}
	carryOut := func(c *desk) error { return c.later(waitlist.UndoFor) }
	for name, acts := range map[string][]act{ // the last one is to be told
		"joining": first(func(c *desk) error {
			c.Join("Dora", "dora@example.org", c.cut, waitlist.Wishes{})
			return nil
		}),
		"adding somebody": first(func(c *desk) error {
			_, err := c.W.AddEntry(c.Context(), c.Staff, waitlist.AddEntry{Service: c.cut, Name: "Emil"})
			return err
		}),
		"pausing":   first(pause),
		"returning": first(pause, func(c *desk) error { return c.W.ReturnEntry(c.Context(), c.bela.Token) }),
		"a priority": first(func(c *desk) error {
			return c.W.SetPriority(c.Context(), c.Staff, c.bela.Entry, 1, "In pain")
		}),
		"other wishes": first(func(c *desk) error {
			return c.W.ChangeWishes(c.Context(), c.bela.Token, waitlist.Wishes{Notice: time.Hour})
		}),
		"leaving":                   first(func(c *desk) error { return c.W.LeaveEntry(c.Context(), c.bela.Token) }),
		"leaving with an offer out": first(func(c *desk) error { return c.W.LeaveEntry(c.Context(), c.amara.Token) }),
		"being taken off":           first(func(c *desk) error { return c.W.RemoveEntry(c.Context(), c.Staff, c.bela.Entry) }),
		"opening a slot":            first(func(c *desk) error { c.Open(c.mia, 2, "10:00", time.Hour); return nil }),
		"a yes":                     first(yes),
		"a no":                      first(func(c *desk) error { return c.W.Decline(c.Context(), c.OfferTo(c.amara), true) }),
		"a no by phone":             first(func(c *desk) error { return c.W.StaffDecline(c.Context(), c.Staff, c.offer(), true) }),
		"silence":                   first(func(c *desk) error { return c.later(20 * time.Minute) }),
		"an email that can't arrive": first(func(c *desk) error {
			return c.W.OfferUndeliverable(c.Context(), c.Tenant, offerID(c))
		}),
		"a deadline that is raised":      first(sendLate),
		"a cancellation by the customer": first(cancelled),
		"wishing an offer back":          first(withdraw),
		"undoing that":                   first(withdraw, func(c *desk) error { return c.W.RestoreOffer(c.Context(), c.Staff, c.offer()) }),
		"an offer taken back":            first(withdraw, carryOut),
		"choosing somebody else": first(func(c *desk) error {
			return c.W.OfferTo(c.Context(), c.Staff, c.slot, c.bela.Entry, "Agreed")
		}),
		"wishing a slot back": first(takeBack),
		"undoing the slot's":  first(takeBack, func(c *desk) error { return c.W.RestoreSlot(c.Context(), c.Staff, c.empty) }),
		"a slot taken back":   first(takeBack, carryOut),
		"a slot that lapses":  first(func(c *desk) error { return c.later(48 * time.Hour) }),
		"booking": first(func(c *desk) error {
			_, err := c.W.Book(c.Context(), c.Staff, waitlist.Book{StaffMember: c.mia, Busy: true, Minutes: 30, Date: rules.DateOf(c.Now(), c.Zone), FromMinute: 15 * 60})
			return err
		}),
		"wishing a booking cancelled":      first(cancel),
		"undoing the booking's":            first(cancel, func(c *desk) error { return c.W.UndoBookingWish(c.Context(), c.Staff, c.booking) }),
		"a booking cancelled":              first(cancel, carryOut),
		"that a customer came":             first(came),
		"that a customer came carried out": first(came, carryOut),
		"that a customer did not come":     first(func(c *desk) error { return c.W.NoShowBooking(c.Context(), c.Staff, c.booking) }),
		"somebody who still waits":         first(func(c *desk) error { return c.W.StayEntry(c.Context(), c.bela.Token) }),
		"bringing somebody back": first(
			func(c *desk) error { return c.W.RemoveEntry(c.Context(), c.Staff, c.bela.Entry) },
			func(c *desk) error { return c.W.BringBackEntry(c.Context(), c.Staff, c.bela.Entry) }),
		"blocking somebody": first(block),
		"unblocking somebody": first(block, func(c *desk) error {
			return c.W.Unblock(c.Context(), c.Staff, number1(c.T.(*testing.T), c.Scene, "SELECT public_id FROM blocks"))
		}),
		"importing a list": first(func(c *desk) error {
			id := upload(c.T.(*testing.T), c.Scene, "Name,Email,Service\nIda,ida@example.org,Cut\n")
			start(c.T.(*testing.T), c.Scene, id, true)
			return nil
		}, func(c *desk) error {
			_, err := c.W.RunImports(c.Context())
			return err
		}),
		"other settings": first(func(c *desk) error { c.W.Wake(c.Context(), c.Tenant); return nil }),
	} {
		t.Run(name, func(t *testing.T) {
			c := newDesk(t)
			for _, act := range acts {
				c.told()
				ok(t, act(c))
			}
			if !c.told() {
				t.Error("the boards were not told")
			}
		})
	}
}

// sendLate has an email sent a while after its offer was made.
func sendLate(c *desk) error {
	ok(c.T.(*testing.T), c.W.Decline(c.Context(), c.OfferTo(c.amara), true))
	c.Pass(time.Minute)
	c.told()
	c.Send()
	return nil
}

func offerID(c *desk) int64 {
	offers, err := c.DB.PendingOffersOf(c.Context(), c.Tenant)
	if err != nil || len(offers) != 1 {
		c.T.Fatalf("%d offers are out (%v), want one", len(offers), err)
	}
	return offers[0].ID
}

func TestATryThatChangesNothingTellsNobody(t *testing.T) {
	c := newDesk(t)
	tried := c.Slot(c.empty).TriedAt
	c.Pass(31 * time.Second)
	if _, err := c.W.FillDue(c.Context()); err != nil {
		t.Fatal(err)
	}
	if c.told() {
		t.Error("nobody fits as before, and the boards were told")
	}
	if again := c.Slot(c.empty).TriedAt; !again.After(*tried) {
		t.Error("nothing was tried")
	}
}
