package outbox_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/seal"
)

// owed is a message to a customer who exists, in a database of the test's own.
func owed(t *testing.T) (*db.DB, outbox.Message) {
	t.Helper()
	d := dbtest.Open(t)
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := outbox.Message{Kind: outbox.Join, CauseKey: "entry/1", UsefulUntil: now.Add(time.Hour)}
	m.TenantID, err = d.AddTenant(t.Context(), db.AddTenantParams{PublicID: seal.PublicID(), Slug: "studio-nord", WrappedKey: d.WrapNewKey(), CreatedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	m.CustomerID, err = d.AddCustomer(t.Context(), db.AddCustomerParams{TenantID: m.TenantID, PublicID: seal.PublicID(), Name: []byte("sealed"), CreatedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	return d, m
}

func enqueue(d *db.DB, m outbox.Message) error {
	return d.InTx(context.Background(), func(ctx context.Context, tx *db.Tx) error { return outbox.Enqueue(ctx, tx, m) })
}

func due(t *testing.T, d *db.DB) []db.OutboxDueRow {
	t.Helper()
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := d.OutboxDue(t.Context(), db.OutboxDueParams{Now: now, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// nudged empties the channel and tells whether anything was in it.
func nudged() bool {
	select {
	case <-outbox.Nudges():
		return true
	default:
		return false
	}
}

func TestAMessageIsDueAtOnce(t *testing.T) {
	d, m := owed(t)
	if err := enqueue(d, m); err != nil {
		t.Fatal(err)
	}
	rows := due(t, d)
	if len(rows) != 1 {
		t.Fatalf("%d messages are due, want 1", len(rows))
	}
	kept, err := d.GetOutboxMessage(t.Context(), db.GetOutboxMessageParams{TenantID: m.TenantID, ID: rows[0].ID})
	if err != nil || kept.State != "pending" || kept.Kind != "join" || kept.CustomerID != m.CustomerID || len(kept.MessageID) != 22 || !kept.UsefulUntil.Equal(m.UsefulUntil) {
		t.Errorf("kept %+v (%v)", kept, err)
	}
}

func TestOneKindAndCauseIsOneMessageHoweverOftenItIsOwed(t *testing.T) {
	d, m := owed(t)
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			if err := enqueue(d, m); err != nil {
				t.Errorf("owing it again: %v", err)
			}
		})
	}
	wait.Wait()
	other := m
	other.CauseKey = "entry/2"
	if err := enqueue(d, other); err != nil {
		t.Fatal(err)
	}
	other.Kind = outbox.Cancelled
	if err := enqueue(d, other); err != nil {
		t.Fatal(err)
	}
	if n := len(due(t, d)); n != 3 {
		t.Errorf("%d messages, want one for each kind and cause: 3", n)
	}
}

func TestARepeatedMessageLeavesTheRestOfTheTransactionStanding(t *testing.T) {
	d, m := owed(t)
	if err := enqueue(d, m); err != nil {
		t.Fatal(err)
	}
	other := m
	other.CauseKey = "entry/2"
	err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(outbox.Enqueue(ctx, tx, m), outbox.Enqueue(ctx, tx, other))
	})
	if n := len(due(t, d)); err != nil || n != 2 {
		t.Errorf("%d messages (%v), want 2", n, err)
	}
}

func TestWhatIsRolledBackIsNotOwedAndNudgesNobody(t *testing.T) {
	d, m := owed(t)
	nudged()
	refused := errors.New("refused")
	err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(outbox.Enqueue(ctx, tx, m), refused)
	})
	if !errors.Is(err, refused) || len(due(t, d)) != 0 || nudged() {
		t.Errorf("%v, %d messages", err, len(due(t, d)))
	}
}

func TestSeveralMessagesShareANudge(t *testing.T) {
	d, m := owed(t)
	nudged()
	for _, cause := range []string{"entry/1", "entry/2", "entry/3"} {
		m.CauseKey = cause
		if err := enqueue(d, m); err != nil {
			t.Fatal(err)
		}
	}
	if !nudged() {
		t.Error("nobody was nudged")
	}
	if nudged() {
		t.Error("nudged more than once")
	}
}

func TestAMessageToAnotherBusinessesCustomerIsRefused(t *testing.T) {
	d, m := owed(t)
	other, err := d.AddTenant(t.Context(), db.AddTenantParams{PublicID: seal.PublicID(), Slug: "other", WrappedKey: d.WrapNewKey(), CreatedAt: m.UsefulUntil})
	if err != nil {
		t.Fatal(err)
	}
	m.TenantID = other
	if err := enqueue(d, m); err == nil {
		t.Error("it was taken")
	}
}
