package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// Actor is who the audit trail says acted: the API key where there is one, else the user.
func (s Staff) Actor() audit.By {
	if s.KeyID != 0 {
		return audit.ByKey(s.KeyID)
	}
	return audit.ByUser(s.UserID)
}

// actor is whoever acts on a record of a business.
type actor audit.By

var theProgram = actor(audit.ByProgram)

func (s Staff) actor() actor { return actor(s.Actor()) }

func customer(id int64) actor { return actor(audit.ByCustomer(id)) }

// did notes an act without a reason; detail may be nil.
func (a actor) did(ctx context.Context, tx *db.Tx, action string, tenantID int64, record string, recordID int64, detail any) error {
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: tenantID, By: audit.By(a), Action: action, Record: record, RecordID: recordID, Detail: detail,
	})
}

// stands tells that an act which may be repeated finds its work done already, and changes nothing.
func stands(action string, e db.Entry) bool {
	switch action {
	case "entry.confirm":
		return e.State != rules.EntryUnconfirmed
	case "entry.pause":
		return e.State == rules.EntryPaused
	case "entry.return":
		return e.State != rules.EntryPaused
	}
	return false
}
