package waitlist

import (
	"math"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// behind is the id that the next page of a list with the newest first begins below, when after is the public id of the last row that was seen;
// empty: the first page. Fails with Invalid when there is no such row.
func behind(after string, of func() (int64, error)) (int64, error) {
	if after == "" {
		return math.MaxInt64, nil
	}
	id, known, err := maybe(of())
	if err == nil && !known {
		return 0, badCursor()
	}
	return id, db.Down(wrap(err, "reading where a page begins"))
}

// badCursor is the refusal of a place in a list that no page of it gave.
func badCursor() error { return problem.Invalid(problem.Bad("cursor", "problem.api.value")) }

// firstOf cuts what was read for a page off at its limit; more tells that there was something behind.
func firstOf[T any](rows []T, limit int) (page []T, more bool) {
	return rows[:min(limit, len(rows))], len(rows) > limit
}
