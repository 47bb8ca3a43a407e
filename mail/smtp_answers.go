package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strconv"
)

// stage is how far a message has got.
type stage int

const (
	atHello     stage = iota // the greeting, and the way into TLS
	atLogIn                  // user and password
	atSender                 // MAIL: the address that the message comes from
	atRecipient              // RCPT: the address that it goes to
	atData                   // DATA, up to the last line
	atEnd                    // behind the last line: the message is in the relay's hands
)

// addressRefused is the class of a message whose address takes none, ever.
const addressRefused = bounced

// refusal judges what a relay answered by its codes alone: the text may repeat the address. It is nil for no error.
func refusal(err error, at stage) *Failure {
	var answer *textproto.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &answer) && at == atEnd:
		return &Failure{Outcome: Unclear, Class: "unclear", cause: harmless(err)}
	case !errors.As(err, &answer):
		return &Failure{Outcome: Later, Class: classOfBreak(err), cause: harmless(err)}
	}
	f := &Failure{Outcome: Later, Class: "status_" + strconv.Itoa(answer.Code), Answer: answer.Code}
	if answer.Code < 500 {
		return f
	}
	switch {
	case at == atHello:
		f.Class = "relay_refused"
	case at == atLogIn, answer.Code == authenticationNeeded:
		f.Class = "key_refused"
	case at == atSender:
		f.Class = "sender_refused"
	case at == atRecipient && noSuchAddress(answer):
		f.Outcome, f.Class = Rejected, addressRefused
	default:
		f.Outcome, f.Class = Rejected, "rejected_"+strconv.Itoa(answer.Code)
	}
	return f
}

const authenticationNeeded = 530

// detailed is the enhanced status code (RFC 3463) that begins an answer's text.
var detailed = regexp.MustCompile(`^5\.(\d{1,3})\.(\d{1,3})\b`)

// noSuchAddress tells that a recipient is refused because nobody is there: by the enhanced code where there is one, for a 550 may be about
// policy as well.
func noSuchAddress(answer *textproto.Error) bool {
	code := detailed.FindStringSubmatch(answer.Msg)
	if code == nil {
		return answer.Code == 550 || answer.Code == 551 || answer.Code == 553
	}
	switch code[1] + "." + code[2] {
	case "1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.0", "2.1": // bad address, domain or syntax, moved away, takes no mail; mailbox closed
		return true
	}
	return false
}

func classOfBreak(err error) string {
	var (
		certificate *tls.CertificateVerificationError
		alert       tls.AlertError
		record      tls.RecordHeaderError
	)
	if errors.As(err, &certificate) || errors.As(err, &alert) || errors.As(err, &record) {
		return "tls_refused"
	}
	return "unreachable"
}

// harmless keeps of an error what can't hold anything that a relay said.
func harmless(err error) error {
	var (
		network     net.Error
		certificate *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &certificate):
		return certificate
	case errors.As(err, &network):
		return network
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("an answer that can't be read (%T)", err)
}
