package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	crand "crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// relay stands for a mail server, spoken to over TCP.
type relay struct {
	t        *testing.T
	listener net.Listener
	roots    *x509.CertPool
	config   *tls.Config

	mu      sync.Mutex
	is      manner
	answers map[string]string // by the verb, "END" for the whole message: an answer, "hang up" or "say nothing"
	taken   []string          // messages, whole
	lines   []string          // all that was said in plain text
	users   []string          // who logged in
	open    int
	most    int // connections at once
	dials   int
}

// manner is how a relay behaves.
type manner struct {
	withinTLS bool
	noTLS     bool          // offers none, as where somebody took it out of the answer
	logIns    string        // offered beside AUTH; empty: none
	hold      chan struct{} // taken from before a message is
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	r := &relay{t: t, answers: map[string]string{}, is: manner{logIns: "LOGIN PLAIN"}}
	r.config, r.roots = certified(t, net.IPv4(127, 0, 0, 1))
	var err error
	if r.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := r.listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { r.serve(conn) })
		}
	})
	t.Cleanup(func() { r.listener.Close() })
	return r
}

func (r *relay) behave(how func(*manner)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	how(&r.is)
}

func (r *relay) manner() manner {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.is
}

// sender sends through the relay.
func (r *relay) sender(mode RelayTLS) *SMTP {
	address := r.listener.Addr().(*net.TCPAddr)
	s := NewSMTP(Relay{Host: "127.0.0.1", Port: address.Port, User: "waitlist", Password: "canary-password", TLS: mode}, "mail@wait.example", "Waitlist")
	if mode == PlainText {
		s.relay.User, s.relay.Password = "", ""
	}
	s.Roots = r.roots
	return s
}

// answer has the relay answer a verb so from now on; with nothing as it usually does.
func (r *relay) answer(verb, with string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answers[verb] = with; with == "" {
		delete(r.answers, verb)
	}
}

// loggedIn is who logged in, with what password.
func (r *relay) loggedIn() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.users...)
}

func (r *relay) letters() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.taken...)
}

// counted is how many connections there were, and at most at once.
func (r *relay) counted() (dials, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.dials, r.most
}

// spoken is all that was said in plain text.
func (r *relay) spoken() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.lines, "\n")
}

func (r *relay) said(word string) bool { return strings.Contains(r.spoken(), word) }

func (r *relay) serve(conn net.Conn) {
	defer conn.Close()
	r.mu.Lock()
	r.dials++
	r.open++
	r.most = max(r.most, r.open)
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.open--
		r.mu.Unlock()
	}()
	v := &visit{relay: r, conn: conn}
	if r.manner().withinTLS {
		v.conn, v.private = tls.Server(conn, r.config), true
	}
	v.text = textproto.NewConn(v.conn)
	if v.does("HELLO", "220 relay.example ESMTP") != nil {
		return
	}
	for {
		line, err := v.text.ReadLine()
		if err != nil {
			return
		}
		if err := v.command(line); err != nil {
			return
		}
	}
}

// visit is one connection.
type visit struct {
	*relay
	conn    net.Conn
	text    *textproto.Conn
	private bool
}

var errHangUp = errors.New("hung up")

// does answers, unless the test has it answer otherwise.
func (v *visit) does(verb, usual string) error {
	v.mu.Lock()
	with, other := v.answers[verb]
	v.mu.Unlock()
	switch {
	case !other:
		return v.text.PrintfLine("%s", usual)
	case with == "hang up":
		return errHangUp
	case with == "say nothing":
		_, _ = io.Copy(io.Discard, v.conn) // until the other end gives up
		return errHangUp
	}
	if err := v.text.PrintfLine("%s", with); err != nil || strings.HasPrefix(with, "421") {
		return errHangUp
	}
	return nil
}

func (v *visit) command(line string) error {
	if !v.private {
		v.mu.Lock()
		v.lines = append(v.lines, line)
		v.mu.Unlock()
	}
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	switch verb {
	case "EHLO":
		return v.hello()
	case "STARTTLS":
		if err := v.does(verb, "220 go ahead"); err != nil {
			return err
		}
		v.conn, v.private = tls.Server(v.conn, v.config), true
		v.text = textproto.NewConn(v.conn)
		return nil
	case "AUTH":
		return v.logIn(line)
	case "DATA":
		return v.data()
	case "QUIT":
		_ = v.text.PrintfLine("221 bye")
		return errHangUp
	}
	return v.does(verb, "250 fine")
}

func (v *visit) hello() error {
	lines := []string{"relay.example"}
	is := v.manner()
	if !v.private && !is.noTLS {
		lines = append(lines, "STARTTLS")
	}
	if is.logIns != "" {
		lines = append(lines, "AUTH "+is.logIns)
	}
	lines = append(lines, "ENHANCEDSTATUSCODES")
	for i, line := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		if err := v.text.PrintfLine("250%s%s", sep, line); err != nil {
			return err
		}
	}
	return nil
}

func (v *visit) logIn(line string) error {
	words := strings.Fields(line)
	if len(words) == 3 {
		plain, _ := base64.StdEncoding.DecodeString(words[2])
		v.mu.Lock()
		v.users = append(v.users, string(plain))
		v.mu.Unlock()
	}
	return v.does("AUTH", "235 welcome")
}

func (v *visit) data() error {
	if err := v.does("DATA", "354 go ahead"); err != nil {
		return err
	}
	v.mu.Lock()
	refused := v.answers["DATA"] != ""
	v.mu.Unlock()
	if refused {
		return nil
	}
	letter, err := io.ReadAll(v.text.DotReader())
	if err != nil {
		return err
	}
	if hold := v.manner().hold; hold != nil {
		<-hold
	}
	v.mu.Lock()
	v.taken = append(v.taken, string(letter))
	v.mu.Unlock()
	return v.does("END", "250 2.0.0 queued")
}

// certified makes a certificate for an address, and who vouches for it.
func certified(t *testing.T, ip net.IP) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "relay.example"}, IPAddresses: []net.IP{ip},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(crand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}, roots
}

// silent listens and never says a word.
func silent(t *testing.T) *net.TCPAddr {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().(*net.TCPAddr)
}

// headersOf unfolds the header lines of a letter.
func headersOf(t *testing.T, letter string) textproto.MIMEHeader {
	t.Helper()
	headers, err := textproto.NewReader(bufio.NewReader(strings.NewReader(letter))).ReadMIMEHeader()
	if err != nil {
		t.Fatal(fmt.Errorf("%w in\n%s", err, letter))
	}
	return headers
}
