// Package accounts is who may come in: signing a business up, logging in and out, sessions, the logins of a business and who has which role.
// One file per act.
package accounts

import (
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/your-org/waitlist-management/db"
)

// Signup says who may sign a business up.
type Signup string

const (
	SignupFirst  Signup = "first" // whoever comes first
	SignupOpen   Signup = "open"
	SignupClosed Signup = "closed"
)

// How long a session lasts, by the database's clock.
const (
	SessionMost = 60 * 24 * time.Hour // since logging in
	SessionIdle = 14 * 24 * time.Hour // since it was last seen
)

// Accounts is the use cases of this package. It is safe for concurrent use.
type Accounts struct {
	db     *db.DB
	signup Signup

	touches *touches

	// Both are of the address people come in under, see At.
	passkeys *webauthn.WebAuthn // nil where they can't work
	site     string             // what authenticators call this program there
}

// New needs the database's keys loaded.
func New(d *db.DB, signup Signup) *Accounts {
	return &Accounts{db: d, signup: signup, site: program, touches: &touches{noted: map[touch]time.Time{}}}
}
