// Package redistest gives tests a real Redis: a private process on a unix
// socket that ends with the test binary, however that ends. A test fails when
// redis-server is not installed.
package redistest

import (
	"bufio"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// startLimit is when a server that has not said it is ready is given up.
const startLimit = 20 * time.Second

// The shell keeps the server's life tied to ours: when our end of its input
// closes, for whatever reason, it ends the server and removes its folder.
const guard = `
redis-server --port 0 --unixsocket "$1/s" --unixsocketperm 700 --dir "$1" --save "" --appendonly no --daemonize no --logfile "" &
cat >/dev/null
kill -9 $!
wait $! 2>/dev/null
rm -rf "$1"
`

// Server is one Redis process that a test may stop, freeze and start again.
type Server struct {
	t      testing.TB
	dir    string
	input  io.Closer // nil while stopped
	ended  chan struct{}
	output *transcript
}

// New starts a server of the test's own, stopped when the test ends.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t}
	s.Start()
	t.Cleanup(s.Stop)
	return s
}

// URL is the server's address in the form of REDIS_URL.
func (s *Server) URL() string { return "unix://" + filepath.Join(s.dir, "s") }

// Client gives a plain client of the server, closed when the test ends.
func (s *Server) Client() redis.UniversalClient {
	s.t.Helper()
	return client(s.t, s.URL())
}

// Start starts the server, under the same address and empty if it ran before.
func (s *Server) Start() {
	s.t.Helper()
	if err := s.start(); err != nil {
		s.t.Fatalf("start redis-server: %v\n%s", err, s.output)
	}
}

func (s *Server) start() error {
	s.output = &transcript{ready: make(chan struct{})}
	if _, err := exec.LookPath("redis-server"); err != nil {
		return err
	}
	var err error
	if s.dir == "" {
		s.dir, err = os.MkdirTemp(shortTemp(), "redis")
	} else {
		err = os.MkdirAll(s.dir, 0o700)
	}
	if err != nil {
		return err
	}
	command := exec.Command("sh", "-c", guard, "redistest", s.dir)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is ours alone
	if s.input, err = command.StdinPipe(); err != nil {
		return err
	}
	printed, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	s.ended = ended
	output := s.output
	go func() {
		defer close(ended)
		output.read(printed)
		_ = command.Wait() // the guard was told to kill: its status says nothing
	}()
	select {
	case <-output.ready:
		return nil
	case <-ended:
		return io.ErrUnexpectedEOF
	case <-time.After(startLimit):
		s.stop()
		return os.ErrDeadlineExceeded
	}
}

// Stop ends the server at once, as kill -9 does; what it held is gone.
func (s *Server) Stop() { s.stop() }

func (s *Server) stop() {
	if s.input == nil {
		return
	}
	s.input.Close()
	s.input = nil
	<-s.ended
}

// Freeze lets the server hang: it takes connections and answers nothing until
// the function given back is called.
func (s *Server) Freeze() (thaw func()) {
	s.t.Helper()
	pid := s.pid()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		s.t.Fatalf("freeze redis-server: %v", err)
	}
	return func() {
		if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
			s.t.Errorf("thaw redis-server: %v", err)
		}
	}
}

func (s *Server) pid() int {
	s.t.Helper()
	info, err := s.Client().Info(s.t.Context(), "server").Result()
	if err != nil {
		s.t.Fatalf("ask redis-server for its id: %v", err)
	}
	_, after, _ := strings.Cut(info, "process_id:")
	digits, _, _ := strings.Cut(after, "\r\n")
	pid, err := strconv.Atoi(digits)
	if err != nil || pid <= 1 {
		s.t.Fatalf("redis-server says its id is %q", digits)
	}
	return pid
}

var shared struct {
	once   sync.Once
	server Server
	err    error
}

// URL is the address of the one server that this test binary's tests share.
// They keep apart by a Prefix each and flush nothing; a test that does more to
// its Redis takes a New one.
func URL(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() { shared.err = shared.server.start() })
	if shared.err != nil {
		t.Fatalf("start redis-server: %v\n%s", shared.err, shared.server.output)
	}
	return shared.server.URL()
}

// Start gives a client of the shared server, closed when the test ends.
func Start(t testing.TB) redis.UniversalClient {
	t.Helper()
	return client(t, URL(t))
}

// Prefix makes a key prefix no other test has.
func Prefix(t testing.TB) string { return t.Name() + ":" + rand.Text() + ":" }

func client(t testing.TB, url string) redis.UniversalClient {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatalf("address of redis-server: %v", err)
	}
	options.ContextTimeoutEnabled = true
	options.MaxRetries = -1
	c := redis.NewClient(options)
	t.Cleanup(func() { c.Close() })
	return c
}

// shortTemp is a folder under which a socket's path keeps below 100 bytes.
func shortTemp() string {
	if dir := os.TempDir(); len(dir) < 60 {
		return dir
	}
	return "/tmp"
}

// transcript is what the server has printed.
type transcript struct {
	ready chan struct{}

	mu    sync.Mutex
	lines []string
}

func (o *transcript) read(printed io.Reader) {
	isReady := false
	for lines := bufio.NewScanner(printed); lines.Scan(); {
		o.mu.Lock()
		o.lines = append(o.lines, lines.Text())
		o.mu.Unlock()
		if !isReady && strings.Contains(strings.ToLower(lines.Text()), "ready to accept connections") {
			isReady = true
			close(o.ready)
		}
	}
}

func (o *transcript) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Join(o.lines, "\n")
}
