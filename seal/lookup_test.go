package seal

import (
	"bytes"
	"testing"
)

func TestALookupFindsWhatIsTheSameAndNothingElse(t *testing.T) {
	l := NewLookup(testKey(1))
	if !bytes.Equal(l.Email(7, " Ada@Example.org"), l.Email(7, "ada@example.ORG")) {
		t.Error("an address is not found in another spelling")
	}
	if !bytes.Equal(l.Name(7, "Ada  LOVELACE"), l.Name(7, "ada lovelace")) {
		t.Error("a name is not found in another spelling")
	}
	if !bytes.Equal(l.Identity(7, "Ada@example.org", "ADA"), l.Identity(7, "ada@example.org ", "Ada")) {
		t.Error("an identity is not found in another spelling")
	}
	seen := map[string]string{}
	for name, d := range map[string][]byte{
		"an address":                       l.Email(7, "ada"),
		"the same as a name":               l.Name(7, "ada"),
		"the same as an identity":          l.Identity(7, "ada", ""),
		"as the identity's name":           l.Identity(7, "", "ada"),
		"a border moved":                   l.Identity(7, "ad", "a"),
		"another business's":               l.Email(8, "ada"),
		"another business's name":          l.Name(8, "ada"),
		"another business's identity":      l.Identity(8, "ada", ""),
		"an attempt":                       l.Attempt("email", "ada"),
		"another act's":                    l.Attempt("name", "ada"),
		"an attempt with its border moved": l.Attempt("emaila", "da"),
		"a login's":                        l.Email(0, "ada"),
		"another key's":                    NewLookup(testKey(2)).Email(7, "ada"),
		"a prefix":                         l.Prefixes(7, "ad")[0],
		"another business's prefix":        l.Prefixes(8, "ad")[0],
	} {
		if len(d) != 32 {
			t.Errorf("%s has %d bytes", name, len(d))
		}
		if other, ok := seen[string(d)]; ok {
			t.Errorf("%s is found as %s", name, other)
		}
		seen[string(d)] = name
	}
}

func TestWhatIsAbsentIsFoundByNothing(t *testing.T) {
	l := NewLookup(testKey(1))
	for _, empty := range []string{"", " \n", "\u00a0"} {
		if l.Email(7, empty) != nil || l.Name(7, empty) != nil {
			t.Errorf("%q has a digest", empty)
		}
	}
	if len(l.Identity(7, "", "")) != 32 {
		t.Error("an identity always has a digest")
	}
}

func TestANameIsFoundByTheBeginningsOfItsWords(t *testing.T) {
	l := NewLookup(testKey(1))
	for _, c := range []struct {
		name, typed string
		found       bool
	}{
		{"Ada Lovelace", "ad", true},
		{"Ada Lovelace", "LOVE", true},
		{"Ada Lovelace", "love ada", true},
		{"Ada Lovelace", "ada lovelace", true},
		{"Ada Lovelace", "a lovelace", true}, // one letter is left out
		{"Ada Lovelace", "lovelaces", false},
		{"Ada Lovelace", "ovelace", false},
		{"Ada Lovelace", "ada byron", false},
		{"Ada Lovelace", "adalove", false},
		{"Müller-Lüdenscheidt", "lüdensch", true},
		{"Müller-Lüdenscheidt", "MU\u0308LL", true},
		{"Müller-Lüdenscheidt", "mull", false},
		{"Sean O’Neil", "neil", true},
		{"Sean O'Neil", "sean", true},
		{"Dr. Weiß", "weiss", true},
		{"Donaudampfschifffahrt", "donaudampfsch", true}, // as far as twelve letters go
		{"Donaudampfschifffahrt", "donaudampfer", false},
		{"李小龍", "李小", true},
	} {
		prefixes := l.Prefixes(7, c.name)
		query := l.Query(7, c.typed)
		found := len(query) > 0
		for _, q := range query {
			found = found && contains(prefixes, q)
		}
		if found != c.found {
			t.Errorf("%q by %q: found is %v", c.name, c.typed, found)
		}
	}
}

func TestPrefixesAreBoundedAndDontRepeat(t *testing.T) {
	l := NewLookup(testKey(1))
	for name, want := range map[string]int{
		"":                      0,
		"A":                     0,
		"Ad":                    1,
		"Ada":                   2,
		"Ada Ada ADA":           2,
		"Ada Adam":              3,
		"Donaudampfschifffahrt": 11,
	} {
		if got := len(l.Prefixes(7, name)); got != want {
			t.Errorf("%q has %d prefixes, want %d", name, got, want)
		}
	}
	for _, typed := range []string{"", " ", "a", "a b -"} {
		if got := l.Query(7, typed); got != nil {
			t.Errorf("%q asks for %d words", typed, len(got))
		}
	}
	if contains(l.Prefixes(8, "Ada"), l.Query(7, "ada")[0]) {
		t.Error("a search finds another business's customer")
	}
}

func contains(all [][]byte, one []byte) bool {
	for _, each := range all {
		if bytes.Equal(each, one) {
			return true
		}
	}
	return false
}
