package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const passwordLinkLasts = 24 * time.Hour

// MakePasswordLink makes the link with which a member, by public id, sets a new password; whoever asked passes it on. An earlier one is no
// longer good. problem.Forbidden for a member who works in another business too, whose owner has no say here, and as in ChangeRole.
func (a *Accounts) MakePasswordLink(ctx context.Context, u User, id string) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		member, _, err := lockMember(ctx, tx, u, id)
		if err != nil {
			return err
		}
		n, err := tx.CountMemberships(ctx, member.UserID)
		if err != nil {
			return fmt.Errorf("counting the businesses of user %d: %w", member.UserID, err)
		}
		if n != 1 {
			return problem.New(problem.Forbidden, "account.bad.works_elsewhere")
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := tx.DropPasswordLink(ctx, member.UserID); err != nil {
			return fmt.Errorf("dropping an earlier link: %w", err)
		}
		err = tx.AddPasswordLink(ctx, db.AddPasswordLinkParams{
			UserID: member.UserID, TokenHash: seal.HashToken(tx.Tokens().Reset(id, now)),
			CreatedAt: now, ExpiresAt: now.Add(passwordLinkLasts),
		})
		if err != nil {
			return fmt.Errorf("adding a password link: %w", err)
		}
		return note(ctx, tx, u, "login.password_link", "users", member.UserID, nil)
	})
}

// openPasswordLink is the token of m's open link, for whoever may make one; "" when there is none, or it was emailed to m alone.
func (a *Accounts) openPasswordLink(ctx context.Context, u User, m Member) (string, error) {
	if !m.Mine {
		return "", nil
	}
	user, err := a.db.GetUserByEmail(ctx, a.db.Lookup().Email(0, m.Email))
	if err != nil {
		return "", db.Down(fmt.Errorf("reading a user: %w", err))
	}
	link, err := a.db.PasswordLinkOfUser(ctx, user.ID)
	if absent(err) {
		return "", nil
	}
	if err != nil {
		return "", db.Down(fmt.Errorf("reading a password link: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil || link.Emailed || !now.Before(link.ExpiresAt) {
		return "", err
	}
	n, err := a.db.CountMemberships(ctx, user.ID)
	if err != nil || n != 1 {
		return "", db.Down(err)
	}
	return a.db.Tokens().Reset(m.ID, link.CreatedAt), nil
}

// PasswordPage is the address of the user whose link this is: problem.Gone for a token that is unknown, used or too old.
func (a *Accounts) PasswordPage(ctx context.Context, token string) (email string, err error) {
	user, err := a.passwordLink(ctx, token)
	if err != nil {
		return "", err
	}
	p, err := a.open(user.PublicID, user.Name, user.Email)
	return p.email, err
}

func (a *Accounts) passwordLink(ctx context.Context, token string) (db.User, error) {
	link, err := a.db.GetPasswordLink(ctx, seal.HashToken(token))
	if absent(err) {
		return db.User{}, passwordLinkOver()
	}
	if err != nil {
		return db.User{}, db.Down(fmt.Errorf("reading a password link: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return db.User{}, err
	}
	if !now.Before(link.ExpiresAt) {
		return db.User{}, passwordLinkOver()
	}
	user, err := a.db.GetUser(ctx, link.UserID)
	if err != nil {
		return db.User{}, db.Down(fmt.Errorf("reading user %d: %w", link.UserID, err))
	}
	return user, nil
}

func passwordLinkOver() error { return problem.New(problem.Gone, "account.bad.password_link_over") }

// SetPassword sets the new password of the user whose link this is and ends all their sessions. Errors are problem.InvalidInput with
// the field password, and Gone as in PasswordPage.
func (a *Accounts) SetPassword(ctx context.Context, token, password string) error {
	user, err := a.passwordLink(ctx, token)
	if err != nil {
		return err
	}
	p, err := a.open(user.PublicID, user.Name, user.Email)
	if err != nil {
		return err
	}
	if err := a.newPassword(ctx, user.ID, password, p.name, p.email); err != nil {
		return err
	}
	hash, err := seal.HashPassword(ctx, password)
	if err != nil {
		return fmt.Errorf("hashing a password: %w", err)
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockUser(ctx, user.ID); err != nil {
			return fmt.Errorf("locking user %d: %w", user.ID, err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.UsePasswordLink(ctx, db.UsePasswordLinkParams{TokenHash: seal.HashToken(token), ExpiresAt: now})
		if err != nil {
			return fmt.Errorf("using a password link: %w", err)
		}
		if n != 1 {
			return passwordLinkOver()
		}
		if err := setPassword(ctx, tx, user.ID, hash); err != nil {
			return err
		}
		if err := notice(ctx, tx, user.ID, outbox.PasswordChanged); err != nil {
			return err
		}
		return noteEverywhere(ctx, tx, audit.User, "login.set_password", user.ID)
	})
}

// setPassword changes a password and ends the sessions and pending log-ins that began with the old one. The second factor stays.
func setPassword(ctx context.Context, tx *db.Tx, userID int64, hash string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.SetPassword(ctx, db.SetPasswordParams{ID: userID, PasswordHash: hash}); err != nil {
		return fmt.Errorf("setting the password of user %d: %w", userID, err)
	}
	if err := tx.DeletePendingLogInsOfUser(ctx, userID); err != nil {
		return fmt.Errorf("ending the pending log-ins of user %d: %w", userID, err)
	}
	if _, err := tx.RevokeSessionsOfUser(ctx, db.RevokeSessionsOfUserParams{UserID: userID, At: &now}); err != nil {
		return fmt.Errorf("ending the sessions of user %d: %w", userID, err)
	}
	return nil
}
