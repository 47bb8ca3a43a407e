package sim

import (
	"github.com/your-org/waitlist-management/i18n"
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

// wordsOf are those of the language that is best for a locale.
func wordsOf(locale string) words {
	if w, ok := demos[i18n.For(locale).Language()]; ok {
		return w
	}
	return demos["en"]
}

// The numbers are those that the regulators keep free for films: Bundesnetzagentur, 030 23125 000 to 999; Ofcom, 020 7946 0000 to 0999; Arcep,
// 01 99 00 00 00 to 99 99; PTS, 08-465 004 00 to 99. Norway and Spain keep none, so their people have those of a neighbour.
var demos = map[string]words{
	"de": {
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
	},
	"en": {
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
	},
	"es": {
		locale: "es", consent: "Quiero recibir correos sobre las citas que queden libres.", lunch: "Pausa para comer", phone: "+33 1 99 00 01 ",
		categories: []string{"Corte", "Color", "Barba y flequillo"},
		services: []demoService{
			{0, "Corte", 45, 0, rules.PriceAmount, "28"}, {0, "Lavar, cortar y peinar", 60, 0, rules.PriceAmount, "39,50"},
			{1, "Color", 90, 0, rules.PriceAmount, "62"}, {1, "Mechas con asesoramiento", 105, 15, rules.PriceOnRequest, ""},
			{2, "Arreglo de barba", 30, 0, rules.PriceAmount, "15"}, {2, "Retoque de flequillo", 15, 0, rules.PriceFree, ""},
		},
		notes: []string{
			"Viene en silla de ruedas", "Oye mal: hablar claro, por favor", "Sin amoniaco, por favor", "Viene con un bebé", "Boda el fin de semana",
		},
	},
	"fr": {
		locale: "fr", consent: "Je souhaite recevoir des e-mails sur les rendez-vous qui se libèrent.", lunch: "Pause déjeuner", phone: "+33 1 99 00 00 ",
		categories: []string{"Coupe", "Couleur", "Barbe et frange"},
		services: []demoService{
			{0, "Coupe", 45, 0, rules.PriceAmount, "38"}, {0, "Shampooing, coupe et brushing", 60, 0, rules.PriceAmount, "54,50"},
			{1, "Couleur", 90, 0, rules.PriceAmount, "82"}, {1, "Mèches avec conseil", 105, 15, rules.PriceOnRequest, ""},
			{2, "Taille de barbe", 30, 0, rules.PriceAmount, "18"}, {2, "Retouche de frange", 15, 0, rules.PriceFree, ""},
		},
		notes: []string{
			"Vient en fauteuil roulant", "Entend mal : parler distinctement", "Sans ammoniaque, s’il vous plaît", "Vient avec un bébé", "Se marie ce week-end",
		},
	},
	"nb": {
		locale: "nb", consent: "Jeg vil gjerne få e-post om timer som blir ledige.", lunch: "Lunsj", phone: "+46 8 465 004 ",
		categories: []string{"Klipp", "Farge", "Skjegg og lugg"},
		services: []demoService{
			{0, "Hårklipp", 45, 0, rules.PriceAmount, "590"}, {0, "Vask, klipp og føn", 60, 0, rules.PriceAmount, "790"},
			{1, "Farge", 90, 0, rules.PriceAmount, "1290"}, {1, "Striper med rådgivning", 105, 15, rules.PriceOnRequest, ""},
			{2, "Skjeggtrim", 30, 0, rules.PriceAmount, "290"}, {2, "Luggklipp", 15, 0, rules.PriceFree, ""},
		},
		notes: []string{
			"Kommer i rullestol", "Hører dårlig: snakk tydelig", "Tåler ikke ammoniakk", "Tar med en baby", "Bryllup i helgen",
		},
	},
}
