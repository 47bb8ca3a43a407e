package middleware

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/problem"
)

const (
	sessionCookie = "session"
	userKey       = "user"
)

// Session finds who is logged in by the random id in the session cookie. A session that is over is forgotten; without one nobody is.
func Session(a *accounts.Accounts) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			c.SetRequest(r.WithContext(accounts.OnDevice(r.Context(), accounts.DeviceOf(r.UserAgent()))))
			token := Cookie(c, sessionCookie)
			if token == "" {
				return next(c)
			}
			user, err := a.UserOf(c.Request().Context(), token)
			switch {
			case err == nil:
				c.Set(userKey, user)
				Speak(c, user.Locale, user.BusinessLocale)
			case problem.KindOf(err) == problem.Unauthenticated:
				DropCookie(c, sessionCookie)
			default:
				return err
			}
			return next(c)
		}
	}
}

// Begin keeps the id of a new session in the browser.
func Begin(c echo.Context, token string) error {
	return SetCookie(c, sessionCookie, token, int(accounts.SessionMost.Seconds()))
}

// End forgets the session in the browser.
func End(c echo.Context) { DropCookie(c, sessionCookie) }

// Token is the random id of the browser's session; "" when there is none.
func Token(c echo.Context) string { return Cookie(c, sessionCookie) }

// User is who is logged in.
func User(c echo.Context) (accounts.User, bool) {
	user, ok := c.Get(userKey).(accounts.User)
	return user, ok
}

// MustUser is who is logged in, on a route for which the policy wants a login.
func MustUser(c echo.Context) accounts.User {
	user, ok := User(c)
	if !ok {
		panic("middleware: MustUser on a route for anybody")
	}
	return user
}
