package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

func text(field *string, v string) string {
	*field = v
	return ""
}

func oneOf(v string, words ...string) string {
	if slices.Contains(words, v) {
		return ""
	}
	return "must be one of " + strings.Join(words, ", ")
}

func number(field *int, v string, least, most int) string {
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		return fmt.Sprintf("must be a whole number from %d to %d", least, most)
	}
	*field = n
	return ""
}

func webAddress(field *string, v string) string {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return "must be a web address that starts with https://"
	}
	*field = v
	return ""
}

func emailAddress(field *string, v string) string {
	a, err := mail.ParseAddress(v)
	if err != nil || a.Name != "" || a.Address != v {
		return "must be an email address"
	}
	*field = v
	return ""
}

// secrets takes a comma list of at least one secret of at least 32 characters each.
func secrets(field *string, v string) string {
	const shortest = 32
	for one := range strings.SplitSeq(v, ",") {
		if len(strings.TrimSpace(one)) < shortest {
			return fmt.Sprintf("must be at least %d characters long", shortest)
		}
	}
	*field = v
	return ""
}

func (c *Config) setBaseURL(v string) string {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return "must be a web address such as https://waitlist.example.com"
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "must be an address without a path, such as https://waitlist.example.com"
	}
	here := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1"
	if c.Production && u.Scheme != "https" && !here {
		return "must start with https:// in production"
	}
	c.BaseURL = u.Scheme + "://" + u.Host
	return ""
}

func (c *Config) setLogLevel(v string) string {
	if c.LogLevel.UnmarshalText([]byte(v)) != nil {
		c.LogLevel = slog.LevelInfo
		return "must be one of debug, info, warn, error"
	}
	return ""
}

func prefixes(to *[]netip.Prefix, v string) string {
	for one := range strings.SplitSeq(v, ",") {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(one))
		if err != nil {
			return "must be a comma list of CIDR ranges such as 10.0.0.0/8"
		}
		*to = append(*to, prefix.Masked())
	}
	return ""
}

func (c *Config) setDatabaseURL(v string) string {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "mysql" && u.Scheme != "mariadb") || (u.Host == "" && u.Query().Get("socket") == "") || strings.Trim(u.Path, "/") == "" {
		return "must look like mysql://user:password@host:3306/name"
	}
	c.DatabaseURL = v
	return ""
}

func (c *Config) setRedisURL(v string) string {
	if _, err := redis.ParseURL(v); err != nil {
		return "must look like redis://user:password@host:6379/0"
	}
	c.RedisURL = v
	return ""
}

func (c *Config) setEncryptionKey(v string) string {
	position := 0
	for one := range strings.SplitSeq(v, ",") {
		position++
		plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(one), "="))
		if key, err := base64.RawStdEncoding.DecodeString(plain); err != nil || len(key) != 32 {
			return fmt.Sprintf("must be a comma list of 32-byte keys in base64; key %d is not", position)
		}
	}
	c.EncryptionKey = v
	return ""
}

// setWebhookKeys takes a comma list of public keys as SendGrid shows them: base64 of the DER form, ECDSA on the curve P-256.
func (c *Config) setWebhookKeys(v string) string {
	position := 0
	for one := range strings.SplitSeq(v, ",") {
		position++
		der, err := base64.StdEncoding.DecodeString(strings.TrimSpace(one))
		if err == nil {
			var key any
			if key, err = x509.ParsePKIXPublicKey(der); err == nil {
				if public, ok := key.(*ecdsa.PublicKey); ok && public.Curve == elliptic.P256() {
					c.SendGrid.WebhookKeys = append(c.SendGrid.WebhookKeys, public)
					continue
				}
			}
		}
		return fmt.Sprintf("must be a comma list of verification keys as SendGrid shows them; key %d is not", position)
	}
	return ""
}

func (c *Config) setRateLimitWindow(v string) string {
	var ms int
	reason := number(&ms, v, 1000, 3600000)
	c.RateLimit.Window = time.Duration(ms) * time.Millisecond
	return reason
}

func (c *Config) setSMTPURL(v string) string {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return "must look like smtp://user:password@host:587, smtps://user:password@host:465 or smtp://localhost:25?tls=off"
	}
	s := SMTP{Host: u.Hostname(), User: u.User.Username(), TLS: SMTPStartTLS, Port: 587, FromEmail: c.SMTP.FromEmail, FromName: c.SMTP.FromName}
	s.Password, _ = u.User.Password()
	query := u.Query()
	switch {
	case u.Scheme == "smtps" && len(query) == 0:
		s.TLS, s.Port = SMTPWithin, 465
	case u.Scheme == "smtp" && len(query) == 1 && query.Get("tls") == "off":
		s.TLS, s.Port = SMTPPlain, 25
	case len(query) > 0:
		return "can have no setting but ?tls=off, and that only with smtp://"
	}
	if port := u.Port(); port != "" {
		if reason := number(&s.Port, port, 1, 65535); reason != "" {
			return "has a port that is none: it " + reason
		}
	}
	switch {
	case (s.User == "") != (s.Password == ""):
		return "needs user and password, or neither"
	case s.TLS == SMTPPlain && !thisMachine(s.Host):
		return "can leave TLS out only for a relay on this machine (localhost, 127.0.0.1 or [::1])"
	case s.TLS == SMTPPlain && s.User != "":
		return "can't hold a password and leave TLS out"
	}
	c.SMTP = s
	return ""
}

// thisMachine says whether what is sent to a host stays on this machine.
func thisMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
