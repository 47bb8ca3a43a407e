package paths

import (
	"net/url"
	"strings"
)

// Local gives back a path of this site that a request asked to be led to, and
// Home for anything a browser could take for another site's address.
func Local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.Contains(next, `\`) {
		return Home
	}
	if _, err := url.Parse(next); err != nil { // control characters, bad escapes
		return Home
	}
	return next
}

// LoginThen is the link to the log-in page that leads on to next afterwards;
// next should be read back through Local.
func LoginThen(next string) string {
	return Login + "?" + url.Values{"next": {next}}.Encode()
}
