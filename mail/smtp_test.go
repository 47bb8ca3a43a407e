package mail

import (
	"context"
	"errors"
	"fmt"
	"mime"
	netmail "net/mail"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func aLetter() Message {
	return Message{
		ID: "abc123", Date: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC), FromName: "Café \"Nord\"", ToName: "Bea Größe", To: "bea@example.org",
		ReplyTo: "salon@example.com", Unsubscribe: "https://wait.example/unsubscribe/token", Subject: "Frei: Haarschnitt\r\nBcc: all@example.org",
		Text: "Guten Tag\n.\nbis dann\n", HTML: "<p>Guten Tag</p>", Attachments: []Attachment{{Name: "event.ics", Type: "text/calendar", Content: []byte("BEGIN:VCALENDAR\r\n")}},
	}
}

func TestAMessageGoesThroughTheRelayWhole(t *testing.T) {
	for name, mode := range map[string]RelayTLS{"STARTTLS": StartTLS, "TLS from the start": WithinTLS, "plain, on this machine": PlainText} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t)
			r.behave(func(m *manner) { m.withinTLS, m.noTLS = mode == WithinTLS, mode != StartTLS })
			if err := r.sender(mode).Send(t.Context(), aLetter()); err != nil {
				t.Fatal(err)
			}
			if len(r.letters()) != 1 {
				t.Fatalf("%d letters arrived", len(r.letters()))
			}
			lookAt(t, r.letters()[0])
			if users := r.loggedIn(); mode != PlainText && (len(users) != 1 || users[0] != "\x00waitlist\x00canary-password") {
				t.Errorf("logged in as %q", users)
			}
			if mode == PlainText && !r.said("MAIL FROM:<mail@wait.example>") || mode == PlainText != r.said("RCPT TO:<bea@example.org>") {
				t.Errorf("in plain text it said %q", r.spoken())
			}
		})
	}
}

