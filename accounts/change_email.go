package accounts

import (
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const (
	emailChangeLasts = 24 * time.Hour
	emailChangesMost = 5 // begun in a window by one user
)

// EmailChange is a change of a user's address that is not made yet: it needs a yes at both.
type EmailChange struct {
	Name, Old, New       string
	AtNew                bool // whoever looks came by the link to the new address, else by that to the old
	OldAgreed, NewAgreed bool
	Until                time.Time // UTC
}

// BeginEmailChange writes to both addresses; an earlier change is no longer good. Whether the new one has a login already is not told.
// Errors are problem.InvalidInput with the fields email and present_password, Limited.
func (a *Accounts) BeginEmailChange(ctx context.Context, u User, fresh, present string) error {
	var r reading
	address := r.email(fresh)
	if r.err() == nil && seal.NormalEmail(address) == seal.NormalEmail(u.Email) {
		r.refuse("email", "my_account.bad.same_email")
	}
	if err := r.err(); err != nil {
		return err
	}
	then, err := a.presentPassword(ctx, u, present)
	if err != nil {
		return err
	}
	if err := a.attemptAt(ctx, attempt{"change email", u.PublicID, emailChangesMost}); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		user, err := samePassword(ctx, tx, then)
		if err != nil {
			return err
		}
		if err := addEmailChange(ctx, tx, user, address); err != nil {
			return err
		}
		return note(ctx, tx, u, "login.begin_email_change", "users", u.ID, nil)
	})
}

func addEmailChange(ctx context.Context, tx *db.Tx, user db.User, address string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.DropEmailChangeOfUser(ctx, user.ID); err != nil {
		return fmt.Errorf("dropping an earlier change: %w", err)
	}
	id, until := seal.PublicID(), now.Add(emailChangeLasts)
	row, err := tx.AddEmailChange(ctx, db.AddEmailChangeParams{
		UserID: user.ID, PublicID: id, NewEmail: tx.SystemBox().Seal(newEmailColumn(id), address), NewEmailHash: tx.Lookup().Email(0, address),
		NewTokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenNew, id, 1)), OldTokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenOld, id, 1)),
		CreatedAt: now, ExpiresAt: until,
	})
	if err != nil {
		return fmt.Errorf("adding a change of address: %w", err)
	}
	if err := write(ctx, tx, user, outbox.UserMessage{Kind: outbox.EmailOld, AboutID: row, CauseKey: id, UsefulUntil: until}); err != nil {
		return err
	}
	user.Email = tx.SystemBox().Seal(userColumn("email", user.PublicID), address) // whom the other letter goes to
	return write(ctx, tx, user, outbox.UserMessage{Kind: outbox.EmailNew, AboutID: row, CauseKey: id, UsefulUntil: until})
}

func newEmailColumn(id string) seal.Where {
	return seal.Where{Table: "email_changes", Column: "new_email", Row: id}
}

