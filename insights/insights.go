// Package insights counts what the list does for a business. docs/figures.md says what each figure means.
package insights

import (
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// Insights reads figures. It is safe for concurrent use.
type Insights struct {
	db   *db.DB
	list *waitlist.Waitlist
}

// New makes Insights over an open, migrated database.
func New(d *db.DB, list *waitlist.Waitlist) *Insights { return &Insights{db: d, list: list} }
