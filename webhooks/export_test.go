package webhooks

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// MayReach tells whether a Sender would connect to an address, with TLS or in plain text.
func (s *Sender) MayReach(to string, plain bool) bool {
	may := s.mayReach
	if plain {
		may = s.mayReachInPlain
	}
	return may(netip.MustParseAddr(to)) == nil
}

// Owning makes these the addresses of this machine.
func (s *Sender) Owning(addresses ...string) *Sender {
	s.own = func() (list []net.Addr, err error) {
		for _, one := range addresses {
			list = append(list, &net.IPNet{IP: net.ParseIP(one), Mask: net.CIDRMask(24, 32)})
		}
		return list, nil
	}
	return s
}

// Trusting makes a Sender believe these certificates.
func (s *Sender) Trusting(roots *x509.CertPool) *Sender {
	s.secure.Transport.(*http.Transport).TLSClientConfig.RootCAs = roots
	return s
}

// Hurried makes a Sender give up sooner, where a test has to wait for that.
func (s *Sender) Hurried(within time.Duration) *Sender {
	s.secure.Timeout, s.plain.Timeout = within, within
	return s
}

// Post makes one attempt.
func (s *Sender) Post(ctx context.Context, url, body string) (status int, class, answer string) {
	got := s.post(ctx, request{url: url, id: "evt_1", signature: "v1,x", body: []byte(body)})
	return got.status, got.class, string(got.answer)
}

// ReadAddress tells why an address is refused; "" when it is not.
func (s *Sender) ReadAddress(typed string) (address, refused string) {
	address, bad := s.readAddress(typed)
	if bad != nil {
		return "", bad.Key
	}
	return address, ""
}

// DispatchSome looks at the next entries for an endpoint as it was read.
func (w *Webhooks) DispatchSome(ctx context.Context, e db.WebhookEndpoint) error {
	_, _, err := w.dispatchSome(ctx, e)
	return err
}

// NewSecret makes a secret.
var NewSecret = newSecret

// RetryAfter reads the header of that name.
var RetryAfter = retryAfter
