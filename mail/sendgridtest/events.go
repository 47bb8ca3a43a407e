package sendgridtest

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Headers of the event webhook.
const (
	SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature"
	TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp"
)

// Event is one line of a request of the event webhook, as SendGrid documents it.
type Event struct {
	ID             string `json:"sg_event_id,omitempty"`
	Event          string `json:"event"`
	Type           string `json:"type,omitempty"`
	Reason         string `json:"reason,omitempty"`
	Response       string `json:"response,omitempty"`
	Classification string `json:"bounce_classification,omitempty"`
	Email          string `json:"email,omitempty"`
	Timestamp      int64  `json:"timestamp,omitempty"`
	ProviderID     string `json:"sg_message_id,omitempty"`
	MessageID      string `json:"message_id,omitempty"` // the custom argument, which comes back beside the rest
	Agent          string `json:"useragent,omitempty"`
	Machine        *bool  `json:"sg_machine_open,omitempty"`
}

// About is an event of a kind about a letter, with an id of its own and the words that SendGrid would add.
func About(l Letter, kind string, at time.Time) Event {
	return Event{
		ID: rand.Text(), Event: kind, Email: l.To(), Timestamp: at.Unix(), ProviderID: rand.Text(), MessageID: l.ID(),
		Response: map[string]string{"delivered": "250 OK", "deferred": "451 canary-answer, try again later"}[kind],
	}
}

// Bounced is the event that a letter came back: type is "bounce" or "blocked".
func Bounced(l Letter, kind string, at time.Time) Event {
	e := About(l, "bounce", at)
	e.Type, e.Reason = kind, "550 5.1.1 canary-answer: no such user"
	return e
}

// Dropped is the event that a letter was not tried, with a reason such as "Unsubscribed Address".
func Dropped(l Letter, reason string, at time.Time) Event {
	e := About(l, "dropped", at)
	e.Reason = reason
	return e
}

// Public is the key that the provider's requests are verified with.
func (p *Provider) Public() *ecdsa.PublicKey { return &p.private.PublicKey }

// VerificationKey is that key as SendGrid shows it.
func (p *Provider) VerificationKey() string {
	der, err := x509.MarshalPKIXPublicKey(p.Public())
	if err != nil {
		p.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

// Sign is the signature of a request's timestamp and body.
func (p *Provider) Sign(timestamp string, body []byte) string {
	sum := sha256.Sum256(append([]byte(timestamp), body...))
	der, err := ecdsa.SignASN1(rand.Reader, p.private, sum[:])
	if err != nil {
		p.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

// Signed is a request of the event webhook: its headers and its body.
func (p *Provider) Signed(at time.Time, events ...Event) (signature, timestamp string, body []byte) {
	body, err := json.Marshal(events)
	if err != nil {
		p.t.Fatal(err)
	}
	timestamp = strconv.FormatInt(at.Unix(), 10)
	return p.Sign(timestamp, body), timestamp, body
}

// Post tells events to an address, signed, and gives the status of the answer.
func (p *Provider) Post(ctx context.Context, url string, at time.Time, events ...Event) (status int, err error) {
	signature, timestamp, body := p.Signed(at, events...)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(SignatureHeader, signature)
	r.Header.Set(TimestampHeader, timestamp)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	_ = answer.Body.Close()
	return answer.StatusCode, nil
}
