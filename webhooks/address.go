package webhooks

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/your-org/waitlist-management/problem"
)

const addressMost = 2000 // bytes, as it is stored

// readAddress reads the address of an endpoint as typed. What its name leads to is looked at when something is sent.
func (s *Sender) readAddress(typed string) (string, *problem.Field) {
	bad := func(key string, args ...any) (string, *problem.Field) {
		field := problem.Bad("url", key, args...)
		return "", &field
	}
	typed = strings.TrimSpace(typed)
	u, err := url.Parse(typed)
	switch {
	case typed == "":
		return bad("problem.required")
	case err != nil || u.Hostname() == "" || u.Opaque != "" || u.Scheme != "https" && u.Scheme != "http":
		return bad("webhooks.problem.url")
	case u.User != nil:
		return bad("webhooks.problem.user")
	case u.Scheme == "http" && len(s.allow) == 0:
		return bad("webhooks.problem.plain")
	}
	u.Fragment, u.RawFragment = "", ""
	if len(u.String()) > addressMost { // escaping makes it up to three times as long as it was typed
		return bad("problem.too_long", "Most", addressMost)
	}
	may := s.mayReach
	if u.Scheme == "http" {
		may = s.mayReachInPlain
	}
	if addr, err := netip.ParseAddr(strings.Trim(u.Hostname(), "[]")); err == nil && may(addr) != nil {
		return bad("webhooks.problem.address")
	}
	if strings.EqualFold(u.Hostname(), "localhost") && len(s.allow) == 0 {
		return bad("webhooks.problem.address")
	}
	return u.String(), nil
}
