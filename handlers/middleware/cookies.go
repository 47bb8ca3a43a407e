package middleware

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
)

const cookiesKey = "cookies"

// Cookies signs and encrypts what browsers keep for us.
type Cookies struct {
	store  *sessions.CookieStore
	secure bool
}

// NewCookies derives its keys from a comma list of secrets, newest first; what was made under an older one is still read. With secure, for
// https, names begin with __Host-.
func NewCookies(secrets string, secure bool) (*Cookies, error) {
	var pairs [][]byte
	for secret := range strings.SplitSeq(secrets, ",") {
		for _, use := range []string{"cookie signing", "cookie encryption"} {
			key, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, use, 32)
			if err != nil {
				return nil, fmt.Errorf("derive the key for %s: %w", use, err)
			}
			pairs = append(pairs, key)
		}
	}
	store := sessions.NewCookieStore(pairs...)
	store.MaxAge(int(accounts.SessionMost.Seconds()))
	return &Cookies{store: store, secure: secure}, nil
}

// Use lets the handlers behind it read and set cookies.
func (k *Cookies) Use(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Set(cookiesKey, k)
		return next(c)
	}
}

// Cookie is the text kept under name; "" when there is none, or none that we made.
func Cookie(c echo.Context, name string) string {
	k, ok := c.Get(cookiesKey).(*Cookies)
	if !ok {
		return ""
	}
	kept, err := k.store.New(c.Request(), k.name(name))
	if err != nil {
		return ""
	}
	text, _ := kept.Values["text"].(string)
	return text
}

// SetCookie keeps text, at most about 2 kB, under name for so many seconds; 0: until the browser is closed. It does nothing without Use.
func SetCookie(c echo.Context, name, text string, seconds int) error {
	k, ok := c.Get(cookiesKey).(*Cookies)
	if !ok {
		return nil
	}
	kept := sessions.NewSession(k.store, k.name(name))
	kept.Options = k.options(seconds)
	kept.Values["text"] = text
	if err := k.store.Save(c.Request(), c.Response(), kept); err != nil {
		return fmt.Errorf("set the %s cookie: %w", name, err)
	}
	return nil
}

// DropCookie makes the browser forget what it keeps under name.
func DropCookie(c echo.Context, name string) {
	if k, ok := c.Get(cookiesKey).(*Cookies); ok {
		http.SetCookie(c.Response(), sessions.NewCookie(k.name(name), "", k.options(-1)))
	}
}

func (k *Cookies) name(name string) string {
	if k.secure {
		return "__Host-" + name
	}
	return name
}

func (k *Cookies) options(seconds int) *sessions.Options {
	return &sessions.Options{Path: "/", MaxAge: seconds, Secure: k.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}
