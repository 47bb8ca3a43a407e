package sim

import (
	"strings"

	"github.com/your-org/waitlist-management/rules"
)

// words are what a demo in one language is made of.
type words struct {
	locale, consent, lunch string
	categories             []string
	services               []demoService
	notes                  []string
	phone                  string // how a number of nobody begins; two digits follow
}

type demoService struct {
	category        int // its place among the categories
	name            string
	minutes, buffer int
	kind            rules.PriceKind
	price           string
}

// The places of the services among the words, and among those of the business: in the order of their categories.
const (
	cut = iota
	blowDry
	colour
	highlights
	beard
	fringe
)

func wordsOf(locale string) words {
	if strings.HasPrefix(locale, "de") {
		return german
	}
	return english
}

// The numbers are those that the regulators keep free for films: Bundesnetzagentur, 030 23125 000 to 999; Ofcom, 020 7946 0000 to 0999.
var (
	german = words{
		locale: "de", consent: "Ich möchte E-Mails zu frei gewordenen Terminen bekommen.", lunch: "Mittagspause", phone: "+49 30 23125 0",
		categories: []string{"Schneiden", "Farbe", "Bart und Pony"},
		services: []demoService{
			{0, "Haarschnitt", 45, 0, rules.PriceAmount, "38"}, {0, "Waschen, schneiden, föhnen", 60, 0, rules.PriceAmount, "54,50"},
			{1, "Farbe", 90, 0, rules.PriceAmount, "82"}, {1, "Strähnen mit Beratung", 105, 15, rules.PriceOnRequest, ""},
			{2, "Bartschnitt", 30, 0, rules.PriceAmount, "18"}, {2, "Pony nachschneiden", 15, 0, rules.PriceFree, ""},
		},
		notes: []string{
			"Kommt mit dem Rollstuhl", "Hört schlecht: bitte deutlich sprechen", "Verträgt kein Ammoniak", "Bringt ein Baby mit", "Hochzeit am Wochenende",
		},
	}
	english = words{
		locale: "en", consent: "I would like emails about appointments that come free.", lunch: "Lunch break", phone: "+44 20 7946 00",
		categories: []string{"Cut", "Colour", "Beard and fringe"},
		services: []demoService{
			{0, "Haircut", 45, 0, rules.PriceAmount, "38"}, {0, "Wash, cut and blow-dry", 60, 0, rules.PriceAmount, "54.50"},
			{1, "Colour", 90, 0, rules.PriceAmount, "82"}, {1, "Highlights with consultation", 105, 15, rules.PriceOnRequest, ""},
			{2, "Beard trim", 30, 0, rules.PriceAmount, "18"}, {2, "Fringe trim", 15, 0, rules.PriceFree, ""},
		},
		notes: []string{
			"Comes in a wheelchair", "Hard of hearing: please speak clearly", "No ammonia, please", "Brings a baby along", "Wedding at the weekend",
		},
	}
)
