package seal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesAreComparedInOneForm(t *testing.T) {
	for given, want := range map[string]string{
		"":                             "",
		" \t\n":                        "",
		"Ada Lovelace":                 "ada lovelace",
		"  Ada \u00a0\u3000 Lovelace ": "ada lovelace",
		"Ada\r\nLovelace":              "ada lovelace",
		"STRASSER, Groß":               "strasser, gross",
		"MU\u0308LLER":                 "m\u00fcller",
		"José":                         "josé",
		"Ａｄａ":                          "ada",  // full width
		"ﬁnn":                          "finn", // a ligature
		"Σίσυφος":                      "σίσυφοσ",
		"a\u200bda\u202e\x00":          "ada",
		"℡ Ⅷ":                          "tel viii", // letters that only normalising brings out
		"α\u0345\u0302":                "α\u0302ι",
		"α\u0302\u0345":                "α\u0302ι", // the same text, its marks in another order
		"O’Neil":                       "o’neil",
		"李 小龍":                         "李 小龍",
	} {
		if got := NormalName(given); got != want {
			t.Errorf("NormalName(%q) = %q, want %q", given, got, want)
		}
	}
}

func FuzzANormalNameStaysTheSame(f *testing.F) {
	for _, seed := range []string{"Ada", "ẞ", "ΐ", "\u0345a", "İ", "ﬃ", "a\u200d b", "\u1fb7", "\u03aa\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		normal := NormalName(s)
		if again := NormalName(normal); again != normal {
			t.Errorf("%q → %q → %q", s, normal, again)
		}
		if utf8.ValidString(s) && (strings.Contains(normal, "  ") || strings.TrimSpace(normal) != normal) {
			t.Errorf("%q → %q has spaces to spare", s, normal)
		}
	})
}
