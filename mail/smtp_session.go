package mail

import (
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

const (
	sessionsOpen = 4                // connections to the relay at once
	sessionIdle  = 15 * time.Second // after this a connection that nobody needs is closed
	sessionUses  = 100              // messages over one connection
	dialWithin   = 10 * time.Second
)

// session is a connection to the relay that is ready to take messages.
type session struct {
	conn   net.Conn // the bare one, whose deadline also ends what runs over TLS
	client *smtp.Client
	used   int
	broken bool // nothing more goes over it
	closes *time.Timer
}

// dial connects, goes over to TLS and logs in.
func (s *SMTP) dial(ctx context.Context) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(s.relay.Host, strconv.Itoa(s.relay.Port)))
	if err != nil {
		return nil, &Failure{Outcome: Later, Class: "unreachable", cause: harmless(err)}
	}
	x := &session{conn: conn}
	if failure := x.within(ctx, s.open); failure != nil {
		x.close()
		return nil, failure
	}
	x.used = 0
	return x, nil
}

func (s *SMTP) open(x *session) *Failure {
	config := &tls.Config{ServerName: s.relay.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	conn := x.conn
	if s.relay.TLS == WithinTLS {
		conn = tls.Client(conn, config)
	}
	var err error
	if x.client, err = smtp.NewClient(conn, s.relay.Host); err != nil {
		return refusal(err, atHello)
	}
	if err := x.client.Hello(s.helloAs()); err != nil {
		return refusal(err, atHello)
	}
	if s.relay.TLS == StartTLS {
		if offered, _ := x.client.Extension("STARTTLS"); !offered {
			return &Failure{Outcome: Later, Class: "no_tls"}
		}
		if err := x.client.StartTLS(config); err != nil {
			return refusal(err, atHello)
		}
	}
	if s.relay.User == "" {
		return nil
	}
	return s.logIn(x)
}

// logIn sends the password over TLS only, whatever the relay offers.
func (s *SMTP) logIn(x *session) *Failure {
	if _, private := x.client.TLSConnectionState(); !private {
		return &Failure{Outcome: Later, Class: "no_tls"}
	}
	_, offered := x.client.Extension("AUTH")
	auth := chooseLogIn(strings.Fields(strings.ToUpper(offered)), s.relay)
	if auth == nil {
		return &Failure{Outcome: Later, Class: "no_login"}
	}
	return refusal(x.client.Auth(auth), atLogIn)
}

func chooseLogIn(offered []string, r Relay) smtp.Auth {
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"PLAIN", smtp.PlainAuth("", r.User, r.Password, r.Host, false)},
		{"LOGIN", smtp.LoginAuth(r.User, r.Password, r.Host, false)},
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(r.User, r.Password)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(r.User, r.Password)},
	} {
		for _, name := range offered {
			if name == way.name {
				return way.auth
			}
		}
	}
	return nil
}

// hand sends one message.
func (x *session) hand(from, to string, letter []byte) *Failure {
	if err := x.client.Mail("<" + from + ">"); err != nil {
		return refusal(err, atSender)
	}
	if err := x.client.Rcpt("<" + to + ">"); err != nil {
		return refusal(err, atRecipient)
	}
	w, err := x.client.Data()
	if err != nil {
		return refusal(err, atData)
	}
	if _, err := w.Write(letter); err != nil {
		return refusal(err, atData) // without the last dot no relay takes it
	}
	return refusal(w.Close(), atEnd)
}

// within does one thing before ctx ends, and sees to it that what follows over the connection begins afresh.
func (x *session) within(ctx context.Context, do func(*session) *Failure) *Failure {
	_ = x.conn.SetDeadline(deadline(ctx))
	cut := context.AfterFunc(ctx, func() { _ = x.conn.SetDeadline(time.Unix(1, 0)) })
	failure := do(x)
	x.used++
	switch {
	case !cut(), failure != nil && failure.Answer == 0, failure != nil && failure.Answer == 421:
		x.broken = true
	case failure != nil:
		x.broken = x.client == nil || x.client.Reset() != nil
	}
	return failure
}

// close says goodbye where that is heard.
func (x *session) close() {
	if !x.broken && x.client != nil {
		_ = x.conn.SetDeadline(time.Now().Add(time.Second))
		_ = x.client.Quit()
	}
	_ = x.conn.Close()
}

// sessions are the connections that are open: at most sessionsOpen, in use or idle.
type sessions struct {
	places chan struct{}

	mu   sync.Mutex
	idle []*session // the one used last comes last
}

func newSessions() sessions { return sessions{places: make(chan struct{}, sessionsOpen)} }

// take waits for a place, and gives a connection that was kept or a fresh one. Any error is a *Failure.
func (p *sessions) take(ctx context.Context, dial func(context.Context) (*session, error)) (*session, error) {
	select {
	case p.places <- struct{}{}:
	case <-ctx.Done():
		return nil, &Failure{Outcome: Later, Class: "busy", cause: ctx.Err()}
	}
	if x := p.pop(nil); x != nil {
		return x, nil
	}
	x, err := dial(ctx)
	if err != nil {
		<-p.places
	}
	return x, err
}

// giveBack keeps a connection for a moment unless it is used up.
func (p *sessions) giveBack(x *session) {
	defer func() { <-p.places }()
	if x.broken || x.used >= sessionUses {
		x.close()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	x.closes = time.AfterFunc(sessionIdle, func() {
		if p.pop(x) != nil {
			x.close()
		}
	})
	p.idle = append(p.idle, x)
}

// pop takes out an idle connection: this one, or with nil the one that was used last. nil when it isn't there.
func (p *sessions) pop(this *session) *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.idle) - 1; i >= 0; i-- {
		if x := p.idle[i]; this == nil || x == this {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			x.closes.Stop()
			return x
		}
	}
	return nil
}
