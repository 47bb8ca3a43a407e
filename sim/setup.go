package sim

import (
	"context"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/waitlist"
)

// The hours of the made-up business, every day. Whoever comes when little of the day is left, or at night, meets a business that is open
// round the clock: there is something to see at every hour.
const (
	opens      = 7 * 60 // minute of day
	closes     = 22 * 60
	nightFrom  = 20 * 60 // from here on a visitor meets the business that never closes
	wholeDay   = 24 * 60
	daysBooked = 3
)

// setUp makes the services, the staff members, the hours and, last of all, the settings: what a visitor has changed since is left alone.
func (d *Demo) setUp(ctx context.Context, shop *shop) error {
	settings, err := d.business.OfferSettings(ctx, shop.owner.TenantID)
	if err != nil || settings.Version != "1" {
		return err
	}
	services, err := d.addServices(ctx, shop)
	if err != nil {
		return err
	}
	if err := d.addStaff(ctx, shop, services); err != nil {
		return err
	}
	saved, err := d.business.Hours(ctx, shop.owner.TenantID)
	if err != nil {
		return err
	}
	hours := shop.hours()
	hours.Version = saved.Version
	if _, err := d.business.ChangeHours(ctx, shop.owner, hours); err != nil {
		return fmt.Errorf("changing the hours of the demo: %w", err)
	}
	// Offers stand so briefly, and go out to one person so often, that silence is seen to lead on while one watches.
	settings.Hold, settings.HoldCap, settings.MinimumNotice, settings.ContactGap, settings.ContactsPerDay = "2", "1", "5", "0", "100"
	if err := d.business.ChangeOfferSettings(ctx, shop.owner, settings); err != nil {
		return fmt.Errorf("changing the settings of the demo: %w", err)
	}
	shop.services, err = d.waitlist.JoinChoices(ctx, shop.owner.TenantID)
	return err
}

func (d *Demo) addServices(ctx context.Context, shop *shop) (ids []string, err error) {
	categories, err := d.addCategories(ctx, shop)
	if err != nil {
		return nil, err
	}
	for i, s := range shop.words.services {
		id, err := d.business.AddService(ctx, shop.owner, business.ServiceForm{
			Category: categories[s.category],
			Name:     s.name, Duration: strconv.Itoa(s.minutes), Buffer: strconv.Itoa(s.buffer), PriceKind: string(s.kind), Price: s.price,
			Locale: i18n.For(shop.words.locale), Press: press("service", i),
		})
		if err != nil {
			return nil, fmt.Errorf("adding a service of the demo: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (d *Demo) addCategories(ctx context.Context, shop *shop) (ids []string, err error) {
	for i, name := range shop.words.categories {
		id, err := d.business.AddCategory(ctx, shop.owner, business.CategoryForm{Name: name, Press: press("category", i)})
		if err != nil {
			return nil, fmt.Errorf("adding a category of the demo: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (d *Demo) addStaff(ctx context.Context, shop *shop, services []string) error {
	for i, member := range team {
		form := business.StaffForm{Name: member.name, Press: press("staff", i)}
		for _, s := range member.offers {
			form.Services = append(form.Services, services[s])
		}
		id, err := d.business.AddStaffMember(ctx, shop.owner, form)
		if err != nil {
			return fmt.Errorf("adding a staff member of the demo: %w", err)
		}
		if err := d.giveHours(ctx, shop, id, member); err != nil {
			return err
		}
	}
	return nil
}

// giveHours gives a staff member the hours of their shift, every day. At night all work as the business is open.
func (d *Demo) giveHours(ctx context.Context, shop *shop, id string, m member) error {
	_, form, err := d.business.StaffHours(ctx, shop.owner.TenantID, id)
	if err != nil || form.Own || shop.night() {
		return err
	}
	form.Own = true
	begins, ends := opens+m.begins, min(opens+m.begins+shift, closes)
	for day := range form.Days {
		form.Days[day] = []business.HoursRow{{From: clock(begins), To: clock(ends)}}
	}
	if _, err := d.business.ChangeStaffHours(ctx, shop.owner, id, form); err != nil {
		return fmt.Errorf("giving a staff member of the demo their hours: %w", err)
	}
	return nil
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// hours are those of every day: 7 to 22, or all day and night for a visitor who comes late.
func (s *shop) hours() (f business.HoursForm) {
	row := business.HoursRow{From: "07:00", To: "22:00"}
	if s.night() {
		row = business.HoursRow{From: "00:00", To: "00:00"}
	}
	for day := range f.Days {
		f.Days[day] = []business.HoursRow{row}
	}
	return f
}

func (s *shop) night() bool {
	return s.minute() >= nightFrom || s.minute() < opens
}

func (s *shop) minute() int { return s.now.Hour()*60 + s.now.Minute() }

// member is one of the team: what they offer, by its place among the services of the words, and when they work.
type member struct {
	name   string
	offers []int
	begins int // minutes after the business opens
}

// shift is how long everybody works.
const shift = 9 * 60

var team = []member{
	{"Mia", []int{cut, blowDry, colour, highlights, fringe}, 0},
	{"Luca", []int{cut, beard, fringe}, 0},
	{"Noor", []int{blowDry, colour, highlights}, 2 * 60},
	{"Jonas", []int{cut, blowDry, beard, fringe}, 5 * 60},
	{"Ayla", []int{cut, blowDry, colour, fringe}, 6 * 60},
}

// staffNamed finds a staff member who is offered for a service, by name; "" when there is none of this name.
func staffNamed(services []waitlist.ServiceChoice, name string) string {
	for _, s := range services {
		for _, m := range s.Staff {
			if m.Name == name {
				return m.ID
			}
		}
	}
	return ""
}
