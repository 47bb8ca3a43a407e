package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

const seenEvery = time.Minute // a session's last sight is written at most this often

// UserOf is the user of the session with this random id: problem.Unauthenticated when there is none, it was ended or has run out.
func (a *Accounts) UserOf(ctx context.Context, token string) (User, error) {
	row, err := a.db.GetSession(ctx, seal.HashToken(token))
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, noSession()
	}
	if err != nil {
		return User{}, db.Down(fmt.Errorf("reading a session: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return User{}, err
	}
	if !now.Before(row.ExpiresAt) || now.Sub(row.SeenAt) >= SessionIdle {
		return User{}, noSession()
	}
	if now.Sub(row.SeenAt) >= seenEvery {
		touch := db.TouchSessionParams{ID: row.ID, Now: now, SeenBefore: now.Add(-seenEvery)}
		if err := a.db.TouchSession(ctx, touch); err != nil {
			return User{}, db.Down(fmt.Errorf("noting that a session was seen: %w", err))
		}
	}
	who, err := a.open(row.PublicID, row.Name, row.Email)
	if err != nil {
		return User{}, err
	}
	return User{
		ID: row.UserID, PublicID: row.PublicID, Name: who.name, Email: who.email, Locale: row.Locale, Role: row.Role,
		TenantID: row.TenantID, Business: row.Business, Slug: row.Slug, BusinessLocale: row.BusinessLocale, Demo: row.Demo, SessionID: row.ID,
		OwesFactor: row.SecondFactorSince == nil && row.SecondFactor.Of(row.Role),
		Businesses: int(row.Businesses),
		Look:       waitlist.Look{Colour: row.Colour, Logo: waitlist.Logo{Hash: row.LogoHash, Width: int(row.LogoWidth), Height: int(row.LogoHeight)}},
	}, nil
}

func noSession() error { return problem.New(problem.Unauthenticated, "problem.next.unauthenticated") }

// LogOut ends the session with this random id, if there is one.
func (a *Accounts) LogOut(ctx context.Context, token string) error {
	session, err := a.db.GetSession(ctx, seal.HashToken(token))
	if absent(err) {
		return nil
	}
	if err != nil {
		return db.Down(fmt.Errorf("reading a session: %w", err))
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := end(ctx, tx, token, User{ID: session.UserID, TenantID: session.TenantID, SessionID: session.ID})
		return err
	})
}

// end ends the session that u works in, and says whether there was one.
func end(ctx context.Context, tx *db.Tx, token string, u User) (bool, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.RevokeSession(ctx, db.RevokeSessionParams{TokenHash: seal.HashToken(token), At: &now})
	if err != nil {
		return false, fmt.Errorf("ending a session: %w", err)
	}
	if n != 1 {
		return false, nil
	}
	return true, note(ctx, tx, u, "session.end", "sessions", u.SessionID, nil)
}

// begin makes a session of a member in the transaction and gives its random id.
func begin(ctx context.Context, tx *db.Tx, userID, tenantID int64) (token string, err error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return "", err
	}
	token = seal.RandomToken()
	row := db.AddSessionParams{
		TokenHash: seal.HashToken(token), UserID: userID, TenantID: tenantID, Now: now, ExpiresAt: now.Add(SessionMost), Device: deviceFrom(ctx).label(),
	}
	id, err := tx.AddSession(ctx, row)
	if err != nil {
		return "", fmt.Errorf("beginning a session: %w", err)
	}
	return token, note(ctx, tx, User{ID: userID, TenantID: tenantID}, "session.begin", "sessions", id, nil)
}
