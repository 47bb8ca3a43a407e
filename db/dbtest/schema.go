package dbtest

import (
	"context"
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/migrations"
)

// template is the migrated database that every test's database copies.
const template = "waitlist"

// readSchema returns the script that makes the template's tables, and their rows, in the database in use.
func (s *server) readSchema(ctx context.Context) (string, error) {
	if err := s.migrateTemplate(ctx); err != nil {
		return "", err
	}
	tables, err := s.column(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = '"+template+"' ORDER BY table_name")
	if err != nil {
		return "", err
	}
	var script strings.Builder
	script.WriteString("SET foreign_key_checks = 0;")
	for _, table := range tables {
		var name, definition string
		if err := s.admin.QueryRowContext(ctx, "SHOW CREATE TABLE "+template+"."+table).Scan(&name, &definition); err != nil {
			return "", err
		}
		script.WriteString(definition + ";")
		var rows int
		if err := s.admin.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+template+"."+table).Scan(&rows); err != nil {
			return "", err
		}
		if rows > 0 {
			fmt.Fprintf(&script, "INSERT INTO %[1]s SELECT * FROM %[2]s.%[1]s;", table, template)
		}
	}
	script.WriteString("SET foreign_key_checks = 1;")
	return script.String(), nil
}

// migrateTemplate does nothing on private servers, whose template comes migrated.
func (s *server) migrateTemplate(ctx context.Context) error {
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE IF NOT EXISTS "+template+" CHARACTER SET utf8mb4"); err != nil {
		return err
	}
	pool, err := s.pool(template)
	if err != nil {
		return err
	}
	defer pool.Close()
	if behind, err := migrations.Behind(ctx, pool); err != nil || !behind {
		return err
	}
	_, err = migrations.Up(ctx, pool)
	return err
}

func (s *server) column(ctx context.Context, query string) ([]string, error) {
	rows, err := s.admin.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, rows.Err()
}
