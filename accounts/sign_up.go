package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// SignUp is what a person types to sign a business up.
type SignUp struct {
	Business string // its name, at most 120 characters
	Slug     string // part of its public address; empty: made from the name
	Zone     string // IANA
	Currency string // ISO 4217
	Name     string // the person's, at most 80 characters
	Email    string
	Password string
	Locale   string // BCP 47, of the page
	Press    string // random id of the form, see db.Tx.Press
	Address  string // network address the request came from
}

// SignUp founds a business, with its owner when the address has no login yet, and lets them in. Somebody with a login gives their
// present password. Errors are problem.InvalidInput with the form's fields (business, slug, zone, currency, name, email, password),
// Forbidden when signing up is closed or the first was somebody else, Limited after too many tries.
func (a *Accounts) SignUp(ctx context.Context, f SignUp) (LoggedIn, error) {
	b, owner, err := f.read()
	if err != nil {
		return LoggedIn{}, err
	}
	if a.signup == SignupClosed {
		return LoggedIn{}, signupClosed()
	}
	if err := a.attemptAt(ctx, attempt{"sign up", network(f.Address), 20}); err != nil {
		return LoggedIn{}, err
	}
	known, err := a.ownerFor(ctx, f, &owner)
	if err != nil {
		return LoggedIn{}, err
	}
	var in LoggedIn
	again := false
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		in, again = LoggedIn{}, false
		_, fresh, err := tx.Press(ctx, 0, f.Press, "")
		if err != nil {
			return err
		}
		if again = !fresh; again {
			return nil
		}
		if err := a.mayFound(ctx, tx); err != nil {
			return err
		}
		id := known
		if id == 0 {
			if id, err = addUser(ctx, tx, owner); err != nil {
				return err
			}
		}
		tenantID, _, err := found(ctx, tx, b, id)
		if err != nil {
			return err
		}
		in, err = enter(ctx, tx, id, tenantID)
		return err
	})
	switch {
	case db.IsDuplicate(err): // the same address was signed up in this moment
		return LoggedIn{}, problem.Invalid(problem.Bad("email", "account.bad.email_taken"))
	case err == nil && again:
		return a.LogIn(ctx, LogIn{Email: f.Email, Password: f.Password, Address: f.Address})
	}
	return in, err
}

func signupClosed() error { return problem.New(problem.Forbidden, "account.bad.signup_closed") }

// read checks everything that can be checked without the database.
func (f SignUp) read() (newBusiness, newUser, error) {
	var r reading
	b := newBusiness{
		name: r.name("business", f.Business, businessNameMost), slug: strings.ToLower(strings.TrimSpace(f.Slug)),
		zone: f.Zone, currency: f.Currency, locale: businessLocale(f.Locale),
	}
	if b.slugChosen = b.slug != ""; !b.slugChosen {
		b.slug = SlugOf(b.name)
	} else if !business.ValidSlug(b.slug) {
		r.refuse("slug", "account.bad.slug", "Least", business.SlugLeast, "Most", business.SlugMost)
	}
	if !validZone(f.Zone) {
		r.refuse("zone", "account.bad.zone")
	}
	if !slices.Contains(business.Currencies(), f.Currency) {
		r.refuse("currency", "account.bad.currency")
	}
	u := newUser{name: r.name("name", f.Name, nameMost), email: r.email(f.Email)}
	r.password(f.Password, f.Business, f.Name, f.Email)
	return b, u, r.err()
}

// businessLocale is one of those a business can choose.
func businessLocale(tag string) string {
	for _, one := range business.Locales() {
		if one == tag {
			return one
		}
	}
	language, _, _ := strings.Cut(tag, "-")
	if slices.Contains(business.Locales(), language) {
		return language
	}
	return "en"
}

// ownerFor is the id of the user who has this address already, once their password is right; otherwise 0, and owner's password is hashed.
func (a *Accounts) ownerFor(ctx context.Context, f SignUp, owner *newUser) (known int64, err error) {
	user, err := a.db.GetUserByEmail(ctx, a.db.Lookup().Email(0, owner.email))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if owner.passwordHash, err = seal.HashPassword(ctx, f.Password); err != nil {
			return 0, fmt.Errorf("hashing a password: %w", err)
		}
		return 0, nil
	case err != nil:
		return 0, db.Down(fmt.Errorf("reading a user: %w", err))
	}
	if err := a.attemptAt(ctx, logInAttempts(f.Email, f.Address)...); err != nil {
		return 0, err
	}
	ok, err := seal.CheckPassword(ctx, user.PasswordHash, f.Password)
	if err != nil {
		return 0, fmt.Errorf("checking the password of user %d: %w", user.ID, err)
	}
	if !ok {
		return 0, problem.Invalid(problem.Bad("email", "account.bad.email_taken"))
	}
	return user.ID, nil
}

// mayFound lets one sign-up at a time find out whether it is the first.
func (a *Accounts) mayFound(ctx context.Context, tx *db.Tx) error {
	if a.signup == SignupOpen {
		return nil
	}
	if _, err := tx.LockInstallation(ctx); err != nil {
		return fmt.Errorf("locking the installation: %w", err)
	}
	n, err := tx.CountTenants(ctx)
	if err != nil {
		return fmt.Errorf("counting businesses: %w", err)
	}
	if n > 0 {
		return signupClosed()
	}
	return nil
}
