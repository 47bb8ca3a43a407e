package webhooks_test

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
	"github.com/your-org/waitlist-management/webhooks"
)

// loopback is what tests allow, so that receivers of theirs can be reached.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// scene is a business with a service and a staff member, and the program that tells of it.
type scene struct {
	*waitlisttest.Scene
	t        *testing.T
	hooks    *webhooks.Webhooks
	log      *strings.Builder
	cut, mia string
}

func open(t *testing.T) *scene {
	t.Helper()
	s := &scene{Scene: waitlisttest.New(t), t: t, log: &strings.Builder{}}
	s.hooks = s.instance(s.DB)
	s.cut = s.AddService("Cut", time.Hour, 0)
	s.mia = s.AddStaffMember("Mia", s.cut)
	return s
}

// instance is another process on the same database.
func (s *scene) instance(d *db.DB) *webhooks.Webhooks {
	return webhooks.New(d, webhooks.NewSender(loopback, time.Now), slog.New(slog.NewTextHandler(&locked{to: s.log}, nil)))
}

type locked struct {
	mu sync.Mutex
	to *strings.Builder
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

func (s *scene) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) is(err error, kind problem.Kind, fields ...string) {
	s.t.Helper()
	var names []string
	if e := (*problem.Error)(nil); errors.As(err, &e) {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	if problem.KindOf(err) != kind || len(fields) > 0 && strings.Join(names, " ") != strings.Join(fields, " ") {
		s.t.Errorf("got %v, want %s %v", err, kind, fields)
	}
}

// add names an endpoint; without types it is told everything.
func (s *scene) add(url string, types ...string) string {
	s.t.Helper()
	s.link() // what happened before is not for it
	id, err := s.hooks.Add(s.Context(), s.Staff, webhooks.Form{Name: "Books", URL: url, All: len(types) == 0, Events: types})
	s.ok(err)
	return id
}

func (s *scene) link() {
	s.t.Helper()
	_, err := audit.New(s.DB, slog.New(slog.DiscardHandler)).Link(s.Context())
	s.ok(err)
}

// tell has what happened so far told and sent.
func (s *scene) tell() {
	s.t.Helper()
	s.link()
	_, err := s.hooks.Dispatch(s.Context())
	s.ok(err)
	s.send()
}

func (s *scene) send() {
	s.t.Helper()
	_, err := s.hooks.DeliverDue(s.Context())
	s.ok(err)
}

func (s *scene) endpoint(id string) webhooks.Endpoint {
	s.t.Helper()
	e, err := s.hooks.Endpoint(s.Context(), s.Tenant, id)
	s.ok(err)
	return e
}

func (s *scene) deliveries(id string, state webhooks.DeliveryState) []webhooks.Delivery {
	s.t.Helper()
	l, err := s.hooks.Log(s.Context(), s.Tenant, id, webhooks.LogQuery{State: state, Limit: 100})
	s.ok(err)
	return l.Deliveries
}

func (s *scene) secret(id string) string {
	s.t.Helper()
	secret, err := s.hooks.Secret(s.Context(), s.Staff, id)
	s.ok(err)
	return secret
}

func (s *scene) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), query, args...)
	s.ok(err)
}

func (s *scene) one(query string, args ...any) (n int) {
	s.t.Helper()
	s.ok(s.DB.Pool().QueryRowContext(s.Context(), query, args...).Scan(&n))
	return n
}

// happen opens a slot for somebody who waits and accepts: seven events.
func (s *scene) happen() (slot string, who waitlisttest.Waiter) {
	s.t.Helper()
	who = s.Wait(s.cut, waitlist.Wishes{})
	slot = s.Open(s.mia, 1, "10:00", time.Hour)
	s.Send()
	s.ok(s.W.Accept(s.Context(), s.OfferTo(who)))
	return slot, who
}

// receiver takes events as one that somebody wrote would.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []taken
	answer func(n int, t taken) (status int, header http.Header, body string) // n counts from 1; nil: 204
}

type taken struct {
	header http.Header
	body   []byte
	path   string
	event
}

type event struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	CreatedAt time.Time `json:"created_at"`
	Sequence  *int64    `json:"sequence"`
	Business  string    `json:"business"`
	Data      map[string]map[string]string
}

func receive(t testing.TB, answer func(n int, t taken) (int, http.Header, string)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

// status answers every request so.
func status(code int) func(int, taken) (int, http.Header, string) {
	return func(int, taken) (int, http.Header, string) { return code, nil, "" }
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, asked *http.Request) {
	body, _ := io.ReadAll(asked.Body)
	one := taken{header: asked.Header.Clone(), body: body, path: asked.URL.RequestURI()}
	_ = json.Unmarshal(body, &one.event)
	r.mu.Lock()
	r.got = append(r.got, one)
	n, answer := len(r.got), r.answer
	r.mu.Unlock()
	if answer == nil || asked.Method != http.MethodPost {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	code, header, text := answer(n, one)
	for name, values := range header {
		w.Header()[name] = values
	}
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text)
}

func (r *receiver) taken() []taken {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]taken(nil), r.got...)
}

func (r *receiver) types() string {
	var all []string
	for _, one := range r.taken() {
		all = append(all, one.Type)
	}
	return strings.Join(all, " ")
}

// signed tells whether a request carries a good signature of a secret.
func (one taken) signed(t testing.TB, secret string) bool {
	t.Helper()
	hook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	return hook.VerifyIgnoringTimestamp(one.body, one.header) == nil
}

// day is a day of the business, today plus so many.
func (s *scene) day(plus int) rules.Date { return rules.DateOf(s.Now(), s.Zone).AddDays(plus) }
