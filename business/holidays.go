package business

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/holidays"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	holidaysShown = 18 * 30 // days ahead that the page lists, about 18 months
	holidaysKnown = 4 * 366 // days ahead in which bookings can be
)

// What stands for no country and no region where one can be chosen.
const (
	Nowhere      = "none"
	WholeCountry = "all"
)

// HolidayForm is what is typed about the public holidays.
type HolidayForm struct {
	Country  string   `form:"country"`  // ISO 3166-1; empty or Nowhere: holidays close nothing
	Region   string   `form:"region"`   // ISO 3166-2 without the country; empty or WholeCountry: the whole country's
	Listed   string   `form:"listed"`   // HolidayForm.Calendar of what the ticks were shown for
	Closed   []string `form:"closed"`   // names of those that close the business, every year
	OpenOn   []string `form:"open_on"`  // 2006-01-02, single days on which it opens all the same
	Version  string   `form:"version"`  // of the choice that the form was made from, 0 before the first
	Seen     string   `form:"seen"`     // Touched.Fingerprint of what was shown
	Withdraw []string `form:"withdraw"` // what was chosen there
}

// Chosen is the form with nothing where Nowhere or WholeCountry was chosen.
func (f HolidayForm) Chosen() HolidayForm {
	if f.Region == WholeCountry {
		f.Region = ""
	}
	if f.Country == Nowhere {
		f.Country, f.Region = "", ""
	}
	return f
}

// Calendar names the country and the region together.
func (f HolidayForm) Calendar() string { return f.Country + "-" + f.Region }

// HolidayPage is what surrounds the form of the holidays.
type HolidayPage struct {
	Countries []holidays.Country
	Regions   []holidays.Region  // of the country that is chosen
	Whole     bool               // there is a calendar of the whole country
	Language  string             // BCP 47, of the names
	Names     []holidays.Holiday // one of each, the next
	Days      []holidays.Holiday // of the coming 18 months
	Today     rules.Date
}

// HolidaysInBrief is what the list of closures says about public holidays.
type HolidaysInBrief struct {
	Country string // empty: none is chosen
	Region  string // its name
	Next    *holidays.Holiday
	// Language is BCP 47, of the names.
	Language string
}

// Holidays is the page of the public holidays and its form as saved.
func (b *Business) Holidays(ctx context.Context, tenantID int64) (HolidayPage, HolidayForm, error) {
	choice, err := waitlist.ReadHolidayChoice(ctx, b.db.Queries, tenantID)
	if err != nil {
		return HolidayPage{}, HolidayForm{}, db.Down(err)
	}
	f := HolidayForm{Country: choice.Country, Region: choice.Region, Version: "0"}
	row, err := b.db.GetHolidayChoice(ctx, tenantID)
	switch {
	case err == nil:
		f.Version = strconv.Itoa(row.Version)
	case !db.IsNone(err):
		return HolidayPage{}, f, db.Down(fmt.Errorf("reading the choice of holidays: %w", err))
	}
	page, err := b.HolidayPage(ctx, tenantID, &f)
	if err != nil {
		return page, f, err
	}
	f.Closed = slices.DeleteFunc(f.Closed, func(name string) bool { return slices.Contains(choice.Worked, name) })
	for _, on := range choice.OpenDays() {
		f.OpenOn = append(f.OpenOn, on.String())
	}
	return page, f, nil
}

// HolidayPage is the page for the country and region that a form has. When its ticks were shown for others, all holidays are ticked.
func (b *Business) HolidayPage(ctx context.Context, tenantID int64, f *HolidayForm) (HolidayPage, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return HolidayPage{}, err
	}
	now, err := b.db.Now(ctx)
	if err != nil {
		return HolidayPage{}, err
	}
	page := HolidayPage{Countries: holidays.Countries(), Today: rules.DateOf(now, setup.zone)}
	if country, ok := holidays.Find(f.Country); ok {
		page.Regions, page.Whole, page.Language = country.Regions, holidays.Has(f.Country, ""), country.Language
		if !holidays.Has(f.Country, f.Region) {
			f.Region = ""
		}
		if f.Region == "" && !page.Whole {
			f.Region = country.Regions[0].Code
		}
	}
	page.Days = holidays.Between(f.Country, f.Region, page.Today, page.Today.AddDays(holidaysShown))
	for _, h := range page.Days {
		if !slices.ContainsFunc(page.Names, func(n holidays.Holiday) bool { return n.Name == h.Name }) {
			page.Names = append(page.Names, h)
		}
	}
	if f.Listed != f.Calendar() {
		f.Listed, f.Closed, f.OpenOn = f.Calendar(), nil, nil
		for _, n := range page.Names {
			f.Closed = append(f.Closed, n.Name)
		}
	}
	return page, nil
}

// read checks the form and gives the choice that it makes.
func (f HolidayForm) read(today rules.Date) (waitlist.HolidayChoice, error) {
	choice := waitlist.HolidayChoice{Open: map[rules.Date]string{}}
	if f.Country == "" {
		return choice, nil
	}
	var r reading
	if !holidays.Has(f.Country, f.Region) {
		r.refuse("country", "hours.bad.country")
		return choice, r.err()
	}
	choice.Country, choice.Region = f.Country, f.Region
	for _, h := range holidays.Between(f.Country, f.Region, today, today.AddDays(holidaysShown)) {
		if !slices.Contains(f.Closed, h.Name) && !slices.Contains(choice.Worked, h.Name) {
			choice.Worked = append(choice.Worked, h.Name)
		}
		if slices.Contains(f.OpenOn, h.On.String()) {
			choice.Open[h.On] = h.Name
		}
	}
	return choice, nil
}

// holidaysInBrief tells what is chosen and which holiday closes the business next.
func (b *Business) holidaysInBrief(ctx context.Context, tenantID int64, today rules.Date) (HolidaysInBrief, error) {
	choice, err := waitlist.ReadHolidayChoice(ctx, b.db.Queries, tenantID)
	if err != nil {
		return HolidaysInBrief{}, db.Down(err)
	}
	country, ok := holidays.Find(choice.Country)
	if !ok {
		return HolidaysInBrief{}, nil
	}
	brief := HolidaysInBrief{Country: country.Code, Language: country.Language}
	for _, r := range country.Regions {
		if r.Code == choice.Region {
			brief.Region = r.Name
		}
	}
	for _, h := range holidays.Between(choice.Country, choice.Region, today, today.AddDays(holidaysShown)) {
		if choice.Closes(h) {
			brief.Next = &h
			break
		}
	}
	return brief, nil
}
