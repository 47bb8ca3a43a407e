package accounts

import (
	"time"

	"github.com/bojanz/currency"
	"golang.org/x/text/language"

	"github.com/your-org/waitlist-management/business"
)

// GuessZone is the time zone most people live in who ask for these languages (an Accept-Language list); UTC when nothing can be guessed.
func GuessZone(acceptLanguage string) string {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return "UTC"
	}
	region, _ := tags[0].Region()
	if zone := business.MainZone(region.String()); zone != "" {
		return zone
	}
	return "UTC"
}

// CurrencyIn is what is paid with where this zone is; EUR when that isn't known.
func CurrencyIn(zone string) string {
	if code, ok := currency.ForCountryCode(business.CountryIn(zone)); ok {
		return code
	}
	return "EUR"
}

// validZone refuses "Local", which is the zone of whatever machine this runs on.
func validZone(name string) bool {
	if name == "" || name == "Local" || len(name) > 64 {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}
