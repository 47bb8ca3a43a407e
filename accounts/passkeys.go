package accounts

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// passkeysMost is how many one user may have.
const passkeysMost = 20

// Passkey is one of a user's.
type Passkey struct {
	ID     string // public id
	Name   string
	Since  time.Time  // UTC
	Used   *time.Time // UTC; nil: never
	Synced bool       // it lives on several devices of its owner
}

// Passkeys are those of u, the oldest first.
func (a *Accounts) Passkeys(ctx context.Context, u User) ([]Passkey, error) {
	rows, err := a.db.ListPasskeys(ctx, u.ID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the passkeys of user %d: %w", u.ID, err))
	}
	list := make([]Passkey, len(rows))
	for i, row := range rows {
		name, err := a.db.SystemBox().Open(passkeyName(row.PublicID), row.Name)
		if err != nil {
			return nil, err
		}
		list[i] = Passkey{ID: row.PublicID, Name: name, Since: row.CreatedAt, Used: row.UsedAt, Synced: row.BackedUp}
	}
	return list, nil
}

// Passkey is one of u's by public id: problem.NotFound for any other.
func (a *Accounts) Passkey(ctx context.Context, u User, id string) (Passkey, error) {
	list, err := a.Passkeys(ctx, u)
	for _, one := range list {
		if one.ID == id {
			return one, err
		}
	}
	if err == nil {
		err = noSuchPasskey()
	}
	return Passkey{}, err
}

func noSuchPasskey() error { return problem.New(problem.NotFound, "factor.bad.no_such_passkey") }

func passkeyName(publicID string) seal.Where {
	return seal.Where{Table: "passkeys", Column: "name", Row: publicID}
}

// BeginPasskey asks for a new passkey of u. Errors are those of a Proof, problem.NotFound where passkeys can't work, Conflict for somebody who
// has as many as one may, Forbidden in the demo.
func (a *Accounts) BeginPasskey(ctx context.Context, u User, p Proof) (Challenge, error) {
	switch {
	case !a.PasskeysWork():
		return Challenge{}, noPasskeysHere()
	case u.Demo:
		return Challenge{}, problem.New(problem.Forbidden, "factor.bad.demo")
	}
	if err := a.prove(ctx, u, p); err != nil {
		return Challenge{}, err
	}
	holder, err := a.holder(ctx, u.ID, u.PublicID, u.Name, u.Email)
	if err != nil {
		return Challenge{}, err
	}
	if len(holder.credentials) >= passkeysMost {
		return Challenge{}, problem.New(problem.Conflict, "factor.bad.passkeys_most", "Most", passkeysMost)
	}
	var known []protocol.CredentialDescriptor
	for _, one := range holder.credentials {
		known = append(known, one.Descriptor())
	}
	options, ceremony, err := a.passkeys.BeginRegistration(holder, webauthn.WithExclusions(known))
	if err != nil {
		return Challenge{}, fmt.Errorf("asking for a passkey: %w", err)
	}
	return a.challenge(ctx, toAdd, &u.ID, options.Response, ceremony)
}

// NewPasskey is the browser's answer to BeginPasskey.
type NewPasskey struct {
	Name      string // at most 80 characters
	Answer    string // JSON
	Challenge string // random id of what it answers
}

// AddPasskey adds a passkey to those of u and gives its public id. Errors are problem.InvalidInput, with the field name for a bad one;
// Conflict when the passkey is known already.
func (a *Accounts) AddPasskey(ctx context.Context, u User, f NewPasskey) (id string, err error) {
	if !a.PasskeysWork() {
		return "", noPasskeysHere()
	}
	var r reading
	name := r.name("name", f.Name, nameMost)
	if err := r.err(); err != nil {
		return "", err
	}
	ceremony, err := a.takeChallenge(ctx, f.Challenge, toAdd, &u.ID)
	if err != nil {
		return "", err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(f.Answer))
	if err != nil {
		return "", wrongPasskey(err)
	}
	made, err := a.passkeys.CreateCredential(passkeyHolder{id: u.PublicID}, ceremony, answer)
	if err != nil {
		return "", wrongPasskey(err)
	}
	id = seal.PublicID()
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		rowID, err := tx.AddPasskey(ctx, db.AddPasskeyParams{
			PublicID: id, UserID: u.ID, Name: tx.SystemBox().Seal(passkeyName(id), name),
			CredentialHash: credentialHash(made.ID), CredentialID: made.ID, PublicKey: made.PublicKey,
			SignCount: int64(made.Authenticator.SignCount), Transports: transports(made.Transport),
			BackupEligible: made.Flags.BackupEligible, BackedUp: made.Flags.BackupState, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a passkey: %w", err)
		}
		if err := notice(ctx, tx, u.ID, outbox.PasskeyAdded); err != nil {
			return err
		}
		return note(ctx, tx, u, "passkey.add", "passkeys", rowID, nil)
	})
	if db.IsDuplicate(err) {
		err = problem.New(problem.Conflict, "factor.bad.passkey_known")
	}
	return id, err
}

