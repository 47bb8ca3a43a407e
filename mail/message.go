// Package mail delivers what the outbox owes: it claims a message, renders it, hands it to a sender and settles what
// became of it, at most once where that matters. There are three senders: SendGrid, an SMTP relay, and a mailbox on this machine.
package mail

import (
	"time"

	"github.com/your-org/waitlist-management/templates"
)

// Message is one rendered email.
type Message struct {
	ID          string // random; the same when the message has to be handed over again
	Date        time.Time
	FromName    string // of the business; empty: the sender's own
	ToName      string
	To          string // the bare address
	ReplyTo     string // a bare address; empty: answers go to the sender
	Unsubscribe string // absolute address that takes a POST without a page (RFC 8058) and shows one on GET; empty: none
	Subject     string
	Text        string
	HTML        string
	Attachments []Attachment
}

// Attachment is a file that travels with a message.
type Attachment struct {
	Name    string // ASCII, without quotes
	Type    string // media type without parameters
	Content []byte
}

// oneLine makes a text fit for a header.
func oneLine(text string) string { return templates.OneLine(text) }

// header is one line of a message's head.
type header struct{ name, value string }

// extraHeaders are those that every sender writes as they are.
func (m Message) extraHeaders() []header {
	if m.Unsubscribe == "" {
		return nil
	}
	return []header{{"List-Unsubscribe", "<" + oneLine(m.Unsubscribe) + ">"}, {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}}
}
