package business

import (
	"context"
	"slices"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// LongestCategoryName is in characters.
const LongestCategoryName = 80

// mostCategories is how many a business can have.
const mostCategories = 50

// CategoryForm is what is typed about a category.
type CategoryForm struct {
	Name    string `form:"name"`
	Version string `form:"version"` // of the category that the form was made from
	Press   string `form:"press"`
}

// CategoryChoice is a category that a service can be in.
type CategoryChoice struct{ ID, Name string }

// CategoryRow is a category as its list shows it.
type CategoryRow struct {
	ID       string
	Name     string
	Services int // active ones in it

	ServiceIDs []string // public, of those
	Version    int
}

// Categories lists the categories of a business's services in the order of pages.
func (b *Business) Categories(ctx context.Context, tenantID int64) ([]CategoryRow, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return nil, err
	}
	var list []CategoryRow
	for _, c := range setup.ordered {
		row := CategoryRow{ID: c.PublicID, Name: c.Name, Version: c.Version}
		for _, s := range setup.activeServices() {
			if s.CategoryID != nil && *s.CategoryID == c.ID {
				row.Services, row.ServiceIDs = row.Services+1, append(row.ServiceIDs, s.PublicID)
			}
		}
		list = append(list, row)
	}
	return list, nil
}

// Category is the form of a category as saved.
func (b *Business) Category(ctx context.Context, tenantID int64, id string) (CategoryForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return CategoryForm{}, err
	}
	c, err := setup.category(id)
	return CategoryForm{Name: c.Name, Version: strconv.Itoa(c.Version)}, err
}

func (f CategoryForm) read(s setup, id int64) (string, error) {
	var r reading
	name := r.name("name", f.Name, LongestCategoryName)
	if slices.ContainsFunc(s.ordered, func(c db.ServiceCategory) bool { return c.Name == name && c.ID != id }) {
		r.refuse("name", "hours.bad.category_twice")
	}
	if id == 0 && len(s.ordered) >= mostCategories {
		r.refuse("name", "hours.bad.many_categories", "Most", mostCategories)
	}
	return name, r.err()
}

// category finds a category by its public id.
func (s setup) category(id string) (db.ServiceCategory, error) {
	for _, c := range s.ordered {
		if c.PublicID == id {
			return c, nil
		}
	}
	return db.ServiceCategory{}, problem.New(problem.NotFound, "hours.bad.no_category")
}

// categoryOf is the category of a service, the zero value when it has none.
func (s setup) categoryOf(one db.Service) db.ServiceCategory {
	if i := s.place(one); i < len(s.ordered) {
		return s.ordered[i]
	}
	return db.ServiceCategory{}
}

// place is where the category of a service comes among all, behind the last for none.
func (s setup) place(one db.Service) int {
	i := slices.IndexFunc(s.ordered, func(c db.ServiceCategory) bool { return one.CategoryID != nil && *one.CategoryID == c.ID })
	if i < 0 {
		return len(s.ordered)
	}
	return i
}

func (s setup) categoryChoices() (list []CategoryChoice) {
	for _, c := range s.ordered {
		list = append(list, CategoryChoice{c.PublicID, c.Name})
	}
	return list
}
