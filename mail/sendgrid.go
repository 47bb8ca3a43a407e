package mail

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/sendgrid/rest"
	"github.com/sendgrid/sendgrid-go"
	sg "github.com/sendgrid/sendgrid-go/helpers/mail"
)

// SendGrid sends through SendGrid's API. It is safe for concurrent use.
type SendGrid struct {
	Host string       // of the API, with its scheme; change it before the first use only
	HTTP *http.Client // change it before the first use only

	key, fromEmail, fromName string
}

// longestWait bounds what a provider may ask for.
const longestWait = 15 * time.Minute

// NewSendGrid sends with an API key, from an address that is verified with SendGrid. fromName serves messages that have
// no name of their own.
func NewSendGrid(key, fromEmail, fromName string) *SendGrid {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = sideBySide // where HTTP/2 does not make one do for all
	return &SendGrid{
		Host: "https://api.sendgrid.com",
		HTTP: &http.Client{
			Transport:     transport,
			Timeout:       15 * time.Second, // a provider that hangs holds nobody up for long
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		key: key, fromEmail: fromEmail, fromName: fromName,
	}
}

// Send hands m over. SendGrid has no key that would make a repeated request harmless, so a request whose answer never came
// is Unclear; the message's id travels along to find out later.
func (s *SendGrid) Send(ctx context.Context, m Message) error {
	var begun atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { begun.Store(true) }})
	request := sendgrid.GetRequest(s.key, "/v3/mail/send", s.Host)
	request.Method = rest.Post
	request.Body = sg.GetRequestBody(s.letter(m))
	answer, err := s.ask(ctx, request)
	switch {
	case answer != nil: // an answer whose body broke off is an answer
		return verdict(answer)
	case begun.Load():
		return &Failure{Outcome: Unclear, Class: "unclear", cause: err}
	}
	return &Failure{Outcome: Later, Class: "unreachable", cause: err}
}

// Check asks for the key's permissions, which any valid key may.
func (s *SendGrid) Check(ctx context.Context) error {
	request := sendgrid.GetRequest(s.key, "/v3/scopes", s.Host)
	request.Method = rest.Get
	answer, err := s.ask(ctx, request)
	if answer == nil {
		return &Failure{Outcome: Later, Class: "unreachable", cause: err}
	}
	if answer.StatusCode == http.StatusForbidden {
		return nil // a key for nothing but sending
	}
	return verdict(answer)
}

func (s *SendGrid) letter(m Message) *sg.SGMailV3 {
	from := oneLine(m.FromName)
	if from == "" {
		from = oneLine(s.fromName)
	}
	to := sg.NewPersonalization()
	to.AddTos(sg.NewEmail(oneLine(m.ToName), m.To))
	to.SetCustomArg("message_id", m.ID)
	letter := sg.NewV3Mail().
		SetFrom(sg.NewEmail(from, s.fromEmail)).
		AddPersonalizations(to).
		AddContent(sg.NewContent("text/plain", m.Text), sg.NewContent("text/html", m.HTML)).
		SetTrackingSettings(sg.NewTrackingSettings().
			SetClickTracking(sg.NewClickTrackingSetting().SetEnable(false).SetEnableText(false)).
			SetOpenTracking(sg.NewOpenTrackingSetting().SetEnable(false)))
	if m.ReplyTo != "" {
		letter.SetReplyTo(sg.NewEmail("", m.ReplyTo))
	}
	for _, extra := range m.extraHeaders() {
		letter.SetHeader(extra.name, extra.value)
	}
	letter.Subject = oneLine(m.Subject)
	for _, a := range m.Attachments {
		letter.AddAttachment(sg.NewAttachment().
			SetContent(base64.StdEncoding.EncodeToString(a.Content)).
			SetType(a.Type).SetFilename(a.Name).SetDisposition("attachment"))
	}
	return letter
}

func (s *SendGrid) ask(ctx context.Context, request rest.Request) (*rest.Response, error) {
	return (&rest.Client{HTTPClient: s.HTTP}).SendWithContext(ctx, request)
}

// verdict judges an answer by its status alone: its text may repeat the address.
func verdict(answer *rest.Response) error {
	switch code := answer.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusTooManyRequests:
		return &Failure{Outcome: Later, Class: "rate_limited", Wait: wait(answer.Headers, time.Now()), Answer: code}
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return &Failure{Outcome: Later, Class: "key_refused", Answer: code} // no message is to blame
	case code >= 400 && code < 500 && code != http.StatusRequestTimeout:
		return &Failure{Outcome: Rejected, Class: "rejected_" + strconv.Itoa(code), Answer: code}
	default:
		return &Failure{Outcome: Later, Class: "status_" + strconv.Itoa(code), Answer: code}
	}
}

// wait is how long the provider asks to be left alone, at most longestWait.
func wait(headers http.Header, now time.Time) time.Duration {
	var asked time.Duration
	if reset, err := strconv.ParseInt(headers.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		asked = time.Unix(reset, 0).Sub(now)
	} else if seconds, err := strconv.Atoi(headers.Get("Retry-After")); err == nil {
		asked = time.Duration(seconds) * time.Second
	}
	return min(max(asked, 0), longestWait)
}
