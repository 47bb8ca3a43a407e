package i18n

import (
	"testing"
	"time"
)

func TestAmountsReadAsTheLocaleWritesThem(t *testing.T) {
	en, us, de, ch, nb := For("en"), For("en-US"), For("de"), For("de-CH"), For("nb")
	for _, c := range []struct{ got, want string }{
		{en.Money(3000, "EUR"), "€30.00"},
		{us.Money(123456, "USD"), "$1,234.56"},
		{de.Money(3000, "EUR"), "30,00\u00a0€"},
		{de.Money(123456, "EUR"), "1.234,56\u00a0€"},
		{de.Money(-950, "EUR"), "-9,50\u00a0€"},
		{ch.Money(4550, "CHF"), "CHF\u00a045.50"},
		{de.Money(3000, "JPY"), "3.000\u00a0¥"},
		{en.Money(1500, "KWD"), "KWD\u00a01.500"},
		{de.Money(1500, "XXQ"), "1.500\u00a0XXQ"},
		{en.Number(12500), "12,500"},
		{de.Number(12500), "12.500"},
		{de.Decimal(4.5, 1), "4,5"},
		{en.Decimal(4, 1), "4.0"},
		{en.Percent(0.875), "88%"},
		{de.Percent(0.13), "13\u00a0%"},
		{nb.Money(123450, "NOK"), "1\u00a0234,50\u00a0kr"},
		{nb.Money(-95000, "NOK"), "−950,00\u00a0kr"},
		{For("no-NO").Money(123450, "NOK"), "1\u00a0234,50\u00a0kr"},
		{nb.Money(3000, "EUR"), "30,00\u00a0€"},
		{nb.Money(1500, "XXQ"), "1\u00a0500\u00a0XXQ"},
		{nb.Number(12500), "12\u00a0500"},
		{nb.Decimal(4.5, 1), "4,5"},
		{nb.Percent(0.875), "88\u00a0%"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestLengthsOfTime(t *testing.T) {
	en, de, nb := For("en"), For("de"), For("nb")
	for _, c := range []struct{ got, want string }{
		{en.Minutes(45 * time.Minute), "45 min"},
		{en.Minutes(59*time.Minute + 59*time.Second), "59 min"},
		{en.Minutes(time.Hour), "1 h"},
		{en.Minutes(90 * time.Minute), "1 h 30 min"},
		{de.Minutes(90 * time.Minute), "1 Std. 30 Min."},
		{en.Span(-time.Minute), "0 min"},
		{en.Span(59 * time.Minute), "59 min"},
		{en.Span(60 * time.Minute), "1 h"},
		{en.Span(24*time.Hour - time.Second), "23 h"},
		{en.Span(24 * time.Hour), "1 day"},
		{de.Span(50 * time.Hour), "2 Tage"},
		{nb.Minutes(90 * time.Minute), "1 t 30 min"},
		{nb.Span(24 * time.Hour), "1 dag"},
		{nb.Span(50 * time.Hour), "2 dager"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
