package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// Trail reads what was noted, links it into a chain per business and checks that chain. It is safe for concurrent use, by several
// instances of the program too.
//
// The chain is described in docs/audit.md, with a way to check it that needs none of this.
type Trail struct {
	db  *db.DB
	log *slog.Logger
}

// New makes the Trail over an open, migrated database.
func New(d *db.DB, log *slog.Logger) *Trail { return &Trail{db: d, log: log} }

// tellEvery is how often the head of a chain that has grown is written into the log.
const tellEvery = 24 * time.Hour

// TellHeads writes the heads of chains that have grown into the log, each at most once a day. Wherever the log is kept, a chain that was
// cut short or written anew afterwards can be told by it.
func (t *Trail) TellHeads(ctx context.Context) (int, error) {
	now, err := t.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	before := now.Add(-tellEvery)
	heads, err := t.db.AuditHeadsToTell(ctx, &before)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading the heads of audit trails: %w", err))
	}
	told := 0
	var failed error
	for _, head := range heads {
		n, err := t.db.ToldAuditHead(ctx, db.ToldAuditHeadParams{ToldLength: head.Length, Now: &now, TenantID: head.TenantID, ToldBefore: &before})
		if err != nil {
			failed = errors.Join(failed, db.Down(fmt.Errorf("noting that a head was told: %w", err)))
		} else if n == 1 { // otherwise another instance told it
			t.log.InfoContext(ctx, "audit trail", "tenant_id", head.TenantID, "head", HeadOf(head).String())
			told++
		}
	}
	return told, failed
}
