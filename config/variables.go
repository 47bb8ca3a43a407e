package config

// need says when a variable must be set.
type need int

const (
	optional       need = iota
	inProduction        // in production
	withOwnServers      // in production, and whenever DATABASE_URL is set; a local start makes its own
)

// variable is one line of the table.
type variable struct {
	Name    string
	Default string // what stands for an unset variable; empty: nothing
	Need    need
	With    []string // also needed when any of these is set
	Instead string   // not needed when this is set
	Not     string   // can't be set together with this
	Secret  bool
	Group   string // starts a group of variables in the documents
	Doc     string
	set     func(c *Config, value string) (reason string) // reason is empty when value is fine, and never holds it
}

// variables is every variable the program reads, in the order of the documents.
var variables = []variable{
	{
		Group: "The program",
		Name:  "APP_ENV", Default: "development",
		Doc: "development or production. Production wants every secret, servers of your own, and never shows the local mailbox.",
		set: func(c *Config, v string) string {
			c.Production = v == "production"
			return oneOf(v, "development", "production")
		},
	},
	{
		Name: "PORT", Default: "3000",
		Doc: "The TCP port to listen on, 1 to 65535.",
		set: func(c *Config, v string) string { return number(&c.Port, v, 1, 65535) },
	},
	{
		Name: "BASE_URL", Need: inProduction,
		Doc: "The address people use, such as https://waitlist.example.com; every link starts with it. Without it, http://localhost:PORT outside production. In production it starts with https://, except for localhost.",
		set: func(c *Config, v string) string { return c.setBaseURL(v) },
	},
	{
		Name: "DATA_DIR", Default: "./data",
		Doc: "The folder of the local servers and of their secrets, when DATABASE_URL and REDIS_URL are unset.",
		set: func(c *Config, v string) string { return text(&c.DataDir, v) },
	},
	{
		Name: "LOG_LEVEL", Default: "info",
		Doc: "debug, info, warn or error.",
		set: func(c *Config, v string) string { return c.setLogLevel(v) },
	},
	{
		Name: "SIGNUP", Default: "first",
		Doc: "Who may create a business by signing up: first (only while there is none yet), open (anyone) or closed (nobody; use create-admin).",
		set: func(c *Config, v string) string {
			c.Signup = Signup(v)
			return oneOf(v, string(SignupFirst), string(SignupOpen), string(SignupClosed))
		},
	},
	{
		Name: "TRUSTED_PROXIES",
		Doc:  "Comma list of the proxies in front of the program, as CIDR ranges such as 10.0.0.0/8. Only their X-Forwarded-For is believed.",
		set:  func(c *Config, v string) string { return prefixes(&c.TrustedProxies, v) },
	},
	{
		Group: "Servers",
		Name:  "DATABASE_URL", Need: inProduction, With: []string{"REDIS_URL"}, Secret: true,
		Doc: "MySQL 8.4, MariaDB 10.11 or TiDB: mysql://user:password@host:3306/name. Unset together with REDIS_URL, the program runs servers of its own in DATA_DIR.",
		set: func(c *Config, v string) string { return c.setDatabaseURL(v) },
	},
	{
		Name: "REDIS_URL", Need: inProduction, With: []string{"DATABASE_URL"}, Secret: true,
		Doc: "redis://user:password@host:6379/0, or rediss:// with TLS.",
		set: func(c *Config, v string) string { return c.setRedisURL(v) },
	},
	{
		Group: "Secrets (a local start makes its own)",
		Name:  "ENCRYPTION_KEY", Need: withOwnServers, Secret: true,
		Doc: "Comma list of 32-byte keys in base64, newest first; make one with: openssl rand -base64 32. It protects all personal data: without it a backup can't be read. Keep old keys in the list when you add a new one.",
		set: func(c *Config, v string) string { return c.setEncryptionKey(v) },
	},
	{
		Name: "SESSION_SECRET", Need: withOwnServers, Secret: true,
		Doc: "At least 32 random characters; a comma list, newest first, lets logged-in people stay logged in through a change.",
		set: func(c *Config, v string) string { return secrets(&c.SessionSecret, v) },
	},
	{
		Name: "JWT_SECRET", Need: withOwnServers, Secret: true,
		Doc: "At least 32 random characters, for the tokens of the API; a comma list, newest first.",
		set: func(c *Config, v string) string { return secrets(&c.JWTSecret, v) },
	},
	{
		Group: "Mail (SendGrid or SMTP; production needs one of them)",
		Name:  "SENDGRID_API_KEY", Need: inProduction, Instead: "SMTP_URL", Secret: true,
		Doc: "Sends mail through SendGrid. Without it and SMTP_URL mail stays here, readable at /mailbox.",
		set: func(c *Config, v string) string { return text(&c.SendGrid.APIKey, v) },
	},
	{
		Name: "SENDGRID_FROM_EMAIL", Need: inProduction, With: []string{"SENDGRID_API_KEY"}, Instead: "SMTP_URL",
		Doc: "The address mail comes from, verified with SendGrid.",
		set: func(c *Config, v string) string { return emailAddress(&c.SendGrid.FromEmail, v) },
	},
	{
		Name: "SENDGRID_FROM_NAME", Default: "Waitlist",
		Doc: "The name mail comes from, where a business has none of its own.",
		set: func(c *Config, v string) string { return text(&c.SendGrid.FromName, v) },
	},
	{
		Name: "SENDGRID_WEBHOOK_KEY",
		Doc:  "The verification key of SendGrid's signed event webhook, as SendGrid shows it; a comma list while you change it. Without it the program doesn't hear which emails arrived and which came back (docs/messages.md says how to set it up).",
		set:  func(c *Config, v string) string { return c.setWebhookKeys(v) },
	},
	{
		Name: "SMTP_URL", Not: "SENDGRID_API_KEY", Secret: true,
		Doc: "Sends mail through an SMTP relay: smtp://user:password@host:587 (broken off unless the relay goes over to TLS with STARTTLS), smtps://user:password@host:465 (TLS from the start), or smtp://localhost:25?tls=off for a relay on this machine, without user and password. Special characters in user and password are percent-encoded. Not together with SENDGRID_API_KEY.",
		set: func(c *Config, v string) string { return c.setSMTPURL(v) },
	},
	{
		Name: "SMTP_FROM_EMAIL", With: []string{"SMTP_URL"},
		Doc: "The address mail comes from, which the relay lets the user send from.",
		set: func(c *Config, v string) string { return emailAddress(&c.SMTP.FromEmail, v) },
	},
	{
		Name: "SMTP_FROM_NAME", Default: "Waitlist",
		Doc: "The name mail comes from, where a business has none of its own.",
		set: func(c *Config, v string) string { return text(&c.SMTP.FromName, v) },
	},
	{
		Group: "Limits",
		Name:  "RATE_LIMIT_WINDOW_MS", Default: "60000",
		Doc: "The window of the request limits in milliseconds, 1000 to 3600000.",
		set: func(c *Config, v string) string { return c.setRateLimitWindow(v) },
	},
	{
		Name: "RATE_LIMIT_MAX_REQUESTS", Default: "300",
		Doc: "How many requests one address may make of the API in a window, 1 to 1000000. The form for joining may be posted so often to one business, and a tenth as often from one address; more are asked to try again in a minute. Addresses of private networks count for the business only: name your proxies in TRUSTED_PROXIES.",
		set: func(c *Config, v string) string { return number(&c.RateLimit.MaxRequests, v, 1, 1000000) },
	},
	{
		Group: "Webhooks",
		Name:  "WEBHOOK_ALLOW",
		Doc:   "Comma list of CIDR ranges, such as 10.1.0.0/16, that outgoing webhooks may reach although they are private or this machine's own, in plain http too. Without it they reach the internet only, over https (docs/webhooks.md).",
		set:   func(c *Config, v string) string { return prefixes(&c.WebhookAllow, v) },
	},
	{
		Group: "Google Calendar",
		Name:  "GOOGLE_CLIENT_ID", With: []string{"GOOGLE_CLIENT_SECRET", "GOOGLE_REDIRECT_URI"},
		Doc: "The OAuth client of the calendar connection; all three or none.",
		set: func(c *Config, v string) string { return text(&c.Google.ClientID, v) },
	},
	{
		Name: "GOOGLE_CLIENT_SECRET", With: []string{"GOOGLE_CLIENT_ID", "GOOGLE_REDIRECT_URI"}, Secret: true,
		Doc: "The OAuth client's secret.",
		set: func(c *Config, v string) string { return text(&c.Google.ClientSecret, v) },
	},
	{
		Name: "GOOGLE_REDIRECT_URI", With: []string{"GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"},
		Doc: "Where Google sends people back to, on BASE_URL.",
		set: func(c *Config, v string) string { return webAddress(&c.Google.RedirectURI, v) },
	},
	{
		Group: "Watching",
		Name:  "SENTRY_DSN", Secret: true,
		Doc: "Where errors are reported.",
		set: func(c *Config, v string) string { return webAddress(&c.SentryDSN, v) },
	},
	{
		Name: "DATADOG_API_KEY", Secret: true,
		Doc: "Where measurements are sent.",
		set: func(c *Config, v string) string { return text(&c.DatadogAPIKey, v) },
	},
}
