package business

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// PlaceService puts an active service at a place among the active ones of its category, 0 the first; one beyond the end is the last. It gives
// the service's name and the place it had, for taking it back. Placing it where it is changes nothing and gives -1.
func (b *Business) PlaceService(ctx context.Context, s waitlist.Staff, id string, place int) (name string, was int, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := lockCategories(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := setup.service(id)
		if err != nil {
			return err
		}
		name = row.Name
		list := slices.DeleteFunc(setup.activeServices(), func(other db.Service) bool { return !same(other.CategoryID, row.CategoryID) })
		was = slices.IndexFunc(list, func(other db.Service) bool { return other.ID == row.ID })
		list, place = moved(list, was, place)
		if place == was {
			was = -1
			return nil
		}
		for i, one := range list {
			if _, err := tx.SetServicePosition(ctx, db.SetServicePositionParams{Position: i + 1, TenantID: s.TenantID, ID: one.ID}); err != nil {
				return fmt.Errorf("placing a service: %w", err)
			}
		}
		return note(ctx, tx, s, "service.place", "services", row.ID, detail{"from": was, "to": place})
	})
	return name, was, b.wake(ctx, s.TenantID, Touched{}, err)
}

// PlaceCategory puts a category at a place among all, as PlaceService does with a service.
func (b *Business) PlaceCategory(ctx context.Context, s waitlist.Staff, id string, place int) (name string, was int, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := lockCategories(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := setup.category(id)
		if err != nil {
			return err
		}
		name = row.Name
		was = slices.IndexFunc(setup.ordered, func(other db.ServiceCategory) bool { return other.ID == row.ID })
		list, to := moved(setup.ordered, was, place)
		if to == was {
			was = -1
			return nil
		}
		for i, one := range list {
			if _, err := tx.SetCategoryPosition(ctx, db.SetCategoryPositionParams{Position: i + 1, TenantID: s.TenantID, ID: one.ID}); err != nil {
				return fmt.Errorf("placing a category: %w", err)
			}
		}
		return note(ctx, tx, s, "category.place", "service_categories", row.ID, detail{"from": was, "to": to})
	})
	return name, was, b.wake(ctx, s.TenantID, Touched{}, err)
}

// moved is the list with one of it at another place, which is within the list.
func moved[T any](list []T, from, to int) ([]T, int) {
	to = min(max(to, 0), len(list)-1)
	one := list[from]
	list = slices.Delete(slices.Clone(list), from, from+1)
	return slices.Insert(list, to, one), to
}
