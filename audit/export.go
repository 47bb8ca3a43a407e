package audit

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/your-org/waitlist-management/db"
)

// The formats of an export.
const (
	FormatTable = "csv"
	FormatLines = "jsonl"
)

// NoteExport notes that a user is about to get an export of the trail.
func (t *Trail) NoteExport(ctx context.Context, tenantID, userID int64, format string) error {
	return t.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return Note(ctx, tx, Entry{
			TenantID: tenantID, By: ByUser(userID), Action: "audit.export", Record: "tenants", RecordID: tenantID,
			Detail: Changes(nil, map[string]any{"format": format}),
		})
	})
}

// exportAtOnce is how many entries are read in one go.
const exportAtOnce = 500

// Each gives write every line that f asks for, the newest first, a few at a time. Which page of them f asks for is left out of account.
func (t *Trail) Each(ctx context.Context, tenantID int64, f Filter, write func(Line) error) error {
	f.Older, f.Newer = "", ""
	_, search, err := t.searchFor(ctx, tenantID, f)
	if err != nil {
		return err
	}
	search.Limit = exportAtOnce
	for {
		rows, err := t.db.SearchAuditEntries(ctx, search)
		if err != nil {
			return db.Down(fmt.Errorf("reading the audit trail: %w", err))
		}
		lines, err := t.lines(ctx, tenantID, rows)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if err := write(line); err != nil {
				return err
			}
		}
		if len(rows) < exportAtOnce {
			return nil
		}
		last := rows[len(rows)-1]
		search.Before = db.AuditPlace{At: last.At, ID: last.ID}
	}
}

// Hash is the entry's hash in the chain, "" while it waits: what an export shows beside it.
func (l Line) Hash() string {
	if l.row.ChainSequence == nil {
		return ""
	}
	return hex.EncodeToString(l.row.ChainHash)
}

// RecordID is the id of the record acted on.
func (l Line) RecordID() int64 { return l.row.RecordID }

// exported is one entry with all that its hash is made of. No reason is among it, nor a name. docs/audit.md tells what each is.
type exported struct {
	Number   int64  `json:"number"`
	Business int64  `json:"business"`
	ID       int64  `json:"id"`
	At       string `json:"at"`
	Actor    string `json:"actor"`
	ActorID  *int64 `json:"actor_id"`
	Action   string `json:"action"`
	Record   string `json:"record"`
	RecordID int64  `json:"record_id"`
	Detail   string `json:"detail"`
	Reason   string `json:"reason_sha256"`
	Hash     string `json:"hash"`
}

// WriteLines writes the whole chain as lines of JSON, from the first entry to the last, and then the head. What isn't linked yet is not
// among them.
func (t *Trail) WriteLines(ctx context.Context, tenantID int64, w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	at, last := int64(0), Head{}
	for {
		rows, err := t.db.AuditChainAfter(ctx, db.AuditChainAfterParams{TenantID: tenantID, ChainSequence: &at, Limit: exportAtOnce})
		if err != nil {
			return db.Down(fmt.Errorf("reading the audit trail: %w", err))
		}
		for _, e := range rows {
			at = *e.ChainSequence
			last = Head{Length: at, Hash: stored(e.ChainHash)}
			err := out.Encode(exported{
				Number: at, Business: e.TenantID, ID: e.ID, At: e.At.UTC().Format(atLayout), Actor: e.Actor, ActorID: e.ActorID, Action: e.Action,
				Record: e.Record, RecordID: e.RecordID, Detail: e.Detail, Reason: hex.EncodeToString(e.ReasonHash), Hash: last.Hash.String(),
			})
			if err != nil {
				return fmt.Errorf("writing the audit trail: %w", err)
			}
		}
		if len(rows) < exportAtOnce {
			break
		}
	}
	if err := out.Encode(map[string]string{"head": last.String()}); err != nil {
		return fmt.Errorf("writing the audit trail: %w", err)
	}
	return nil
}
