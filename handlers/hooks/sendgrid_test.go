package hooks_test

import (
	"bytes"
	"crypto/ecdsa"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/mail/sendgridtest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// site is the whole program, whose reports come over a line to the database that can be cut.
type site struct {
	*waitlisttest.Scene
	t     *testing.T
	p     *sendgridtest.Provider
	pages http.Handler
	log   bytes.Buffer
	cut   func()
}

func open(t *testing.T) *site {
	t.Helper()
	address := dbtest.URL(t)
	s := &site{Scene: waitlisttest.On(t, dbtest.OpenURL(t, address)), t: t, p: sendgridtest.New(t)}
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	line, cut := line(t, address)
	s.cut = cut
	far := dbtest.OpenURL(t, line)
	now, err := far.Now(t.Context())
	s.ok(err)
	far.MoveClock(s.Now().Sub(now))
	s.pages, err = handlers.New(handlers.Deps{
		Base: "https://wait.example", SessionSecret: strings.Repeat("s", 32), Log: log, Health: handlers.NewHealth(), Accounts: accounts.New(s.DB, accounts.SignupClosed),
		Business: business.New(s.DB, s.W), Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards,
		Reports: mail.Reports{DB: far, Waitlist: s.W, Keys: []*ecdsa.PublicKey{s.p.Public()}, Log: log},
	})
	s.ok(err)
	return s
}

func (s *site) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// line passes connections on to a database until it is cut.
func line(t *testing.T, databaseURL string) (address string, cut func()) {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	network, far := "unix", query.Get("socket")
	if far == "" {
		network, far = "tcp", u.Host
	}
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var all []net.Conn
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial(network, far)
			if err != nil {
				near.Close()
				return
			}
			mu.Lock()
			all = append(all, near, server)
			mu.Unlock()
			go func() { _, _ = io.Copy(near, server) }()
			go func() { _, _ = io.Copy(server, near) }()
		}
	}()
	cut = func() {
		listener.Close()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range all {
			c.Close()
		}
	}
	t.Cleanup(cut)
	query.Set("socket", socket)
	u.RawQuery = query.Encode()
	return u.String(), cut
}

// post sends a body as SendGrid does; headers alternate name and value.
func (s *site) post(body []byte, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, paths.SendGridHook, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got := httptest.NewRecorder()
	s.pages.ServeHTTP(got, r)
	return got
}

func (s *site) signed(body []byte) []string {
	return []string{sendgridtest.SignatureHeader, s.p.Sign("1", body), sendgridtest.TimestampHeader, "1"}
}

func (s *site) state() (state string) {
	s.t.Helper()
	s.ok(s.DB.Pool().QueryRowContext(s.t.Context(), "SELECT CONCAT(state, ' ', error_class, CASE WHEN delivered_at IS NULL THEN '' ELSE ' delivered' END) FROM outbox").Scan(&state))
	return strings.TrimSpace(strings.Join(strings.Fields(state), " "))
}

func TestSendGridIsAnsweredByWhatBecameOfItsReport(t *testing.T) {
	s := open(t)
	s.Join("Amara", "canarina@example.org", s.AddService("Cut", time.Hour, 0), waitlist.Wishes{})
	s.Send()
	var id string
	s.ok(s.DB.Pool().QueryRowContext(t.Context(), "SELECT message_id FROM outbox").Scan(&id))
	about := func(event string) []byte {
		_, _, body := s.p.Signed(s.Now(), sendgridtest.Event{ID: event, Event: event, Email: "canarina@example.org", MessageID: id, Reason: "canary"})
		return body
	}
	if got := s.post(about("delivered")); got.Code != http.StatusForbidden || s.state() != "sent" {
		t.Errorf("unsigned: %d, and the message is %s", got.Code, s.state())
	}
	if got := s.post(about("bounce"), s.signed(about("delivered"))...); got.Code != http.StatusForbidden || s.state() != "sent" {
		t.Errorf("signed for something else: %d, and the message is %s", got.Code, s.state())
	}
	foreign := append(s.signed(about("delivered")), "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site", "Cookie", "session=nothing")
	if got := s.post(about("delivered"), foreign...); got.Code != http.StatusNoContent || got.Body.Len() != 0 || s.state() != "sent delivered" {
		t.Errorf("signed: %d %q, and the message is %s", got.Code, got.Body, s.state())
	}
	if got := s.post([]byte("canary"), s.signed([]byte("canary"))...); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("nonsense: %d", got.Code)
	}
	long := bytes.Repeat([]byte(" "), 5<<20)
	if got := s.post(long, s.signed(long)...); got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too long: %d", got.Code)
	}
	if got := httptest.NewRecorder(); true {
		s.pages.ServeHTTP(got, httptest.NewRequest(http.MethodGet, paths.SendGridHook, nil))
		if got.Code == http.StatusOK || got.Code == http.StatusNoContent {
			t.Errorf("looking: %d", got.Code)
		}
	}

	s.cut()
	if got := s.post(about("bounce"), s.signed(about("bounce"))...); got.Code != http.StatusServiceUnavailable || s.state() != "sent delivered" {
		t.Errorf("without the database: %d, and the message is %s", got.Code, s.state())
	}
	if strings.Contains(s.log.String(), "canar") {
		t.Errorf("the log repeats what came:\n%s", &s.log)
	}
	if n := strings.Count(s.log.String(), "was refused"); n != 3 {
		t.Errorf("%d refusals are logged, want 3:\n%s", n, &s.log)
	}
}
