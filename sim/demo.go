// Package sim makes businesses and people up: for the demo that a visitor looks around in, and for tests.
package sim

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Demo is the made-up business: a hairdresser's with a day of appointments, people who wait and one opening.
type Demo struct {
	Accounts *accounts.Accounts
	Business *business.Business
	Waitlist *waitlist.Waitlist
}

// Enter begins a session as the owner of the demo business, which is set up when there is none. Everything in it is made by the acts
// that people use, so it can be played with like a real one.
func (d Demo) Enter(ctx context.Context, zone, currency, locale string) (accounts.LoggedIn, error) {
	in, owner, err := d.Accounts.EnterDemo(ctx, accounts.Demo{
		Business: "Studio Nord", Zone: zone, Currency: currency, Locale: locale, Owner: "Mia Lindqvist",
	})
	if err != nil {
		return in, err
	}
	counts, err := d.Waitlist.Counts(ctx, owner.TenantID)
	if err != nil || counts.Waiting > 0 {
		return in, err
	}
	return in, d.fill(ctx, owner, locale)
}

// fill sets the business up. Each form has a press of its own, so that a visitor who was cut off half way goes on there.
func (d Demo) fill(ctx context.Context, owner waitlist.Staff, locale string) error {
	words := wordsOf(locale)
	var services []string
	for i, s := range words.services {
		id, err := d.Business.AddService(ctx, owner, business.ServiceForm{
			Name: s.name, Duration: s.minutes, Buffer: "0", PriceKind: string(rules.PriceAmount), Price: s.price,
			Locale: i18n.For(locale), Press: fmt.Sprintf("demo-service-%d", i),
		})
		if err != nil {
			return fmt.Errorf("adding a service of the demo: %w", err)
		}
		services = append(services, id)
	}
	var staff []string
	for i, name := range []string{"Mia", "Luca", "Noor"} {
		id, err := d.Business.AddStaffMember(ctx, owner, business.StaffForm{
			Name: name, Services: services, Press: fmt.Sprintf("demo-staff-%d", i),
		})
		if err != nil {
			return fmt.Errorf("adding a staff member of the demo: %w", err)
		}
		staff = append(staff, id)
	}
	if err := d.book(ctx, owner, staff, services); err != nil {
		return err
	}
	if err := d.wait(ctx, owner, staff, services, words); err != nil {
		return err
	}
	return d.open(ctx, owner, staff[1])
}

// book fills today and tomorrow with appointments. Hours that are past already are left out.
func (d Demo) book(ctx context.Context, owner waitlist.Staff, staff, services []string) error {
	today, err := d.Waitlist.Today(ctx, owner.TenantID)
	if err != nil {
		return err
	}
	for i, name := range booked {
		hour := 9 + i/len(staff)%8
		_, err := d.Waitlist.Book(ctx, owner, waitlist.Book{
			StaffMember: staff[i%len(staff)], Service: services[i%len(services)], Date: today.AddDays(i / (8 * len(staff))), FromMinute: hour * 60,
			Name: name, OutsideHours: true, Press: fmt.Sprintf("demo-book-%d", i),
		})
		if kind := problem.KindOf(err); err != nil && kind != problem.InvalidInput && kind != problem.Conflict {
			return fmt.Errorf("booking an appointment of the demo: %w", err)
		}
	}
	return nil
}

// wait puts people with varied wishes on the list.
func (d Demo) wait(ctx context.Context, owner waitlist.Staff, staff, services []string, words words) error {
	for i, name := range waiting {
		wishes := waitlist.Wishes{}
		switch i % 4 {
		case 1:
			wishes.PreferredStaff = staff[i%len(staff)]
		case 2:
			wishes.Windows = []rules.Window{{From: 12 * 60, To: 20 * 60}}
		case 3:
			wishes.OnlyStaff = []string{staff[i%len(staff)]}
		}
		_, err := d.Waitlist.AddEntry(ctx, owner, waitlist.AddEntry{
			Service: services[i%len(services)], Name: name, Email: fmt.Sprintf("customer%d@demo.example", i+1), Consent: true, Wording: words.consent,
			Locale: words.locale, Wishes: wishes, Press: fmt.Sprintf("demo-wait-%d", i),
		})
		if err != nil {
			return fmt.Errorf("adding an entry of the demo: %w", err)
		}
	}
	return nil
}

// open opens one slot tomorrow evening, so that an offer is out at once.
func (d Demo) open(ctx context.Context, owner waitlist.Staff, staffMember string) error {
	today, err := d.Waitlist.Today(ctx, owner.TenantID)
	if err != nil {
		return err
	}
	_, err = d.Waitlist.OpenSlots(ctx, owner, waitlist.OpenSlots{
		StaffMember: staffMember, Date: today.AddDays(1), FromMinute: 17 * 60, Minutes: int(time.Hour / time.Minute), Count: 1, Weeks: 1,
		OutsideHours: true, Press: "demo-open",
	})
	if err != nil {
		return fmt.Errorf("opening a slot of the demo: %w", err)
	}
	return nil
}
