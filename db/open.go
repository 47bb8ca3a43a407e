package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/your-org/waitlist-management/seal"
)

// DB is a pool of connections to one database. It is safe for concurrent use.
type DB struct {
	*Queries
	pool  *sql.DB
	keys  keys
	moved atomic.Int64
}

// Open connects to the database that rawURL names (see DSN) and checks that it answers.
// Keys are sealed under master; call LoadKeys once the schema is migrated.
func Open(ctx context.Context, rawURL string, master *seal.Master) (*DB, error) {
	dsn, err := DSN(rawURL)
	if err != nil {
		return nil, err
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: not understood")
	}
	config.Logger = &mysql.NopLogger{} // what it would say is in the errors too
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: not understood")
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(32)
	pool.SetMaxIdleConns(32)
	pool.SetConnMaxLifetime(30 * time.Minute)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("reaching the database: %w", err)
	}
	return &DB{Queries: New(pool), pool: pool, keys: keys{master: master}}, nil
}

// Close ends all connections.
func (d *DB) Close() error { return d.pool.Close() }

// Pool is the connection pool itself, for migrations, invariants and tests; use cases go through InTx and Queries.
func (d *DB) Pool() *sql.DB { return d.pool }

// DSN turns mysql://user:password@host:3306/name, or mysql://user@/name?socket=/path, into the driver's form with the
// settings every connection needs. Its errors never repeat the address, which holds a password.
func DSN(rawURL string) (string, error) {
	u, err := url.Parse(rawURL)
	if err != nil || (u.Scheme != "mysql" && u.Scheme != "mariadb") {
		return "", fmt.Errorf("DATABASE_URL: want mysql://user:password@host:3306/name")
	}
	name := strings.Trim(u.Path, "/")
	if name == "" || strings.Contains(name, "/") {
		return "", fmt.Errorf("DATABASE_URL: want a database name after the host, as in mysql://user:password@host:3306/name")
	}
	c := mysql.NewConfig()
	c.User = u.User.Username()
	c.Passwd, _ = u.User.Password()
	c.DBName = name
	query := u.Query()
	if socket := query.Get("socket"); socket != "" {
		c.Net, c.Addr = "unix", socket
	} else {
		if u.Hostname() == "" {
			return "", fmt.Errorf("DATABASE_URL: want a host, as in mysql://user:password@host:3306/name")
		}
		c.Net, c.Addr = "tcp", u.Hostname()+":3306"
		if port := u.Port(); port != "" {
			c.Addr = u.Hostname() + ":" + port
		}
	}
	c.TLSConfig = query.Get("tls")
	c.Params = map[string]string{"time_zone": "'+00:00'", "innodb_lock_wait_timeout": "3"}
	c.ParseTime = true
	c.Loc = time.UTC
	c.Collation = "utf8mb4_bin"
	c.ClientFoundRows = true
	c.InterpolateParams = true
	c.RejectReadOnly = true
	c.Timeout = 5 * time.Second
	c.ReadTimeout = 30 * time.Second
	c.WriteTimeout = 30 * time.Second
	return c.FormatDSN(), nil
}
