// Package sendgridtest stands for SendGrid in tests: its API over HTTP, with every way it has to answer or not to, and its event webhook, whose
// requests are really signed. It knows nothing of the program, so that any package can test against it.
package sendgridtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Key is the API key that the provider knows.
const Key = "the-key"

// Provider is one SendGrid. It is safe for concurrent use.
type Provider struct {
	URL string // of its API

	t       testing.TB
	private *ecdsa.PrivateKey // of its event webhook
	mu      sync.Mutex
	answer  func(Letter) http.HandlerFunc
	handed  []Letter // handed over completely, whatever was answered
	taken   []Letter // of them those that it goes on to deliver
	checks  int
}

// Letter is a message as SendGrid's API takes it.
type Letter struct {
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

// ID is the message id that travels along.
func (l Letter) ID() string { return l.Personalizations[0].CustomArgs["message_id"] }

// To is the address it goes to.
func (l Letter) To() string { return l.Personalizations[0].To[0].Email }

// New starts a provider that takes everything, until the test ends.
func New(t testing.TB) *Provider {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &Provider{t: t, private: private}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Answers says how every request is answered from now on; nil: 202.
func (p *Provider) Answers(how http.HandlerFunc) {
	p.AnswersEach(func(Letter) http.HandlerFunc { return how })
}

// AnswersEach says how each letter is answered from now on, by its function's answer; nil: 202. Other requests are asked for with no letter.
func (p *Provider) AnswersEach(how func(Letter) http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = how
}

// Letters are those handed over completely, whatever was answered.
func (p *Provider) Letters() []Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Letter(nil), p.handed...)
}

// Taken are the letters that the provider goes on to deliver, even if its answer was lost.
func (p *Provider) Taken() []Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Letter(nil), p.taken...)
}

// Checks is how often somebody asked what their key may do.
func (p *Provider) Checks() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.checks
}

func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Authorization") != "Bearer "+Key {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	var l Letter
	sends := r.Method+" "+r.URL.Path == "POST /v3/mail/send"
	if sends {
		if err := json.Unmarshal(body, &l); err != nil {
			p.t.Errorf("the request is no JSON: %v", err)
		}
	} else if r.Method+" "+r.URL.Path != "GET /v3/scopes" {
		p.t.Errorf("an unknown request: %s %s", r.Method, r.URL.Path)
	}
	answer := p.enter(l, sends)
	if answer == nil {
		answer = Status(http.StatusAccepted)
	}
	answer(&answering{ResponseWriter: w, took: func() {
		if sends {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.taken = append(p.taken, l)
		}
	}}, r)
}

// enter notes a request and tells how to answer it.
func (p *Provider) enter(l Letter, sends bool) http.HandlerFunc {
	p.mu.Lock()
	defer p.mu.Unlock()
	if sends {
		p.handed = append(p.handed, l)
	} else {
		p.checks++
	}
	if p.answer == nil {
		return nil
	}
	return p.answer(l)
}
