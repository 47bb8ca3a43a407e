package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// IssueToken answers POST /token: the client credentials grant of OAuth 2.0, whose errors have words of their own (RFC 6749, 5.2).
func (d *door) IssueToken(c echo.Context) error {
	r := c.Request()
	switch r.PostFormValue("grant_type") {
	case "client_credentials":
	case "":
		return noToken(c, http.StatusBadRequest, spec.TokenErrorErrorInvalidRequest)
	default:
		return noToken(c, http.StatusBadRequest, spec.TokenErrorErrorUnsupportedGrantType)
	}
	id, secret, inHeader := r.BasicAuth()
	if !inHeader {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	k, err := d.Accounts.ProveKey(r.Context(), id, secret)
	if problem.KindOf(err) == problem.Unauthenticated {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Basic realm="waitlist"`)
		return noToken(c, http.StatusUnauthorized, spec.TokenErrorErrorInvalidClient)
	}
	if err != nil {
		return err
	}
	scopes := k.Scopes
	if asked := r.PostFormValue("scope"); asked != "" {
		wanted, unknown := rules.ReadScopes(asked)
		if unknown != "" || !wanted.Within(k.Scopes) {
			return noToken(c, http.StatusBadRequest, spec.TokenErrorErrorInvalidScope)
		}
		scopes = wanted
	}
	access, err := d.Tokens.Issue(k.PublicID, k.TokenVersion, scopes, k.ReadAt())
	if err != nil {
		return err
	}
	c.Response().Header().Set("Pragma", "no-cache")
	return answer(c, http.StatusOK, spec.Token{
		AccessToken: access, TokenType: spec.TokenTokenTypeBearer, ExpiresIn: int(token.Life.Seconds()), Scope: scopes.String(),
	})
}

// explanations are in English: RFC 6749 wants them for whoever writes the program.
var explanations = map[spec.TokenErrorError]string{
	spec.TokenErrorErrorInvalidRequest:       "Send a form with grant_type=client_credentials.",
	spec.TokenErrorErrorUnsupportedGrantType: "grant_type is client_credentials here.",
	spec.TokenErrorErrorInvalidClient:        "The id or the secret is wrong, or the key was revoked or has expired.",
	spec.TokenErrorErrorInvalidScope:         "The key does not have all of these scopes.",
}

func noToken(c echo.Context, status int, why spec.TokenErrorError) error {
	text := explanations[why]
	return answer(c, status, spec.TokenError{Error: why, ErrorDescription: &text})
}
