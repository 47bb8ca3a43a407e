package business

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
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

// MainZone is the time zone most people of a territory (ISO 3166) live in; empty when that isn't known.
func MainZone(territory string) string { return zoneOf[territory] }

// CountryIn is where a time zone is, ISO 3166-1 alpha-2; empty when that isn't known.
func CountryIn(zone string) string { return territoryOf[zone] }

// Countries are the ISO 3166-1 alpha-2 codes to choose from: those with telephones.
func Countries() []string { return slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) }

func validCountry(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

// postcodeLast are the countries whose addresses end in the postcode; in all others it stands before the town.
var postcodeLast = strings.Fields("AU CA GB GG HK IE IM IN JE NZ PK SG US ZA")

// addressLine is an address on one line, as people of the country write it. Everything may be empty.
func addressLine(street, postcode, town, country string) string {
	place := []string{postcode, town}
	if slices.Contains(postcodeLast, country) {
		slices.Reverse(place)
	}
	lines := []string{street, strings.TrimSpace(strings.Join(place, " "))}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), ", ")
}