func lookAt(t *testing.T, letter string) {
	t.Helper()
	h := headersOf(t, letter)
	for name, want := range map[string]string{
		"Message-Id": "<abc123@wait.example>", "Date": "Mon, 01 Mar 2027 09:00:00 +0000", "Reply-To": "<salon@example.com>",
		"List-Unsubscribe": "<https://wait.example/unsubscribe/token>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Bcc": "", "User-Agent": "",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	from, err := netmail.ParseAddress(h.Get("From"))
	if err != nil || from.Name != "Café \"Nord\"" || from.Address != "mail@wait.example" {
		t.Errorf("it comes from %v (%v)", from, err)
	}
	to, err := netmail.ParseAddress(h.Get("To"))
	if err != nil || to.Name != "Bea Größe" || to.Address != "bea@example.org" {
		t.Errorf("it goes to %v (%v)", to, err)
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil || subject != "Frei: Haarschnitt Bcc: all@example.org" {
		t.Errorf("the subject is %q (%v)", subject, err)
	}
	read, err := netmail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	var m Message
	if err := m.readParts(read.Body, read.Header.Get("Content-Type")); err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(strings.ReplaceAll(m.Text, "\r\n", "\n")) != "Guten Tag\n.\nbis dann" || strings.TrimSpace(m.HTML) != "<p>Guten Tag</p>" {
		t.Errorf("the texts are %q and %q", m.Text, m.HTML)
	}
	if len(m.Attachments) != 1 || m.Attachments[0].Name != "event.ics" || string(m.Attachments[0].Content) != "BEGIN:VCALENDAR\r\n" {
		t.Errorf("the files are %+v", m.Attachments)
	}
	if kind, _, err := mime.ParseMediaType(h.Get("Content-Type")); err != nil || kind != "multipart/mixed" || strings.Index(letter, "text/plain") > strings.Index(letter, "text/html") {
		t.Errorf("a letter with a file is %s (%v), and a reader takes the last text it can show", kind, err)
	}
}

func TestEachRefusalIsToldApartByItsMomentAndCode(t *testing.T) {
	for _, c := range []struct {
		verb, answer, class string
		outcome             Outcome
	}{
		{"HELLO", "421 4.3.2 too busy", "status_421", Later},
		{"HELLO", "554 no service", "relay_refused", Later},
		{"HELLO", "hang up", "unreachable", Later},
		{"HELLO", "hello there", "unreachable", Later},
		{"STARTTLS", "454 4.7.0 not now", "status_454", Later},
		{"STARTTLS", "501 no", "relay_refused", Later},
		{"STARTTLS", "hang up", "unreachable", Later},
		{"AUTH", "535 5.7.8 canary-answer", "key_refused", Later},
		{"AUTH", "454 4.7.0 temporary", "status_454", Later},
		{"AUTH", "hang up", "unreachable", Later},
		{"MAIL", "451 4.3.0 later", "status_451", Later},
		{"MAIL", "553 5.7.1 <mail@wait.example>: not owned by user", "sender_refused", Later},
		{"MAIL", "530 5.7.0 log in first", "key_refused", Later},
		{"RCPT", "450 4.2.0 <bea@example.org> greylisted", "status_450", Later},
		{"RCPT", "452 4.2.2 mailbox full", "status_452", Later},
		{"RCPT", "550 5.1.1 <bea@example.org>: user unknown", "bounced", Rejected},
		{"RCPT", "550 <bea@example.org>: no such user", "bounced", Rejected},
		{"RCPT", "550 5.2.1 mailbox disabled", "bounced", Rejected},
		{"RCPT", "550 5.7.1 looks like spam", "rejected_550", Rejected},
		{"RCPT", "554 5.7.1 <bea@example.org>: relay access denied", "rejected_554", Rejected},
		{"RCPT", "hang up", "unreachable", Later},
		{"DATA", "451 4.3.0 later", "status_451", Later},
		{"DATA", "554 5.5.1 no valid recipients", "rejected_554", Rejected},
		{"END", "452 4.3.1 out of space", "status_452", Later},
		{"END", "550 5.7.1 content refused for bea@example.org", "rejected_550", Rejected},
		{"END", "552 5.3.4 too big", "rejected_552", Rejected},
		{"END", "421 4.3.2 shutting down", "status_421", Later},
		{"END", "hang up", "unclear", Unclear},
		{"END", "what?", "unclear", Unclear},
	} {
		t.Run(c.verb+" "+c.answer, func(t *testing.T) {
			r := newRelay(t)
			s := r.sender(StartTLS)
			r.answer(c.verb, c.answer)
			wantFailure(t, s.Send(t.Context(), aLetter()), c.outcome, c.class)
			r.answer(c.verb, "") // whatever it was, the next one goes out
			if err := s.Send(t.Context(), aLetter()); err != nil {
				t.Errorf("the message after it: %v", err)
			}
		})
	}
}

func wantFailure(t *testing.T, err error, outcome Outcome, class string) {
	t.Helper()
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a failure", err)
	}
	if f.Outcome != outcome || f.Class != class || len(f.Class) > 32 {
		t.Errorf("outcome %d, class %s, want %d %s (%v)", f.Outcome, f.Class, outcome, class, err)
	}
	for _, canary := range []string{"bea@", "canary", "wait.example>", "what?"} {
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(fmt.Sprintf("%v %+v", e, e), canary) {
				t.Errorf("the error holds %q: %v", canary, e)
			}
		}
	}
}

func TestARelayThatSaysNothingIsGivenUp(t *testing.T) {
	for verb, want := range map[string]struct {
		outcome Outcome
		class   string
	}{"HELLO": {Later, "unreachable"}, "STARTTLS": {Later, "unreachable"}, "AUTH": {Later, "unreachable"}, "MAIL": {Later, "unreachable"}, "RCPT": {Later, "unreachable"},
		"DATA": {Later, "unreachable"}, "END": {Unclear, "unclear"}} {
		t.Run(verb, func(t *testing.T) {
			r := newRelay(t)
			r.answer(verb, "say nothing")
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			began := time.Now()
			wantFailure(t, r.sender(StartTLS).Send(ctx, aLetter()), want.outcome, want.class)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
	s := newRelay(t).sender(WithinTLS)
	s.relay.Port = silent(t).Port // takes the connection, and then nothing
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	wantFailure(t, s.Send(ctx, aLetter()), Later, "unreachable")
	if err := s.Check(ctx); err == nil {
		t.Error("it is said to be there")
	}
}

func TestNoPasswordIsSentWithoutTLS(t *testing.T) {
	// The relay stands on this machine, where mail libraries make an exception, and asks for the password in plain text.
	for name, mode := range map[string]RelayTLS{"STARTTLS that somebody took out of the answer": StartTLS, "a plain connection": PlainText} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t)
			r.behave(func(m *manner) { m.noTLS = true })
			s := r.sender(mode)
			s.relay.User, s.relay.Password = "waitlist", "canary-password"
			for _, ways := range []string{"PLAIN", "LOGIN", "PLAIN LOGIN CRAM-MD5"} {
				r.behave(func(m *manner) { m.logIns = ways })
				wantFailure(t, s.Send(t.Context(), aLetter()), Later, "no_tls")
			}
			if len(r.loggedIn()) > 0 || r.said("AUTH") || r.said("MAIL") || len(r.letters()) > 0 {
				t.Errorf("in plain text it said %q, logged in %q", r.spoken(), r.loggedIn())
			}
		})
	}
}

