package sim

import (
	"context"
	"fmt"
	"math/rand/v2"

	"golang.org/x/sync/errgroup"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// firstBooked is the number of the first name of those who have appointments: another for each appointment.
const firstBooked = 100

// book fills so many days, today from now on, with appointments. What a visitor has put in the way stays. A visitor waits for it, so
// the books of all staff members are written side by side.
func (d *Demo) book(ctx context.Context, shop *shop, days int) error {
	who := firstBooked
	for day := range days {
		books, ctx := errgroup.WithContext(ctx)
		for i, m := range team {
			appointments, first := shop.appointments(shop.today.AddDays(day), i, m), who
			who += len(appointments)
			books.Go(func() error { return d.bookAll(ctx, shop.owner, appointments, first) })
		}
		if err := books.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// bookAll books appointments for people with the names from the first on.
func (d *Demo) bookAll(ctx context.Context, owner waitlist.Staff, appointments []waitlist.Book, first int) error {
	for i, a := range appointments {
		if !a.Busy {
			a.Name = name((first + i) % names)
			a.Email = address(a.Name)
		}
		_, err := d.waitlist.Book(ctx, owner, a)
		if kind := problem.KindOf(err); err != nil && kind != problem.InvalidInput && kind != problem.Conflict {
			return fmt.Errorf("booking an appointment of the demo: %w", err)
		}
	}
	return nil
}

// appointments are a staff member's on one day, without who has them: one after the other, with a break and now and then some time between.
func (s *shop) appointments(date rules.Date, place int, m member) (day []waitlist.Book) {
	staffMember, offers := staffNamed(s.services, m.name), s.offeredBy(m.name)
	if len(offers) == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(uint64(date.Day), uint64(place)))
	for from, to := range s.works(date, m) {
		lunch := false
		for at := from; at < to; {
			a := waitlist.Book{
				StaffMember: staffMember, Date: date, FromMinute: at, Locale: s.words.locale, OutsideHours: true, Press: press("book", date, place, at),
			}
			if !lunch && at >= from+shift/2 {
				lunch, a.Busy, a.Minutes, a.Note = true, true, 30, s.words.lunch
				at += a.Minutes
			} else {
				service := offers[random.IntN(len(offers))]
				if service.Duration.Minutes() < 30 { // few come for so little
					service = offers[random.IntN(len(offers))]
				}
				a.Service = service.ID
				at += int((service.Duration + service.Buffer).Minutes())
			}
			if at <= to {
				day = append(day, a)
			}
			if random.IntN(7) == 0 {
				at += 15
			}
		}
	}
	return day
}

// works yields the minutes of a day between which somebody works and nothing is past: two pieces for a night shift.
func (s *shop) works(date rules.Date, m member) func(func(from, to int) bool) {
	begins, ends := opens+m.begins, min(opens+m.begins+shift, closes)
	if s.night() {
		begins = (s.now.Hour()*60 + m.begins*2) % wholeDay
		ends = begins + shift
	}
	first := 0
	if date == s.today {
		first = (s.minute()+1+visit)/15*15 + 15
	}
	return func(yield func(from, to int) bool) {
		for _, piece := range [][2]int{{begins - wholeDay, ends - wholeDay}, {begins, min(ends, wholeDay)}} {
			if from := max(piece[0], first); from < piece[1] && !yield(from, piece[1]) {
				return
			}
		}
	}
}

func (s *shop) offeredBy(name string) (offers []waitlist.ServiceChoice) {
	for _, service := range s.services {
		for _, m := range service.Staff {
			if m.Name == name {
				offers = append(offers, service)
			}
		}
	}
	return offers
}

// visit is how long the visits of those take who were here before, in minutes.
const visit = 15

// visits are a few who wait for something else and have their fringe trimmed at this very moment, so that they will have been here before
// when their turn comes.
func (d *Demo) visits(ctx context.Context, shop *shop) error {
	next := shop.minute() + 1
	for n, m := range map[int]member{2: team[0], 8: team[1], 20: team[4]} {
		service, ok := shop.shortest(m.name)
		if !ok || next >= wholeDay {
			continue
		}
		_, err := d.waitlist.Book(ctx, shop.owner, waitlist.Book{
			StaffMember: staffNamed(shop.services, m.name), Service: service.ID, Date: shop.today, FromMinute: next,
			Name: name(n), Email: address(name(n)), Locale: shop.words.locale, OutsideHours: true, Press: press("visit", shop.today, n),
		})
		if kind := problem.KindOf(err); err != nil && kind != problem.InvalidInput && kind != problem.Conflict {
			return fmt.Errorf("booking a visit of the demo: %w", err)
		}
	}
	return nil
}

func (s *shop) shortest(staffMember string) (waitlist.ServiceChoice, bool) {
	for _, service := range s.offeredBy(staffMember) {
		if service.Duration.Minutes() <= visit {
			return service, true
		}
	}
	return waitlist.ServiceChoice{}, false
}

// open opens two slots, so that offers are out at once.
func (d *Demo) open(ctx context.Context, shop *shop) error {
	for i, m := range []member{team[1], team[4]} {
		staffMember := staffNamed(shop.services, m.name)
		if staffMember == "" {
			continue
		}
		_, err := d.waitlist.OpenSlots(ctx, shop.owner, waitlist.OpenSlots{
			StaffMember: staffMember, Date: shop.today.AddDays(1), FromMinute: closes - 3*60 + i*60, Minutes: 60, Count: 1, Weeks: 1,
			OutsideHours: true, Press: press("open", shop.today, i),
		})
		if kind := problem.KindOf(err); err != nil && kind != problem.InvalidInput && kind != problem.Conflict {
			return fmt.Errorf("opening a slot of the demo: %w", err)
		}
	}
	return nil
}
