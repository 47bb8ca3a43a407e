package business

import (
	_ "embed"
	"slices"
	"strings"
	"time"

	"github.com/bojanz/currency"

	"github.com/your-org/waitlist-management/i18n"
)

//go:embed zones.txt
var zones string

// Zones are the IANA time zones to choose from, by name. Others that Go knows are accepted too.
func Zones() []string { return strings.Fields(zones) }

// Currencies are the ISO 4217 codes to choose from.
func Currencies() []string { return slices.Sorted(slices.Values(currency.GetCurrencyCodes())) }

// regions write dates or money otherwise than their language does.
var regions = map[string][]string{"de": {"de-AT", "de-CH"}, "en": {"en-US"}}

// Locales are the languages and their regions to choose from: BCP 47 tags.
func Locales() []string {
	var tags []string
	for _, l := range i18n.Languages() {
		tags = append(append(tags, l.Tag), regions[l.Tag]...)
	}
	return tags
}

// validZone refuses "Local", which would be the zone of whatever machine this runs on.
func validZone(name string) bool {
	if name == "" || name == "Local" || len(name) > 64 {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

func validLocale(tag string) bool { return len(tag) <= 16 && tag != "" && i18n.For(tag).Tag() == tag }
