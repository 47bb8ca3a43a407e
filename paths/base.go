package paths

import (
	"errors"
	"net/url"
	"strings"
)

// Base is the address under which people reach the program, from BASE_URL: the
// only source of absolute links, never a request's Host.
type Base string

// ParseBase checks an absolute http or https address with a host and, at most,
// a path. The error doesn't repeat the value.
func ParseBase(address string) (Base, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", errors.New("not a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return "", errors.New("not an http or https URL")
	case u.Hostname() == "":
		return "", errors.New("a URL without a host")
	case u.User != nil:
		return "", errors.New("a URL with a user name")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(address, "#"):
		return "", errors.New("a URL with a query or fragment")
	}
	return Base(strings.TrimRight(u.String(), "/")), nil
}

// Abs is the absolute link to one of this package's paths.
func (b Base) Abs(path string) string {
	return strings.TrimRight(string(b), "/") + "/" + strings.TrimLeft(path, "/")
}

// Secure tells whether people come over https, which decides cookie names.
func (b Base) Secure() bool { return strings.HasPrefix(string(b), "https://") }
