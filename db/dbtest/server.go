package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/localserver"
)

// server is what all tests of one program share.
type server struct {
	databaseURL *url.URL
	redisURL    string
	admin       *sql.DB
	schema      string // the script that fills a new database with what the migrations make
	alive       io.Closer
}

var start = sync.OnceValues(startServer)

func started(t testing.TB) *server {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatalf("start the servers for the tests: %v", err)
	}
	return s
}

func startServer() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	servers, alive, err := private(ctx)
	if err != nil {
		return nil, err
	}
	address := servers.DatabaseURL()
	if elsewhere := os.Getenv("WAITLIST_TEST_DATABASE_URL"); elsewhere != "" {
		address = elsewhere
	}
	s := &server{redisURL: servers.RedisURL(), alive: alive}
	if s.databaseURL, err = url.Parse(address); err != nil {
		return nil, fmt.Errorf("WAITLIST_TEST_DATABASE_URL is not understood")
	}
	if s.admin, err = s.pool("information_schema"); err != nil {
		return nil, err
	}
	s.schema, err = s.readSchema(ctx)
	return s, err
}

// private starts servers on a copy of the cached, already migrated data, in memory where the machine has a folder for that. They end, and
// their folder goes, when this process ends, however it ends.
func private(ctx context.Context) (servers *localserver.Servers, alive io.Closer, err error) {
	dir, err := os.MkdirTemp(memory(), "waitlist-test-")
	if err != nil {
		return nil, nil, err
	}
	if alive, err = reap(dir); err != nil {
		return nil, nil, err
	}
	if err := copyTemplate(ctx, dir); err != nil {
		return nil, nil, err
	}
	servers, err = localserver.Start(ctx, dir, localserver.Volatile())
	return servers, alive, err
}

func memory() string {
	const shared = "/dev/shm"
	if info, err := os.Stat(shared); err == nil && info.IsDir() {
		return shared
	}
	return os.TempDir()
}
