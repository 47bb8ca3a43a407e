package api

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/ratelimit"
)

// limit counts requests: those of a key together, those without one by the address that they come from. It tells what is left as
// draft-ietf-httpapi-ratelimit-headers has it, and refuses what is too often with problem.Limited.
func (d *door) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		what, who := "api token", c.RealIP()
		if operationOf(c).scope != "" {
			what, who = "api key", strconv.FormatInt(keyOf(c).ID, 10)
		}
		n := d.Limiter.Count(c.Request().Context(), what, who, d.Rate)
		if n.Known {
			tell(c, n, d.Rate)
		}
		if !n.OK {
			return tooOften(c, "problem.api.limit", n.Wait)
		}
		return next(c)
	}
}

func tell(c echo.Context, n ratelimit.Count, r ratelimit.Rate) {
	c.Response().Header().Set("RateLimit-Policy", fmt.Sprintf(`"default";q=%d;w=%d`, r.Times, seconds(r.Within)))
	c.Response().Header().Set("RateLimit", fmt.Sprintf(`"default";r=%d;t=%d`, n.Left, seconds(n.Full)))
}

// tooOften is the refusal with a key whose text takes Seconds, and tells when to come again.
func tooOften(c echo.Context, key string, wait time.Duration) error {
	s := max(1, seconds(wait))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(s))
	return problem.New(problem.Limited, key, "Seconds", s)
}

func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }
