package public

import (
	"context"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/ratelimit"
)

// JoinLimit is how often the form for joining may be posted. The zero value is no limit.
type JoinLimit struct {
	Limiter *ratelimit.Limiter
	Window  time.Duration
	Most    int // to one business within a window; one address may a tenth of it
}

// Keep refuses what is too much: problem.Limited. An address of this machine or of a private network is not counted by itself: behind a
// proxy that isn't named in TRUSTED_PROXIES everybody seems to come from one.
func (l JoinLimit) Keep(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if l.Limiter == nil || c.Request().Method != http.MethodPost || c.Path() != paths.JoinRoute {
			return next(c)
		}
		ctx := c.Request().Context()
		if who, public := fromOutside(c.RealIP()); public {
			if ok, wait := l.Limiter.Allow(ctx, "join-from", who, ratelimit.Rate{Times: max(1, l.Most/10), Within: l.Window}); !ok {
				return tooOften(c, wait, "sending.join_limit.address")
			}
		}
		if ok, wait := l.To(ctx, c.Param("slug")); !ok {
			return tooOften(c, wait, "sending.join_limit.business")
		}
		return next(c)
	}
}

// To counts one who joins a business and tells whether that is within what it may get; if not, wait is how long until it would be.
func (l JoinLimit) To(ctx context.Context, slug string) (ok bool, wait time.Duration) {
	if l.Limiter == nil {
		return true, 0
	}
	return l.Limiter.Allow(ctx, "join-to", slug, ratelimit.Rate{Times: l.Most, Within: l.Window})
}

// fromOutside is whom an address belongs to, as far as that can be told: of IPv6 a household has 2^64.
func fromOutside(address string) (who string, public bool) {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "", false
	}
	if ip = ip.Unmap(); ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {
		return "", false
	}
	if ip.Is4() {
		return ip.String(), true
	}
	household, err := ip.WithZone("").Prefix(64)
	return household.String(), err == nil
}

func tooOften(c echo.Context, wait time.Duration, key string) error {
	c.Response().Header().Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(wait.Seconds())))))
	return problem.New(problem.Limited, key)
}
