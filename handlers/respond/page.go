package respond

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/layout"
)

const (
	mailStaysKey = "mail stays"
	paceKey      = "pace"
)

// MailStays makes every page say that emails are kept in the local mailbox.
func MailStays(stays bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Set(mailStaysKey, stays)
			return next(c)
		}
	}
}

// Pace makes this request's page say how fast the customers of the demo act, with the buttons that change it.
func Pace(c echo.Context, pace string) { c.Set(paceKey, pace) }

// Page is the frame of a page with what is the same for all: user, business, language links, the note of Flash. Title is translated.
func Page(c echo.Context, title string) layout.Page {
	p := layout.Page{Title: title, Flash: takeNote(c)}
	p.MailStays, _ = c.Get(mailStaysKey).(bool)
	p.Pace, _ = c.Get(paceKey).(string)
	if user, ok := middleware.User(c); ok {
		p.Business, p.User = user.Business, layout.User{Name: user.Name, Role: string(user.Role), Email: user.Email, Several: user.Businesses > 1}
		p.Slug, p.Look = user.Slug, user.Look
	}
	if r := c.Request(); r.Method == http.MethodGet {
		here := *r.URL
		query := here.Query()
		query.Del("lang")
		here.RawQuery = query.Encode()
		p.Here = paths.Local(here.RequestURI())
	}
	return p
}
