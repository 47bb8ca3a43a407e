package middleware

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/i18n"
)

const (
	languageCookie = "language"
	chosenKey      = "language chosen"
	aYear          = 365 * 24 * 60 * 60
)

// Language finds the language of the answer: the one just chosen with ?lang, which the browser keeps, the one chosen before, or what the
// browser asks for. Speak puts what users and businesses chose between the last two.
func Language(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		tag := c.QueryParam("lang")
		if offered(tag) {
			if err := SetCookie(c, languageCookie, tag, aYear); err != nil {
				return err
			}
		} else {
			tag = Cookie(c, languageCookie)
		}
		if offered(tag) {
			c.Set(chosenKey, true)
			setLocale(c, i18n.For(tag))
		} else {
			setLocale(c, i18n.For(c.Request().Header.Get("Accept-Language")))
		}
		return next(c)
	}
}

// Speak answers in the language of these BCP 47 tags' first that is not empty, unless the person at the browser chose another.
func Speak(c echo.Context, tags ...string) {
	chosen := c.Get(chosenKey) != nil
	for _, tag := range tags {
		if tag == "" {
			continue
		}
		locale := i18n.For(tag)
		if !chosen {
			setLocale(c, locale)
		} else if now := Locale(c); now.Language() == locale.Language() {
			setLocale(c, locale) // the same language with the region's habits
		}
		return
	}
}

// Chosen is the language that the person at the browser chose; empty when nobody did.
func Chosen(c echo.Context) string {
	if c.Get(chosenKey) == nil {
		return ""
	}
	return Locale(c).Language()
}

// ForgetChosen makes the browser forget the language chosen in it, so that what users and businesses chose counts again.
func ForgetChosen(c echo.Context) { DropCookie(c, languageCookie) }

// Locale is what the answer is written in.
func Locale(c echo.Context) i18n.Locale { return i18n.From(c.Request().Context()) }

func offered(tag string) bool {
	return slices.Contains(i18n.Tags(), tag)
}

func setLocale(c echo.Context, l i18n.Locale) {
	r := c.Request()
	c.SetRequest(r.WithContext(i18n.With(r.Context(), l)))
}
