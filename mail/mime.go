package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"
)

// localAddress is what mail that never leaves this machine comes from.
const localAddress = "waitlist@localhost"

// compose writes m as RFC 5322 has it.
func compose(m Message) []byte {
	var letter bytes.Buffer
	header := func(name, value string) { fmt.Fprintf(&letter, "%s: %s\r\n", name, value) }
	mixed := multipart.NewWriter(&letter)
	header("Date", m.Date.UTC().Format(time.RFC1123Z))
	header("From", address(m.FromName, localAddress))
	header("To", address(m.ToName, oneLine(m.To)))
	if m.ReplyTo != "" {
		header("Reply-To", address("", oneLine(m.ReplyTo)))
	}
	for _, extra := range m.extraHeaders() {
		header(extra.name, extra.value)
	}
	header("Subject", mime.QEncoding.Encode("utf-8", oneLine(m.Subject)))
	header("Message-ID", "<"+m.ID+"@localhost>")
	header("MIME-Version", "1.0")
	header("Content-Type", "multipart/mixed; boundary="+mixed.Boundary())
	letter.WriteString("\r\n")

	// Writing to a buffer can't fail.
	var texts bytes.Buffer
	alternative := multipart.NewWriter(&texts)
	quoted(alternative, "text/plain; charset=utf-8", m.Text)
	quoted(alternative, "text/html; charset=utf-8", m.HTML)
	_ = alternative.Close()
	part, _ := mixed.CreatePart(textproto.MIMEHeader{"Content-Type": {"multipart/alternative; boundary=" + alternative.Boundary()}})
	_, _ = part.Write(texts.Bytes())
	for _, a := range m.Attachments {
		attached(mixed, a)
	}
	_ = mixed.Close()
	return letter.Bytes()
}

func address(name, bare string) string {
	return (&netmail.Address{Name: oneLine(name), Address: bare}).String()
}

func quoted(w *multipart.Writer, mediaType, text string) {
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Type": {mediaType}, "Content-Transfer-Encoding": {"quoted-printable"}})
	encoder := quotedprintable.NewWriter(part)
	_, _ = io.WriteString(encoder, text)
	_ = encoder.Close()
}

func attached(w *multipart.Writer, a Attachment) {
	const column = 76
	part, _ := w.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {a.Type},
		"Content-Transfer-Encoding": {"base64"},
		"Content-Disposition":       {mime.FormatMediaType("attachment", map[string]string{"filename": a.Name})},
	})
	text := base64.StdEncoding.EncodeToString(a.Content)
	for len(text) > 0 {
		n := min(column, len(text))
		_, _ = io.WriteString(part, text[:n]+"\r\n")
		text = text[n:]
	}
}

// parse reads what compose wrote; without whole only the headers.
func parse(r io.Reader, whole bool) (Message, error) {
	letter, err := netmail.ReadMessage(r)
	if err != nil {
		return Message{}, err
	}
	var m Message
	if m.Date, err = letter.Header.Date(); err != nil {
		return Message{}, err
	}
	from, err := netmail.ParseAddress(letter.Header.Get("From"))
	if err != nil {
		return Message{}, errors.New("no sender")
	}
	to, err := netmail.ParseAddress(letter.Header.Get("To"))
	if err != nil {
		return Message{}, errors.New("no recipient")
	}
	m.FromName, m.ToName, m.To = from.Name, to.Name, to.Address
	if answers, err := netmail.ParseAddress(letter.Header.Get("Reply-To")); err == nil {
		m.ReplyTo = answers.Address
	}
	m.Unsubscribe = strings.Trim(letter.Header.Get("List-Unsubscribe"), "<>")
	m.ID, _, _ = strings.Cut(strings.Trim(letter.Header.Get("Message-ID"), "<>"), "@")
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject")); err != nil {
		return Message{}, errors.New("no subject")
	}
	if whole {
		err = m.readParts(letter.Body, letter.Header.Get("Content-Type"))
	}
	return m, err
}

func (m *Message) readParts(r io.Reader, contentType string) error {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return err
	}
	parts := multipart.NewReader(r, params["boundary"])
	for {
		part, err := parts.NextPart() // undoes quoted-printable
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := m.readPart(part); err != nil {
			return err
		}
	}
}

func (m *Message) readPart(part *multipart.Part) error {
	contentType := part.Header.Get("Content-Type")
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return err
	}
	switch name := part.FileName(); {
	case name != "":
		content, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		m.Attachments = append(m.Attachments, Attachment{Name: name, Type: mediaType, Content: content})
		return err
	case mediaType == "multipart/alternative":
		return m.readParts(part, contentType)
	}
	text, err := io.ReadAll(part)
	if mediaType == "text/html" {
		m.HTML = string(text)
	} else {
		m.Text = string(text)
	}
	return err
}
