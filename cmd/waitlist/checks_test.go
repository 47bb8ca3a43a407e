package main

import (
	"context"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/migrations"
)

func TestEachCheckFailsWhenItsDependencyIsCut(t *testing.T) {
	for _, c := range []struct {
		cut  string
		how  func(t *testing.T, d *db.DB, r *redistest.Server)
		fail []string
	}{
		{"nothing", func(*testing.T, *db.DB, *redistest.Server) {}, nil},
		{"database", func(_ *testing.T, d *db.DB, _ *redistest.Server) { d.Close() }, []string{"database", "migrations", "mail queue"}},
		{"migrations", takeOneBack, []string{"migrations"}},
		{"redis", func(_ *testing.T, _ *db.DB, r *redistest.Server) { r.Stop() }, []string{"redis"}},
		{"mail queue", failMail, []string{"mail queue"}},
	} {
		t.Run(c.cut, func(t *testing.T) {
			d, r := dbtest.Open(t), redistest.New(t)
			client, err := holds.Connect(r.URL(), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			c.how(t, d, r)
			wantFailures(t, d, holds.New(client, ""), c.fail)
		})
	}
}

func wantFailures(t *testing.T, d *db.DB, h *holds.Store, want []string) {
	t.Helper()
	wanted := map[string]bool{}
	for _, name := range want {
		wanted[name] = true
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, check := range checks(d, h) {
		if err := check.Do(ctx); (err != nil) != wanted[check.Name] {
			t.Errorf("check %s: %v, want a failure: %t", check.Name, err, wanted[check.Name])
		}
	}
}

func takeOneBack(t *testing.T, d *db.DB, _ *redistest.Server) {
	if _, err := migrations.Down(t.Context(), d.Pool()); err != nil {
		t.Fatal(err)
	}
}

func failMail(t *testing.T, d *db.DB, _ *redistest.Server) {
	if _, err := d.Pool().ExecContext(t.Context(), "REPLACE INTO mail_status (id, failing_since, failures, updated_at) VALUES (1, NOW(6), 9, NOW(6))"); err != nil {
		t.Fatal(err)
	}
}
