// Package migrations holds the schema, one statement per file, and brings a database up to it.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
)

// Files are the migrations, named NNNNN_what.sql, in goose's form.
//
//go:embed *.sql
var Files embed.FS

// Step is one migration and whether the database has it.
type Step struct {
	Version int64
	Name    string    // file name
	At      time.Time // when it was applied; zero while it is pending, and in what Up and Down return
}

// Up applies what the database lacks and returns it. Any number of programs may call it at once: one works, the others wait for it.
func Up(ctx context.Context, database *sql.DB) (done []Step, err error) {
	err = alone(ctx, database, func() error {
		provider, err := provider(database)
		if err != nil {
			return err
		}
		results, err := provider.Up(ctx)
		if err != nil {
			return fmt.Errorf("migrate up: %w", err)
		}
		done = steps(results...)
		return nil
	})
	return done, err
}

// Down takes the newest applied migration back and returns it; it returns nil when none is applied.
func Down(ctx context.Context, database *sql.DB) (done []Step, err error) {
	err = alone(ctx, database, func() error {
		provider, err := provider(database)
		if err != nil {
			return err
		}
		result, err := provider.Down(ctx)
		if errors.Is(err, goose.ErrNoNextVersion) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("migrate down: %w", err)
		}
		done = steps(result)
		return nil
	})
	return done, err
}

// Status lists every migration, oldest first.
func Status(ctx context.Context, database *sql.DB) (all []Step, err error) {
	err = alone(ctx, database, func() error {
		provider, err := provider(database)
		if err != nil {
			return err
		}
		status, err := provider.Status(ctx)
		if err != nil {
			return fmt.Errorf("migration status: %w", err)
		}
		for _, s := range status {
			all = append(all, Step{Version: s.Source.Version, Name: s.Source.Path, At: s.AppliedAt})
		}
		return nil
	})
	return all, err
}

// Behind says whether the database lacks a migration of this program. A database ahead of the program is fine: a newer instance has
// migrated it, and both run on it. It only reads.
func Behind(ctx context.Context, database *sql.DB) (bool, error) {
	const unknownTable = 1146
	var have sql.NullInt64
	err := database.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(&have)
	if e := (*mysql.MySQLError)(nil); errors.As(err, &e) && e.Number == unknownTable {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("migration status: %w", err)
	}
	newest, err := newest()
	if err != nil {
		return false, err
	}
	return have.Int64 < newest, nil
}

func newest() (int64, error) {
	names, err := fs.Glob(Files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("no migrations are embedded: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

func provider(database *sql.DB) (*goose.Provider, error) {
	p, err := goose.NewProvider(goose.DialectMySQL, database, Files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

func steps(results ...*goose.MigrationResult) []Step {
	var done []Step
	for _, r := range results {
		done = append(done, Step{Version: r.Source.Version, Name: r.Source.Path})
	}
	return done
}
