package migrations_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"sync"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/migrations"
	"github.com/your-org/waitlist-management/seal"
)

const programs = 8

func TestManyProgramsMigrateAtOnceAndEachStepIsDoneOnce(t *testing.T) {
	address := dbtest.EmptyURL(t)
	applied := make([]int, programs)
	failures := atOnce(t, address, func(i int, pool *sql.DB) error {
		steps, err := migrations.Up(t.Context(), pool)
		applied[i] = len(steps)
		return err
	})
	if failures != nil {
		t.Fatal(failures)
	}
	total := 0
	for _, n := range applied {
		total += n
	}
	if want := count(t); total != want {
		t.Errorf("%v steps were applied, want %d in all", applied, want)
	}
	behind(t, open(t, address), false)
}

// Without the lock the same start goes wrong, sooner or later: that is what the lock is for.
func TestWithoutTheLockManyProgramsDisturbEachOther(t *testing.T) {
	for range 20 {
		address := dbtest.EmptyURL(t)
		// Makes goose's own table; otherwise all but one program wait a second for it, by when that one is done.
		if _, err := migrations.Status(t.Context(), open(t, address)); err != nil {
			t.Fatal(err)
		}
		failures := atOnce(t, address, func(_ int, pool *sql.DB) error {
			unlocked, err := goose.NewProvider(goose.DialectMySQL, pool, migrations.Files, goose.WithDisableGlobalRegistry(true))
			if err != nil {
				return err
			}
			_, err = unlocked.Up(t.Context())
			return err
		})
		if failures != nil {
			return
		}
	}
	t.Error("eight programs migrated without a lock, twenty times, and none failed")
}

func TestEveryStepCanBeTakenBackAndDoneAgain(t *testing.T) {
	pool := open(t, dbtest.URL(t))
	for n := count(t); n > 0; n-- {
		steps, err := migrations.Down(t.Context(), pool)
		if err != nil || len(steps) != 1 {
			t.Fatalf("taking back one of %d steps: %v (%v)", n, steps, err)
		}
		behind(t, pool, true)
	}
	if steps, err := migrations.Down(t.Context(), pool); err != nil || len(steps) != 0 {
		t.Fatalf("taking back from nothing: %v (%v), want nothing done", steps, err)
	}
	var tables int
	if err := pool.QueryRow("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()").Scan(&tables); err != nil || tables != 1 {
		t.Fatalf("%d tables are left (%v), want only the record of the migrations", tables, err)
	}
	if steps, err := migrations.Up(t.Context(), pool); err != nil || len(steps) != count(t) {
		t.Fatalf("doing it all again: %d steps (%v), want %d", len(steps), err, count(t))
	}
}

func TestStatusSaysWhatIsApplied(t *testing.T) {
	pool := open(t, dbtest.URL(t))
	down, err := migrations.Down(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := migrations.Status(t.Context(), pool)
	if err != nil || len(steps) != count(t) {
		t.Fatalf("%d steps (%v), want %d", len(steps), err, count(t))
	}
	for i, s := range steps {
		if pending := i == len(steps)-1; s.At.IsZero() != pending {
			t.Errorf("%s was applied at %v, pending should be %t", s.Name, s.At, pending)
		}
	}
	if last := steps[len(steps)-1].Name; last != down[0].Name {
		t.Errorf("the last is %s, want the one taken back, %s", last, down[0].Name)
	}
}

func TestADatabaseWithoutTablesIsBehind(t *testing.T) {
	behind(t, open(t, dbtest.EmptyURL(t)), true)
}

func TestADatabaseAheadOfTheProgramIsNotBehind(t *testing.T) {
	pool := open(t, dbtest.URL(t))
	if _, err := pool.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)"); err != nil {
		t.Fatal(err)
	}
	behind(t, pool, false)
	if steps, err := migrations.Up(t.Context(), pool); err != nil || len(steps) != 0 {
		t.Errorf("an older program applied %v (%v) to a newer database, want nothing", steps, err)
	}
}

func TestAClosedDatabaseIsAnErrorNotBehind(t *testing.T) {
	pool := open(t, dbtest.URL(t))
	pool.Close()
	if got, err := migrations.Behind(t.Context(), pool); err == nil {
		t.Errorf("behind = %t, want an error", got)
	}
}

// atOnce calls act with a pool of its own for each of several programs, all at the same moment, and joins their errors.
func atOnce(t *testing.T, address string, act func(i int, pool *sql.DB) error) error {
	t.Helper()
	failures := make([]error, programs)
	gate := make(chan struct{})
	var wait sync.WaitGroup
	for i := range programs {
		pool := open(t, address)
		wait.Go(func() {
			<-gate
			failures[i] = act(i, pool)
		})
	}
	close(gate)
	wait.Wait()
	return errors.Join(failures...)
}

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	master, err := seal.ParseMaster(dbtest.EncryptionKey)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), address, master)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d.Pool()
}

func behind(t *testing.T, pool *sql.DB, want bool) {
	t.Helper()
	if got, err := migrations.Behind(t.Context(), pool); err != nil || got != want {
		t.Errorf("behind = %t (%v), want %t", got, err, want)
	}
}

func count(t *testing.T) int {
	t.Helper()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations (%v)", err)
	}
	return len(names)
}
