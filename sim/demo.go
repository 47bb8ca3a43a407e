// Package sim makes businesses and people up: for the demo that a visitor looks around in, and for tests. What it makes it makes by the acts
// that people use, and its customers do what they do over HTTP, with the links of their emails.
package sim

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Demo is the made-up business: a hairdresser's with forty people who wait and three full days of appointments. It can be played with like
// a real one.
type Demo struct {
	accounts *accounts.Accounts
	business *business.Business
	waitlist *waitlist.Waitlist
	people   *people
	log      *slog.Logger

	filling sync.Mutex // one visitor at a time sets it up

	mu     sync.Mutex
	pace   Pace
	staff  waitlist.Staff // who looked last; zero: nobody yet
	unseen time.Duration  // since somebody looked
}

// Parts are what a demo is made with. All are needed.
type Parts struct {
	Accounts *accounts.Accounts
	Business *business.Business
	Waitlist *waitlist.Waitlist
	Mailbox  *mail.Mailbox // where its customers read their emails
	Base     paths.Base    // what the links in them begin with
	Log      *slog.Logger
	Seed     uint64 // customers with the same seed have the same plans
}

// New is a demo that nobody has entered yet.
func New(p Parts) *Demo {
	return &Demo{
		accounts: p.Accounts, business: p.Business, waitlist: p.Waitlist, log: p.Log, pace: Normal,
		people: newPeople(p.Waitlist, p.Mailbox, p.Base, p.Seed),
	}
}

// Enter begins a session as the owner of the demo business, which is set up when there is none. A visitor waits for it, so it makes only who
// waits and what is left of today; Run makes the days to come.
func (d *Demo) Enter(ctx context.Context, zone, currency, locale string) (accounts.LoggedIn, error) {
	in, owner, err := d.accounts.EnterDemo(ctx, accounts.Demo{
		Business: "Studio Nord", Zone: zone, Currency: currency, Locale: locale, Owner: "Mia Lindqvist",
	})
	if err != nil {
		return in, err
	}
	d.Seen(owner)
	return in, d.fill(ctx, owner, 1)
}

// fill does what is not done yet, with the appointments of so many days from today on. Its forms have presses of their own, so that what was
// cut off half way goes on there. The last thing it does, by which it knows that all is done, is the book of the last day.
func (d *Demo) fill(ctx context.Context, owner waitlist.Staff, days int) error {
	d.filling.Lock()
	defer d.filling.Unlock()
	s, err := d.look(ctx, owner)
	if err != nil {
		return err
	}
	for _, last := range []int{days, daysBooked} {
		book, err := d.waitlist.Day(ctx, owner.TenantID, s.today.AddDays(last-1))
		if err != nil || appointments(book) > 0 {
			return err
		}
	}
	for _, act := range []func(context.Context, *shop) error{d.setUp, d.queue, d.visits, d.open} {
		if err := act(ctx, &s); err != nil {
			return err
		}
	}
	return d.book(ctx, &s, days)
}

// shop is the demo business while it is being filled.
type shop struct {
	owner    waitlist.Staff
	words    words
	now      time.Time // in the zone of the business
	today    rules.Date
	services []waitlist.ServiceChoice // with who offers them
}

// look finds out how the demo business stands.
func (d *Demo) look(ctx context.Context, owner waitlist.Staff) (shop, error) {
	b, err := d.waitlist.Business(ctx, owner.TenantID)
	if err != nil {
		return shop{}, err
	}
	now, err := d.waitlist.Now(ctx, owner.TenantID)
	if err != nil {
		return shop{}, err
	}
	services, err := d.waitlist.JoinChoices(ctx, owner.TenantID)
	return shop{owner: owner, words: wordsOf(b.Locale), now: now, today: rules.DateOf(now, now.Location()), services: services}, err
}

// press is the id of one of the demo's forms: the same for the same parts, so that nothing is made twice.
func press(parts ...any) string {
	sum := sha256.Sum256([]byte(fmt.Sprint(append([]any{"demo"}, parts...)...)))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

func appointments(d waitlist.Day) (n int) {
	for _, column := range d.Staff {
		for _, item := range column.Items {
			if item.BookingState == rules.BookingConfirmed {
				n++
			}
		}
	}
	return n
}
