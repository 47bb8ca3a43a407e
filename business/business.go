// Package business is the set-up of a business by its owner and admins: services, staff members, hours, closures, profile,
// how offers are made and who goes first. One file per act, one transaction each.
//
// What a change touches is shown before it is saved: such an act returns a Touched that is not empty and saves nothing, until it
// is called with the Fingerprint of exactly what it would touch now. No booking is ever cancelled by a change here.
//
// Ids are public ids; an unknown or foreign one is problem.NotFound. Forms hold what was typed, as text, so that a refused form
// can be shown again; what is wrong is problem.InvalidInput with the names of the form's fields.
package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// Business carries out the acts of the set-up. It is safe for concurrent use.
type Business struct {
	db       *db.DB
	waitlist *waitlist.Waitlist
}

// New makes a Business over an open, migrated database.
func New(d *db.DB, w *waitlist.Waitlist) *Business { return &Business{db: d, waitlist: w} }

// found passes a row on, and turns "no such row" into problem.NotFound under key.
func found[T any](row T, err error, key string) (T, error) {
	switch {
	case db.IsNone(err):
		return row, problem.New(problem.NotFound, key)
	case err != nil:
		return row, db.Down(fmt.Errorf("%s: %w", key, err))
	}
	return row, nil
}

// note writes the act of s into the audit trail. detail holds no personal data.
func note(ctx context.Context, tx *db.Tx, s waitlist.Staff, action, record string, recordID int64, detail any) error {
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(),
		Action: action, Record: record, RecordID: recordID, Detail: detail,
	})
}

// detail is what changed, for the audit trail.
type detail map[string]any
