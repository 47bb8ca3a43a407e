package dbtest_test

import (
	"testing"

	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/migrations"
)

func TestEachTestHasAMigratedDatabaseOfItsOwn(t *testing.T) {
	one, other := dbtest.Open(t), dbtest.Open(t)
	if _, err := one.Pool().Exec("INSERT INTO program_starts (started_at) VALUES (NOW(6))"); err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := other.Pool().QueryRow("SELECT COUNT(*) FROM program_starts").Scan(&rows); err != nil || rows != 0 {
		t.Fatalf("the other database has %d rows (%v), want none", rows, err)
	}
	if behind, err := migrations.Behind(t.Context(), one.Pool()); err != nil || behind {
		t.Fatalf("behind = %t (%v), want a fully migrated database", behind, err)
	}
	if done, err := migrations.Up(t.Context(), one.Pool()); err != nil || len(done) != 0 {
		t.Fatalf("migrating again applied %v (%v), want nothing", done, err)
	}
}

func TestADatabaseKeepsItsForeignKeys(t *testing.T) {
	d := dbtest.Open(t)
	var copied int
	err := d.Pool().QueryRow("SELECT COUNT(*) FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND unique_constraint_schema = DATABASE()").Scan(&copied)
	if err != nil || copied < 10 {
		t.Fatalf("%d foreign keys (%v), want those of the schema", copied, err)
	}
}

func TestADatabaseIsGoneAfterItsTest(t *testing.T) {
	var name string
	t.Run("its test", func(t *testing.T) {
		if err := dbtest.Open(t).Pool().QueryRow("SELECT DATABASE()").Scan(&name); err != nil {
			t.Fatal(err)
		}
	})
	var left int
	err := dbtest.Open(t).Pool().QueryRow("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", name).Scan(&left)
	if err != nil || left != 0 {
		t.Fatalf("%d databases named %q (%v), want none", left, name, err)
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		dbtest.Open(b)
	}
}
