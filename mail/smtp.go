package mail

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Relay is where SMTP hands messages over.
type Relay struct {
	Host           string
	Port           int
	User, Password string // both or neither
	TLS            RelayTLS
}

// RelayTLS says how the way to a relay is kept private.
type RelayTLS int

const (
	StartTLS  RelayTLS = iota // begun in plain text, and broken off unless the relay goes over to TLS
	WithinTLS                 // TLS from the first byte on
	PlainText                 // to a relay on this machine; no password is ever sent
)

// SMTP sends through a relay. It is safe for concurrent use, and keeps a few connections open for a moment.
//
// Accepted means that the relay took the message; whether it arrives is told by nobody. A refusal that is about the program (its login, its
// address) is Later, since no message is to blame; one that is about the message or its recipient is Rejected; an answer to the whole
// message that never came is Unclear.
type SMTP struct {
	Roots *x509.CertPool // who vouches for the relay; nil: whom this machine trusts. Change it before the first use only

	relay               Relay
	fromEmail, fromName string
	sessions            sessions
}

// NewSMTP sends from an address that the relay lets its user send from. fromName serves messages that have no name of their own.
func NewSMTP(relay Relay, fromEmail, fromName string) *SMTP {
	return &SMTP{relay: relay, fromEmail: fromEmail, fromName: fromName, sessions: newSessions()}
}

// Send hands m over.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	letter, err := s.letter(m)
	if err != nil {
		return &Failure{Outcome: Rejected, Class: "unwritable", cause: err}
	}
	return s.through(ctx, func(x *session) *Failure { return x.hand(s.fromEmail, m.To, letter) })
}

// Check asks the relay whether it is there, and lets the program in.
func (s *SMTP) Check(ctx context.Context) error {
	return s.through(ctx, func(x *session) *Failure { return refusal(x.client.Noop(), atHello) })
}

// through does one thing on a connection. One that was kept may have been closed by the relay meanwhile: then nothing was handed over, and
// it is done on the next.
func (s *SMTP) through(ctx context.Context, do func(*session) *Failure) error {
	for {
		x, err := s.sessions.take(ctx, s.dial)
		if err != nil {
			return err
		}
		kept := x.used > 0
		failure := x.within(ctx, do)
		s.sessions.giveBack(x)
		switch {
		case failure == nil:
			return nil
		case kept && x.broken && failure.Outcome == Later && ctx.Err() == nil:
			continue
		}
		return failure
	}
}

// letter writes m as RFC 5322 has it.
func (s *SMTP) letter(m Message) ([]byte, error) {
	if to, err := netmail.ParseAddress(m.To); err != nil || to.Address != m.To {
		return nil, errors.New("the recipient's address can't be read") // the error would repeat it
	}
	from := oneLine(m.FromName)
	if from == "" {
		from = oneLine(s.fromName)
	}
	_, domain, _ := strings.Cut(s.fromEmail, "@")
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	letter.FromMailAddress(&netmail.Address{Name: from, Address: s.fromEmail})
	letter.ToMailAddress(&netmail.Address{Name: oneLine(m.ToName), Address: m.To})
	letter.Subject(oneLine(m.Subject))
	letter.SetDateWithValue(m.Date.UTC())
	letter.SetMessageIDWithValue(m.ID + "@" + domain)
	if m.ReplyTo != "" {
		letter.ReplyToMailAddress(&netmail.Address{Address: oneLine(m.ReplyTo)})
	}
	if m.Unsubscribe != "" {
		letter.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribe, "<"+oneLine(m.Unsubscribe)+">")
		letter.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		letter.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		if err := letter.AttachReader(a.Name, bytes.NewReader(a.Content), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return nil, fmt.Errorf("attaching a file: %w", err)
		}
	}
	var text bytes.Buffer
	if _, err := letter.WriteTo(&text); err != nil {
		return nil, fmt.Errorf("writing a message: %w", err)
	}
	return text.Bytes(), nil
}

// helloAs is how the program introduces itself: by the domain it writes from, which every relay can look up.
func (s *SMTP) helloAs() string {
	_, domain, _ := strings.Cut(s.fromEmail, "@")
	return domain
}

// deadline is when what is done within ctx ends at the latest.
func deadline(ctx context.Context) time.Time {
	if at, ok := ctx.Deadline(); ok {
		return at
	}
	return time.Now().Add(sendWithin)
}
