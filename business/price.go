package business

import (
	"math"
	"regexp"
	"strings"

	"github.com/bojanz/currency"

	"github.com/your-org/waitlist-management/i18n"
)

// mostPrice is the highest price in minor units.
const mostPrice = 1_000_000_000

// price reads an amount as people of the locale write it, with or without the currency's sign, into minor units.
//
// A point where the locale has a comma is understood when it can mean nothing else: "12.50" is twelve and a half in German too, "1.250"
// is one thousand two hundred and fifty in German and refused in English.
func (r *reading) price(field, typed string, l i18n.Locale, code string) int64 {
	if strings.TrimSpace(typed) == "" {
		r.refuse(field, "problem.required")
		return 0
	}
	number, ok := plainNumber(typed, l, code)
	if !ok {
		r.refuse(field, "admin.bad.price", "Example", PriceText(1250, code, l))
		return 0
	}
	amount, err := currency.NewAmount(number, code)
	if err != nil {
		r.refuse(field, "admin.bad.price", "Example", PriceText(1250, code, l))
		return 0
	}
	minor, err := amount.Int64()
	if err != nil || minor > mostPrice {
		r.refuse(field, "admin.bad.price_high", "Most", l.Money(mostPrice, code))
		return 0
	}
	return minor
}

// PriceText is an amount in minor units as a form shows it: the locale's decimal sign, no grouping, no currency.
func PriceText(minor int64, code string, l i18n.Locale) string {
	amount, err := currency.NewAmountFromInt64(minor, code)
	if err != nil {
		return ""
	}
	return strings.Replace(amount.Number(), ".", decimalSign(l), 1)
}

var (
	anySign   = regexp.MustCompile(`^\d{1,15}[.,]\d+$`)
	ungrouped = regexp.MustCompile(`^\d{1,15}$`)
	noCents   = regexp.MustCompile(`^(.*\d)[.,][-–—]$`) // 450,- and 45.–
)

// plainNumber is the amount with a decimal point and no more digits behind it than the currency has.
func plainNumber(typed string, l i18n.Locale, code string) (string, bool) {
	digits, known := currency.GetDigits(code)
	if !known || len(typed) > 64 {
		return "", false
	}
	symbol, _ := currency.GetSymbol(code, currency.NewLocale(l.Tag()))
	text := strings.NewReplacer(symbol, "", code, "", strings.ToLower(code), "", " ", "", "\u00a0", "", "\u202f", "", "’", "'").
		Replace(strings.TrimSpace(typed))
	text = noCents.ReplaceAllString(text, "$1")
	decimal, group := decimalSign(l), groupSign(l)
	whole, fraction, split := strings.Cut(text, decimal)
	if grouped := regexp.MustCompile(`^\d{1,3}(` + regexp.QuoteMeta(group) + `\d{3})+$`); grouped.MatchString(whole) {
		whole = strings.ReplaceAll(whole, group, "")
	}
	switch {
	case ungrouped.MatchString(whole) && !split:
		return whole, true
	case ungrouped.MatchString(whole) && fits(fraction, digits):
		return whole + "." + fraction, true
	case anySign.MatchString(text) && digits != 3:
		if i := strings.IndexAny(text, ".,"); fits(text[i+1:], digits) {
			return text[:i] + "." + text[i+1:], true
		}
	}
	return "", false
}

func fits(fraction string, digits uint8) bool {
	return len(fraction) >= 1 && len(fraction) <= int(digits) && ungrouped.MatchString(fraction)
}

// The signs are read off a number that the locale writes.
func decimalSign(l i18n.Locale) string { return string([]rune(l.Decimal(0.5, 1))[1]) }

func groupSign(l i18n.Locale) string {
	return strings.Replace(string([]rune(l.Number(100_000))[3]), "’", "'", 1)
}

// inCurrency keeps the number when the currency changes: 12.50 EUR become 12.50 USD and 13 JPY.
func inCurrency(minor int64, from, to string) int64 {
	before, _ := currency.GetDigits(from)
	after, _ := currency.GetDigits(to)
	return int64(math.Round(float64(minor) * math.Pow10(int(after)-int(before))))
}
