// Package config turns the environment into a Config. One table of variables serves the parsing, the checks, .env.example and the
// documentation.
package config

import (
	"crypto/ecdsa"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"time"
)

// Config is what the program needs to know to run. A field's variable, default and bounds are in the table of variables.
type Config struct {
	Production     bool
	Port           int
	BaseURL        string // without a trailing slash
	DatabaseURL    string // empty together with RedisURL: run local servers
	RedisURL       string
	DataDir        string
	EncryptionKey  string // comma list, newest first
	SessionSecret  string // comma list, newest first
	JWTSecret      string // comma list, newest first
	SendGrid       SendGrid
	SMTP           SMTP
	Signup         Signup
	TrustedProxies []netip.Prefix
	WebhookAllow   []netip.Prefix // addresses that webhooks may go to although they are private or this machine's
	RateLimit      RateLimit
	Google         Google
	SentryDSN      string
	DatadogAPIKey  string
	LogLevel       slog.Level
}

// SendGrid sends the mail when APIKey is set; otherwise mail stays in the local mailbox. What it reports afterwards is believed when one of
// WebhookKeys signed it.
type SendGrid struct {
	APIKey, FromEmail, FromName string
	WebhookKeys                 []*ecdsa.PublicKey
}

// SMTP sends the mail through a relay when Host is set. It is never set beside SendGrid.
type SMTP struct {
	Host           string
	Port           int
	User, Password string // both or neither, and neither without TLS
	TLS            SMTPTLS

	FromEmail, FromName string
}

// SMTPTLS says how the way to the relay is kept private.
type SMTPTLS string

const (
	SMTPStartTLS SMTPTLS = "starttls" // begun in plain text, and broken off unless the relay goes over to TLS
	SMTPWithin   SMTPTLS = "within"   // TLS from the first byte on
	SMTPPlain    SMTPTLS = "off"      // only to a relay on this machine
)

// Google is set in full or not at all.
type Google struct{ ClientID, ClientSecret, RedirectURI string }

// RateLimit is how many requests one address may make of the API in any window, and how often the form for joining may be posted to one
// business; from one address a tenth of that.
type RateLimit struct {
	Window      time.Duration
	MaxRequests int
}

// Signup says who may create a business by signing up.
type Signup string

const (
	SignupFirst  Signup = "first" // only while there is no business yet
	SignupOpen   Signup = "open"
	SignupClosed Signup = "closed"
)

// Sends says that mail leaves this machine. Otherwise it stays in the local mailbox.
func (c Config) Sends() bool { return c.SendGrid.APIKey != "" || c.SMTP.Host != "" }

// Local says that the program runs database and Redis itself.
func (c Config) Local() bool { return c.DatabaseURL == "" && c.RedisURL == "" }

// Problem is a variable that is missing or wrong. It never holds the variable's value.
type Problem struct{ Name, Reason string }

// Problems is the error that names every wrong variable at once.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, 0, len(p)+1)
	lines = append(lines, "the configuration has problems:")
	for _, one := range p {
		lines = append(lines, fmt.Sprintf("  %s %s", one.Name, one.Reason))
	}
	return strings.Join(lines, "\n")
}

// Parse reads a Config through look, which returns an empty string for what is not set. The error is Problems.
func Parse(look func(name string) string) (Config, error) {
	var c Config
	var problems Problems
	for _, v := range variables {
		value := strings.TrimSpace(look(v.Name))
		if value == "" {
			value = v.Default
		}
		if value == "" {
			continue
		}
		if reason := v.set(&c, value); reason != "" {
			problems = append(problems, Problem{v.Name, reason})
		}
	}
	problems = append(problems, missing(c, look)...)
	problems = append(problems, clashing(look, problems)...)
	if c.BaseURL == "" && !c.Production {
		c.BaseURL = fmt.Sprintf("http://localhost:%d", c.Port)
	}
	if len(problems) > 0 {
		return Config{}, problems
	}
	return c, nil
}

// missing finds what is needed, given the rest, but isn't set.
func missing(c Config, look func(string) string) Problems {
	set := func(name string) bool { return strings.TrimSpace(look(name)) != "" }
	var problems Problems
	for _, v := range variables {
		if set(v.Name) {
			continue
		}
		if reason := v.reasonNeeded(c, set); reason != "" {
			problems = append(problems, Problem{v.Name, reason})
		}
	}
	return problems
}

// clashing finds what must not be set together. What is wrong already is named once only.
func clashing(look func(string) string, already Problems) Problems {
	set := func(name string) bool { return strings.TrimSpace(look(name)) != "" }
	var problems Problems
	for _, v := range variables {
		if v.Not != "" && set(v.Name) && set(v.Not) && !named(already, v.Name) {
			problems = append(problems, Problem{v.Name, "can't be set together with " + v.Not + ": mail goes out one way only; unset one of the two"})
		}
	}
	return problems
}

func (v variable) reasonNeeded(c Config, set func(string) bool) string {
	switch {
	case v.Instead != "" && set(v.Instead):
		return ""
	case v.Need != optional && c.Production && v.Instead != "":
		return "is needed in production, or " + v.Instead + " instead"
	case v.Need != optional && c.Production:
		return "is needed in production"
	}
	if v.Need == withOwnServers && set("DATABASE_URL") {
		return "is needed beside DATABASE_URL"
	}
	for _, other := range v.With {
		if set(other) {
			return "is needed beside " + other
		}
	}
	return ""
}
