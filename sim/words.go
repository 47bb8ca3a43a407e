package sim

import "strings"

// words are what a demo in one language is made of.
type words struct {
	locale, consent string
	services        []demoService
}

type demoService struct{ name, minutes, price string }

func wordsOf(locale string) words {
	if strings.HasPrefix(locale, "de") {
		return words{"de", "Ich möchte E-Mails zu frei gewordenen Terminen bekommen.", []demoService{
			{"Haarschnitt", "45", "38"}, {"Farbe", "60", "72"}, {"Bartschnitt", "30", "18"},
		}}
	}
	return words{"en", "I would like emails about appointments that come free.", []demoService{
		{"Haircut", "45", "38"}, {"Colour", "60", "72"}, {"Beard trim", "30", "18"},
	}}
}

var booked = []string{
	"Elena Rossi", "Ben Carter", "Zoë Keller", "Amara Okafor", "Ravi Patel", "Jonas Lindqvist", "Maria Silva", "Tom Becker", "Aylin Demir",
	"Greta Holm", "Paul Novak", "Ines Moreau", "Kofi Mensah", "Lena Vogt", "Hugo Martin", "Sara Lund", "Omar Haddad", "Nina Petrova",
	"Felix Braun", "Chloé Dubois", "Mats Eriksen", "Rosa Jiménez", "Liam Byrne", "Hana Suzuki", "Anton Weber", "Freya Berg", "Yusuf Kaya",
	"Clara Wolf", "Diego Ruiz", "Mila Horvat", "Oskar Dahl", "Julia Brandt",
}

var waiting = []string{
	"Priya Raman", "Mateo Álvarez", "Tom Whitfield", "Ingrid Solheim", "Samuel Adeyemi", "Emma Fischer", "Noah Jansen", "Leïla Benali",
	"Viktor Horák", "Sofia Conti", "Finn O'Brien", "Marta Kowalska",
}
