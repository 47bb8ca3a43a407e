package middleware

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// RequireRole lets only users through who have one of these roles in their business: problem.Unauthenticated for nobody, problem.Forbidden
// for another role.
func RequireRole(roles ...rules.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			user, ok := User(c)
			if !ok {
				return problem.New(problem.Unauthenticated, "problem.next.unauthenticated")
			}
			if !slices.Contains(roles, user.Role) {
				return problem.New(problem.Forbidden, "problem.next.forbidden")
			}
			return next(c)
		}
	}
}
