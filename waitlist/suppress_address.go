package waitlist

import (
	"context"
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// SuppressForm is an address that is no longer to be written to.
type SuppressForm struct{ Email, Reason string }

// Suppress has an address not written to any more by the wish of staff. already tells that it was not written to before, which stays as
// it is. Who has an offer by email keeps it. Fails with Invalid naming the field.
func (w *Waitlist) Suppress(ctx context.Context, s Staff, f SuppressForm) (already bool, err error) {
	var bad []problem.Field
	email := strings.TrimSpace(f.Email)
	if email == "" {
		bad = append(bad, problem.Bad("email", "problem.required"))
	} else if !seal.CheckEmail(email) {
		bad = append(bad, problem.Bad("email", "problem.email"))
	}
	note, field := readReason(f.Reason)
	if field != nil {
		bad = append(bad, *field)
	}
	if len(bad) > 0 {
		return false, problem.Invalid(bad...)
	}
	err = w.suppressing(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row := db.AddSuppressionParams{TenantID: s.TenantID, EmailHash: tx.Lookup().Email(s.TenantID, email), Reason: SuppressedManual, UserID: &s.UserID}
		if err := sealSuppression(ctx, tx, &row, email, note); err != nil {
			return err
		}
		was, record, err := suppress(ctx, tx, row)
		if already = was != ""; err != nil || already {
			return err
		}
		return s.actor().did(ctx, tx, "suppression.add", s.TenantID, record.table, record.id, nil)
	})
	return already, err
}

// suppressing runs an act that suppresses an address, again when somebody else did at this very moment.
func (w *Waitlist) suppressing(ctx context.Context, tenantID int64, act func(context.Context, *db.Tx) error) error {
	var err error
	for range 3 {
		if err = w.inTx(ctx, tenantID, act); !db.IsDuplicate(err) {
			break
		}
	}
	return err
}

func sealSuppression(ctx context.Context, tx *db.Tx, row *db.AddSuppressionParams, email, note string) error {
	box, err := tx.Box(ctx, row.TenantID)
	if err != nil {
		return err
	}
	row.Email = box.Seal(inSuppression(row.TenantID, row.EmailHash, "email"), email)
	if note != "" {
		row.Note = box.Seal(inSuppression(row.TenantID, row.EmailHash, "note"), note)
	}
	return nil
}

// about is the record that an act on an address is noted with.
type about struct {
	table string
	id    int64
}

// suppress adds a suppression at the moment of tx, with everybody who has the address locked: who is being offered something just now is
// looked at again under that lock. A customer's own wish replaces a bounce; else was, why the address was not written to before, stays.
func suppress(ctx context.Context, tx *db.Tx, row db.AddSuppressionParams) (was string, record about, err error) {
	if record, err = lockAddress(ctx, tx, row.TenantID, row.EmailHash); err != nil {
		return "", record, err
	}
	old, is, err := maybe(tx.GetSuppression(ctx, db.GetSuppressionParams{TenantID: row.TenantID, EmailHash: row.EmailHash}))
	if err != nil {
		return "", record, fmt.Errorf("reading a suppression: %w", err)
	}
	if is {
		if row.Reason != SuppressedUnsubscribed || old.Reason != SuppressedBounce {
			return old.Reason, record, nil
		}
		n, err := tx.ChangeSuppressionReason(ctx, db.ChangeSuppressionReasonParams{
			ToReason: row.Reason, TenantID: row.TenantID, EmailHash: row.EmailHash, FromReason: old.Reason,
		})
		return "", record, must(n, err, "changing why an address is suppressed")
	}
	if row.CreatedAt, err = tx.Now(ctx); err != nil {
		return "", record, err
	}
	return "", record, wrap(tx.AddSuppression(ctx, row), "adding a suppression")
}

// lockAddress locks who has an address, and gives the record that stands for it: one of them, or none.
func lockAddress(ctx context.Context, tx *db.Tx, tenantID int64, hash []byte) (about, error) {
	ids, err := tx.LockCustomersByEmail(ctx, db.LockCustomersByEmailParams{TenantID: tenantID, EmailHash: hash})
	if err != nil {
		return about{}, fmt.Errorf("locking who has an address: %w", err)
	}
	if len(ids) == 0 {
		return about{"suppressions", 0}, nil
	}
	return about{"customers", ids[0]}, nil
}

