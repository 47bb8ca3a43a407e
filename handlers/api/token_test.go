package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

// key makes a key that may read the set-up and the list.
func key(s *apitest.Site) (accounts.User, accounts.KeySecret) {
	s.T.Helper()
	owner := accounts.User{ID: s.Staff.UserID, TenantID: s.Tenant, Role: rules.RoleOwner}
	made, err := s.Accounts.CreateKey(s.Context(), owner, accounts.NewKey{Name: "Website", Scopes: []string{"setup:read", "list:read"}, Expires: accounts.ExpiresNever})
	if err != nil {
		s.T.Fatal(err)
	}
	return owner, made
}

// askToken asks for an access token with a form; headers alternate name and value.
func askToken(s *apitest.Site, form url.Values, headers ...string) apitest.Answer {
	s.T.Helper()
	q := apitest.Request{Method: http.MethodPost, Path: "/token", Body: form.Encode(), Token: "-", Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}
	for i := 0; i < len(headers); i += 2 {
		q.Header[headers[i]] = headers[i+1]
	}
	return s.Send(q)
}

type token struct {
	Access string `json:"access_token"`
	Scope  string
	Error  string
}

func TestATokenIsIssuedToWhoeverKnowsTheSecret(t *testing.T) {
	s := apitest.Open(t)
	_, k := key(s)
	good := url.Values{"grant_type": {"client_credentials"}, "client_id": {k.ID}, "client_secret": {k.Secret}}
	var got token
	a := askToken(s, good).Want(http.StatusOK, &got)
	if got.Scope != "list:read setup:read" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s with %s", a.Body, a.Header.Get("Cache-Control"))
	}
	askToken(s, good, "Idempotency-Key", "one").Want(http.StatusOK, nil) // which some programs send with everything
	less := url.Values{"grant_type": {"client_credentials"}, "scope": {"setup:read"}}
	basic := http.Request{Header: http.Header{}}
	basic.SetBasicAuth(k.ID, k.Secret)
	askToken(s, less, "Authorization", basic.Header.Get("Authorization")).Want(http.StatusOK, &got)
	s.Send(apitest.Request{Method: http.MethodGet, Path: "/services", Token: got.Access}).Want(http.StatusOK, nil)
	s.Send(apitest.Request{Method: http.MethodGet, Path: "/entries", Token: got.Access}).Refused(http.StatusForbidden, "scope")

	var none token
	if askToken(s, url.Values{}).Want(http.StatusBadRequest, &none); none.Error != "invalid_request" {
		t.Errorf("an empty form is refused as %s", none.Error)
	}
	for name, c := range map[string]struct {
		change url.Values
		status int
		why    string
	}{
		"another secret":      {url.Values{"client_secret": {"wlk_" + strings.Repeat("x", 43)}}, http.StatusUnauthorized, "invalid_client"},
		"no secret":           {url.Values{"client_secret": {""}}, http.StatusUnauthorized, "invalid_client"},
		"another key":         {url.Values{"client_id": {"KiMXU6ADPXSD6RBZhCXlUw"}}, http.StatusUnauthorized, "invalid_client"},
		"no key":              {url.Values{"client_id": {""}}, http.StatusUnauthorized, "invalid_client"},
		"a letter of no key":  {url.Values{"client_id": {"ä"}}, http.StatusUnauthorized, "invalid_client"},
		"no grant":            {url.Values{"grant_type": {""}}, http.StatusBadRequest, "invalid_request"},
		"another grant":       {url.Values{"grant_type": {"password"}}, http.StatusBadRequest, "unsupported_grant_type"},
		"a scope it lacks":    {url.Values{"scope": {"setup:write"}}, http.StatusBadRequest, "invalid_scope"},
		"a scope that is not": {url.Values{"scope": {"everything"}}, http.StatusBadRequest, "invalid_scope"},
	} {
		form := url.Values{}
		for field, values := range good {
			form[field] = values
		}
		for field, values := range c.change {
			form[field] = values
		}
		var refused token
		a := askToken(s, form).Want(c.status, &refused)
		if refused.Error != c.why || refused.Access != "" || (a.Header.Get("WWW-Authenticate") != "") != (c.status == http.StatusUnauthorized) {
			t.Errorf("%s: %s, challenged with %q", name, a.Body, a.Header.Get("WWW-Authenticate"))
		}
	}
}

func TestATokenIsGoodForAQuarterOfAnHourAndNotOnceItsKeyIsRevoked(t *testing.T) {
	s := apitest.Open(t)
	owner, k := key(s)
	fresh := func() string {
		var got token
		askToken(s, url.Values{"grant_type": {"client_credentials"}, "client_id": {k.ID}, "client_secret": {k.Secret}}).Want(http.StatusOK, &got)
		return got.Access
	}
	ask := func(token string) apitest.Answer {
		return s.Send(apitest.Request{Method: http.MethodGet, Path: "/services", Token: token})
	}
	first := fresh()
	s.Pass(14 * time.Minute)
	ask(first).Want(http.StatusOK, nil)
	s.Pass(2 * time.Minute)
	a := ask(first)
	a.Refused(http.StatusUnauthorized, "token")
	if got := a.Header.Get("WWW-Authenticate"); !strings.Contains(got, `error="invalid_token"`) {
		t.Errorf("challenged with %q", got)
	}
	second := fresh()
	ask(second).Want(http.StatusOK, nil)
	if err := s.Accounts.RevokeKey(s.Context(), owner, k.ID); err != nil {
		t.Fatal(err)
	}
	ask(second).Refused(http.StatusUnauthorized, "token")
}

func TestWhatAKeyDoesIsNotedAsItsOwn(t *testing.T) {
	s := apitest.Open(t)
	s.Add("/services", cut())
	if by := s.One("SELECT actor FROM audit_entries WHERE action = 'service.add'"); by != "key" {
		t.Errorf("noted as done by %s", by)
	}
}
