// Package mail delivers what the outbox owes: it claims a message, renders it, hands it to a sender and settles what
// became of it, at most once where that matters. There are two senders: SendGrid, and a mailbox on this machine.
package mail

import (
	"strings"
	"time"
	"unicode"
)

// Message is one rendered email.
type Message struct {
	ID          string // random; the same when the message has to be handed over again
	Date        time.Time
	FromName    string // of the business; empty: the sender's own
	ToName      string
	To          string // the bare address
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

// oneLine makes a text fit for a header: what could end the line, or make it read backwards, goes.
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(clean), " ")
}
