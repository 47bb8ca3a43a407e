package sim

import (
	"strings"

	"github.com/your-org/waitlist-management/accounts"
)

// domain is where everybody in the demo has their email. It is reserved (RFC 2606): nobody real reads there.
const domain = "@demo.example"

var (
	firstNames = strings.Fields(`Priya Mateo Ingrid Samuel Emma Noah Leïla Viktor Sofia Finn Marta Elena Ben Zoë Amara Ravi Jonas Maria Tom Aylin Greta
		Paul Ines Kofi Lena Hugo Sara Omar Nina Felix Chloé Mats Rosa Liam Hana Anton Freya Yusuf Clara Diego Mila Oskar Julia Thabo Agnes Kenji Nora`)
	lastNames = strings.Fields(`Raman Álvarez Solheim Adeyemi Fischer Jansen Benali Horák Conti O'Brien Kowalska Rossi Carter Keller Okafor Patel
		Lindqvist Silva Becker Demir Holm Novak Moreau Mensah Vogt Martin Lund Haddad Petrova Braun Dubois Eriksen Jiménez Byrne Suzuki Weber Berg Kaya
		Wolf Ruiz Horvat Dahl Brandt Nkosi Falk Tanaka Weiss`)
)

// names are so many different ones.
var names = len(firstNames) * len(lastNames)

// name is the n-th name, another for each n from 0 to names-1.
func name(n int) string {
	f := n % len(firstNames)
	return firstNames[f] + " " + lastNames[(f+n/len(firstNames)*5)%len(lastNames)]
}

// address is where somebody gets their emails.
func address(name string) string { return strings.ReplaceAll(accounts.SlugOf(name), "-", ".") + domain }
