package i18n

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// renamed are countries that took another name since the library's list was made.
var renamed = map[string]map[string]string{
	"en": {"MK": "North Macedonia", "SZ": "Eswatini", "TR": "Türkiye"},
	"de": {"MK": "Nordmazedonien", "SZ": "Eswatini"},
	"es": {"MK": "Macedonia del Norte", "SZ": "Esuatini"},
	"fr": {"CZ": "Tchéquie", "MK": "Macédoine du Nord", "SZ": "Eswatini"},
	"nb": {"MK": "Nord-Makedonia", "SZ": "Eswatini"},
}

// Country is what the language calls a country, by its ISO 3166-1 alpha-2 code; the code itself where that isn't known.
func (l Locale) Country(code string) string {
	if name := renamed[l.Language()][code]; name != "" {
		return name
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.Regions(language.Make(l.Language())).Name(region); name != "" {
		return name
	}
	return code
}

// Compare orders two words as the language's dictionaries do, for slices.SortFunc. It is for one list at a time.
func (l Locale) Compare() func(a, b string) int {
	tag := l.Language()
	if tag == "nb" {
		tag = "nn" // the same order, which the library knows by this name only
	}
	return collate.New(language.Make(tag)).CompareString
}
