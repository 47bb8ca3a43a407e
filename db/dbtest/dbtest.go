// Package dbtest gives each test a real, migrated database of its own, and a real Redis, on private servers that live as long as the test
// program. WAITLIST_TEST_DATABASE_URL points to another database server, whose user may create databases; its database name is ignored.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// EncryptionKey is what the databases of Open are sealed under, for programs that a test starts.
const EncryptionKey = "dGVzdHMgc2VhbCB1bmRlciB0aGlzIGxvbmcga2V5ISE="

// Open returns a migrated database of this test's own, with its keys loaded. It is dropped when the test ends. Without a database server on
// this machine the test fails.
func Open(t testing.TB) *db.DB {
	t.Helper()
	return OpenURL(t, URL(t))
}

// OpenURL opens a database that URL made once more, like a second instance of the program.
func OpenURL(t testing.TB, rawURL string) *db.DB {
	t.Helper()
	master, err := seal.ParseMaster(EncryptionKey)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), rawURL, master)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.LoadKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// URL makes a migrated database for this test, dropped when the test ends, and returns its address as DATABASE_URL has it.
func URL(t testing.TB) string {
	t.Helper()
	return create(t, func(s *server) string { return s.schema })
}

// EmptyURL is URL with a database that has no tables yet.
func EmptyURL(t testing.TB) string {
	t.Helper()
	return create(t, func(*server) string { return "" })
}

// RedisURL is the address of a Redis that all tests of a package share: use a key prefix per test.
func RedisURL(t testing.TB) string {
	t.Helper()
	return started(t).redisURL
}

func create(t testing.TB, schema func(*server) string) string {
	t.Helper()
	s := started(t)
	name := "test_" + strings.ToLower(rand.Text()[:16])
	script := "CREATE DATABASE " + name + " CHARACTER SET utf8mb4; USE " + name + ";" + schema(s)
	if err := s.run(t.Context(), script); err != nil {
		t.Fatalf("make the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.run(context.Background(), "DROP DATABASE "+name); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	u := *s.databaseURL
	u.Path = "/" + name
	return u.String()
}

// run sends a script of several statements in one round trip.
func (s *server) run(ctx context.Context, script string) error {
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, script)
	return err
}

// pool connects to one database of the server; it takes scripts of several statements.
func (s *server) pool(name string) (*sql.DB, error) {
	u := *s.databaseURL
	u.Path = "/" + name
	dsn, err := db.DSN(u.String())
	if err != nil {
		return nil, err
	}
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, err
	}
	c.MultiStatements = true
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}