func credentialHash(id []byte) []byte {
	digest := sha256.Sum256(id)
	return digest[:]
}

// transports keeps the words that are known.
func transports(list []protocol.AuthenticatorTransport) string {
	var words []string
	for _, one := range list {
		switch one {
		case protocol.USB, protocol.NFC, protocol.BLE, protocol.SmartCard, protocol.Hybrid, protocol.Internal:
			words = append(words, string(one))
		}
	}
	return strings.Join(words, ",")
}

// RenamePasskey gives one of u's, by public id, another name. Errors are problem.InvalidInput with the field name, NotFound.
func (a *Accounts) RenamePasskey(ctx context.Context, u User, id, to string) error {
	var r reading
	name := r.name("name", to, nameMost)
	if err := r.err(); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.RenamePasskey(ctx, db.RenamePasskeyParams{Name: tx.SystemBox().Seal(passkeyName(id), name), UserID: u.ID, PublicID: id})
		if err != nil && !absent(err) {
			return fmt.Errorf("renaming a passkey: %w", err)
		}
		if n != 1 {
			return noSuchPasskey()
		}
		return note(ctx, tx, u, "passkey.rename", "users", u.ID, nil)
	})
}

// RemovePasskey makes one of u's, by public id, good for nothing. Errors are those of a Proof, and problem.NotFound.
func (a *Accounts) RemovePasskey(ctx context.Context, u User, id string, p Proof) error {
	if _, err := a.Passkey(ctx, u, id); err != nil {
		return err
	}
	if err := a.prove(ctx, u, p); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.DeletePasskey(ctx, db.DeletePasskeyParams{UserID: u.ID, PublicID: id})
		if err != nil {
			return fmt.Errorf("removing a passkey: %w", err)
		}
		if n != 1 {
			return noSuchPasskey()
		}
		if err := notice(ctx, tx, u.ID, outbox.PasskeyRemoved); err != nil {
			return err
		}
		return note(ctx, tx, u, "passkey.remove", "users", u.ID, nil)
	})
}

// passkeyHolder is a user as the library wants them.
type passkeyHolder struct {
	id, name, email string
	credentials     []webauthn.Credential
	rows            []db.Passkey // beside them
}

func (h passkeyHolder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h passkeyHolder) WebAuthnName() string                       { return h.email }
func (h passkeyHolder) WebAuthnDisplayName() string                { return h.name }
func (h passkeyHolder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func (a *Accounts) holder(ctx context.Context, userID int64, publicID, name, email string) (passkeyHolder, error) {
	rows, err := a.db.ListPasskeys(ctx, userID)
	if err != nil {
		return passkeyHolder{}, db.Down(fmt.Errorf("reading the passkeys of user %d: %w", userID, err))
	}
	h := passkeyHolder{id: publicID, name: name, email: email, rows: rows}
	for _, row := range rows {
		one := webauthn.Credential{
			ID: row.CredentialID, PublicKey: row.PublicKey, Authenticator: webauthn.Authenticator{SignCount: uint32(row.SignCount)},
			Flags: webauthn.CredentialFlags{UserPresent: true, UserVerified: true, BackupEligible: row.BackupEligible, BackupState: row.BackedUp},
		}
		for word := range strings.SplitSeq(row.Transports, ",") {
			if word != "" {
				one.Transport = append(one.Transport, protocol.AuthenticatorTransport(word))
			}
		}
		h.credentials = append(h.credentials, one)
	}
	return h, nil
}
