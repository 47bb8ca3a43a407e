package mail

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/mail/sendgridtest"
)

// provider stands for SendGrid, spoken to over HTTP.
type provider struct{ *sendgridtest.Provider }

type letter = sendgridtest.Letter

func newProvider(t *testing.T) *provider { return &provider{sendgridtest.New(t)} }

// sender speaks to the provider and gives up after a second.
func (p *provider) sender() *SendGrid {
	s := NewSendGrid(sendgridtest.Key, "mail@wait.example", "Waitlist")
	s.Host, s.HTTP.Timeout = p.URL, time.Second
	return s
}

func (p *provider) answers(how http.HandlerFunc) { p.Answers(how) }
func (p *provider) letters() []letter            { return p.Letters() }
func (p *provider) checked() int                 { return p.Checks() }

func status(code int) http.HandlerFunc             { return sendgridtest.Status(code) }
func hang(w http.ResponseWriter, r *http.Request)  { sendgridtest.Hang(w, r) }
func reset(w http.ResponseWriter, r *http.Request) { sendgridtest.Cut(w, r) }

// closed is the address of a server that isn't there.
func closed(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return server.URL
}
