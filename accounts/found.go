package accounts

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// opensAt and closesAt are the hours a business starts with, Monday to Friday, as local minutes of the day.
const (
	opensAt  = 9 * 60
	closesAt = 18 * 60
)

// newBusiness is a business about to be founded, all of it checked.
type newBusiness struct {
	name, slug, zone, currency, locale string
	slugChosen                         bool // by a person: it is taken as it is or not at all
}

// found makes a business with an owner in the transaction.
func found(ctx context.Context, tx *db.Tx, b newBusiness, ownerID int64) (tenantID int64, publicID string, err error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return 0, "", err
	}
	publicID = seal.PublicID()
	if tenantID, err = addTenant(ctx, tx, b, publicID); err != nil {
		return 0, "", err
	}
	settings := db.AddSettingsParams{TenantID: tenantID, Name: b.name, Zone: b.zone, Currency: b.currency, Locale: b.locale, UpdatedAt: now}
	if err := tx.AddSettings(ctx, settings); err != nil {
		return 0, "", fmt.Errorf("adding settings: %w", err)
	}
	for _, orderKey := range []string{"a", "b"} {
		if err := tx.AddWeights(ctx, defaultWeights(tenantID, orderKey)); err != nil {
			return 0, "", fmt.Errorf("adding weights: %w", err)
		}
	}
	for weekday := 1; weekday <= 5; weekday++ {
		hours := db.AddOpeningHoursParams{TenantID: tenantID, Weekday: weekday, FromMinute: opensAt, ToMinute: closesAt}
		if err := tx.AddOpeningHours(ctx, hours); err != nil {
			return 0, "", fmt.Errorf("adding opening hours: %w", err)
		}
	}
	if err := join(ctx, tx, tenantID, ownerID, rules.RoleOwner); err != nil {
		return 0, "", err
	}
	err = audit.Note(ctx, tx, audit.Entry{
		TenantID: tenantID, By: audit.ByUser(ownerID), Action: "business.found", Record: "tenants", RecordID: tenantID,
	})
	return tenantID, publicID, err
}

// addTenant takes the next free slug when the one made from the name is taken.
func addTenant(ctx context.Context, tx *db.Tx, b newBusiness, publicID string) (int64, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return 0, err
	}
	const tries = 20
	for try := 1; try <= tries; try++ {
		slug := b.slug
		switch {
		case try == tries:
			slug += "-" + SlugOf(seal.PublicID()[:6])
		case try > 1:
			slug += "-" + strconv.Itoa(try)
		}
		id, err := addTenantAt(ctx, tx, db.AddTenantParams{PublicID: publicID, Slug: slug, WrappedKey: tx.WrapNewKey(), CreatedAt: now})
		switch {
		case err == nil:
			return id, nil
		case !db.IsDuplicate(err) && !errors.Is(err, errFormer):
			return 0, fmt.Errorf("adding a business: %w", err)
		case !b.slugChosen:
			continue
		}
		break
	}
	return 0, problem.Invalid(problem.Bad("slug", "account.bad.slug_taken"))
}

// errFormer is a slug that another business had once: posters may still lead there.
var errFormer = errors.New("a former public address of another business")

// addTenantAt gives a business a slug that nobody has or had; db.IsDuplicate or errFormer tell that somebody does.
func addTenantAt(ctx context.Context, tx *db.Tx, row db.AddTenantParams) (int64, error) {
	_, err := tx.GetSlug(ctx, row.Slug)
	switch {
	case err == nil:
		return 0, errFormer
	case !db.IsNone(err):
		return 0, err
	}
	id, err := tx.AddTenant(ctx, row)
	if err != nil {
		return 0, err
	}
	return id, business.TakeSlug(ctx, tx, id, row.Slug)
}

func defaultWeights(tenantID int64, orderKey string) db.AddWeightsParams {
	w := rules.DefaultWeights()
	return db.AddWeightsParams{
		TenantID: tenantID, OrderKey: orderKey, Version: 1,
		WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel, LoyaltyPerVisit: w.LoyaltyPerVisit, LoyaltyMost: w.LoyaltyMost,
		Reliability: w.Reliability, Flexibility: w.Flexibility, NoShow: w.NoShow, NoShowMost: w.NoShowMost,
		PreferredStaff: w.PreferredStaff, PreferredTime: w.PreferredTime, PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift,
	}
}

// join makes a user a member.
func join(ctx context.Context, tx *db.Tx, tenantID, userID int64, role rules.Role) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if err := tx.AddMembership(ctx, db.AddMembershipParams{TenantID: tenantID, UserID: userID, Role: role, CreatedAt: now}); err != nil {
		return fmt.Errorf("adding a membership: %w", err)
	}
	return nil
}

// newUser is a user about to be added. Address and name are checked, the password is hashed.
type newUser struct{ name, email, passwordHash, locale string }

// addUser adds a user; db.IsDuplicate tells when the address has a login already.
func addUser(ctx context.Context, tx *db.Tx, u newUser) (int64, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return 0, err
	}
	publicID := seal.PublicID()
	id, err := tx.AddUser(ctx, db.AddUserParams{
		PublicID: publicID,
		Name:     tx.SystemBox().Seal(userColumn("name", publicID), u.name),
		Email:    tx.SystemBox().Seal(userColumn("email", publicID), u.email), EmailHash: tx.Lookup().Email(0, u.email),
		PasswordHash: u.passwordHash, Locale: u.locale, CreatedAt: now,
	})
	if err != nil {
		return 0, fmt.Errorf("adding a user: %w", err)
	}
	return id, nil
}
