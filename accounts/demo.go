package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// Demo is the made-up business that a visitor looks around in: its name and how it reckons.
type Demo struct {
	Business, Zone, Currency, Locale string // as in SignUp
	Owner                            string // a name
}

// EnterDemo begins a session as the owner of the demo business, which is founded when there is none yet. It counts for nothing: signing up
// stays as open as it was. Nobody can log in to it with a password.
func (a *Accounts) EnterDemo(ctx context.Context, demo Demo) (in LoggedIn, as waitlist.Staff, err error) {
	password, err := seal.HashPassword(ctx, seal.RandomToken())
	if err != nil {
		return in, as, fmt.Errorf("hashing a password: %w", err)
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockInstallation(ctx); err != nil {
			return fmt.Errorf("locking the installation: %w", err)
		}
		owner, err := tx.DemoOwner(ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			owner, err = foundDemo(ctx, tx, demo, password)
			if err != nil {
				return err
			}
		case err != nil:
			return fmt.Errorf("reading the demo business: %w", err)
		}
		as = waitlist.Staff{TenantID: owner.TenantID, UserID: owner.UserID}
		in, err = enter(ctx, tx, owner.UserID, owner.TenantID)
		return err
	})
	return in, as, err
}

func foundDemo(ctx context.Context, tx *db.Tx, demo Demo, passwordHash string) (db.DemoOwnerRow, error) {
	email := "owner-" + seal.PublicID() + "@demo.invalid"
	userID, err := addUser(ctx, tx, newUser{name: demo.Owner, email: email, passwordHash: passwordHash})
	if err != nil {
		return db.DemoOwnerRow{}, err
	}
	b := newBusiness{name: demo.Business, slug: SlugOf(demo.Business), zone: demo.Zone, currency: demo.Currency, locale: businessLocale(demo.Locale)}
	tenantID, _, err := found(ctx, tx, b, userID)
	if err != nil {
		return db.DemoOwnerRow{}, err
	}
	if n, err := tx.MarkDemo(ctx, tenantID); err != nil || n != 1 {
		return db.DemoOwnerRow{}, fmt.Errorf("marking the demo business (%d rows): %w", n, err)
	}
	return db.DemoOwnerRow{TenantID: tenantID, UserID: userID}, nil
}
