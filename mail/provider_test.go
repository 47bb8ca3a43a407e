package mail

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// provider stands for SendGrid, spoken to over HTTP.
type provider struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	answer http.HandlerFunc // nil: 202
	taken  []letter         // handed over completely, accepted or not
	checks int
}

// letter is a message as SendGrid's API takes it.
type letter struct {
	From             struct{ Email, Name string }
	ReplyTo          *struct{ Email string } `json:"reply_to"`
	Subject          string
	Personalizations []struct {
		To         []struct{ Email, Name string }
		CustomArgs map[string]string `json:"custom_args"`
		Headers    map[string]string
	}
	Content          []struct{ Type, Value string }
	Attachments      []struct{ Type, Filename, Content, Disposition string }
	Categories       []string
	CustomArgs       map[string]string `json:"custom_args"`
	Headers          map[string]string
	TrackingSettings struct {
		ClickTracking struct {
			Enable     *bool
			EnableText *bool `json:"enable_text"`
		} `json:"click_tracking"`
		OpenTracking struct{ Enable *bool } `json:"open_tracking"`
	} `json:"tracking_settings"`
}

// id is the message id that travels along.
func (l letter) id() string { return l.Personalizations[0].CustomArgs["message_id"] }

func newProvider(t *testing.T) *provider {
	p := &provider{t: t}
	p.server = httptest.NewServer(p)
	t.Cleanup(p.server.Close)
	return p
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Authorization") != "Bearer the-key" {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	p.mu.Lock()
	answer := p.answer
	switch r.Method + " " + r.URL.Path {
	case "POST /v3/mail/send":
		var l letter
		if err := json.Unmarshal(body, &l); err != nil {
			p.t.Errorf("the request is no JSON: %v", err)
		}
		p.taken = append(p.taken, l)
	case "GET /v3/scopes":
		p.checks++
	default:
		p.t.Errorf("an unknown request: %s %s", r.Method, r.URL.Path)
	}
	p.mu.Unlock()
	if answer == nil {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	answer(w, r)
}

// sender speaks to the provider and gives up after a second.
func (p *provider) sender() *SendGrid {
	s := NewSendGrid("the-key", "mail@wait.example", "Waitlist")
	s.Host, s.HTTP.Timeout = p.server.URL, time.Second
	return s
}

func (p *provider) answers(how http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = how
}

func (p *provider) letters() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.taken...)
}

func (p *provider) checked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.checks
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, `{"errors":[{"message":"canary-answer"}]}`)
	}
}

// hang takes the request and never answers.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// reset takes the request and cuts the connection.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

// closed is the address of a server that isn't there.
func closed(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return server.URL
}