// OpenEmailChange is the change that u waits for; ok is false when there is none.
func (a *Accounts) OpenEmailChange(ctx context.Context, u User) (change EmailChange, ok bool, err error) {
	row, err := a.db.EmailChangeOfUser(ctx, u.ID)
	if absent(err) {
		return EmailChange{}, false, nil
	}
	if err != nil {
		return EmailChange{}, false, db.Down(fmt.Errorf("reading a change of address: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil || !now.Before(row.ExpiresAt) {
		return EmailChange{}, false, err
	}
	change, err = a.emailChange(ctx, row, false)
	return change, err == nil, err
}

// EmailChangePage is the change that a link of an email leads to: problem.Gone for a token that is unknown, or whose change was made,
// stopped or has run out.
func (a *Accounts) EmailChangePage(ctx context.Context, token string) (EmailChange, error) {
	row, atNew, err := a.emailChangeBy(ctx, token)
	if err != nil {
		return EmailChange{}, err
	}
	return a.emailChange(ctx, row, atNew)
}

func (a *Accounts) emailChangeBy(ctx context.Context, token string) (row db.EmailChange, atNew bool, err error) {
	hash := seal.HashToken(token)
	row, err = a.db.EmailChangeByToken(ctx, db.EmailChangeByTokenParams{TokenHash: hash})
	if absent(err) {
		return row, false, emailChangeOver()
	}
	if err != nil {
		return row, false, db.Down(fmt.Errorf("reading a change of address: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return row, false, err
	}
	if !now.Before(row.ExpiresAt) {
		return row, false, emailChangeOver()
	}
	return row, subtle.ConstantTimeCompare(hash, row.NewTokenHash) == 1, nil
}

func emailChangeOver() error { return problem.New(problem.Gone, "my_account.bad.email_change_over") }

func (a *Accounts) emailChange(ctx context.Context, row db.EmailChange, atNew bool) (EmailChange, error) {
	user, err := a.db.GetUser(ctx, row.UserID)
	if err != nil {
		return EmailChange{}, db.Down(fmt.Errorf("reading user %d: %w", row.UserID, err))
	}
	p, err := a.open(user.PublicID, user.Name, user.Email)
	if err != nil {
		return EmailChange{}, err
	}
	fresh, err := a.db.SystemBox().Open(newEmailColumn(row.PublicID), row.NewEmail)
	return EmailChange{
		Name: p.name, Old: p.email, New: fresh, AtNew: atNew, OldAgreed: row.OldAgreedAt != nil, NewAgreed: row.NewAgreedAt != nil, Until: row.ExpiresAt,
	}, err
}

// AgreeToEmailChange is the yes behind one of the two links. The second yes makes the change, which done tells, and both addresses are told
// of it. Errors are problem.Gone as in EmailChangePage, Conflict when the new address has got a login meanwhile.
func (a *Accounts) AgreeToEmailChange(ctx context.Context, token string) (done bool, err error) {
	found, atNew, err := a.emailChangeBy(ctx, token)
	if err != nil {
		return false, err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done = false
		if _, err := tx.LockUser(ctx, found.UserID); err != nil {
			return fmt.Errorf("locking user %d: %w", found.UserID, err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if atNew {
			_, err = tx.AgreeAtNewEmail(ctx, db.AgreeAtNewEmailParams{At: &now, ID: found.ID, Now: now})
		} else {
			_, err = tx.AgreeAtOldEmail(ctx, db.AgreeAtOldEmailParams{At: &now, ID: found.ID, Now: now})
		}
		if err != nil {
			return fmt.Errorf("agreeing to a change of address: %w", err)
		}
		n, err := tx.TakeEmailChange(ctx, db.TakeEmailChangeParams{ID: found.ID, Now: now})
		if err != nil {
			return fmt.Errorf("taking a change of address: %w", err)
		}
		if n != 1 {
			return stillOpen(ctx, tx, found.ID)
		}
		done = true
		return a.makeEmailChange(ctx, tx, found)
	})
	if db.IsDuplicate(err) {
		return false, problem.New(problem.Conflict, "my_account.bad.email_taken")
	}
	return done, err
}

// stillOpen tells a change that waits for the other yes from one that was stopped in this moment.
func stillOpen(ctx context.Context, tx *db.Tx, id int64) error {
	_, err := tx.GetEmailChange(ctx, id)
	if absent(err) {
		return emailChangeOver()
	}
	return err
}

// makeEmailChange tells the old address, changes it, and tells the new one. A link to set a new password that is in the old mailbox is no
// longer good.
func (a *Accounts) makeEmailChange(ctx context.Context, tx *db.Tx, change db.EmailChange) error {
	fresh, err := tx.SystemBox().Open(newEmailColumn(change.PublicID), change.NewEmail)
	if err != nil {
		return err
	}
	user, err := tx.GetUser(ctx, change.UserID)
	if err != nil {
		return fmt.Errorf("reading user %d: %w", change.UserID, err)
	}
	if err := notice(ctx, tx, user.ID, outbox.EmailChanged); err != nil {
		return err
	}
	n, err := tx.SetEmail(ctx, db.SetEmailParams{
		ID: user.ID, Email: tx.SystemBox().Seal(userColumn("email", user.PublicID), fresh), EmailHash: change.NewEmailHash,
	})
	if err != nil || n != 1 {
		return fmt.Errorf("changing the address of user %d (%d rows): %w", user.ID, n, err)
	}
	if err := tx.DropPasswordLink(ctx, user.ID); err != nil {
		return fmt.Errorf("dropping a password link: %w", err)
	}
	if err := notice(ctx, tx, user.ID, outbox.EmailChanged); err != nil {
		return err
	}
	return noteEverywhere(ctx, tx, audit.User, "login.change_email", user.ID)
}

// StopEmailChange ends a change from either link; one that is over already is problem.Gone.
func (a *Accounts) StopEmailChange(ctx context.Context, token string) error {
	row, _, err := a.emailChangeBy(ctx, token)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.DropEmailChange(ctx, row.ID)
		if err != nil {
			return fmt.Errorf("stopping a change of address: %w", err)
		}
		if n != 1 {
			return emailChangeOver()
		}
		return noteEverywhere(ctx, tx, audit.User, "login.stop_email_change", row.UserID)
	})
}

// DropEmailChange ends u's own change; it is fine when there is none.
func (a *Accounts) DropEmailChange(ctx context.Context, u User) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.DropEmailChangeOfUser(ctx, u.ID)
		if err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, u, "login.stop_email_change", "users", u.ID, nil)
	})
}
