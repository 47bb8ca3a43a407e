package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/config"
	"github.com/your-org/waitlist-management/mail"
)

func TestATestMessageOfALocalStartIsInTheMailbox(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	out, code := runProgram(t, dir, 3456, "mail", "test", "bea@example.org", "--locale", "de")
	if code != 0 || !strings.Contains(out, "http://localhost:3456/mailbox") {
		t.Errorf("status %d, %s", code, out)
	}
	box, err := mail.OpenMailbox(filepath.Join(dir, "mailbox"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := box.List()
	if err != nil || len(list) != 1 || list[0].To != "bea@example.org" || list[0].Subject != "Testnachricht: E-Mails gehen hinaus" {
		t.Fatalf("in the mailbox are %+v (%v)", list, err)
	}
	whole, err := box.Open(list[0].ID)
	if err != nil || !strings.Contains(whole.Text, "http://localhost:3456") || !strings.Contains(whole.HTML, "Programm öffnen") {
		t.Errorf("it says %s (%v)", whole.Text, err)
	}
	for _, args := range [][]string{{}, {"send"}, {"test"}, {"test", "bea"}, {"test", "a@example.org", "b@example.org"}, {"test", "--loud", "a@example.org"}} {
		if out, code := runProgram(t, dir, 3456, append([]string{"mail"}, args...)...); code != 2 || !strings.Contains(out, "usage: waitlist mail test ADDRESS") {
			t.Errorf("%v: status %d, %s", args, code, out)
		}
	}
}

func TestATestMessageGoesThroughTheRelayThatIsConfigured(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		recipient string // the relay's answer to it
		code      int
		says      string
	}{
		{"250 fine", 0, "accepted the message to bea@example.org. That is not delivery"},
		{"550 5.1.1 nobody", 1, "nobody is at this address (550)"},
		{"554 5.7.1 no", 1, "refuses this message (554)"},
		{"451 4.3.0 later", 1, "nothing for the moment (451)"},
	} {
		relay := acceptAll(t, c.recipient)
		out, code := runWith(t, []string{"SMTP_URL=smtp://" + relay + "?tls=off", "SMTP_FROM_EMAIL=hello@example.com"}, "mail", "test", "bea@example.org")
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("%s: status %d, %s", c.recipient, code, out)
		}
	}
	nobody := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	out, code := runWith(t, []string{"SMTP_URL=smtp://" + nobody + "?tls=off", "SMTP_FROM_EMAIL=hello@example.com"}, "mail", "test", "bea@example.org")
	if code != 1 || !strings.Contains(out, "can't be reached") {
		t.Errorf("status %d, %s", code, out)
	}
}

func TestWhatKeptAMessageIsSaidWithWhatToDo(t *testing.T) {
	grid := config.Config{SendGrid: config.SendGrid{APIKey: "SG.hidden", FromEmail: "hello@example.com"}}
	relay := config.Config{SMTP: config.SMTP{Host: "relay.example.com", Port: 587, User: "u", Password: "hidden", FromEmail: "hello@example.com"}}
	for _, c := range []struct {
		config config.Config
		f      mail.Failure
		says   string
	}{
		{grid, mail.Failure{Class: "key_refused", Outcome: mail.Later, Answer: 401}, "set SENDGRID_API_KEY"},
		{grid, mail.Failure{Class: "key_refused", Outcome: mail.Later, Answer: 403}, "hello@example.com is not verified"},
		{grid, mail.Failure{Class: "rejected_400", Outcome: mail.Rejected, Answer: 400}, "refuses this message (400)"},
		{grid, mail.Failure{Class: "rate_limited", Outcome: mail.Later, Answer: 429, Wait: 90e9}, "in 1m30s"},
		{grid, mail.Failure{Class: "status_503", Outcome: mail.Later, Answer: 503}, "a fault of its own"},
		{grid, mail.Failure{Class: "unreachable", Outcome: mail.Later}, "api.sendgrid.com, port 443"},
		{grid, mail.Failure{Class: "unclear", Outcome: mail.Unclear}, "before you try again"},
		{relay, mail.Failure{Class: "key_refused", Outcome: mail.Later, Answer: 535}, "user or password"},
		{relay, mail.Failure{Class: "sender_refused", Outcome: mail.Later, Answer: 553}, "send from hello@example.com"},
		{relay, mail.Failure{Class: "no_tls", Outcome: mail.Later}, "smtps:// with port 465"},
		{relay, mail.Failure{Class: "tls_refused", Outcome: mail.Later}, "SSL_CERT_FILE"},
		{relay, mail.Failure{Class: "relay_refused", Outcome: mail.Later, Answer: 554}, "port 587"},
		{relay, mail.Failure{Class: "no_login", Outcome: mail.Later}, "SCRAM-SHA-256"},
		{relay, mail.Failure{Class: "unclear", Outcome: mail.Unclear}, "before you try again"},
		{config.Config{DataDir: "./data"}, mail.Failure{Class: "mailbox", Outcome: mail.Later}, "./data"},
	} {
		err := inMailWords(c.config, &c.f)
		if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hidden") || !errors.Is(err, &c.f) {
			t.Errorf("%s %d: %v", c.f.Class, c.f.Answer, err)
		}
	}
}

// acceptAll is a relay on this machine that takes everything, and answers a recipient so.
func acceptAll(t *testing.T, recipient string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go takeAll(conn, recipient)
		}
	}()
	return listener.Addr().String()
}

func takeAll(conn net.Conn, recipient string) {
	defer conn.Close()
	fmt.Fprint(conn, "220 relay\r\n")
	inLetter := false
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		verb, _, _ := strings.Cut(lines.Text(), " ")
		switch {
		case inLetter && lines.Text() != ".":
			continue
		case verb == "DATA":
			inLetter = true
			fmt.Fprint(conn, "354 go on\r\n")
			continue
		case verb == "RCPT":
			fmt.Fprint(conn, recipient+"\r\n")
			continue
		}
		inLetter = false
		fmt.Fprint(conn, "250 fine\r\n")
	}
}
