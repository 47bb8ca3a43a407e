package sim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// people are the customers of the demo. They know what their emails told them and what pages showed, nothing else, and act over HTTP only.
//
// Their emails they read in the mailbox itself, not on its pages: those pages stand in for a mail reader, and a customer's own is no page of
// this program. So the log holds what customers ask of the program and nothing more.
type people struct {
	mailbox  *mail.Mailbox
	waitlist *waitlist.Waitlist // only to tell whose email a letter is: two businesses may bear one name
	base     paths.Base
	seed     uint64
	random   *rand.Rand // what is nobody's in particular

	now    time.Duration // on their own clock, which goes by the pace
	read   map[string]bool
	known  map[string]*person // by address
	agenda []appointment
	next   map[deed]time.Duration // when each pulse beats next
	joins  int                    // so far: the next newcomer's name
}

// person is one customer.
type person struct {
	name, address string
	entry         string // path of the page of their wait
	waits         bool
	since         time.Duration // when they began to wait, on the people's clock
	booking       string        // path of the page of their appointment; empty: none to come
	starts        string        // of the appointment, as calendars write it
	letters       int           // read so far
}

// appointment is what somebody means to do at some time.
type appointment struct {
	at    time.Duration
	who   *person
	deed  deed
	path  string // the link that it begins with
	tries int
}

func newPeople(w *waitlist.Waitlist, box *mail.Mailbox, base paths.Base, seed uint64) *people {
	return &people{
		mailbox: box, waitlist: w, base: base, seed: seed, random: chance(seed, "pulse"), read: map[string]bool{}, known: map[string]*person{},
		next: map[deed]time.Duration{},
	}
}

// step lets their clock go on: they read what came, and do what is due.
func (p *people) step(ctx context.Context, phone phone, business int64, d time.Duration) error {
	p.now += d
	if err := p.readMail(ctx, business); err != nil {
		return err
	}
	shop, err := p.waitlist.Business(ctx, business)
	if err != nil {
		return err
	}
	p.beat(paths.Join(shop.Slug))
	for ctx.Err() == nil {
		i := slices.IndexFunc(p.agenda, func(a appointment) bool { return a.at <= p.now })
		if i < 0 {
			break
		}
		due := p.agenda[i]
		p.agenda = slices.Delete(p.agenda, i, i+1)
		if err := p.do(ctx, phone, due); errors.Is(err, errLater) && due.tries < 3 {
			due.tries++
			p.means(due, time.Duration(due.tries)*8*time.Second)
		} else if err != nil && !errors.Is(err, errLater) && !errors.Is(err, errGone) {
			return err
		}
	}
	return ctx.Err()
}

// means puts something on the agenda, which is kept in the order of time.
func (p *people) means(a appointment, after time.Duration) {
	a.at = p.now + after
	i, _ := slices.BinarySearchFunc(p.agenda, a, func(x, y appointment) int {
		if x.at <= y.at {
			return -1
		}
		return 1
	})
	p.agenda = slices.Insert(p.agenda, i, a)
}

// beat lets those pulses beat that are due.
func (p *people) beat(joinPath string) {
	for _, pulse := range pulses {
		at, begun := p.next[pulse.deed]
		if begun && at > p.now {
			continue
		}
		p.next[pulse.deed] = p.now + time.Duration((0.4+1.2*p.random.Float64())*float64(pulse.every))
		if begun {
			p.somebody(pulse.deed, joinPath)
		}
	}
}

// leastBooked is when nobody cancels any more: the book stays full enough.
const leastBooked = 60

// somebody is found to do something at once, if there is anybody for it.
func (p *people) somebody(deed deed, joinPath string) {
	waiting := p.those(func(who *person) bool { return who.waits && who.entry != "" })
	switch deed {
	case join:
		p.means(appointment{who: p.newcomer(), deed: join, path: joinPath}, 0)
		if len(waiting) >= Waiting {
			// The list is long: who has waited longest has found something elsewhere.
			tired := slices.MinFunc(waiting, func(a, b *person) int { return cmp.Compare(a.since, b.since) })
			p.means(appointment{who: tired, deed: leave, path: tired.entry}, 0)
		}
	case cancel, cancelWait:
		booked := p.those(func(who *person) bool { return who.booking != "" })
		if len(booked) < leastBooked {
			return
		}
		// Whose turn comes soon thinks of it more than others.
		slices.SortStableFunc(booked, func(a, b *person) int { return cmp.Compare(a.starts, b.starts) })
		r := p.random.Float64()
		who := booked[int(r*r*float64(len(booked)))]
		p.means(appointment{who: who, deed: deed, path: who.booking}, 0)
	default:
		if len(waiting) < Waiting/2 {
			return
		}
		who := waiting[p.random.IntN(len(waiting))]
		p.means(appointment{who: who, deed: deed, path: who.entry}, 0)
	}
}

// those are the people of whom something is true, in the order of their addresses, so that chance alone decides.
func (p *people) those(is func(*person) bool) (some []*person) {
	for _, address := range slices.Sorted(maps.Keys(p.known)) {
		if is(p.known[address]) {
			some = append(some, p.known[address])
		}
	}
	return some
}

// firstNewcomer is the number of the first name of those who join by themselves.
const firstNewcomer = 700

// newcomer is somebody who joins: one in three was here before.
func (p *people) newcomer() *person {
	idle := p.those(func(who *person) bool { return !who.waits && who.booking == "" })
	if len(idle) > 0 && (p.random.IntN(3) == 0 || firstNewcomer+p.joins >= names) {
		return idle[p.random.IntN(len(idle))]
	}
	for {
		n := name((firstNewcomer + p.joins) % names)
		p.joins++
		if p.known[address(n)] == nil || p.joins > names {
			who := &person{name: n, address: address(n)}
			p.known[who.address] = who
			return who
		}
	}
}

func (w *person) about(kind string) string { return fmt.Sprint(w.address, kind, w.letters) }
