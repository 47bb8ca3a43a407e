// Package localserver gives the program a database and a Redis of its own when none is configured: private processes that listen on unix
// sockets only, keep their data in one folder, and live exactly as long as the program.
package localserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Servers is a running database and a running Redis. Both restart by themselves when they die alone.
type Servers struct {
	dir      string
	sockets  string
	database *process
	redis    *process
	lock     *os.File
	stop     sync.Once
}

// An Option changes how Start runs the servers.
type Option func(*options)

type options struct {
	log      *slog.Logger
	volatile bool
}

// Logger receives what happens to the servers; the default is slog.Default().
func Logger(log *slog.Logger) Option { return func(o *options) { o.log = log } }

// Volatile gives durability up for speed: a crash of the machine may lose data. For tests only.
func Volatile() Option { return func(o *options) { o.volatile = true } }

// startWithin bounds one server's start, crash recovery included.
const startWithin = 60 * time.Second

// Start runs both servers on the data in dir, which is made (mode 0700) when it is missing, and returns when both answer and the database
// "waitlist" exists. What an earlier program left running there is ended first. ctx bounds the start only; Stop ends the servers.
//
// It fails with an *InUseError while another program runs on dir, and with a *MissingError when a server isn't installed.
func Start(ctx context.Context, dir string, opts ...Option) (*Servers, error) {
	o := options{log: slog.Default()}
	for _, opt := range opts {
		opt(&o)
	}
	engine, err := findEngine()
	if err != nil {
		return nil, err
	}
	redis, err := findRedis()
	if err != nil {
		return nil, err
	}
	dir, err = prepareFolder(dir)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &Servers{dir: dir, lock: lock}
	if err := s.start(ctx, engine, redis, o); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Servers) start(ctx context.Context, e engine, redis string, o options) (err error) {
	for _, name := range []string{"mysql", "redis"} {
		if err := endStale(pidFile(s.dir, name), s.dir); err != nil {
			return err
		}
	}
	if s.sockets, err = makeSocketFolder(s.dir); err != nil {
		return err
	}
	if err := initialise(ctx, e, s.dir, o); err != nil {
		return err
	}
	database, err := databaseProcess(e, s.dir, s.sockets, o)
	if err != nil {
		return err
	}
	redisProcess, err := redisProcess(redis, s.dir, s.sockets, o)
	if err != nil {
		return err
	}

	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	s.database, s.redis = database, redisProcess
	failed := make(chan error, 2)
	go func() { failed <- s.database.start(ctx) }()
	go func() { failed <- s.redis.start(ctx) }()
	if err := errors.Join(<-failed, <-failed); err != nil {
		return err
	}
	return createDatabase(ctx, s.databaseSocket())
}

// Join returns the servers that another program of this user runs on dir, without owning them: Stop does nothing. It fails with
// os.ErrNotExist when nothing answers there.
func Join(ctx context.Context, dir string) (*Servers, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	sockets, err := filepath.EvalSymlinks(filepath.Join(dir, "run"))
	if err != nil {
		return nil, fmt.Errorf("no servers run in %s: %w", dir, os.ErrNotExist)
	}
	s := &Servers{dir: dir, sockets: sockets}
	if err := errors.Join(pingDatabase(ctx, s.databaseSocket()), pingRedis(ctx, s.redisSocket())); err != nil {
		return nil, fmt.Errorf("no servers answer in %s: %w", dir, os.ErrNotExist)
	}
	return s, nil
}

// DatabaseURL is how db.Open reaches the database.
func (s *Servers) DatabaseURL() string {
	return "mysql://root@/waitlist?socket=" + url.QueryEscape(s.databaseSocket())
}

// RedisURL is how go-redis reaches Redis.
func (s *Servers) RedisURL() string { return "unix://" + s.redisSocket() }

// Dir is the data folder, absolute.
func (s *Servers) Dir() string { return s.dir }

// Stop ends both servers cleanly (by force after ten seconds) and releases the folder. It may be called more than once.
func (s *Servers) Stop() {
	s.stop.Do(func() {
		if s.lock == nil {
			return
		}
		var wait sync.WaitGroup
		for _, p := range []*process{s.database, s.redis} {
			if p != nil {
				wait.Go(p.stop)
			}
		}
		wait.Wait()
		removeSocketFolder(s.dir)
		s.lock.Close()
	})
}

func (s *Servers) databaseSocket() string { return filepath.Join(s.sockets, "mysql.sock") }
func (s *Servers) redisSocket() string    { return filepath.Join(s.sockets, "redis.sock") }

func pidFile(dir, name string) string { return filepath.Join(dir, name+".pid") }
func logFile(dir, name string) string { return filepath.Join(dir, "log", name+".log") }
