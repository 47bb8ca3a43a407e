// Package audit notes who did what to which record, in the transaction of the act itself.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// Actor is the kind of whoever acted.
type Actor string

const (
	User     Actor = "user"
	Customer Actor = "customer"
	Key      Actor = "key"     // an API key: another program, for the business
	Program  Actor = "program" // nobody in particular: a job
)

// By is whoever acted. ID is that of the user, customer or API key; 0 for the program.
type By struct {
	Kind Actor
	ID   int64
}

// ByProgram is nobody in particular.
var ByProgram = By{Kind: Program}

// ByUser is somebody who is logged in.
func ByUser(id int64) By { return By{User, id} }

// ByCustomer is a customer who followed a link of theirs.
func ByCustomer(id int64) By { return By{Customer, id} }

// ByKey is a program that holds this API key.
func ByKey(id int64) By { return By{Key, id} }

// Entry is one act. Record is the table of the record acted on, RecordID its id there.
type Entry struct {
	TenantID int64
	By       By
	Action   string // noun.verb, such as "slot.withdraw"
	Record   string
	RecordID int64
	Detail   any    // what changed, marshalled to JSON; never personal data; may be nil
	Reason   string // as a person gave it, at most 900 bytes; sealed; empty: none
}

// Note adds e at the moment of tx. Call it after the rows it is about are locked.
func Note(ctx context.Context, tx *db.Tx, e Entry) error {
	detail := []byte("{}")
	if e.Detail != nil {
		var err error
		if detail, err = json.Marshal(e.Detail); err != nil {
			return fmt.Errorf("writing the detail of %s: %w", e.Action, err)
		}
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	row := db.AddAuditEntryParams{
		TenantID: e.TenantID, At: now, Actor: string(e.By.Kind), Action: e.Action,
		Record: e.Record, RecordID: e.RecordID, Detail: string(detail),
	}
	if e.By.ID != 0 {
		row.ActorID = &e.By.ID
	}
	if e.Reason != "" {
		box, err := tx.Box(ctx, e.TenantID)
		if err != nil {
			return err
		}
		row.Reason = box.Seal(reasonOf(e.TenantID, e.Record, e.RecordID), e.Reason)
	}
	if err := tx.AddAuditEntry(ctx, row); err != nil {
		return fmt.Errorf("noting %s: %w", e.Action, err)
	}
	return nil
}

// reasonOf is the place of a reason: entries have no public id, so the record acted on stands for the row.
func reasonOf(tenantID int64, record string, recordID int64) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "audit_entries", Column: "reason", Row: record + "/" + strconv.FormatInt(recordID, 10)}
}

// Reason opens the reason of an entry; "" when none was given.
func Reason(box *seal.Box, e db.AuditEntry) (string, error) {
	return box.Open(reasonOf(e.TenantID, e.Record, e.RecordID), e.Reason)
}
