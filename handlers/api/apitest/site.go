// Package apitest opens the whole program with its API for tests, and holds every answer against the document.
package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/ratelimit"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
	"github.com/your-org/waitlist-management/webhooks"
)

// Base is the address that the program thinks it is reached at.
const Base = paths.Base("https://wait.example")

var tokens = token.Tokens{Secrets: []string{strings.Repeat("j", 32)}, Issuer: string(Base), Audience: Base.Abs(paths.API)}

// Site is the whole program with a business in it, and a key to its API.
type Site struct {
	*waitlisttest.Scene
	Accounts *accounts.Accounts
	Business *business.Business
	Webhooks *webhooks.Webhooks // delivers nothing by itself
	Handler  http.Handler
	Token    string // with every scope
}

// JoinsMost is how many may join the business within an hour.
const JoinsMost = 20

// Open starts a business without services, staff members or customers, at 09:00 on a Monday in Berlin, and makes a key to it.
func Open(t testing.TB) *Site {
	return On(waitlisttest.New(t), ratelimit.Rate{Times: 1_000_000, Within: time.Minute})
}

// On is Open of a scene there is, with a limit of so many requests per key.
func On(scene *waitlisttest.Scene, rate ratelimit.Rate) *Site {
	t := scene.T
	t.Helper()
	s := &Site{Scene: scene, Accounts: accounts.New(scene.DB, accounts.SignupClosed), Business: business.New(scene.DB, scene.W)}
	log := slog.New(slog.NewTextHandler(scene.Log, nil))
	s.Webhooks = webhooks.New(s.DB, webhooks.NewSender(nil, s.Now), log)
	limiter := ratelimit.New(redistest.Start(t), redistest.Prefix(t), log)
	var err error
	s.Handler, err = handlers.New(handlers.Deps{
		Base: Base, SessionSecret: strings.Repeat("s", 32), Log: log, Health: handlers.NewHealth(),
		Accounts: s.Accounts, Business: s.Business, Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards, Audit: audit.New(s.DB, log),
		Joins:   public.JoinLimit{Limiter: limiter, Window: time.Hour, Most: JoinsMost},
		Reports: mail.Reports{DB: s.DB, Waitlist: s.W, Log: log},
		API: api.Deps{
			Accounts: s.Accounts, Business: s.Business, Waitlist: s.W, Insights: insights.New(s.DB, s.W), Webhooks: s.Webhooks, Calls: idempotency.New(s.DB), Log: log,
			Tokens:  tokens,
			Limiter: limiter, Rate: rate,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Token = s.Key(rules.AllScopes()...)
	return s
}

// Key makes a key with these scopes and gets an access token for it.
func (s *Site) Key(scopes ...rules.Scope) string {
	s.T.Helper()
	return s.KeyOf(s.Scene, scopes...)
}

// Answer is what a request got.
type Answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   []byte
}

// Request is one to be sent; the zero values of its fields stand for what is usual.
type Request struct {
	Method string
	Path   string // below the API's folder, with a query perhaps
	Body   any    // a string or bytes as they are, anything else as JSON; nil: none
	Token  string // of another key; "-": none
	Header map[string]string
}

// Send sends a request and holds the answer against the document.
func (s *Site) Send(q Request) Answer {
	s.T.Helper()
	r := s.request(q)
	got := httptest.NewRecorder()
	s.Handler.ServeHTTP(got, r)
	a := Answer{s.T, got.Code, got.Header(), got.Body.Bytes()}
	ReadContract().Hold(s.T, r, a.Status, a.Header, a.Body)
	return a
}

func (s *Site) request(q Request) *http.Request {
	s.T.Helper()
	var body io.Reader
	kind := ""
	switch b := q.Body.(type) {
	case nil:
	case string:
		body, kind = strings.NewReader(b), "application/json"
	case []byte:
		body, kind = bytes.NewReader(b), "application/json"
	default:
		text, err := json.Marshal(b)
		if err != nil {
			s.T.Fatal(err)
		}
		body, kind = bytes.NewReader(text), "application/json"
	}
	r := httptest.NewRequestWithContext(s.Context(), q.Method, paths.API+q.Path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	switch q.Token {
	case "":
		r.Header.Set("Authorization", "Bearer "+s.Token)
	case "-":
	default:
		r.Header.Set("Authorization", "Bearer "+q.Token)
	}
	for name, value := range q.Header {
		r.Header.Set(name, value)
	}
	return r
}

// Get, Post, Patch, Put and Delete send a request with the site's key.
func (s *Site) Get(path string) Answer {
	s.T.Helper()
	return s.Send(Request{Method: http.MethodGet, Path: path})
}

// Post sends a body; nil: none.
func (s *Site) Post(path string, body any) Answer {
	s.T.Helper()
	return s.Send(Request{Method: http.MethodPost, Path: path, Body: body})
}

// Patch sends a merge patch.
func (s *Site) Patch(path string, body any) Answer {
	s.T.Helper()
	return s.Send(Request{Method: http.MethodPatch, Path: path, Body: body})
}

// Put sends something whole.
func (s *Site) Put(path string, body any) Answer {
	s.T.Helper()
	return s.Send(Request{Method: http.MethodPut, Path: path, Body: body})
}

// Delete removes something.
func (s *Site) Delete(path string) Answer {
	s.T.Helper()
	return s.Send(Request{Method: http.MethodDelete, Path: path})
}

// Want fails the test at once unless the answer has this status, and reads the body into v; nil: it is left.
func (a Answer) Want(status int, v any) Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	if v != nil {
		if err := json.Unmarshal(a.Body, v); err != nil {
			a.t.Fatalf("%v in %s", err, a.Body)
		}
	}
	return a
}

// Refused fails the test unless the answer is a problem with this status and code about these fields, in any order.
func (a Answer) Refused(status int, code string, fields ...string) {
	a.t.Helper()
	var p struct {
		Code   string
		Errors []struct{ Field, Code string }
	}
	if err := json.Unmarshal(a.Body, &p); err != nil || a.Status != status || p.Code != code {
		a.t.Errorf("status %d, code %q, want %d, %q: %s", a.Status, p.Code, status, code, a.Body)
		return
	}
	found := map[string]bool{}
	for _, f := range p.Errors {
		found[f.Field] = true
	}
	for _, f := range fields {
		if !found[f] {
			a.t.Errorf("nothing about %q: %s", f, a.Body)
		}
	}
	if len(fields) > 0 && len(fields) != len(found) {
		a.t.Errorf("%d fields are named, want %d: %s", len(found), len(fields), a.Body)
	}
}

// KeyOf makes a key of a business with these scopes and gets an access token for it, as a program does.
func (s *Site) KeyOf(scene *waitlisttest.Scene, scopes ...rules.Scope) string {
	s.T.Helper()
	key := s.newKey(scene, scopes)
	form := "grant_type=client_credentials&client_id=" + key.ID + "&client_secret=" + key.Secret
	var got struct {
		Token string `json:"access_token"`
	}
	s.Send(Request{Method: http.MethodPost, Path: "/token", Body: form, Token: "-", Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}).Want(http.StatusOK, &got)
	return got.Token
}

func (s *Site) newKey(scene *waitlisttest.Scene, scopes rules.Scopes) accounts.KeySecret {
	s.T.Helper()
	owner := accounts.User{ID: scene.Staff.UserID, TenantID: scene.Tenant, Role: rules.RoleOwner}
	key, err := s.Accounts.CreateKey(s.Context(), owner, accounts.NewKey{Name: "Test", Scopes: scopes.Words(), Expires: accounts.ExpiresNever})
	if err != nil {
		s.T.Fatal(err)
	}
	return key
}
