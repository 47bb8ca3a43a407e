package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// CreateAdmin is who an operator lets in from the command line.
type CreateAdmin struct {
	Email    string
	Name     string // of the person
	Business string // slug of a business, or the name of one to be founded
	Password string
	Zone     string // IANA, of a business to be founded
	Currency string // ISO 4217, likewise
	Locale   string // BCP 47, likewise
}

// CreatedAdmin says what CreateAdmin did.
type CreatedAdmin struct {
	Slug    string
	Role    rules.Role
	Founded bool // the business is new
	Known   bool // the address had a login already, whose password was replaced
}

// CreateAdmin gives an address access to a business: as its owner when the business is new or has none, else as an admin, and never less than
// they had. Whatever SIGNUP says. Errors are problem.InvalidInput with the fields email, name, business, zone, currency, password.
func (a *Accounts) CreateAdmin(ctx context.Context, f CreateAdmin) (CreatedAdmin, error) {
	// A slug is asked for first: a name can look like one.
	tenant, err := a.db.GetTenantBySlug(ctx, f.Business)
	if err != nil && !absent(err) {
		return CreatedAdmin{}, db.Down(fmt.Errorf("reading a business: %w", err))
	}
	founded := absent(err)
	b, user, err := f.read(founded)
	if err != nil {
		return CreatedAdmin{}, err
	}
	if user.passwordHash, err = seal.HashPassword(ctx, f.Password); err != nil {
		return CreatedAdmin{}, fmt.Errorf("hashing a password: %w", err)
	}
	made := CreatedAdmin{}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		made = CreatedAdmin{Slug: tenant.Slug, Founded: founded, Role: rules.RoleOwner}
		userID, known, err := a.letIn(ctx, tx, user)
		if err != nil {
			return err
		}
		made.Known = known
		if founded {
			tenantID, _, err := found(ctx, tx, b, userID)
			if err != nil {
				return err
			}
			row, err := tx.GetTenant(ctx, tenantID)
			made.Slug = row.Slug
			return err
		}
		made.Role, err = promote(ctx, tx, tenant.ID, userID)
		return err
	})
	if db.IsDuplicate(err) {
		err = problem.Invalid(problem.Bad("email", "account.bad.email_taken"))
	}
	return made, err
}

func (f CreateAdmin) read(founded bool) (newBusiness, newUser, error) {
	if founded {
		return SignUp{
			Business: f.Business, Zone: f.Zone, Currency: f.Currency, Locale: f.Locale, Name: f.Name, Email: f.Email, Password: f.Password,
		}.read()
	}
	var r reading
	u := newUser{email: r.email(f.Email), name: r.name("name", f.Name, nameMost)}
	r.password(f.Password, f.Business, f.Name, f.Email)
	return newBusiness{}, u, r.err()
}

// letIn adds the user, or replaces the password of the one who has this address.
func (a *Accounts) letIn(ctx context.Context, tx *db.Tx, u newUser) (userID int64, known bool, err error) {
	row, err := tx.GetUserByEmail(ctx, tx.Lookup().Email(0, u.email))
	switch {
	case absent(err):
		userID, err = addUser(ctx, tx, u)
		return userID, false, err
	case err != nil:
		return 0, false, fmt.Errorf("reading a user: %w", err)
	}
	if err := setPassword(ctx, tx, row.ID, u.passwordHash); err != nil {
		return 0, true, err
	}
	return row.ID, true, noteEverywhere(ctx, tx, audit.Program, "login.set_password", row.ID)
}

// promote makes a user an admin, or the owner when there is none.
func promote(ctx context.Context, tx *db.Tx, tenantID, userID int64) (rules.Role, error) {
	rows, err := tx.LockMembers(ctx, tenantID)
	if err != nil {
		return "", fmt.Errorf("locking members: %w", err)
	}
	role := rules.RoleAdmin
	if !slices.ContainsFunc(rows, func(row lockedMember) bool { return row.Role == rules.RoleOwner }) {
		role = rules.RoleOwner
	}
	i := slices.IndexFunc(rows, func(row lockedMember) bool { return row.UserID == userID })
	switch {
	case i < 0:
		err = join(ctx, tx, tenantID, userID, role)
	case rows[i].Role == rules.RoleOwner:
		return rules.RoleOwner, nil
	default:
		_, err = tx.SetRole(ctx, db.SetRoleParams{TenantID: tenantID, UserID: userID, Role: role, RoleBefore: rows[i].Role})
	}
	if err != nil {
		return "", fmt.Errorf("giving user %d the role: %w", userID, err)
	}
	return role, audit.Note(ctx, tx, audit.Entry{
		TenantID: tenantID, By: audit.ByProgram, Action: "login.create_admin", Record: "users", RecordID: userID, Detail: map[string]any{"role": role},
	})
}
