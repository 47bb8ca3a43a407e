package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/ratelimit"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func limited(t *testing.T, times int) *apitest.Site {
	t.Helper()
	return apitest.On(waitlisttest.New(t), ratelimit.Rate{Times: times, Within: time.Hour})
}

func TestTheRequestsOfAKeyAreLimitedAndToldWhatIsLeft(t *testing.T) {
	s := limited(t, 5)
	other := s.Key(rules.ScopeSetupRead)
	for left := 4; left >= 0; left-- {
		a := s.Get("/services").Want(http.StatusOK, nil)
		if policy, now := a.Header.Get("RateLimit-Policy"), a.Header.Get("RateLimit"); policy != `"default";q=5;w=3600` || !strings.HasPrefix(now, `"default";r=`+string(rune('0'+left))+";t=") {
			t.Errorf("with %d left: %q and %q", left, policy, now)
		}
	}
	a := s.Get("/services")
	a.Refused(http.StatusTooManyRequests, "limit")
	if wait := a.Header.Get("Retry-After"); wait == "" || wait == "0" {
		t.Errorf("told to wait %q seconds", wait)
	}
	s.Send(apitest.Request{Method: http.MethodGet, Path: "/services", Token: other}).Want(http.StatusOK, nil)
}

func TestWhoeverGuessesTokensIsLimitedByAddress(t *testing.T) {
	s := limited(t, 5)
	guess := func() apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodGet, Path: "/services", Token: "made.up.token"})
	}
	for range 5 {
		guess().Refused(http.StatusUnauthorized, "token")
	}
	guess().Refused(http.StatusTooManyRequests, "limit")
	s.Get("/services").Want(http.StatusOK, nil) // from the same address, with a good token
}

func TestWhoeverGuessesSecretsIsLimitedByAddress(t *testing.T) {
	s := limited(t, 5) // one of which got the site its own token
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"KiMXU6ADPXSD6RBZhCXlUw"}, "client_secret": {"wlk_guess"}}
	for range 4 {
		askToken(s, form).Want(http.StatusUnauthorized, nil)
	}
	askToken(s, form).Refused(http.StatusTooManyRequests, "limit")
}