func TestARelayThatNobodyVouchesForGetsNothing(t *testing.T) {
	r := newRelay(t)
	for name, mode := range map[string]RelayTLS{"STARTTLS": StartTLS, "TLS from the start": WithinTLS} {
		t.Run(name, func(t *testing.T) {
			r.behave(func(m *manner) { m.withinTLS = mode == WithinTLS })
			s := r.sender(mode)
			s.Roots = nil
			wantFailure(t, s.Send(t.Context(), aLetter()), Later, "tls_refused")
		})
	}
	if len(r.loggedIn()) > 0 || len(r.letters()) > 0 {
		t.Errorf("logged in %q, %d letters", r.loggedIn(), len(r.letters()))
	}
}

func TestConnectionsAreKeptAndBounded(t *testing.T) {
	r := newRelay(t)
	s := r.sender(StartTLS)
	for range 5 {
		if err := s.Send(t.Context(), aLetter()); err != nil {
			t.Fatal(err)
		}
	}
	if dials, _ := r.counted(); dials != 1 || len(r.letters()) != 5 {
		t.Errorf("%d connections for 5 messages, of which %d arrived", dials, len(r.letters()))
	}
	hold := make(chan struct{})
	r.behave(func(m *manner) { m.hold = hold })
	var group sync.WaitGroup
	for range 40 {
		group.Go(func() {
			if err := s.Send(t.Context(), aLetter()); err != nil {
				t.Error(err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	for len(s.sessions.places) < sessionsOpen {
		runtime.Gosched()
	}
	cancel()
	for range 20 { // as long as every connection is at work
		wantFailure(t, s.Send(ctx, aLetter()), Later, "busy")
	}
	for range 40 {
		hold <- struct{}{}
	}
	group.Wait()
	if dials, most := r.counted(); dials > sessionsOpen || most > sessionsOpen || len(r.letters()) != 45 {
		t.Errorf("%d connections, %d at once, %d letters", dials, most, len(r.letters()))
	}
}

func TestAConnectionThatTheRelayClosedMeanwhileCostsNothing(t *testing.T) {
	r := newRelay(t)
	s := r.sender(StartTLS)
	if err := s.Send(t.Context(), aLetter()); err != nil {
		t.Fatal(err)
	}
	for _, x := range s.sessions.idle {
		_ = x.conn.Close()
	}
	if err := s.Send(t.Context(), aLetter()); err != nil || len(r.letters()) != 2 {
		t.Errorf("%v, %d letters", err, len(r.letters()))
	}
	r.answer("MAIL", "421 4.4.2 idle for too long")
	wantFailure(t, s.Send(t.Context(), aLetter()), Later, "status_421") // a fresh connection says it, too: that is an answer
}

func TestARelayIsAskedWhetherItIsThere(t *testing.T) {
	r := newRelay(t)
	s := r.sender(StartTLS)
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.answer("AUTH", "535 5.7.8 no")
	wantFailure(t, r.sender(StartTLS).Check(t.Context()), Later, "key_refused")
	if len(r.letters()) != 0 {
		t.Error("a message was sent")
	}
	r.listener.Close()
	wantFailure(t, r.sender(StartTLS).Check(t.Context()), Later, "unreachable")
}

func TestAnAddressThatCannotBeReadIsNotHandedOver(t *testing.T) {
	r := newRelay(t)
	for _, to := range []string{"bea@example.org>\r\nRCPT TO:<all@example.org", "", "bea", "Bea <bea@example.org>", "a@b.example, c@d.example"} {
		m := aLetter()
		m.To = to
		wantFailure(t, r.sender(PlainText).Send(t.Context(), m), Rejected, "unwritable")
	}
	if dials, _ := r.counted(); dials != 0 {
		t.Errorf("%d connections", dials)
	}
}
