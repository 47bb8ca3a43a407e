package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/problem"
)

// longestPress is the length of seal.PublicID.
const longestPress = 22

// Press makes a create form safe to press twice: the first transaction that brings this press id keeps result under it and
// gets fresh == true; any later one gets the first one's result and must do nothing. An empty press is always fresh; one too long
// to be from a form of ours is problem.InvalidInput.
// The id is random and made with the form; tenantID is 0 where no business exists yet.
func (tx *Tx) Press(ctx context.Context, tenantID int64, press, result string) (earlier string, fresh bool, err error) {
	if press == "" {
		return "", true, nil
	}
	if len(press) > longestPress || strings.ContainsFunc(press, func(c rune) bool { return c > '~' }) {
		return "", false, problem.Invalid(problem.Bad("press", "problem.unreadable"))
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return "", false, err
	}
	err = tx.AddFormPress(ctx, AddFormPressParams{TenantID: tenantID, Press: press, Result: result, CreatedAt: now})
	if err == nil {
		return result, true, nil
	}
	if !IsDuplicate(err) {
		return "", false, fmt.Errorf("recording a press: %w", err)
	}
	earlier, err = tx.FormPressResult(ctx, FormPressResultParams{TenantID: tenantID, Press: press})
	if err != nil {
		return "", false, fmt.Errorf("reading an earlier press: %w", err)
	}
	return earlier, false, nil
}
