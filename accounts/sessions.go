package accounts

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Session is a place where the user is logged in.
type Session struct {
	ID       string // good for this user only
	Device   Device
	Business string
	Begun    time.Time // in the zone of u's present business
	Seen     time.Time // likewise; to the minute
	Here     bool      // the one that asks
}

// Sessions are the places where u is logged in, in any business: this one first, then those seen last.
func (a *Accounts) Sessions(ctx context.Context, u User) (list []Session, err error) {
	settings, err := a.db.GetSettings(ctx, u.TenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the zone of business %d: %w", u.TenantID, err))
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return nil, fmt.Errorf("reading the zone of business %d: %w", u.TenantID, err)
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := a.db.SessionsOfUser(ctx, db.SessionsOfUserParams{UserID: u.ID, Now: now, SeenAfter: now.Add(-SessionIdle)})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the sessions of user %d: %w", u.ID, err))
	}
	var others []Session
	for _, row := range rows {
		one := Session{
			ID: a.sessionName(u, row.ID), Device: deviceIn(row.Device), Business: row.Business, Begun: row.CreatedAt.In(zone), Seen: row.SeenAt.In(zone), Here: row.ID == u.SessionID,
		}
		if one.Here {
			list = append(list, one)
		} else {
			others = append(others, one)
		}
	}
	return append(list, others...), nil
}

// sessionName names a session without telling how many there are in the whole installation.
func (a *Accounts) sessionName(u User, id int64) string {
	return a.db.Tokens().Make(seal.TokenSession, u.PublicID+"/"+strconv.FormatInt(id, 10), 1)[:22]
}

// EndSession logs u out at one other place; one that has ended is fine. problem.NotFound for what is none of u's.
func (a *Accounts) EndSession(ctx context.Context, u User, session string) error {
	now, err := a.db.Now(ctx)
	if err != nil {
		return err
	}
	rows, err := a.db.SessionsOfUser(ctx, db.SessionsOfUserParams{UserID: u.ID, Now: now, SeenAfter: now.Add(-SessionMost)})
	if err != nil {
		return db.Down(fmt.Errorf("reading the sessions of user %d: %w", u.ID, err))
	}
	for _, row := range rows {
		if row.ID == u.SessionID || subtle.ConstantTimeCompare([]byte(a.sessionName(u, row.ID)), []byte(session)) != 1 {
			continue
		}
		return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			now, err := tx.Now(ctx)
			if err != nil {
				return err
			}
			if _, err := tx.RevokeSessionOfUser(ctx, db.RevokeSessionOfUserParams{At: &now, ID: row.ID, UserID: u.ID}); err != nil {
				return fmt.Errorf("ending a session: %w", err)
			}
			return note(ctx, tx, u, "login.end_session", "users", u.ID, nil)
		})
	}
	return problem.New(problem.NotFound, "my_account.bad.no_session")
}

// EndOtherSessions logs u out everywhere but here, and says at how many places.
func (a *Accounts) EndOtherSessions(ctx context.Context, u User) (ended int, err error) {
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		ended = 0
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.RevokeOtherSessionsOfUser(ctx, db.RevokeOtherSessionsOfUserParams{At: &now, UserID: u.ID, ID: u.SessionID})
		if err != nil {
			return fmt.Errorf("ending the sessions of user %d: %w", u.ID, err)
		}
		if ended = int(n); ended == 0 {
			return nil
		}
		return note(ctx, tx, u, "login.end_sessions", "users", u.ID, nil)
	})
	return ended, err
}
