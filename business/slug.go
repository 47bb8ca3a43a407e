package business

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// How long a public address may be, in characters.
const (
	SlugLeast = 3
	SlugMost  = 63
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidSlug tells whether text can be the public address of a business.
func ValidSlug(text string) bool {
	return len(text) >= SlugLeast && len(text) <= SlugMost && slugForm.MatchString(text)
}

// TakeSlug gives a business founded in this transaction its public address for good; db.IsDuplicate tells when another business has it or had it
// before.
func TakeSlug(ctx context.Context, tx *db.Tx, tenantID int64, slug string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if err := tx.AddSlug(ctx, db.AddSlugParams{Slug: slug, TenantID: tenantID, Since: now}); err != nil {
		return fmt.Errorf("taking a public address: %w", err)
	}
	return nil
}

// SlugForm is what is typed about the public address.
type SlugForm struct {
	Slug string `form:"slug"`
	Was  string `form:"was"` // when the form was made
	Sure string `form:"sure"`
}

// Slugs is the form of a business's public address as it is, and those it had before, which lead on to it.
func (b *Business) Slugs(ctx context.Context, tenantID int64) (f SlugForm, former []string, err error) {
	row, err := b.db.GetTenant(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return f, nil, err
	}
	all, err := b.db.SlugsOf(ctx, tenantID)
	if err != nil {
		return f, nil, db.Down(fmt.Errorf("reading the public addresses: %w", err))
	}
	for _, slug := range all {
		if slug != row.Slug {
			former = append(former, slug)
		}
	}
	return SlugForm{Slug: row.Slug, Was: row.Slug}, former, nil
}

// ChangeSlug gives the business another public address. The old one leads on to it for ever, and no other business ever gets it. Refused
// fields are slug and sure; problem.Conflict when the address was changed since the form was made.
func (b *Business) ChangeSlug(ctx context.Context, s waitlist.Staff, f SlugForm) error {
	slug := strings.ToLower(strings.TrimSpace(f.Slug))
	var r reading
	if !ValidSlug(slug) {
		r.refuse("slug", "profile.bad.slug", "Least", SlugLeast, "Most", SlugMost)
	}
	if !checked(f.Sure) && slug != f.Was {
		r.refuse("sure", "profile.bad.sure")
	}
	if err := r.err(); err != nil {
		return err
	}
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.GetTenant(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the business: %w", err)
		}
		switch row.Slug {
		case slug:
			return nil // pressed twice, or nothing to change
		case f.Was:
		default:
			return problem.New(problem.Conflict, "admin.bad.stale")
		}
		for _, one := range []string{row.Slug, slug} {
			if err := keepSlug(ctx, tx, s.TenantID, one); err != nil {
				return err
			}
		}
		n, err := tx.SetSlug(ctx, db.SetSlugParams{Slug: slug, ID: s.TenantID, SlugBefore: row.Slug})
		switch {
		case db.IsDuplicate(err):
			return slugTaken()
		case err != nil:
			return fmt.Errorf("changing the public address: %w", err)
		case n != 1:
			return problem.New(problem.Conflict, "admin.bad.stale")
		}
		return note(ctx, tx, s, "slug.change", "tenants", s.TenantID, detail{"before": row.Slug, "after": slug})
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// keepSlug makes sure that an address belongs to the business, whether it is new, the present one or a former.
func keepSlug(ctx context.Context, tx *db.Tx, tenantID int64, slug string) error {
	err := TakeSlug(ctx, tx, tenantID, slug)
	if !db.IsDuplicate(err) {
		return err
	}
	row, err := tx.GetSlug(ctx, slug)
	if err != nil {
		return fmt.Errorf("reading whose a public address is: %w", err)
	}
	if row.TenantID != tenantID {
		return slugTaken()
	}
	return nil
}

func slugTaken() error { return problem.Invalid(problem.Bad("slug", "profile.bad.slug_taken")) }
