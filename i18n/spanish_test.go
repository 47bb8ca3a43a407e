package i18n

import (
	"testing"
	"time"
)

func TestSpanishIsWrittenAsItsRegionsDo(t *testing.T) {
	es, mx, ar := For("es"), For("es-MX"), For("es-AR")
	thursday := time.Date(2026, 11, 26, 15, 4, 0, 0, berlin(t))
	for _, c := range []struct{ got, want string }{
		{For("es-419, en;q=0.8").Tag(), "es"},
		{For("ca, es-ES;q=0.8").Tag(), "es-ES"},
		{es.Date(thursday), "jueves, 26 de noviembre"},
		{mx.LongDate(thursday), "jueves, 26 de noviembre de 2026"},
		{es.ShortDate(thursday), "26 nov 2026"},
		{es.DateTime(thursday), "jue, 26 nov, 15:04"},
		{es.DayAndTime(thursday, thursday), "Hoy, 15:04"},
		{es.DayAndTime(thursday.AddDate(0, 0, 7), thursday), "jueves, 3 de diciembre, 15:04"},
		{es.Money(3000, "EUR"), "30,00\u00a0€"},
		{es.Money(12345678, "EUR"), "123.456,78\u00a0€"},
		{mx.Money(123456, "MXN"), "$1,234.56"},
		{ar.Money(123456, "ARS"), "$\u00a01.234,56"},
		{es.Number(12500), "12.500"},
		{mx.Number(12500), "12,500"},
		{es.Decimal(4.5, 1), "4,5"},
		{es.Percent(0.13), "13\u00a0%"},
		{es.Minutes(90 * time.Minute), "1 h 30 min"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestSpanishCountsOneAndMany(t *testing.T) {
	es := For("es-MX")
	for count, text := range map[int]string{0: "0 días", 1: "1 día", 2: "2 días", 21: "21 días", 1_000_000: "1000000 días"} {
		if got := es.T("common.span.days", "Count", count); got != text {
			t.Errorf("%d: %q, want %q", count, got, text)
		}
	}
}
