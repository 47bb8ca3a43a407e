package middleware

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// Origin refuses what another site makes a browser send, anything but GET, HEAD and OPTIONS, with problem.Forbidden. Requests that no browser
// sent pass, and so does what is signed. Pages of base count as our own whatever Host a proxy passes on.
//
// One address passes whoever asks: the one to which mail providers post for somebody who unsubscribes with one press (RFC 8058), some of
// them from the page of their own mail program. Its token is all the right that is needed, and all that counts there: no cookie does. Its
// handler must take nothing but that.
func Origin(base paths.Base) (echo.MiddlewareFunc, error) {
	own, err := url.Parse(string(base))
	if err != nil {
		return nil, fmt.Errorf("read the base address: %w", err)
	}
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(own.Scheme + "://" + own.Host); err != nil {
		return nil, fmt.Errorf("trust the base address: %w", err)
	}
	protection.AddInsecureBypassPattern("POST " + paths.SendGridHook) // no browser sends that, and it is signed
	protection.AddInsecureBypassPattern("POST " + strings.Replace(paths.UnsubscribeRoute, ":token", "{token}", 1))
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return problem.New(problem.Forbidden, "problem.foreign_origin").Because(err)
			}
			return next(c)
		}
	}, nil
}
