package config

import (
	"maps"
	"strings"
	"testing"
)

// relayed is a full configuration for production that sends by SMTP.
func relayed() map[string]string {
	sets := production()
	delete(sets, "SENDGRID_API_KEY")
	delete(sets, "SENDGRID_FROM_EMAIL")
	sets["SMTP_URL"], sets["SMTP_FROM_EMAIL"] = "smtp://user:hidden-word@relay.example.com", "hello@example.com"
	return sets
}

func TestProductionTakesARelayInsteadOfSendGrid(t *testing.T) {
	c, err := parse(relayed())
	if err != nil {
		t.Fatal(err)
	}
	want := SMTP{Host: "relay.example.com", Port: 587, User: "user", Password: "hidden-word", TLS: SMTPStartTLS, FromEmail: "hello@example.com", FromName: "Waitlist"}
	if c.SMTP != want || c.SendGrid.APIKey != "" || !c.Sends() {
		t.Errorf("got %+v", c.SMTP)
	}
}

func TestWhatARelayNeedsAndExcludes(t *testing.T) {
	for name, c := range map[string]struct {
		change map[string]string
		wrong  string
		says   string
	}{
		"a relay needs an address to send from":  {map[string]string{"SMTP_FROM_EMAIL": ""}, "SMTP_FROM_EMAIL", "is needed beside SMTP_URL"},
		"without either production asks for one": {map[string]string{"SMTP_URL": "", "SENDGRID_FROM_EMAIL": "hello@example.com"}, "SENDGRID_API_KEY", "or SMTP_URL instead"},
		"both are refused with what to do": {
			map[string]string{"SENDGRID_API_KEY": "SG.x", "SENDGRID_FROM_EMAIL": "hello@example.com"}, "SMTP_URL", "unset one of the two"},
		"a wrong relay is not called missing": {map[string]string{"SMTP_URL": "relay.example.com:587"}, "SMTP_URL", "must look like"},
	} {
		sets := relayed()
		maps.Copy(sets, c.change)
		got := problemsOf(t, sets)
		if len(got) != 1 || got[0].Name != c.wrong || !strings.Contains(got[0].Reason, c.says) {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestARelayIsReadFromItsURL(t *testing.T) {
	for url, want := range map[string]SMTP{
		"smtps://u:p%40ss%2Fword@relay.example.com":    {Host: "relay.example.com", Port: 465, User: "u", Password: "p@ss/word", TLS: SMTPWithin},
		"smtp://me%40example.com:p@relay.example:2525": {Host: "relay.example", Port: 2525, User: "me@example.com", Password: "p", TLS: SMTPStartTLS},
		"smtp://relay.internal":                        {Host: "relay.internal", Port: 587, TLS: SMTPStartTLS},
		"smtp://localhost?tls=off":                     {Host: "localhost", Port: 25, TLS: SMTPPlain},
		"smtp://127.0.0.1:1025/?tls=off":               {Host: "127.0.0.1", Port: 1025, TLS: SMTPPlain},
		"smtp://[::1]:25?tls=off":                      {Host: "::1", Port: 25, TLS: SMTPPlain},
	} {
		sets := relayed()
		sets["SMTP_URL"] = url
		c, err := parse(sets)
		want.FromEmail, want.FromName = "hello@example.com", "Waitlist"
		if err != nil || c.SMTP != want {
			t.Errorf("%s: got %+v (%v)", url, c.SMTP, err)
		}
	}
}

func TestARelayThatCannotBeUsedIsRefusedWithoutItsPassword(t *testing.T) {
	for url, says := range map[string]string{
		"http://u:hidden-word@relay.example.com":              "must look like",
		"smtp://":                                             "must look like",
		"smtp://u:hidden-word@relay.example.com/path":         "must look like",
		"smtp://u:hidden-word@relay.example.com:0":            "from 1 to 65535",
		"smtp://u:hidden-word@relay.example.com:99999":        "from 1 to 65535",
		"smtp://hidden-word@relay.example.com":                "user and password, or neither",
		"smtp://:hidden-word@relay.example.com":               "user and password, or neither",
		"smtp://relay.example.com?tls=off":                    "only for a relay on this machine",
		"smtp://10.0.0.5?tls=off":                             "only for a relay on this machine",
		"smtp://localhost.example.com?tls=off":                "only for a relay on this machine",
		"smtp://u:hidden-word@localhost?tls=off":              "can't hold a password",
		"smtp://u:hidden-word@relay.example.com?tls=maybe":    "?tls=off",
		"smtps://u:hidden-word@relay.example.com?tls=off":     "?tls=off",
		"smtp://u:hidden-word@relay.example.com?insecure=yes": "?tls=off",
	} {
		sets := relayed()
		sets["SMTP_URL"] = url
		got := problemsOf(t, sets)
		if len(got) != 1 || got[0].Name != "SMTP_URL" || !strings.Contains(got[0].Reason, says) || strings.Contains(got.Error(), "hidden-word") {
			t.Errorf("%s: got %v, want it to say %q", url, got, says)
		}
	}
}
