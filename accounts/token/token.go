// Package token makes and reads the access tokens of the API: JSON Web Tokens that say which API key may do what, for a quarter of an hour.
//
// A token alone lets nobody in. Whoever reads one still asks package accounts whether its key may act, and takes its version for what it is.
package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	// Life is how long a token is good for.
	Life = 15 * time.Minute

	leeway  = 30 * time.Second // by which clocks may differ
	longest = 4096             // bytes; a token with every scope has some 600
	kind    = "at+jwt"         // typ of an access token (RFC 9068), so that nothing else signed with the same secret passes for one
)

// Tokens signs and reads access tokens with HMAC-SHA-256.
type Tokens struct {
	Secrets  []string // each at least 32 random characters; the newest first, which signs
	Issuer   string   // BASE_URL
	Audience string   // whom tokens are for: the address of the API
}

// Claims is what a token says.
type Claims struct {
	ID        string // its own
	Key       string // public id of the API key
	Version   int    // token version of the key when it was issued
	Scopes    rules.Scopes
	IssuedAt  time.Time // UTC, whole seconds
	ExpiresAt time.Time // likewise
}

// Issue makes a token of a key for these scopes.
func (t Tokens) Issue(key string, version int, scopes rules.Scopes, now time.Time) (string, error) {
	if err := t.usable(); err != nil {
		return "", err
	}
	fresh := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: t.Issuer, Audience: jwt.ClaimStrings{t.Audience}, Subject: key, ID: seal.PublicID(),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(Life)),
		},
		Scope: scopes.String(), Version: version,
	})
	fresh.Header["typ"], fresh.Header["kid"] = kind, nameOf(t.Secrets[0])
	text, err := fresh.SignedString([]byte(t.Secrets[0]))
	if err != nil {
		return "", fmt.Errorf("signing an access token: %w", err)
	}
	return text, nil
}

// Signed is what stands in a token with the right signature, before anybody has looked at the clock.
type Signed struct {
	claims claims
	tokens Tokens
}

// Verify checks the signature and nothing else: problem.Unauthenticated for a wrong one.
func (t Tokens) Verify(text string) (Signed, error) {
	if err := t.usable(); err != nil {
		return Signed{}, err
	}
	if len(text) > longest {
		return Signed{}, refuse(jwt.ErrTokenMalformed)
	}
	signed := Signed{tokens: t}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	if _, err := parser.ParseWithClaims(text, &signed.claims, t.secretOf); err != nil {
		return Signed{}, refuse(err)
	}
	return signed, nil
}

// Key is the public id of the API key that the token names.
func (s Signed) Key() string { return s.claims.Subject }

// At gives what the token says if it is good at now: problem.Unauthenticated otherwise.
func (s Signed) At(now time.Time) (Claims, error) {
	judge := jwt.NewValidator(
		jwt.WithIssuer(s.tokens.Issuer), jwt.WithAudience(s.tokens.Audience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
		jwt.WithTimeFunc(func() time.Time { return now }),
	)
	if err := judge.Validate(s.claims); err != nil {
		return Claims{}, refuse(err)
	}
	scopes, _ := rules.ReadScopes(s.claims.Scope) // one that only a newer program knows lets nobody do anything here
	return Claims{
		ID: s.claims.ID, Key: s.claims.Subject, Version: s.claims.Version, Scopes: scopes,
		IssuedAt: s.claims.IssuedAt.UTC(), ExpiresAt: s.claims.ExpiresAt.UTC(),
	}, nil
}

// claims is a token's payload.
type claims struct {
	jwt.RegisteredClaims
	Scope   string `json:"scope"`
	Version int    `json:"ver"`
}

// Validate is asked by the library after it has judged the registered claims by themselves.
func (c claims) Validate() error {
	switch {
	case c.IssuedAt == nil || c.ExpiresAt == nil || c.Subject == "" || c.Version < 1:
		return jwt.ErrTokenRequiredClaimMissing
	case c.ExpiresAt.Sub(c.IssuedAt.Time) > Life || !c.ExpiresAt.After(c.IssuedAt.Time):
		return errLife
	}
	return nil
}

var errLife = errors.New("an access token is good for a quarter of an hour at most")

// secretOf is the secret that the token's header names.
func (t Tokens) secretOf(token *jwt.Token) (any, error) {
	if token.Header["typ"] != kind {
		return nil, errors.New("not an access token")
	}
	for _, secret := range t.Secrets {
		if token.Header["kid"] == nameOf(secret) {
			return []byte(secret), nil
		}
	}
	return nil, errors.New("signed with another secret")
}

// nameOf tells secrets apart without telling anything of them.
func nameOf(secret string) string {
	digest := hmac.New(sha256.New, []byte(secret))
	digest.Write([]byte("waitlist access token kid"))
	return base64.RawURLEncoding.EncodeToString(digest.Sum(nil)[:8])
}

// usable guards against what would let everybody in: the library checks no issuer and no audience when it is given none.
func (t Tokens) usable() error {
	if len(t.Secrets) == 0 || t.Issuer == "" || t.Audience == "" {
		return errors.New("access tokens need a secret, an issuer and an audience")
	}
	for _, secret := range t.Secrets {
		if len(secret) < 32 {
			return errors.New("a secret of access tokens is shorter than 32 characters")
		}
	}
	return nil
}

func refuse(err error) error {
	return problem.New(problem.Unauthenticated, "keys.bad.token").Because(err)
}
