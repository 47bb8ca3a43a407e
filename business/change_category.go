package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddCategory adds a category at the end and returns its public id. The refused field is name.
func (b *Business) AddCategory(ctx context.Context, s waitlist.Staff, f CategoryForm) (id string, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := lockCategories(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		fresh := false
		if id, fresh, err = press(ctx, tx, s.TenantID, f.Press); err != nil || !fresh {
			return err
		}
		name, err := f.read(setup, 0)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		last := 0
		for _, c := range setup.ordered {
			last = max(last, c.Position)
		}
		categoryID, err := tx.AddCategory(ctx, db.AddCategoryParams{
			TenantID: s.TenantID, PublicID: id, Name: name, Position: last + 1, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a category: %w", err)
		}
		return note(ctx, tx, s, "category.add", "service_categories", categoryID, detail{"name": name})
	})
	return id, err
}

// RenameCategory gives a category another name. The refused field is name; problem.Conflict when it was changed since the form was made.
func (b *Business) RenameCategory(ctx context.Context, s waitlist.Staff, id string, f CategoryForm) error {
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := lockCategories(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		c, err := setup.category(id)
		if err != nil {
			return err
		}
		name, err := f.read(setup, c.ID)
		if err != nil {
			return err
		}
		if name == c.Name {
			return nil
		}
		if !madeFrom(f.Version, c.Version) {
			return stale()
		}
		n, err := tx.RenameCategory(ctx, db.RenameCategoryParams{Name: name, TenantID: s.TenantID, ID: c.ID, Version: c.Version})
		if err != nil || n != 1 {
			return missed(n, err, "hours.bad.no_category")
		}
		return note(ctx, tx, s, "category.rename", "service_categories", c.ID, detail{"from": c.Name, "to": name})
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// RemoveCategory takes a category away; its services stay, behind all others without one, in their order. problem.Conflict when it is at
// another version; "": whatever it is at.
func (b *Business) RemoveCategory(ctx context.Context, s waitlist.Staff, id, version string) (name string, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := lockCategories(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		c, err := setup.category(id)
		if err != nil {
			return err
		}
		if version != "" && !madeFrom(version, c.Version) {
			return stale()
		}
		name = c.Name
		behind, err := tx.NextServicePosition(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("finding the end of the services: %w", err)
		}
		if err := tx.ClearCategory(ctx, db.ClearCategoryParams{Behind: int(behind), TenantID: s.TenantID, CategoryID: &c.ID}); err != nil {
			return fmt.Errorf("taking services out of a category: %w", err)
		}
		if n, err := tx.DeleteCategory(ctx, db.DeleteCategoryParams{TenantID: s.TenantID, ID: c.ID}); err != nil || n != 1 {
			return missed(n, err, "hours.bad.no_category")
		}
		return note(ctx, tx, s, "category.remove", "service_categories", c.ID, detail{"name": name})
	})
	return name, b.wake(ctx, s.TenantID, Touched{}, err)
}

// lockCategories locks the categories of a business and then its services, so that nothing moves meanwhile, and reads the set-up.
func lockCategories(ctx context.Context, tx *db.Tx, tenantID int64) (setup, error) {
	if _, err := tx.LockCategories(ctx, tenantID); err != nil {
		return setup{}, fmt.Errorf("locking the categories: %w", err)
	}
	if _, err := tx.LockServices(ctx, tenantID); err != nil {
		return setup{}, fmt.Errorf("locking the services: %w", err)
	}
	return readSetup(ctx, tx.Queries, tenantID)
}
