package api

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

const keyKey = "api key"

// authenticate finds the key that an access token was issued to; problem.Unauthenticated when there is no token, when it is not ours or over, and
// when the key was revoked or its tokens were ended. Operations that take no key pass.
func (d *door) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if operationOf(c).scope == "" {
			return next(c)
		}
		k, err := d.prove(c)
		if problem.KindOf(err) == problem.Unauthenticated {
			// Only whoever has no good token is slowed down: many may come from one address.
			if n := d.Limiter.Count(c.Request().Context(), "api refused", c.RealIP(), d.Rate); !n.OK {
				return tooOften(c, "problem.api.limit", n.Wait)
			}
		}
		if err != nil {
			return err
		}
		c.Set(keyKey, k)
		middleware.LogWith(c, "tenant_id", k.TenantID, "key_id", k.ID)
		return next(c)
	}
}

func (d *door) prove(c echo.Context) (accounts.Key, error) {
	text, ok := bearer(c.Request().Header.Get(echo.HeaderAuthorization))
	if !ok {
		return accounts.Key{}, unauthenticated(c, `Bearer realm="waitlist"`, "problem.api.no_token")
	}
	k, err := d.Accounts.KeyOfToken(c.Request().Context(), d.Tokens, text)
	if problem.KindOf(err) == problem.Unauthenticated {
		return accounts.Key{}, unauthenticated(c, `Bearer realm="waitlist", error="invalid_token"`, "problem.api.token")
	}
	return k, err
}

func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

func unauthenticated(c echo.Context, challenge, key string) error {
	c.Response().Header().Set(echo.HeaderWWWAuthenticate, challenge)
	return problem.New(problem.Unauthenticated, key)
}

// allow refuses a key without the operation's scope with problem.Forbidden.
func (d *door) allow(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		scope := operationOf(c).scope
		if scope != "" && !keyOf(c).May(scope) {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="waitlist", error="insufficient_scope", scope="`+string(scope)+`"`)
			return problem.New(problem.Forbidden, "problem.api.scope", "Scope", string(scope))
		}
		return next(c)
	}
}

func keyOf(c echo.Context) accounts.Key { return c.Get(keyKey).(accounts.Key) }

// staffOf is whoever made the key, acting through it.
func staffOf(c echo.Context) waitlist.Staff { return keyOf(c).Staff() }
