package webhooks_test

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/webhooks"
)

func sender(allow ...netip.Prefix) *webhooks.Sender { return webhooks.NewSender(allow, time.Now) }

func TestNoAddressButThoseOfTheInternetIsReached(t *testing.T) {
	s := sender().Owning("9.9.9.9")
	for to, why := range map[string]string{
		"0.0.0.0": "unspecified", "0.1.2.3": "this network", "10.0.0.1": "private", "10.255.255.255": "private", "100.64.0.1": "carrier's", "100.127.255.255": "carrier's",
		"127.0.0.1": "loopback", "127.255.255.254": "loopback", "169.254.0.1": "link-local", "169.254.169.254": "metadata", "172.16.0.1": "private", "172.31.255.255": "private",
		"192.0.0.1": "protocol", "192.0.2.1": "documentation", "192.88.99.1": "6to4 relay", "192.168.0.1": "private", "198.18.0.1": "benchmark", "198.19.255.255": "benchmark",
		"198.51.100.1": "documentation", "203.0.113.1": "documentation", "224.0.0.1": "multicast", "239.255.255.255": "multicast", "240.0.0.1": "reserved", "255.255.255.255": "broadcast",
		"::": "unspecified", "::1": "loopback", "::ffff:127.0.0.1": "mapped", "::ffff:10.0.0.1": "mapped", "::ffff:169.254.169.254": "mapped", "::127.0.0.1": "compatible",
		"64:ff9b::7f00:1": "NAT64", "64:ff9b::a9fe:a9fe": "NAT64", "64:ff9b:1::1": "local NAT64", "100::1": "discard", "2001::1": "Teredo", "2001:db8::1": "documentation",
		"2002:7f00:1::": "6to4", "2002:c0a8:1::1": "6to4", "3fff::1": "documentation", "5f00::1": "segment routing", "fc00::1": "unique local", "fd00:ec2::254": "unique local",
		"fe80::1": "link-local", "fec0::1": "site-local", "ff02::1": "multicast", "fe80::1%eth0": "with a zone", "9.9.9.9": "this machine's own",
	} {
		if s.MayReach(to, false) {
			t.Errorf("%s (%s) is reached", to, why)
		}
		if s.MayReach(to, true) {
			t.Errorf("%s (%s) is reached in plain text", to, why)
		}
	}
	for _, to := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a01:4f8::1"} {
		if !s.MayReach(to, false) {
			t.Errorf("%s is not reached", to)
		}
		if s.MayReach(to, true) {
			t.Errorf("%s is reached in plain text", to)
		}
	}
}

func TestWhatIsAllowedIsReachedAndNothingBesideIt(t *testing.T) {
	s := sender(netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00:1::/32")).Owning("10.1.0.9")
	for to, want := range map[string]bool{"10.1.2.3": true, "10.1.0.9": true, "::ffff:10.1.2.3": true, "fd00:1::5": true, "10.2.0.1": false, "127.0.0.1": false, "fd00:2::5": false} {
		if s.MayReach(to, false) != want || s.MayReach(to, true) != want {
			t.Errorf("%s: want %t", to, want)
		}
	}
}

func TestTheGuardLooksAtWhatANameLeadsTo(t *testing.T) {
	r := receive(t, nil)
	here, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	port := here.Port()
	for _, address := range []string{
		"http://127.0.0.1:" + port, "http://localhost:" + port, "https://localhost:" + port, "https://127.0.0.1:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port,
		"http://0.0.0.0:" + port, "http://2130706433:" + port, "http://0x7f.1:" + port, "http://127.1:" + port,
	} {
		if status, class, _ := sender().Post(t.Context(), address, "{}"); status != 0 || class != "address" && class != "name" {
			t.Errorf("%s: %d %s", address, status, class)
		}
	}
	if got := r.taken(); len(got) != 0 {
		t.Errorf("%d requests came through", len(got))
	}
	// With the guard out of the way the same addresses lead here.
	if status, class, _ := sender(loopback...).Post(t.Context(), "http://localhost:"+port, "{}"); status != http.StatusNoContent || class != "" {
		t.Errorf("allowed: %d %s", status, class)
	}
}

func TestNoProxyOfTheEnvironmentIsAsked(t *testing.T) {
	proxy := receive(t, nil)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	for _, address := range []string{"http://receiver.invalid/", "https://receiver.invalid/"} {
		if status, class, _ := sender(loopback...).Post(t.Context(), address, "{}"); status != 0 || class != "name" {
			t.Errorf("%s: %d %s", address, status, class)
		}
	}
	if got := proxy.taken(); len(got) != 0 {
		t.Errorf("a proxy was asked %d times", len(got))
	}
	if os.Getenv("HTTP_PROXY") == "" {
		t.Error("there was no proxy to ask")
	}
}

func TestARedirectIsAFailureAndNotFollowed(t *testing.T) {
	inside := receive(t, nil)
	for _, code := range []int{301, 302, 303, 307, 308} {
		outside := receive(t, func(int, taken) (int, http.Header, string) { return code, http.Header{"Location": {inside.URL}}, "" })
		if status, class, _ := sender(loopback...).Post(t.Context(), outside.URL, "{}"); status != code || class != "redirect" {
			t.Errorf("%d: %d %s", code, status, class)
		}
	}
	if len(inside.taken()) != 0 {
		t.Error("a redirect was followed")
	}
}

func TestNoMoreThanTheBeginningOfAnAnswerIsReadAndNobodyIsWaitedForLong(t *testing.T) {
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("x", 64<<10)); err != nil {
				return
			}
		}
	}))
	t.Cleanup(endless.Close)
	if status, class, answer := sender(loopback...).Post(t.Context(), endless.URL, "{}"); status != 200 || class != "" || len(answer) != 4096 {
		t.Errorf("endless: %d %s, %d bytes", status, class, len(answer))
	}
	headers := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X", strings.Repeat("x", 64<<10))
	}))
	t.Cleanup(headers.Close)
	if status, class, _ := sender(loopback...).Post(t.Context(), headers.URL, "{}"); status != 0 || class == "" {
		t.Errorf("64 KiB of headers: %d %q", status, class)
	}
	release := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/dripping" {
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
		}
		<-release
	}))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(release) })
	if status, class, _ := sender(loopback...).Hurried(100*time.Millisecond).Post(t.Context(), silent.URL, "{}"); status != 0 || class != "timeout" {
		t.Errorf("silent: %d %s", status, class)
	}
	if status, class, _ := sender(loopback...).Hurried(100*time.Millisecond).Post(t.Context(), silent.URL+"/dripping", "{}"); status != 200 || class != "" {
		t.Errorf("a status without the end of its body: %d %s", status, class)
	}
}

