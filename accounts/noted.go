package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// noteEverywhere writes an act on a user, which belongs to no business, into the audit trail of each business they work in.
func noteEverywhere(ctx context.Context, tx *db.Tx, who audit.Actor, action string, userID int64) error {
	by := audit.By{Kind: who}
	if who == audit.User {
		by.ID = userID
	}
	rows, err := tx.MembershipsOfUser(ctx, userID)
	if err != nil {
		return fmt.Errorf("reading the businesses of user %d: %w", userID, err)
	}
	for _, row := range rows {
		if err := audit.Note(ctx, tx, audit.Entry{TenantID: row.TenantID, By: by, Action: action, Record: "users", RecordID: userID}); err != nil {
			return err
		}
	}
	return nil
}

// noteRefusals notes that log-ins to an address are refused because there were too many, once while they go on: what comes by
// thousands must not fill the trail. An address that nobody has is noted nowhere.
func (a *Accounts) noteRefusals(ctx context.Context, email string) error {
	err := a.attemptAt(ctx, attempt{"note refusals", seal.NormalEmail(email), 1})
	if problem.KindOf(err) == problem.Limited { // noted already
		return nil
	}
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		user, err := tx.GetUserByEmail(ctx, tx.Lookup().Email(0, email))
		if absent(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a user: %w", err)
		}
		return noteEverywhere(ctx, tx, audit.Program, "login.refuse", user.ID)
	})
}
