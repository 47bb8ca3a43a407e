package i18n

import (
	"testing"
	"time"
)

func TestFrenchIsWrittenAsInFrance(t *testing.T) {
	fr, thursday := For("fr"), time.Date(2026, 11, 26, 15, 4, 0, 0, berlin(t))
	for _, c := range []struct{ got, want string }{
		{For("fr-CA,fr;q=0.8,en;q=0.5").Tag(), "fr-CA"},
		{For("it, fr").Tag(), "fr"},
		{fr.Date(thursday), "jeudi 26 novembre"},
		{fr.LongDate(thursday), "jeudi 26 novembre 2026"},
		{fr.ShortDate(thursday), "26 nov. 2026"},
		{fr.DateTime(thursday), "jeu. 26 nov., 15:04"},
		{fr.DayAndTime(thursday, thursday), "Aujourd’hui à 15:04"},
		{fr.DayAndTime(thursday.AddDate(0, 0, 7), thursday), "jeudi 3 décembre à 15:04"},
		{fr.Money(3000, "EUR"), "30,00\u00a0€"},
		{fr.Money(123456, "EUR"), "1\u202f234,56\u00a0€"},
		{For("fr-CH").Money(4550, "CHF"), "45.50\u00a0CHF"},
		{For("fr-CA").Money(4550, "CAD"), "45,50\u00a0$"},
		{fr.Number(12500), "12\u00a0500"},
		{fr.Decimal(4.5, 1), "4,5"},
		{fr.Percent(0.875), "88\u00a0%"},
		{fr.Minutes(90 * time.Minute), "1\u00a0h 30\u00a0min"},
		{fr.Span(24 * time.Hour), "1 jour"},
		{fr.Span(50 * time.Hour), "2 jours"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFrenchWritesTheFirstOfAMonthAsAnOrdinal(t *testing.T) {
	first := time.Date(2026, 11, 1, 9, 0, 0, 0, berlin(t))
	for tag, want := range map[string][4]string{
		"fr":    {"dimanche 1er novembre", "1er nov. 2026", "1er nov.", "dim. 1er nov., 09:00"},
		"fr-CH": {"dimanche 1er novembre", "1er nov. 2026", "1er nov.", "dim. 1er nov., 09:00"},
		"en":    {"Sunday 1 November", "1 Nov 2026", "1 Nov", "Sun 1 Nov, 09:00"},
	} {
		l := For(tag)
		if got := [4]string{l.Date(first), l.ShortDate(first), l.DayMonth(first), l.DateTime(first)}; got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestFrenchCountsNoneLikeOne(t *testing.T) {
	fr := For("fr")
	for count, text := range map[int]string{0: "0 jour", 1: "1 jour", 2: "2 jours", 21: "21 jours", 1_000_000: "1000000 jours"} {
		if got := fr.T("common.span.days", "Count", count); got != text {
			t.Errorf("%d: %q, want %q", count, got, text)
		}
	}
}
