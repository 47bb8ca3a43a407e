package mail

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const (
	failsAfter = 3                // failures in a row
	probeEvery = 15 * time.Second // while sending fails
)

// failing tells whether sending is known not to work. No offers are made then.
func (d *Deliverer) failing(ctx context.Context) (bool, error) {
	status, err := d.status(ctx)
	return status.FailingSince != nil, err
}

func (d *Deliverer) status(ctx context.Context) (db.MailStatus, error) {
	status, err := d.DB.GetMailStatus(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return db.MailStatus{}, nil // nothing ever failed
	}
	return status, wrap(err, "reading whether sending works")
}

// countFailure counts one more failure in a row and tells whether sending is failing now.
func (d *Deliverer) countFailure(ctx context.Context, class string) (failing bool, err error) {
	d.troubled.Store(true)
	now, err := d.DB.Now(ctx)
	if err != nil {
		return false, err
	}
	count := db.CountMailFailureParams{Bound: failsAfter, At: &now, ErrorClass: class, Now: now}
	n, err := d.DB.CountMailFailure(ctx, count)
	if err == nil && n == 0 {
		if err = d.DB.AddMailStatus(ctx, now); err == nil || db.IsDuplicate(err) {
			_, err = d.DB.CountMailFailure(ctx, count)
		}
	}
	if err != nil {
		return false, wrap(err, "counting a failure")
	}
	return d.failing(ctx)
}

// countSuccess ends a row of failures; slots that were left because sending failed are tried again. It asks for them only when a failure
// was seen: each round looks once.
func (d *Deliverer) countSuccess(ctx context.Context) error {
	if !d.troubled.Swap(false) {
		return nil
	}
	status, err := d.status(ctx)
	if err != nil {
		d.troubled.Store(true)
	}
	if err != nil || status.Failures == 0 {
		return err
	}
	return d.DB.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.ClearMailFailures(ctx, now)
		if err != nil || n != 1 {
			return wrap(err, "clearing the failures")
		}
		_, err = tx.WakeAllSlots(ctx, db.WakeAllSlotsParams{At: &now, Reason: rules.ReasonMailDown})
		return wrap(err, "waking slots")
	})
}

// probe finds out, every 15 s and in one process only, whether sending works again: by a message that is due, else by asking.
func (d *Deliverer) probe(ctx context.Context) (int, error) {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return 0, err
	}
	n, err := d.DB.ClaimMailProbe(ctx, db.ClaimMailProbeParams{Now: now, Before: now.Add(-probeEvery)})
	if err != nil || n != 1 {
		return 0, wrap(err, "claiming the probe")
	}
	due, err := d.due(ctx, dueAtOnce)
	if err != nil {
		return 0, err
	}
	for _, row := range due {
		switch got, err := d.deliver(ctx, row); {
		case got == accepted:
			return 1, err
		case err != nil || got == failed || ctx.Err() != nil:
			return 0, err
		}
	}
	return 0, d.ask(ctx)
}

func (d *Deliverer) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	if err := d.Sender.Check(ctx); err != nil {
		f := failureOf(err)
		d.Log.WarnContext(ctx, "sending email still fails", "class", f.Class, "error", f.Error())
		_, err := d.countFailure(ctx, f.Class)
		return err
	}
	return d.countSuccess(ctx)
}