// Lift has an address written to again; its customers can be offered slots at once. seen is the reason that was shown: Conflict when it is
// another by now. Repeating it changes nothing. Fails with NotFound for an address that was never suppressed.
func (w *Waitlist) Lift(ctx context.Context, s Staff, id, seen string) error {
	hash := addressHash(id)
	if hash == nil {
		return notFound("outbox.problem.no_suppression")
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		record, err := lockAddress(ctx, tx, s.TenantID, hash)
		if err != nil {
			return err
		}
		row, is, err := maybe(tx.GetSuppression(ctx, db.GetSuppressionParams{TenantID: s.TenantID, EmailHash: hash}))
		if err != nil {
			return fmt.Errorf("reading a suppression: %w", err)
		}
		if !is {
			_, err := tx.LastLiftedSuppression(ctx, db.LastLiftedSuppressionParams{TenantID: s.TenantID, EmailHash: hash})
			_, err = found(db.LiftedSuppression{}, err, "outbox.problem.no_suppression")
			return err
		}
		if row.Reason != seen {
			return problem.New(problem.Conflict, "outbox.problem.suppression_changed")
		}
		if err := w.lift(ctx, tx, row, &s.UserID); err != nil {
			return err
		}
		return s.actor().did(ctx, tx, "suppression.lift", s.TenantID, record.table, record.id, nil)
	})
}

// lift takes a suppression away, and keeps it where Unlift finds it. by is nil for the customer.
func (w *Waitlist) lift(ctx context.Context, tx *db.Tx, row db.Suppression, by *int64) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	n, err := tx.DeleteSuppression(ctx, db.DeleteSuppressionParams{TenantID: row.TenantID, EmailHash: row.EmailHash, Reason: row.Reason})
	if err := must(n, err, "lifting a suppression"); err != nil {
		return err
	}
	err = tx.AddLiftedSuppression(ctx, db.AddLiftedSuppressionParams{
		TenantID: row.TenantID, EmailHash: row.EmailHash, Reason: row.Reason, Email: row.Email, Note: row.Note, UserID: row.UserID,
		SuppressedAt: row.CreatedAt, LiftedBy: by, LiftedAt: now,
	})
	tx.AfterCommit(func() { w.Wake(ctx, row.TenantID) })
	return wrap(err, "keeping what was lifted")
}

// Unlift takes a Lift back: the address is not written to from now on, for the old reason. Repeating it changes nothing. Fails with
// NotFound when there is nothing to take back.
func (w *Waitlist) Unlift(ctx context.Context, s Staff, id string) error {
	hash := addressHash(id)
	if hash == nil {
		return notFound("outbox.problem.no_suppression")
	}
	return w.suppressing(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		record, err := lockAddress(ctx, tx, s.TenantID, hash)
		if err != nil {
			return err
		}
		if _, is, err := maybe(tx.GetSuppression(ctx, db.GetSuppressionParams{TenantID: s.TenantID, EmailHash: hash})); err != nil || is {
			return wrap(err, "reading a suppression")
		}
		old, err := tx.LastLiftedSuppression(ctx, db.LastLiftedSuppressionParams{TenantID: s.TenantID, EmailHash: hash})
		if old, err = found(old, err, "outbox.problem.no_suppression"); err != nil {
			return err
		}
		n, err := tx.DeleteLiftedSuppression(ctx, db.DeleteLiftedSuppressionParams{TenantID: s.TenantID, ID: old.ID})
		if err := must(n, err, "taking a lifting back"); err != nil {
			return err
		}
		row := db.AddSuppressionParams{TenantID: s.TenantID, EmailHash: hash, Reason: old.Reason, Email: old.Email, Note: old.Note, UserID: old.UserID}
		if row.CreatedAt, err = tx.Now(ctx); err != nil { // what was sent meanwhile was sent rightly
			return err
		}
		if err := tx.AddSuppression(ctx, row); err != nil {
			return fmt.Errorf("suppressing an address again: %w", err)
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "suppression.restore", Record: record.table, RecordID: record.id,
		})
	})
}
