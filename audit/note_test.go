package audit_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
)

func business(t *testing.T) (*db.DB, int64) {
	t.Helper()
	d := dbtest.Open(t)
	return d, founded(t, d)
}

func note(t *testing.T, d *db.DB, e audit.Entry) {
	t.Helper()
	if err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error { return audit.Note(ctx, tx, e) }); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, d *db.DB, tenantID int64) db.AuditEntry {
	t.Helper()
	rows, err := d.AuditEntriesOf(t.Context(), db.AuditEntriesOfParams{TenantID: tenantID, Record: "entries", RecordID: 7})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d entries (%v), want 1", len(rows), err)
	}
	return rows[0]
}

func TestANoteSaysWhoDidWhatToWhichRecord(t *testing.T) {
	d, tenantID := business(t)
	d.MoveClock(90 * time.Minute)
	note(t, d, audit.Entry{
		TenantID: tenantID, By: audit.ByUser(3), Action: "entry.prioritise", Record: "entries", RecordID: 7,
		Detail: map[string]int{"from": 0, "to": 2},
	})
	row := only(t, d, tenantID)
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if row.Actor != "user" || row.ActorID == nil || *row.ActorID != 3 || row.Action != "entry.prioritise" || row.Detail != `{"from":0,"to":2}` || row.Reason != nil {
		t.Errorf("noted %+v", row)
	}
	if age := now.Sub(row.At); age < 0 || age > time.Minute {
		t.Errorf("noted at %s, now is %s", row.At, now)
	}
}

func TestWhatTheProgramDoesHasNoActorAndMayLackDetail(t *testing.T) {
	d, tenantID := business(t)
	note(t, d, audit.Entry{TenantID: tenantID, By: audit.ByProgram, Action: "entry.expire", Record: "entries", RecordID: 7})
	if row := only(t, d, tenantID); row.Actor != "program" || row.ActorID != nil || row.Detail != "{}" {
		t.Errorf("noted %+v", row)
	}
}

func TestAReasonIsSealedAndOpensOnlyForItsRecord(t *testing.T) {
	d, tenantID := business(t)
	const reason = "Canary: her mother called"
	note(t, d, audit.Entry{TenantID: tenantID, By: audit.ByUser(3), Action: "entry.prioritise", Record: "entries", RecordID: 7, Reason: reason})
	row := only(t, d, tenantID)
	if bytes.Contains(row.Reason, []byte("Canary")) {
		t.Error("the reason is kept as it was written")
	}
	box, err := d.Box(t.Context(), tenantID)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := audit.Reason(box, row); got != reason || err != nil {
		t.Errorf("it opens as %q (%v)", got, err)
	}
	row.RecordID = 8
	if got, err := audit.Reason(box, row); err == nil {
		t.Errorf("under another record it opens as %q", got)
	}
}

func TestALongReasonFits(t *testing.T) {
	d, tenantID := business(t)
	note(t, d, audit.Entry{TenantID: tenantID, By: audit.ByUser(3), Action: "a.b", Record: "entries", RecordID: 7, Reason: string(bytes.Repeat([]byte("x"), 900))})
	only(t, d, tenantID)
}

func TestAnActThatIsUndoneLeavesNoNote(t *testing.T) {
	d, tenantID := business(t)
	refused := errors.New("refused")
	err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		e := audit.Entry{TenantID: tenantID, By: audit.ByProgram, Action: "a.b", Record: "entries", RecordID: 7}
		return errors.Join(audit.Note(ctx, tx, e), refused)
	})
	rows, readErr := d.AuditEntriesOf(t.Context(), db.AuditEntriesOfParams{TenantID: tenantID, Record: "entries", RecordID: 7})
	if !errors.Is(err, refused) || readErr != nil || len(rows) != 0 {
		t.Errorf("%v, %d notes (%v)", err, len(rows), readErr)
	}
}
