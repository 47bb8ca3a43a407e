package accounts

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/your-org/waitlist-management/db"
)

// BeginPasskeyLogIn asks for any passkey of this site. Errors are problem.NotFound where passkeys can't work, Limited after too many tries.
func (a *Accounts) BeginPasskeyLogIn(ctx context.Context, address string) (Challenge, error) {
	if !a.PasskeysWork() {
		return Challenge{}, noPasskeysHere()
	}
	if err := a.attemptAt(ctx, attempt{"passkey from", network(address), 60}); err != nil {
		return Challenge{}, err
	}
	options, ceremony, err := a.passkeys.BeginDiscoverableLogin()
	if err != nil {
		return Challenge{}, fmt.Errorf("asking for a passkey: %w", err)
	}
	return a.challenge(ctx, toLogIn, nil, options.Response, ceremony)
}

// PasskeyLogIn lets a user in by a passkey alone: it is something they have, and it asked for something they know or are. answer is the
// browser's to BeginPasskeyLogIn, JSON; id is that of the challenge. Errors are problem.InvalidInput, Forbidden as in LogIn.
func (a *Accounts) PasskeyLogIn(ctx context.Context, answer, id string) (LoggedIn, error) {
	if !a.PasskeysWork() {
		return LoggedIn{}, noPasskeysHere()
	}
	ceremony, err := a.takeChallenge(ctx, id, toLogIn, nil)
	if err != nil {
		return LoggedIn{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return LoggedIn{}, wrongPasskey(err)
	}
	found, err := a.db.GetPasskeyByCredential(ctx, credentialHash(parsed.RawID))
	if absent(err) {
		return LoggedIn{}, wrongPasskey(errors.New("nobody's"))
	}
	if err != nil {
		return LoggedIn{}, db.Down(fmt.Errorf("reading a passkey: %w", err))
	}
	user, err := a.db.GetUser(ctx, found.UserID)
	if err != nil {
		return LoggedIn{}, db.Down(fmt.Errorf("reading user %d: %w", found.UserID, err))
	}
	holder, err := a.holder(ctx, user.ID, user.PublicID, "", "")
	if err != nil {
		return LoggedIn{}, err
	}
	used, err := a.passkeys.ValidateDiscoverableLogin(func(_, _ []byte) (webauthn.User, error) { return holder, nil }, ceremony, parsed)
	if err != nil {
		return LoggedIn{}, wrongPasskey(err)
	}
	var in LoggedIn
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := usePasskey(ctx, tx, holder, used); err != nil {
			return err
		}
		in = LoggedIn{}
		in.Token, in.Businesses, err = beginIn(ctx, tx, user.ID, 0)
		return err
	})
	return in, err
}

// usePasskey keeps what the authenticator told, unless it counted back or its passkey was removed meanwhile.
func usePasskey(ctx context.Context, tx *db.Tx, holder passkeyHolder, used *webauthn.Credential) error {
	if used.Authenticator.CloneWarning {
		return wrongPasskey(errors.New("it counted back: there may be two of it"))
	}
	for _, row := range holder.rows {
		if !bytes.Equal(row.CredentialID, used.ID) {
			continue
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.UsePasskey(ctx, db.UsePasskeyParams{
			ID: row.ID, SignCount: int64(used.Authenticator.SignCount), BackedUp: used.Flags.BackupState, Now: &now,
		})
		if err != nil {
			return fmt.Errorf("using a passkey: %w", err)
		}
		if n == 1 {
			return nil
		}
	}
	return wrongPasskey(errors.New("it counted back or is gone"))
}

// ProvePasskey asks for one of u's passkeys, for a Proof: problem.NotFound for somebody who has none.
func (a *Accounts) ProvePasskey(ctx context.Context, u User) (Challenge, error) {
	if !a.PasskeysWork() {
		return Challenge{}, noPasskeysHere()
	}
	holder, err := a.holder(ctx, u.ID, u.PublicID, u.Name, u.Email)
	if err != nil {
		return Challenge{}, err
	}
	if len(holder.credentials) == 0 {
		return Challenge{}, noSuchPasskey()
	}
	options, ceremony, err := a.passkeys.BeginLogin(holder)
	if err != nil {
		return Challenge{}, fmt.Errorf("asking for a passkey: %w", err)
	}
	return a.challenge(ctx, toProve, &u.ID, options.Response, ceremony)
}

func (a *Accounts) provedByPasskey(ctx context.Context, u User, p Proof) error {
	if !a.PasskeysWork() {
		return noPasskeysHere()
	}
	ceremony, err := a.takeChallenge(ctx, p.Challenge, toProve, &u.ID)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(p.Passkey))
	if err != nil {
		return wrongPasskey(err)
	}
	holder, err := a.holder(ctx, u.ID, u.PublicID, u.Name, u.Email)
	if err != nil {
		return err
	}
	used, err := a.passkeys.ValidateLogin(holder, ceremony, parsed)
	if err != nil {
		return wrongPasskey(err)
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error { return usePasskey(ctx, tx, holder, used) })
}
