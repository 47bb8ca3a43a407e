package i18n

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestForFindsTheBestLocale(t *testing.T) {
	for wanted, tag := range map[string]string{
		"":                                 "en",
		"de":                               "de",
		"de-AT":                            "de-AT",
		"en-US":                            "en-US",
		"en-US,en;q=0.9,de;q=0.8":          "en-US",
		"nb-NO,nb;q=0.9,de;q=0.7,en;q=0.5": "nb-NO",
		"nb":                               "nb",
		"no":                               "nb",
		"no-NO":                            "nb-NO",
		"nn-NO,nn;q=0.9,no;q=0.8":          "nb-NO",
		"nb-SJ":                            "nb-SJ",
		"sv, no;q=0.5, de;q=0.4":           "nb",
		"sv, it":                           "en",
		"en;q=0.3, de;q=0.9":               "de",
		"de-Latn-CH":                       "de-CH",
		"de-001":                           "de",
		"not a tag;;;":                     "en",
		"*":                                "en",
	} {
		if got := For(wanted).Tag(); got != tag {
			t.Errorf("For(%q) is %s, want %s", wanted, got, tag)
		}
		if again := For(For(wanted).Tag()); again != For(wanted) {
			t.Errorf("For(%q) does not survive its own tag: %v", wanted, again)
		}
	}
}

func TestLanguageIsTheTagWithoutItsRegion(t *testing.T) {
	if got := For("de-AT").Language(); got != "de" {
		t.Errorf("language of de-AT is %s", got)
	}
}

func TestLanguagesAreNamedAsTheirSpeakersDo(t *testing.T) {
	got := Languages()
	if got[0] != (Language{"en", "English"}) {
		t.Errorf("the first is %v", got[0])
	}
	for _, l := range []Language{{"de", "Deutsch"}, {"nb", "Norsk"}} {
		if !slices.Contains(got, l) {
			t.Errorf("%v is not among %v", l, got)
		}
	}
}

func TestALanguageIsKnownByItsNamesAndItsCode(t *testing.T) {
	names := LanguageNames("nb")
	for _, name := range []string{"Norsk", "norsk bokmål", "Norwegian", "Norwegisch"} {
		if !slices.Contains(names, name) {
			t.Errorf("%q is not among %q", name, names)
		}
	}
	for tag, want := range map[string]string{"nb": "nb", "no-NO": "nb", "nob": "nb", "ger": "de", "de-AT": "de", "en_GB": "en", "it": "", "": "", "norsk": ""} {
		if got, ok := LanguageOf(tag); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %t", tag, got, ok)
		}
	}
}

func TestNorwegianOrdersItsLettersLast(t *testing.T) {
	words := []string{"Østerrike", "Åland", "Zypern", "Ærø", "Argentina", "Oman"}
	slices.SortFunc(words, For("nb").Compare())
	if got := strings.Join(words, " "); got != "Argentina Oman Zypern Ærø Østerrike Åland" {
		t.Errorf("got %s", got)
	}
}

func TestGermanCountsOneAndMany(t *testing.T) {
	de := For("de")
	for count, text := range map[int]string{0: "0 Tage", 1: "1 Tag", 2: "2 Tage", 21: "21 Tage"} {
		if got := de.T("common.span.days", "Count", count); got != text {
			t.Errorf("%d: %q, want %q", count, got, text)
		}
	}
}

func TestNorwegianCountsOneAndMany(t *testing.T) {
	nb := For("nb-NO")
	for count, text := range map[int]string{0: "0 dager", 1: "1 dag", 2: "2 dager", 21: "21 dager"} {
		if got := nb.T("common.span.days", "Count", count); got != text {
			t.Errorf("%d: %q, want %q", count, got, text)
		}
	}
}

func TestAMessageWithOneFormServesEveryCount(t *testing.T) {
	if got := For("de").T("common.span.minutes", "Count", 1); got != "1 Min." {
		t.Errorf("got %q", got)
	}
}

func TestARegionOverlaysItsLanguage(t *testing.T) {
	us := For("en-US")
	if got := us.T("common.date.clock"); got != "3:04 PM" {
		t.Errorf("clock: %q", got)
	}
	if got := us.T("common.date.today"); got != "Today" {
		t.Errorf("a text the overlay lacks: %q", got)
	}
	if got := For("de-AT").T("common.date.today"); got != "Heute" {
		t.Errorf("a region without an overlay: %q", got)
	}
}

func TestAFaultPanicsInATest(t *testing.T) {
	for name, call := range map[string]func(){
		"an unknown key":         func() { For("de").T("common.nothing") },
		"a missing argument":     func() { For("en").T("common.date.range", "From", "9") },
		"a name without a value": func() { For("en").T("common.date.today", "Name") },
		"a value before a name":  func() { For("en").T("common.date.today", 1, "Count") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}

func TestTextIsPlain(t *testing.T) {
	if got := For("en").T("common.date.range", "From", "<b>", "To", "&"); got != "<b>–&" {
		t.Errorf("got %q", got)
	}
}

func TestTheContextCarriesTheLocale(t *testing.T) {
	if got := From(context.Background()).Tag(); got != "en" {
		t.Errorf("without one: %s", got)
	}
	if got := From(With(context.Background(), For("de-CH"))).Tag(); got != "de-CH" {
		t.Errorf("with one: %s", got)
	}
}

func TestLocalesServeManyAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 50 {
				if got := For("de").T("common.span.days", "Count", n); !strings.HasSuffix(got, "Tag") && !strings.HasSuffix(got, "Tage") {
					t.Errorf("worker %d: %q", i, got)
				}
				For("en-US").Money(int64(n), "USD")
			}
		})
	}
	all.Wait()
}

func TestFillTakesItsArgumentsFromAMap(t *testing.T) {
	if got := For("de").Fill("common.span.days", map[string]any{"Count": 1}); got != "1 Tag" {
		t.Errorf("got %q", got)
	}
	if got := For("de").Fill("common.date.today", nil); got != "Heute" {
		t.Errorf("without arguments: %q", got)
	}
}
