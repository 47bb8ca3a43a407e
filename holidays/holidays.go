// Package holidays knows the public holidays of countries and their regions, for any year. It wraps the library cal, whose calendars are
// kept up by many; the library's names are those of the country's own language.
package holidays

import (
	"cmp"
	"slices"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/your-org/waitlist-management/rules"
)

// Holiday is one day on which a public holiday is kept.
type Holiday struct {
	On         rules.Date
	Name       string // in the language of the country; of one country it names one holiday
	Known      string // what it is, for a translation: see known; "": only the name tells
	Substitute bool   // kept on this day because the holiday itself falls on another, which is listed too
}

// Country has calendars. Where some regions have one of their own, the others keep what the whole country does.
type Country struct {
	Code     string // ISO 3166-1
	Language string // BCP 47, of the names of its holidays
	Regions  []Region
	days     []*cal.Holiday // nil: each region has its own
}

// Region is a part of a country with a calendar of its own.
type Region struct {
	Code string // ISO 3166-2 without the country
	Name string // as its people write it
	days []*cal.Holiday
}

// The library makes days at midnight of this place; in UTC every midnight exists.
func init() { cal.DefaultLoc = time.UTC }

// Countries are those with a calendar, by code.
func Countries() []Country { return countries }

// Find is the country with a code.
func Find(code string) (Country, bool) {
	i := slices.IndexFunc(countries, func(c Country) bool { return c.Code == code })
	if i < 0 {
		return Country{}, false
	}
	return countries[i], true
}

// Has tells whether there is a calendar for a country, whose region may be empty where the whole country has one.
func Has(country, region string) bool {
	_, ok := calendar(country, region)
	return ok
}

func calendar(country, region string) ([]*cal.Holiday, bool) {
	c, ok := Find(country)
	if !ok {
		return nil, false
	}
	if region == "" {
		return c.days, c.days != nil
	}
	i := slices.IndexFunc(c.Regions, func(r Region) bool { return r.Code == region })
	if i < 0 {
		return nil, false
	}
	return c.Regions[i].days, true
}

// Between are the holidays from one day to another, both inclusive, by day. None for a calendar that isn't there.
func Between(country, region string, from, to rules.Date) []Holiday {
	days, _ := calendar(country, region)
	keys := knownAmong(days)
	var list []Holiday
	add := func(h Holiday) {
		same := func(other Holiday) bool { return other.On == h.On && other.Name == h.Name }
		if !h.On.Before(from) && !h.On.After(to) && !slices.ContainsFunc(list, same) {
			list = append(list, h)
		}
	}
	for year := from.Year - 1; year <= to.Year+1; year++ { // a substitute can fall into the year before or after
		for _, h := range days {
			actual, observed := h.Calc(year)
			if actual.IsZero() {
				continue
			}
			on, kept := dateOf(actual), dateOf(observed)
			add(Holiday{On: on, Name: h.Name, Known: keys[h.Name]})
			if kept != on {
				add(Holiday{On: kept, Name: h.Name, Known: keys[h.Name], Substitute: true})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Holiday) int {
		return cmp.Or(cmp.Compare(a.On.Year, b.On.Year), cmp.Compare(a.On.Month, b.On.Month), cmp.Compare(a.On.Day, b.On.Day))
	})
	return list
}

func dateOf(t time.Time) rules.Date { return rules.DateOf(t, t.Location()) }
