package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	netmail "net/mail"
	"os"
	"strings"

	"github.com/your-org/waitlist-management/config"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
)

// mailTest sends one message through the sender that is configured, without database or Redis, and says what became of it.
func mailTest(ctx context.Context, args []string) error {
	to, locale, err := readMailTest(args)
	if err != nil {
		return err
	}
	c, err := load(nil)
	if err != nil {
		return err
	}
	sender, mailbox, err := newSender(c)
	if err != nil {
		return err
	}
	id, err := mail.SendTrial(ctx, sender, to, locale, paths.Base(c.BaseURL))
	if err != nil {
		return inMailWords(c, err)
	}
	fmt.Fprintln(os.Stdout, accepted(c, mailbox != nil, to, id))
	return nil
}

func readMailTest(args []string) (to string, l i18n.Locale, err error) {
	if len(args) == 0 || args[0] != "test" {
		return "", l, usageError{"say what to do: test"}
	}
	flags := flag.NewFlagSet("mail", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	tag := flags.String("locale", "en", "")
	for rest := args[1:]; ; rest = flags.Args()[1:] { // flags may stand before and behind the address
		if err := flags.Parse(rest); err != nil {
			return "", l, usageError{err.Error()}
		}
		if flags.NArg() == 0 {
			break
		}
		if to != "" {
			return "", l, usageError{fmt.Sprintf("%q is not understood", flags.Arg(0))}
		}
		to = flags.Arg(0)
	}
	if to == "" {
		return "", l, usageError{"say to which address"}
	}
	if a, err := netmail.ParseAddress(to); err != nil || a.Name != "" || a.Address != to {
		return "", l, usageError{fmt.Sprintf("%q is no email address", to)}
	}
	return to, i18n.For(*tag), nil
}

// accepted says what it means that a sender took the message.
func accepted(c config.Config, local bool, to, id string) string {
	switch {
	case local:
		return fmt.Sprintf("The message is in the mailbox on this machine, and nowhere else: %s%s (while the program runs).\n"+
			"To send for real, set SENDGRID_API_KEY and SENDGRID_FROM_EMAIL, or SMTP_URL and SMTP_FROM_EMAIL.", c.BaseURL, paths.Mailbox)
	case c.SMTP.Host != "":
		return fmt.Sprintf("%s accepted the message to %s. That is not delivery, and no relay reports that: look into that mailbox, its spam folder too.\n"+
			"If it doesn't come within minutes, the log of %s knows why: look for %s.", c.SMTP.Host, to, c.SMTP.Host, id)
	}
	return fmt.Sprintf("SendGrid accepted the message to %s. That is not delivery: look into that mailbox, its spam folder too.\n"+
		"If it doesn't come within minutes, SendGrid's page \"Activity\" says what became of it (its message_id is %s).", to, id)
}

// inMailWords says what kept a message from going out, and what to do.
func inMailWords(c config.Config, err error) error {
	var f *mail.Failure
	if !errors.As(err, &f) {
		return err
	}
	what := forSendGrid(c, f)
	switch {
	case c.SMTP.Host != "":
		what = forRelay(c.SMTP, f)
	case !c.Sends():
		what = "The mailbox on this machine can't be written to: look at the folder mailbox in " + c.DataDir + "."
	}
	return fmt.Errorf("the message was not accepted.\n%s\n(%w)", what, f)
}

func forSendGrid(c config.Config, f *mail.Failure) string {
	switch {
	case f.Class == "key_refused" && f.Answer == 403:
		return "SendGrid knows the key and doesn't let it send: either " + c.SendGrid.FromEmail + " is not verified (in SendGrid: Settings, Sender Authentication), " +
			"or the key lacks the permission \"Mail Send\" (Settings, API Keys)."
	case f.Class == "key_refused":
		return "SendGrid refuses the key. Make a new one there (Settings, API Keys) with the permission \"Mail Send\", and set SENDGRID_API_KEY to it."
	case f.Class == "rate_limited":
		return fmt.Sprintf("SendGrid takes no more for the moment: try again in %s, or look there whether the plan's allowance is used up.", f.Wait)
	case f.Outcome == mail.Rejected:
		return fmt.Sprintf("SendGrid refuses this message (%d), and would again: check the address, and SENDGRID_FROM_EMAIL.", f.Answer)
	case f.Outcome == mail.Unclear:
		return unclearWords
	case f.Answer >= 500:
		return "SendGrid has a fault of its own: try again in some minutes (status.sendgrid.com)."
	}
	return "SendGrid can't be reached: this machine must be able to open connections to api.sendgrid.com, port 443."
}

const unclearWords = "The message was handed over and no answer came: it may arrive. Look into the mailbox before you try again."

func forRelay(r config.SMTP, f *mail.Failure) string {
	where := fmt.Sprintf("%s, port %d", r.Host, r.Port)
	switch f.Class {
	case "unreachable":
		return "The relay can't be reached, or doesn't speak SMTP as SMTP_URL says: " + where + ". Check host and port; many networks block port 25. " +
			"Port 465 wants smtps://, 587 smtp://."
	case "no_tls":
		return "The relay offers no STARTTLS, and without it no password is sent: try smtps:// with port 465, or ask whoever runs " + r.Host + "."
	case "tls_refused":
		return "The relay's certificate is not trusted on this machine, or not made for " + r.Host + ": use the name that it is made for in SMTP_URL; " +
			"for a certificate of your own, SSL_CERT_FILE names the file of who vouches for it."
	case "no_login":
		return "The relay offers no way to log in that this program knows (PLAIN, LOGIN, SCRAM-SHA-256, CRAM-MD5)."
	case "key_refused":
		return "The relay refuses user or password: check SMTP_URL (special characters are percent-encoded). Some providers want a password for apps."
	case "sender_refused":
		return "The relay doesn't let this user send from " + r.FromEmail + ": set SMTP_FROM_EMAIL to an address of this user, or allow it there."
	case "bounced":
		return fmt.Sprintf("The relay says that nobody is at this address (%d).", f.Answer)
	case "relay_refused":
		return fmt.Sprintf("The relay wants nothing to do with this machine (%d): ask whoever runs %s, or use port 587 with user and password.", f.Answer, r.Host)
	}
	switch f.Outcome {
	case mail.Rejected:
		return fmt.Sprintf("The relay refuses this message (%d), and would again. Often it sends only for those who log in, or only to its own addresses.", f.Answer)
	case mail.Unclear:
		return unclearWords
	}
	return fmt.Sprintf("The relay takes nothing for the moment (%s): try again in some minutes.", strings.TrimPrefix(f.Class, "status_"))
}
