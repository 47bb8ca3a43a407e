package waitlist

import (
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// found passes a row on, and turns "no such row" into problem.NotFound under key: for a foreign id the answer is the same.
func found[T any](row T, err error, key string) (T, error) {
	switch {
	case db.IsNone(err):
		return row, notFound(key)
	case err != nil:
		return row, db.Down(fmt.Errorf("%s: %w", key, err))
	}
	return row, nil
}

// maybe passes a row on, and reports whether there is one.
func maybe[T any](row T, err error) (T, bool, error) {
	if db.IsNone(err) {
		return row, false, nil
	}
	return row, err == nil, err
}

// moved turns the number of rows that a compare-and-set changed into whether it took effect.
func moved(n int64, err error) (bool, error) { return n == 1, err }

// must is for a compare-and-set that cannot miss while the locks are held: a miss rolls everything back.
func must(n int64, err error, what string) error {
	if err == nil && n != 1 {
		err = fmt.Errorf("changed %d rows", n)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
