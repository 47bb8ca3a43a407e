package i18n

import (
	"time"

	"github.com/bojanz/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Minutes is a length of time to the minute, rounded down: "45 min", "1 h 30 min".
func (l Locale) Minutes(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d/time.Minute)%60
	switch {
	case hours == 0:
		return l.T("common.span.minutes", "Count", minutes)
	case minutes == 0:
		return l.T("common.span.hours", "Count", hours)
	}
	return l.T("common.span.both", "Hours", hours, "Minutes", minutes)
}

// Span is a length of time in its largest whole unit, for how long somebody has waited: "26 min", "3 h", "5 days".
// Less than nothing counts as nothing.
func (l Locale) Span(d time.Duration) string {
	switch d = max(d, 0); {
	case d < time.Hour:
		return l.T("common.span.minutes", "Count", int(d/time.Minute))
	case d < 24*time.Hour:
		return l.T("common.span.hours", "Count", int(d/time.Hour))
	}
	return l.T("common.span.days", "Count", int(d/(24*time.Hour)))
}

// Money is an amount in the currency's smallest unit: 3000 EUR is "€30.00" or "30,00 €". An unknown currency code
// is written behind the plain number of units.
func (l Locale) Money(minor int64, code string) string {
	amount, err := currency.NewAmountFromInt64(minor, code)
	if err != nil {
		return l.Number(minor) + "\u00a0" + code
	}
	return currency.NewFormatter(currency.NewLocale(l.Tag())).Format(amount)
}

// Number groups the digits of a whole number: "12,500", "12.500".
func (l Locale) Number(n int64) string {
	return l.printer().Sprint(number.Decimal(n))
}

// Decimal is a number with exactly so many digits after the point: "4.5", "4,5".
func (l Locale) Decimal(x float64, digits int) string {
	return l.printer().Sprint(number.Decimal(x, number.MinFractionDigits(digits), number.MaxFractionDigits(digits)))
}

// Percent is a share of one in whole percents: 0.875 is "88%", "88 %".
func (l Locale) Percent(share float64) string {
	return l.printer().Sprint(number.Percent(share, number.MaxFractionDigits(0)))
}

func (l Locale) printer() *message.Printer {
	return message.NewPrinter(language.Make(l.Tag()))
}
