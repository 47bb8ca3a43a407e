package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"
)

// TokenKind says what a link's token is good for; one kind's token is worth
// nothing as another.
type TokenKind string

const (
	TokenOffer       TokenKind = "offer"
	TokenEntry       TokenKind = "entry"
	TokenBooking     TokenKind = "booking"
	TokenJoin        TokenKind = "join" // confirms an entry
	TokenReset       TokenKind = "reset"
	TokenInvite      TokenKind = "invite"
	TokenNew         TokenKind = "email new"   // confirms an address that a user changes to
	TokenOld         TokenKind = "email old"   // agrees to such a change at the address that is given up
	TokenSession     TokenKind = "session"     // names a session to whoever it belongs to
	TokenUnsubscribe TokenKind = "unsubscribe" // stops a business's emails to a customer
)

// Tokens makes the tokens in emailed links. They need not be stored: whoever
// renders the email makes the same token again.
type Tokens struct{ digest digest }

// NewTokens makes the tokens of the token key k.
func NewTokens(k Key) Tokens { return Tokens{digest: newDigest(k)} }

// Make gives the token of a row, 43 letters of the URL alphabet. Raising version
// revokes the ones made before.
func (t Tokens) Make(kind TokenKind, publicID string, version int) string {
	return base64.RawURLEncoding.EncodeToString(t.digest("token", string(kind), publicID, strconv.Itoa(version)))
}

// Reset gives the token of a link that sets a new password: of the user with this public id, made at a moment.
func (t Tokens) Reset(publicID string, at time.Time) string {
	return t.Make(TokenReset, publicID, int(at.UnixMicro()))
}

// HashToken is what tables keep of a token: its SHA-256, 32 bytes.
func HashToken(token string) []byte {
	digest := sha256.Sum256([]byte(token))
	return digest[:]
}

// PublicID makes a random id for use in URLs: 128 bits, 22 letters of the URL
// alphabet.
func PublicID() string { return random(16) }

// RandomToken makes a secret such as a session id: 256 bits, 43 letters of the
// URL alphabet.
func RandomToken() string { return random(32) }

func random(size int) string {
	raw := make([]byte, size)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}
