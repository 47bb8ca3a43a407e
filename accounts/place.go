package accounts

import (
	_ "embed"
	"strings"
	"time"

	"github.com/bojanz/currency"
	"golang.org/x/text/language"
)

// Each line is a territory (ISO 3166) with its IANA time zones, the one most people live in first.
//
//go:embed territories.txt
var territoryList string

var (
	zoneOf      = map[string]string{} // the main zone of a territory
	territoryOf = map[string]string{}
)

func init() {
	for line := range strings.Lines(territoryList) {
		words := strings.Fields(line)
		zoneOf[words[0]] = words[1]
		for _, zone := range words[1:] {
			territoryOf[zone] = words[0]
		}
	}
}

// GuessZone is the time zone most people live in who ask for these languages (an Accept-Language list); UTC when nothing can be guessed.
func GuessZone(acceptLanguage string) string {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return "UTC"
	}
	region, _ := tags[0].Region()
	if zone, ok := zoneOf[region.String()]; ok {
		return zone
	}
	return "UTC"
}

// CurrencyIn is what is paid with where this zone is; EUR when that isn't known.
func CurrencyIn(zone string) string {
	if code, ok := currency.ForCountryCode(territoryOf[zone]); ok {
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
