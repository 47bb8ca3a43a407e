// Package invariants holds what must always be true of the data, each as one query that returns the rows which break it. Tests
// run it after every act, the program runs it by itself.
package invariants

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// Violation is one row that breaks an invariant. Row says which, by ids only.
type Violation struct {
	Invariant string
	Row       string
}

// Check runs every query and returns the rows found. Since is when the program began to run: what only a running program keeps
// true is held against it from then on.
func Check(ctx context.Context, d *db.DB, since time.Time) ([]Violation, error) {
	now, err := d.Now(ctx)
	if err != nil {
		return nil, err
	}
	var violations []Violation
	for _, i := range all {
		rows, err := d.Pool().QueryContext(ctx, i.query, i.args(now, since)...)
		if err != nil {
			return nil, fmt.Errorf("checking %q: %w", i.name, err)
		}
		for rows.Next() {
			var row string
			if err := rows.Scan(&row); err != nil {
				_ = rows.Close()
				return nil, fmt.Errorf("checking %q: %w", i.name, err)
			}
			violations = append(violations, Violation{Invariant: i.name, Row: row})
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("checking %q: %w", i.name, err)
		}
		_ = rows.Close()
	}
	return violations, nil
}

type invariant struct {
	name  string
	query string // one column: what names the row
	args  func(now, since time.Time) []any
}

func none(time.Time, time.Time) []any { return nil }
