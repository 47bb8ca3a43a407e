package business

import (
	"testing"

	"github.com/your-org/waitlist-management/i18n"
)

func TestPricesAreReadAsTheLocaleWritesThem(t *testing.T) {
	for _, c := range []struct {
		typed, locale, currency string
		minor                   int64 // -1: refused
	}{
		{"12,50", "de", "EUR", 1250},
		{"12,5", "de", "EUR", 1250},
		{"12", "de", "EUR", 1200},
		{" 12,50 € ", "de", "EUR", 1250},
		{"EUR 12,50", "de", "EUR", 1250},
		{"1.250", "de", "EUR", 125000},
		{"1.250,5", "de", "EUR", 125050},
		{"12.50", "de", "EUR", 1250}, // can mean nothing else
		{"12.50", "en", "USD", 1250},
		{"$1,250.00", "en-US", "USD", 125000},
		{"12,50", "en", "USD", 1250},
		{"1’250.50", "de-CH", "CHF", 125050},
		{"1'250.50", "de-CH", "CHF", 125050},
		{"1 250,50", "nb", "NOK", 125050},
		{"1\u00a0250,50\u00a0kr", "nb-NO", "NOK", 125050},
		{"kr 450", "nb", "NOK", 45000},
		{"450,-", "nb", "NOK", 45000},
		{"45.–", "de-CH", "CHF", 4500},
		{"450,--", "nb", "NOK", -1},
		{"1.250", "nb", "NOK", -1},
		{"1 250,50", "de-AT", "EUR", 125050},
		{"0", "de", "EUR", 0},
		{"0,00", "de", "EUR", 0},
		{"500", "de", "JPY", 500},
		{"1,234", "en", "JPY", 1234},
		{"1.234", "en", "KWD", 1234},
		{"10000000", "de", "EUR", 1_000_000_000},
		{"10000000,01", "de", "EUR", -1},
		{"1.250", "en", "USD", -1}, // a thousand to a German, one and a quarter to nobody
		{"12,505", "de", "EUR", -1},
		{"12,5,0", "de", "EUR", -1},
		{"1.25.0", "de", "EUR", -1},
		{"12.5", "de", "JPY", -1},
		{"-1", "de", "EUR", -1},
		{"1e3", "de", "EUR", -1},
		{"0x10", "de", "EUR", -1},
		{"١٢", "de", "EUR", -1},
		{"12,50 $", "de", "EUR", -1},
		{"NaN", "de", "EUR", -1},
		{",50", "de", "EUR", -1},
		{"12,", "de", "EUR", -1},
		{"", "de", "EUR", -1},
		{"999999999999999999999", "de", "EUR", -1},
	} {
		var r reading
		got := r.price("price", c.typed, i18n.For(c.locale), c.currency)
		if refused := r.refused("price"); refused != (c.minor < 0) || !refused && got != c.minor {
			t.Errorf("%q in %s, %s: %d (refused: %t), want %d", c.typed, c.locale, c.currency, got, refused, c.minor)
		}
	}
}

func TestAPriceReadsBackAsWritten(t *testing.T) {
	for _, l := range Locales() {
		for _, code := range []string{"EUR", "JPY", "KWD"} {
			for _, minor := range []int64{0, 1, 999, 1250, 1_000_000_000} {
				var r reading
				if got := r.price("price", PriceText(minor, code, i18n.For(l)), i18n.For(l), code); got != minor || r.err() != nil {
					t.Errorf("%d %s in %s is written %q and read %d (%v)", minor, code, l, PriceText(minor, code, i18n.For(l)), got, r.err())
				}
			}
		}
	}
}

func TestAnotherCurrencyKeepsTheNumber(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		from, to string
		want     int64
	}{{1250, "EUR", "USD", 1250}, {1250, "EUR", "JPY", 13}, {1249, "EUR", "JPY", 12}, {1250, "EUR", "KWD", 12500}, {500, "JPY", "EUR", 50000}} {
		if got := inCurrency(c.minor, c.from, c.to); got != c.want {
			t.Errorf("%d %s in %s is %d, want %d", c.minor, c.from, c.to, got, c.want)
		}
	}
}

func TestEveryZoneCurrencyAndLocaleToChooseIsAccepted(t *testing.T) {
	for _, name := range Zones() {
		if !validZone(name) {
			t.Errorf("zone %q is refused", name)
		}
	}
	for _, tag := range Locales() {
		if !validLocale(tag) {
			t.Errorf("locale %q is refused", tag)
		}
	}
	for _, name := range []string{"", "Local", "Europe/Atlantis", "../../etc/passwd", "europe/berlin\x00"} {
		if validZone(name) {
			t.Errorf("zone %q is accepted", name)
		}
	}
	for _, tag := range []string{"", "xx", "la", "no", "de_DE", "en; DROP", "de-DE-x-very-long-private"} {
		if validLocale(tag) {
			t.Errorf("locale %q is accepted", tag)
		}
	}
}
