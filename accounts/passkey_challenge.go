package accounts

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Challenge is what a browser is asked to have answered by an authenticator.
type Challenge struct {
	ID      string          // random, for a cookie: the answer is good once, for five minutes, together with it
	Options json.RawMessage // what the browser's credentials.create or credentials.get is given
}

// What a challenge is for: the answer to one is none to another.
const (
	toAdd   = "add"
	toLogIn = "log_in"
	toProve = "prove"
)

// challenge keeps what the answer will be checked against. userID is nil for whoever logs in.
func (a *Accounts) challenge(ctx context.Context, purpose string, userID *int64, options any, ceremony *webauthn.SessionData) (Challenge, error) {
	asked, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, fmt.Errorf("writing a challenge: %w", err)
	}
	kept, err := json.Marshal(ceremony)
	if err != nil {
		return Challenge{}, fmt.Errorf("writing a challenge: %w", err)
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return Challenge{}, err
	}
	c := Challenge{ID: seal.RandomToken(), Options: asked}
	err = a.db.AddPasskeyChallenge(ctx, db.AddPasskeyChallengeParams{
		TokenHash: seal.HashToken(c.ID), Purpose: purpose, UserID: userID, Ceremony: kept, ExpiresAt: now.Add(challengeLasts),
	})
	if err != nil {
		return Challenge{}, db.Down(fmt.Errorf("keeping a challenge: %w", err))
	}
	return c, nil
}

// takeChallenge uses a challenge up, whether or not its answer turns out to be right: problem.InvalidInput when it was used before, is too
// old, or was made for something or somebody else.
func (a *Accounts) takeChallenge(ctx context.Context, id, purpose string, userID *int64) (webauthn.SessionData, error) {
	hash := seal.HashToken(id)
	row, err := a.db.GetPasskeyChallenge(ctx, hash)
	if absent(err) {
		return webauthn.SessionData{}, challengeOver()
	}
	if err != nil {
		return webauthn.SessionData{}, db.Down(fmt.Errorf("reading a challenge: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return webauthn.SessionData{}, err
	}
	n, err := a.db.TakePasskeyChallenge(ctx, hash)
	if err != nil {
		return webauthn.SessionData{}, db.Down(fmt.Errorf("using a challenge: %w", err))
	}
	if n != 1 || row.Purpose != purpose || !now.Before(row.ExpiresAt) || !same(row.UserID, userID) {
		return webauthn.SessionData{}, challengeOver()
	}
	var ceremony webauthn.SessionData
	if err := json.Unmarshal(row.Ceremony, &ceremony); err != nil {
		return webauthn.SessionData{}, fmt.Errorf("reading a challenge: %w", err)
	}
	return ceremony, nil
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func challengeOver() error { return problem.New(problem.InvalidInput, "factor.bad.challenge_over") }

func wrongPasskey(because error) error {
	return problem.New(problem.InvalidInput, "factor.bad.passkey").Because(because)
}

func noPasskeysHere() error { return problem.New(problem.NotFound, "factor.bad.no_passkeys_here") }
