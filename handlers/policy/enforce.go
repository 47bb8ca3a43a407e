package policy

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/problem"
)

// notFound is the route of whatever is no address of ours: it asks nobody to log in.
const notFound = "/*"

// Enforce lets a request through to whom the table allows its route: problem.Unauthenticated for nobody, problem.Forbidden for a role
// without the right. It belongs behind middleware.Session.
func Enforce(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == notFound {
			return next(c)
		}
		right, ok := Of(c.Request().Method, c.Path())
		if !ok {
			return fmt.Errorf("%s %s is not in the table of package policy", c.Request().Method, c.Path())
		}
		if right == anybody {
			return next(c)
		}
		user, ok := middleware.User(c)
		if !ok {
			return problem.New(problem.Unauthenticated, "problem.next.unauthenticated")
		}
		if !user.Role.May(right) {
			return problem.New(problem.Forbidden, "problem.next.forbidden")
		}
		return next(c)
	}
}
