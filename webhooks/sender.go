package webhooks

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	postWithin    = 10 * time.Second // an attempt, from the name's look-up to the last byte of the answer that is read
	connectWithin = 5 * time.Second
	answerMost    = 4 << 10    // bytes of an answer's body that are read and kept
	headersMost   = 16 << 10   // bytes of an answer's headers
	userAgent     = "Waitlist" // and nothing about the installation
)

// errAddress says that an address may not be reached from here.
var errAddress = errors.New("the address may not be reached from here")

// Sender posts to addresses that strangers choose. Whatever a name resolves to is looked at when the connection is made, so that neither a
// name nor a change of it leads into the network of the program. It follows no redirect, asks no proxy, and makes a connection per request.
type Sender struct {
	allow         []netip.Prefix
	guard         *ssrf.Guardian
	secure, plain *http.Client
	now           func() time.Time // this machine's clock, for how long an answer took
	own           func() ([]net.Addr, error)
}

// NewSender makes a Sender that may reach the addresses in allow too, which are private or this machine's own otherwise. Without TLS it
// reaches only those.
func NewSender(allow []netip.Prefix, now func() time.Time) *Sender {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	s := &Sender{
		allow: slices.Clone(allow), now: now, own: net.InterfaceAddrs,
		guard: ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)),
	}
	s.secure, s.plain = s.client(s.mayReach), s.client(s.mayReachInPlain)
	return s
}

// client checks each address right before the connection to it is made.
func (s *Sender) client(may func(netip.Addr) error) *http.Client {
	dialer := &net.Dialer{Timeout: connectWithin, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return errAddress
		}
		return may(to.Addr())
	}}
	return &http.Client{
		Timeout:       postWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: connectWithin, MaxResponseHeaderBytes: headersMost, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		},
	}
}

// mayReach fails for what is not the internet, and for this machine under whichever address, unless it is allowed.
func (s *Sender) mayReach(to netip.Addr) error {
	if s.allowed(to) {
		return nil
	}
	if err := s.guard.SafeAddr(to); err != nil {
		return errAddress
	}
	own, err := s.own()
	if err != nil {
		return fmt.Errorf("reading the addresses of this machine: %w", err)
	}
	for _, one := range own {
		if network, ok := one.(*net.IPNet); ok {
			if addr, ok := netip.AddrFromSlice(network.IP); ok && addr.Unmap() == to.Unmap() {
				return errAddress
			}
		}
	}
	return nil
}

func (s *Sender) mayReachInPlain(to netip.Addr) error {
	if s.allowed(to) {
		return nil
	}
	return errAddress
}

func (s *Sender) allowed(to netip.Addr) bool {
	return slices.ContainsFunc(s.allow, func(p netip.Prefix) bool { return p.Contains(to.Unmap()) })
}

// request is one attempt.
type request struct {
	url, id, signature string
	at                 time.Time // that the signature is about
	body               []byte
}

// headers are those of an attempt, in the order in which its page shows them.
func headers(id string, at time.Time, signature string) [][2]string {
	return [][2]string{
		{"Content-Type", "application/json"}, {"User-Agent", userAgent},
		{"Webhook-Id", id}, {"Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10)}, {"Webhook-Signature", signature},
	}
}

// result is what became of an attempt.
type result struct {
	status     int           // of HTTP; 0: no answer came
	class      string        // why it failed, one of Classes; empty: it did not
	answer     []byte        // the beginning of the body
	took       time.Duration //
	retryAfter time.Duration // the receiver asked for so long; 0: it did not
}

// Classes are the reasons for which an attempt fails.
func Classes() []string {
	return []string{"status", "gone", "redirect", "address", "name", "connection", "tls", "timeout", "broken", "unclear", "skipped", "unreadable"}
}

// post makes one attempt. The address is written into no log: nothing here returns an error that holds it.
func (s *Sender) post(ctx context.Context, r request) result {
	began := s.now()
	got := s.try(ctx, r)
	got.took = s.now().Sub(began)
	return got
}

func (s *Sender) try(ctx context.Context, r request) result {
	ctx, cancel := context.WithTimeout(ctx, postWithin)
	defer cancel()
	asked, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(r.body))
	if err != nil {
		return result{class: "unreadable"}
	}
	for _, h := range headers(r.id, r.at, r.signature) {
		asked.Header.Set(h[0], h[1])
	}
	client := s.secure
	if asked.URL.Scheme != "https" {
		client = s.plain
	}
	response, err := client.Do(asked)
	if err != nil {
		return result{class: classOf(err)}
	}
	defer response.Body.Close()
	got := result{status: response.StatusCode}
	got.answer, _ = io.ReadAll(io.LimitReader(response.Body, answerMost)) // the status counts, whatever becomes of the body
	switch {
	case got.status == http.StatusGone:
		got.class = "gone"
	case got.status >= 300 && got.status < 400:
		got.class = "redirect"
	case got.status < 200 || got.status >= 400:
		got.class = "status"
	}
	if got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable {
		got.retryAfter = retryAfter(response.Header.Get("Retry-After"), s.now())
	}
	return got
}

// classOf names what went wrong on the way.
func classOf(err error) string {
	var (
		dns      *net.DNSError
		timeout  interface{ Timeout() bool }
		cert     *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		endpoint *net.OpError
	)
	switch {
	case errors.Is(err, errAddress):
		return "address"
	case errors.As(err, &dns) && !dns.IsTimeout:
		return "name"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert), errors.Is(err, http.ErrSchemeMismatch):
		return "tls"
	case errors.As(err, &endpoint):
		return "connection"
	}
	return "broken"
}

// retryAfter reads the header of that name: seconds or a date. What is neither, or past, is 0.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil {
		return max(0, time.Duration(min(seconds, 10*24*60*60))*time.Second)
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