func TestACertificateThatNobodyVouchesForIsRefused(t *testing.T) {
	r := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	r.Config.ErrorLog = nil
	r.StartTLS()
	t.Cleanup(r.Close)
	if status, class, _ := sender(loopback...).Post(t.Context(), r.URL, "{}"); status != 0 || class != "tls" {
		t.Errorf("%d %s", status, class)
	}
	roots := x509.NewCertPool()
	roots.AddCert(r.Certificate())
	if status, class, _ := sender(loopback...).Trusting(roots).Post(t.Context(), r.URL, "{}"); status != 200 || class != "" {
		t.Errorf("one that is vouched for: %d %s", status, class)
	}
	plain := receive(t, nil)
	if status, class, _ := sender(loopback...).Post(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), "{}"); status != 0 || class != "tls" {
		t.Errorf("no TLS at all: %d %s", status, class)
	}
}

func TestAPortWithoutAListenerIsAFailedConnection(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	if status, class, _ := sender(loopback...).Post(t.Context(), address, "{}"); status != 0 || class != "connection" {
		t.Errorf("%d %s", status, class)
	}
}

func TestAddressesAreReadAsTyped(t *testing.T) {
	inside := sender(netip.MustParsePrefix("10.0.0.0/8"))
	for _, c := range []struct {
		s              *webhooks.Sender
		typed, refused string
	}{
		{sender(), "https://example.com/hook?token=1", ""},
		{sender(), " https://example.com:8443/ ", ""},
		{sender(), "https://bücher.example/hook", ""},
		{sender(), "https://8.8.8.8/", ""},
		{sender(), "", "problem.required"},
		{sender(), "example.com/hook", "webhooks.problem.url"},
		{sender(), "ftp://example.com", "webhooks.problem.url"},
		{sender(), "https:///hook", "webhooks.problem.url"},
		{sender(), "https://exa mple.com", "webhooks.problem.url"},
		{sender(), "javascript:alert(1)", "webhooks.problem.url"},
		{sender(), "https://user:password@example.com/", "webhooks.problem.user"},
		{sender(), "https://user@example.com/", "webhooks.problem.user"},
		{sender(), "http://example.com/hook", "webhooks.problem.plain"},
		{sender(), "https://10.0.0.1/", "webhooks.problem.address"},
		{sender(), "https://[::1]/", "webhooks.problem.address"},
		{sender(), "https://localhost/", "webhooks.problem.address"},
		{sender(), "https://example.com/" + strings.Repeat("x", 2000), "problem.too_long"},
		{sender(), "https://example.com/" + strings.Repeat("ü", 900), "problem.too_long"}, // six bytes each in what is stored
		{sender(), "https://example.com/#" + strings.Repeat("x", 2000), ""},
		{inside, "http://10.0.0.1/hook", ""},
		{inside, "http://receiver.lan/hook", ""},
		{inside, "https://10.0.0.1/hook", ""},
		{inside, "http://127.0.0.1/", "webhooks.problem.address"},
		{inside, "http://8.8.8.8/", "webhooks.problem.address"},
	} {
		if _, refused := c.s.ReadAddress(c.typed); refused != c.refused {
			t.Errorf("%.60q: %q, want %q", c.typed, refused, c.refused)
		}
	}
}

func TestASecretIsThirtyTwoRandomBytes(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		secret := webhooks.NewSecret()
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil || len(raw) != 32 || seen[secret] || !strings.HasPrefix(secret, "whsec_") {
			t.Fatalf("%q (%v)", secret, err)
		}
		seen[secret] = true
	}
}

func TestRetryAfterIsReadAsSecondsOrADate(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "30": 30 * time.Second, "-5": 0, "soon": 0, now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
		fmt.Sprint(int64(1) << 62): 240 * time.Hour,
	} {
		if got := webhooks.RetryAfter(header, now); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
