package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/seal"
)

func trail(d *db.DB) *audit.Trail { return audit.New(d, slog.New(slog.DiscardHandler)) }

// some notes n acts, every third of them with a reason, the first by the program.
func some(t testing.TB, d *db.DB, tenantID int64, n int) {
	t.Helper()
	err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for i := range n {
			e := audit.Entry{
				TenantID: tenantID, By: audit.ByUser(3), Action: "entry.priority", Record: "entries", RecordID: int64(i),
				Detail: map[string]int{"after": i},
			}
			if i%3 == 2 {
				e.Reason = "her mother called"
			}
			if i == 0 {
				e.By = audit.ByProgram
			}
			if err := audit.Note(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func link(t testing.TB, d *db.DB) {
	t.Helper()
	if _, err := trail(d).Link(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func exec(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	if _, err := d.Pool().ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func verify(t testing.TB, d *db.DB, tenantID int64, noted ...audit.Head) audit.Report {
	t.Helper()
	report, err := trail(d).Verify(t.Context(), tenantID, noted...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// told are the faults of a report: what, and where in the chain.
func told(r audit.Report) string {
	var all []string
	for _, f := range r.Faults {
		all = append(all, fmt.Sprintf("%s %d", f.Kind, f.Sequence))
	}
	return strings.Join(all, ", ")
}

func TestEntriesAreLinkedInTheOrderTheyAreFoundAndTheChainIsWhole(t *testing.T) {
	d, tenantID := business(t)
	if r := verify(t, d, tenantID); !r.Whole() || r.Checked != 0 {
		t.Errorf("before anything was noted: %+v", r)
	}
	some(t, d, tenantID, 450)
	if r := verify(t, d, tenantID); !r.Whole() || r.Checked != 0 || r.Waiting != 450 {
		t.Errorf("before anything was linked: %+v", r)
	}
	link(t, d)
	first := verify(t, d, tenantID)
	if !first.Whole() || first.Checked != 450 || first.Waiting != 0 || first.Head.Length != 450 || first.From.After(first.To) || first.From.IsZero() {
		t.Errorf("%s: %+v", told(first), first)
	}
	// An act that began before and commits now: its id may be lower than some that are linked.
	exec(t, d, "UPDATE audit_entries SET id = id + 1000000 WHERE id > 400")
	exec(t, d, "INSERT INTO audit_entries (id, tenant_id, at, actor, action, record, record_id, detail) VALUES (401, ?, NOW(6), 'program', 'late.one', 'entries', 1, '{}')", tenantID)
	link(t, d)
	var sequence int64
	if err := d.Pool().QueryRow("SELECT chain_sequence FROM audit_entries WHERE action = 'late.one'").Scan(&sequence); err != nil || sequence != 451 {
		t.Errorf("the late one is at %d (%v), want 451", sequence, err)
	}
	if r := verify(t, d, tenantID, first.Head); r.Broken != 50 { // those whose id was changed above, and no other
		t.Errorf("%s (%d)", told(r), r.Broken)
	}
}

func TestTheHashIsWhatTheDocumentSays(t *testing.T) {
	d, tenantID := business(t)
	some(t, d, tenantID, 3)
	link(t, d)
	previous := strings.Repeat("0", 64)
	rows, err := d.AuditChainAfter(t.Context(), db.AuditChainAfterParams{TenantID: tenantID, ChainSequence: new(int64), Limit: 10})
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows (%v)", len(rows), err)
	}
	for i, e := range rows {
		actorID, reason := "", ""
		if e.ActorID != nil {
			actorID = fmt.Sprint(*e.ActorID)
		}
		if len(e.Reason) > 0 {
			digest := sha256.Sum256(e.Reason)
			reason = hex.EncodeToString(digest[:])
		}
		text := ""
		for _, part := range []string{
			"waitlist audit entry 1", fmt.Sprint(e.TenantID), fmt.Sprint(i + 1), fmt.Sprint(e.ID), e.At.Format("2006-01-02T15:04:05.000000Z"),
			e.Actor, actorID, e.Action, e.Record, fmt.Sprint(e.RecordID), e.Detail, reason, previous,
		} {
			text += fmt.Sprintf("%d:%s,", len(part), part)
		}
		digest := sha256.Sum256([]byte(text))
		previous = hex.EncodeToString(digest[:])
		if got := hex.EncodeToString(e.ChainHash); got != previous {
			t.Errorf("entry %d has hash %s, want %s", i+1, got, previous)
		}
	}
}

// keep copies the tables, so that one test can break them in many ways; the function it returns brings them back.
func keep(t *testing.T, d *db.DB) (mend func()) {
	t.Helper()
	for _, table := range []string{"audit_entries", "audit_heads"} {
		exec(t, d, "CREATE TABLE kept_"+table+" AS SELECT * FROM "+table)
	}
	return func() {
		t.Helper()
		for _, table := range []string{"audit_entries", "audit_heads"} {
			exec(t, d, "DELETE FROM "+table)
			exec(t, d, "INSERT INTO "+table+" SELECT * FROM kept_"+table)
		}
	}
}

func TestWhateverIsChangedIsFound(t *testing.T) {
	d, tenantID := business(t)
	other, err := d.AddTenant(t.Context(), db.AddTenantParams{PublicID: seal.PublicID(), Slug: "elsewhere", WrappedKey: d.WrapNewKey(), CreatedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	some(t, d, tenantID, 12)
	link(t, d)
	noted := verify(t, d, tenantID).Head
	mend := keep(t, d)
	const sixth = "WHERE chain_sequence = 6" // it has a reason
	columns := map[string]bool{}
	for _, c := range []struct{ column, change, want string }{
		{"id", "UPDATE audit_entries SET id = 999 " + sixth, "changed 6"},
		{"tenant_id", fmt.Sprintf("UPDATE audit_entries SET tenant_id = %d %s", other, sixth), "missing 6"},
		{"at", "UPDATE audit_entries SET at = at + INTERVAL 1 MICROSECOND " + sixth, "changed 6"},
		{"actor", "UPDATE audit_entries SET actor = 'customer' " + sixth, "changed 6"},
		{"actor_id", "UPDATE audit_entries SET actor_id = 4 " + sixth, "changed 6"},
		{"actor_id", "UPDATE audit_entries SET actor_id = NULL " + sixth, "changed 6"},
		{"actor_id", "UPDATE audit_entries SET actor_id = 3 WHERE chain_sequence = 1", "changed 1"},
		{"action", "UPDATE audit_entries SET action = 'entry.remove' " + sixth, "changed 6"},
		{"record", "UPDATE audit_entries SET record = 'offers' " + sixth, "changed 6"},
		{"record_id", "UPDATE audit_entries SET record_id = 77 " + sixth, "changed 6"},
		{"detail", "UPDATE audit_entries SET detail = REPLACE(detail, '5', '6') " + sixth, "changed 6"},
		{"detail", "UPDATE audit_entries SET detail = CONCAT(detail, ' ') " + sixth, "changed 6"},
		{"reason", "UPDATE audit_entries SET reason = CONCAT(reason, 'x') " + sixth, "reason 6"},
		{"reason", "UPDATE audit_entries SET reason = 'made up' WHERE chain_sequence = 7", "reason 7"},
		{"reason_hash", "UPDATE audit_entries SET reason_hash = NULL " + sixth, "changed 6"},
		{"reason_hash", "UPDATE audit_entries SET reason_hash = REPEAT('x', 32) " + sixth, "changed 6"},
		{"chain_sequence", "UPDATE audit_entries SET chain_sequence = NULL " + sixth, "missing 6"},
		{"chain_sequence", "UPDATE audit_entries SET chain_sequence = 13 WHERE chain_sequence = 12", "added 13, cut 12"},
		{"chain_hash", "UPDATE audit_entries SET chain_hash = REPEAT('x', 32) " + sixth, "changed 6"},
		{"chain_hash", "UPDATE audit_entries SET chain_hash = NULL " + sixth, "changed 6"},
		{"chain_hash", "UPDATE audit_entries SET chain_hash = REPEAT('x', 32) WHERE chain_sequence = 12", "changed 12"},
		{"", "DELETE FROM audit_entries " + sixth, "missing 6"},
		{"", "DELETE FROM audit_entries WHERE chain_sequence IN (1, 2)", "missing 1, missing 2"},
		{"", "DELETE FROM audit_entries WHERE chain_sequence > 10", "cut 11"},
		{"", "DELETE FROM audit_entries", "cut 1"},
		{"", "UPDATE audit_entries SET chain_sequence = CASE chain_sequence WHEN 5 THEN 1006 ELSE 1005 END WHERE chain_sequence IN (5, 6)", "missing 5, missing 6, added 1005, added 1006"},
		{"", "UPDATE audit_heads SET length = 11", "added 12, head 11"},
		{"", "UPDATE audit_heads SET length = 13", "head 13, cut 13"},
		{"", "UPDATE audit_heads SET hash = REPEAT('x', 32)", "head 12"},
		{"", "UPDATE audit_heads SET signature = REPEAT('x', 32)", "head 12"},
		{"", "DELETE FROM audit_heads", "head 12"},
	} {
		columns[c.column] = true
		exec(t, d, c.change)
		if r := verify(t, d, tenantID); told(r) != c.want {
			t.Errorf("%s: found %q, want %q", c.change, told(r), c.want)
		}
		mend()
	}
	rows, err := d.Pool().Query("SELECT * FROM audit_entries")
	if err != nil {
		t.Fatal(err)
	}
	names, err := rows.Columns()
	if err != nil || rows.Close() != nil || rows.Err() != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !columns[name] {
			t.Errorf("no case changes column %s", name)
		}
	}

	t.Run("two that changed places", func(t *testing.T) {
		defer mend()
		exec(t, d, "UPDATE audit_entries SET chain_sequence = 1000 WHERE chain_sequence = 4")
		exec(t, d, "UPDATE audit_entries SET chain_sequence = 4 WHERE chain_sequence = 8")
		exec(t, d, "UPDATE audit_entries SET chain_sequence = 8 WHERE chain_sequence = 1000")
		if r := verify(t, d, tenantID); !strings.HasPrefix(told(r), "changed 4") || !strings.Contains(told(r), "changed 8") {
			t.Errorf("found %q", told(r))
		}
	})
	t.Run("one inserted, all behind it moved and hashed anew", func(t *testing.T) {
		defer mend()
		exec(t, d, "UPDATE audit_entries SET chain_sequence = chain_sequence + 1 WHERE chain_sequence >= 7 ORDER BY chain_sequence DESC")
		exec(t, d, "INSERT INTO audit_entries (tenant_id, at, actor, action, record, record_id, detail, chain_sequence) VALUES (?, NOW(6), 'program', 'a.b', 'entries', 1, '{}', 7)", tenantID)
		forge(t, d, tenantID)
		exec(t, d, "UPDATE audit_heads SET length = 13, hash = (SELECT chain_hash FROM audit_entries WHERE chain_sequence = 13)")
		if r := verify(t, d, tenantID); told(r) != "head 13" {
			t.Errorf("found %q", told(r))
		}
	})
	t.Run("one changed and the whole chain hashed anew, without the key", func(t *testing.T) {
		defer mend()
		exec(t, d, "UPDATE audit_entries SET action = 'entry.remove' "+sixth)
		forge(t, d, tenantID)
		if r := verify(t, d, tenantID); told(r) != "head 12" {
			t.Errorf("found %q", told(r))
		}
		exec(t, d, "UPDATE audit_heads SET hash = (SELECT chain_hash FROM audit_entries WHERE chain_sequence = 12)")
		if r := verify(t, d, tenantID); told(r) != "head 12" {
			t.Errorf("with the head's hash changed too: found %q", told(r))
		}
		some(t, d, tenantID, 1)
		if _, err := trail(d).Link(t.Context()); err == nil {
			t.Error("a forged chain is gone on with, which would sign it")
		}
	})
	t.Run("cut short together with an old head, which only a noted one tells", func(t *testing.T) {
		defer mend()
		some(t, d, tenantID, 3)
		link(t, d)
		later := verify(t, d, tenantID).Head
		mend()
		if r := verify(t, d, tenantID, noted); !r.Whole() {
			t.Errorf("found %q", told(r))
		}
		if r := verify(t, d, tenantID, noted, later); told(r) != "noted 15" {
			t.Errorf("found %q", told(r))
		}
	})
	t.Run("a chain without its head is not begun again", func(t *testing.T) {
		defer mend()
		exec(t, d, "DELETE FROM audit_heads")
		some(t, d, tenantID, 1)
		if _, err := trail(d).Link(t.Context()); err == nil {
			t.Error("it was")
		}
	})
	if r := verify(t, d, tenantID); !r.Whole() || r.Checked != 12 {
		t.Errorf("not mended: %s", told(r))
	}
}

// forge hashes a chain anew, as anybody can.
func forge(t *testing.T, d *db.DB, tenantID int64) {
	t.Helper()
	rows, err := d.AuditChainAfter(t.Context(), db.AuditChainAfterParams{TenantID: tenantID, ChainSequence: new(int64), Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var previous audit.Hash
	for _, row := range rows {
		previous = audit.HashOf(row, *row.ChainSequence, previous, row.ReasonHash)
		exec(t, d, "UPDATE audit_entries SET chain_hash = ? WHERE id = ?", previous[:], row.ID)
	}
}

func TestAReasonCanBeErasedAndTheChainStaysWhole(t *testing.T) {
	d, tenantID := business(t)
	some(t, d, tenantID, 6)
	link(t, d)
	exec(t, d, "UPDATE audit_entries SET reason = NULL WHERE chain_sequence = 3")
	if r := verify(t, d, tenantID); !r.Whole() || r.Erased != 1 {
		t.Errorf("%s: %+v", told(r), r)
	}
}

func TestManyWhoLinkAtOnceMakeOneChain(t *testing.T) {
	address := dbtest.URL(t)
	first := dbtest.OpenURL(t, address)
	tenantID := founded(t, first)
	instances := []*audit.Trail{trail(first), trail(dbtest.OpenURL(t, address)), trail(dbtest.OpenURL(t, address))}
	const rounds, each = 12, 40
	for range rounds {
		some(t, first, tenantID, each)
		start := make(chan struct{})
		failures := make([]error, len(instances)*2)
		var wait sync.WaitGroup
		for i := range failures {
			wait.Go(func() {
				<-start
				_, failures[i] = instances[i%len(instances)].Link(t.Context())
			})
		}
		close(start)
		wait.Wait()
		if err := errors.Join(failures...); err != nil {
			t.Fatalf("linking at once went wrong: %v", err)
		}
	}
	if r := verify(t, first, tenantID); !r.Whole() || r.Checked != rounds*each || r.Waiting != 0 {
		t.Fatalf("linking at once made a broken chain: %s, %+v", told(r), r)
	}
}

func TestACheckGoesOnWhereAnotherInstanceStopped(t *testing.T) {
	d, tenantID := business(t)
	if _, ok, err := trail(d).LastCheck(t.Context(), tenantID); ok || err != nil {
		t.Errorf("there is a check before one was asked for (%v)", err)
	}
	some(t, d, tenantID, 1500)
	link(t, d)
	ask := func() audit.Check {
		t.Helper()
		for range 2 { // the second press is the first one's
			if err := trail(d).AskCheck(t.Context(), tenantID, 3); err != nil {
				t.Fatal(err)
			}
		}
		c, ok, err := trail(d).LastCheck(t.Context(), tenantID)
		if err != nil || !ok || !c.Running() || c.Length != 1500 || c.Checked != 0 {
			t.Fatalf("asked for: %+v %t (%v)", c, ok, err)
		}
		return c
	}
	check := func() audit.Check {
		t.Helper()
		if n, err := trail(d).Check(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d checks ended (%v)", n, err)
		}
		c, _, err := trail(d).LastCheck(t.Context(), tenantID)
		if err != nil || c.Running() || c.Checked != 1500 {
			t.Fatalf("%+v (%v)", c, err)
		}
		return c
	}
	ask()
	if c := check(); c.Broken != 0 {
		t.Errorf("%+v", c)
	}
	ask()
	exec(t, d, "UPDATE audit_entries SET actor_id = 4 WHERE chain_sequence IN (500, 1200)")
	exec(t, d, "UPDATE audit_checks SET checked = 1000, faults = 1, first_fault = 'changed', first_sequence = 500") // where it stopped
	if c := check(); c.Broken != 2 || c.First.Kind != audit.FaultChanged || c.First.Sequence != 500 {
		t.Errorf("%+v", c)
	}
	if n, err := trail(d).Check(t.Context()); n != 0 || err != nil {
		t.Errorf("an ended check was taken again: %d (%v)", n, err)
	}
}

func TestHeadsAreToldOnceADayWhenTheyGrew(t *testing.T) {
	d, tenantID := business(t)
	var out bytes.Buffer
	tr := audit.New(d, slog.New(slog.NewTextHandler(&out, nil)))
	tell := func(want int) {
		t.Helper()
		if n, err := tr.TellHeads(t.Context()); n != want || err != nil {
			t.Errorf("told %d heads (%v), want %d", n, err, want)
		}
	}
	tell(0)
	some(t, d, tenantID, 3)
	link(t, d)
	tell(1)
	head := verify(t, d, tenantID).Head
	if !strings.Contains(out.String(), head.String()) {
		t.Errorf("the head %s is not in the log: %s", head, out.String())
	}
	if read, ok := audit.ParseHead(head.String()); !ok || read != head {
		t.Errorf("what is told is read as %v", read)
	}
	some(t, d, tenantID, 1)
	link(t, d)
	tell(0)
	d.MoveClock(24 * time.Hour)
	tell(1)
	d.MoveClock(24 * time.Hour)
	tell(0)
}

func TestWhatIsNoHeadIsNotRead(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	if head, ok := audit.ParseHead("7:" + hash); !ok || head.Length != 7 || head.Hash.String() != hash {
		t.Errorf("%v", head)
	}
	for _, text := range []string{"", ":", "7:", ":" + hash, "0:" + hash, "-1:" + hash, "7:" + hash[2:], "7:" + hash + "00", "x:" + hash, "7:" + strings.Repeat("zz", 32), hash} {
		if _, ok := audit.ParseHead(text); ok {
			t.Errorf("%q is read as a head", text)
		}
	}
}

func founded(t testing.TB, d *db.DB) int64 {
	t.Helper()
	id, err := d.AddTenant(t.Context(), db.AddTenantParams{
		PublicID: seal.PublicID(), Slug: "studio-nord", WrappedKey: d.WrapNewKey(), CreatedAt: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
