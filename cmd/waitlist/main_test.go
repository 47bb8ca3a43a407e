package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/localserver"
)

// programVariable makes the test program behave as waitlist itself.
const programVariable = "WAITLIST_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(ctx, stop)
		os.Exit(run(ctx, os.Args[1:]))
	}
	os.Exit(m.Run())
}

func TestABareStartServesMigratesAndLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir, port := filepath.Join(t.TempDir(), "data"), freePort(t)
	for start := range 2 { // the second on the data of the first
		serving := startProgram(t, dir, port)
		if code, text := get(t, port, "/health"); code != http.StatusOK || !strings.Contains(text, "live") {
			t.Errorf("start %d: /health answers %d %s", start, code, text)
		}
		code, text := get(t, port, "/api/health")
		if code != http.StatusOK || strings.Contains(text, "failed") {
			t.Errorf("start %d: /api/health answers %d %s", start, code, text)
		}
		for _, check := range []string{"database", "migrations", "redis", "mail queue"} {
			if !strings.Contains(text, `"`+check+`":"ok"`) {
				t.Errorf("start %d: /api/health answers %s, want %s in it", start, text, check)
			}
		}
		for _, want := range []string{fmt.Sprintf("http://localhost:%d", port), "/mailbox", dir, "Ctrl-C"} {
			if !strings.Contains(serving.said(), want) {
				t.Errorf("start %d: the banner lacks %q:\n%s", start, want, serving.said())
			}
		}

		// Other commands use what already runs.
		if out, code := runProgram(t, dir, port, "migrate", "status"); code != 0 || !strings.Contains(out, "applied") || strings.Contains("\n"+out, "\npending ") {
			t.Errorf("migrate status beside the program: status %d, %s", code, out)
		}
		if out, code := runProgram(t, dir, port, "health"); code != 0 || !strings.Contains(out, "ready") {
			t.Errorf("health beside the program: status %d, %s", code, out)
		}
		if out, code := runProgram(t, dir, freePort(t)); code != 1 || !strings.Contains(out, "in use by another waitlist program") {
			t.Errorf("a second program: status %d, %s", code, out)
		}

		serving.signal(t, syscall.SIGTERM)
		if err := serving.wait(t); err != nil {
			t.Errorf("start %d: it ends with %v, want success:\n%s", start, err, serving.said())
		}
		if _, err := localserver.Join(t.Context(), dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("start %d: servers still answer (%v)", start, err)
		}
	}
	if out, code := runProgram(t, dir, port, "health"); code != 1 {
		t.Errorf("health of a stopped program: status %d, %s", code, out)
	}
}

func TestProductionServesUntilWhoeverSendsItWorkHasNoticed(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serving := startWith(t, port,
		"APP_ENV=production", "BASE_URL=https://waitlist.example.com", "DATABASE_URL="+dbtest.URL(t), "REDIS_URL="+dbtest.RedisURL(t),
		"ENCRYPTION_KEY="+dbtest.EncryptionKey, "SESSION_SECRET="+strings.Repeat("s", 32), "JWT_SECRET="+strings.Repeat("j", 32),
		"SENDGRID_API_KEY=SG.none", "SENDGRID_FROM_EMAIL=hello@example.com",
	)
	if code, text := get(t, port, "/api/health"); code != http.StatusOK {
		t.Errorf("/api/health answers %d %s", code, text)
	}
	serving.signal(t, syscall.SIGTERM)
	eventually(t, "it says that it is stopping", func() bool {
		code, text := get(t, port, "/api/health")
		return code == http.StatusServiceUnavailable && strings.Contains(text, "stopping")
	})
	if err := serving.wait(t); err != nil {
		t.Errorf("it ends with %v, want success:\n%s", err, serving.said())
	}
	for line := range strings.Lines(serving.said()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("production logs a line that is not JSON: %s", line)
		}
	}
}

func TestAPortInUseIsSaidAndNothingIsLeftRunning(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := filepath.Join(t.TempDir(), "data")
	out, code := runProgram(t, dir, taken.Addr().(*net.TCPAddr).Port)
	if code != 1 || !strings.Contains(out, "PORT chooses another") {
		t.Errorf("status %d, %s", code, out)
	}
	if _, err := localserver.Join(t.Context(), dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("servers still answer (%v)", err)
	}
}

func TestMigrateGoesUpAndDownWithoutTheProgram(t *testing.T) {
	t.Parallel()
	dir, port := filepath.Join(t.TempDir(), "data"), 1
	for _, step := range []struct{ act, want string }{
		{"status", "pending"}, {"up", "applied 00001_"}, {"up", "nothing to do"}, {"down", "taken back"}, {"status", "pending"},
	} {
		if out, code := runProgram(t, dir, port, "migrate", step.act); code != 0 || !strings.Contains(out, step.want) {
			t.Fatalf("migrate %s: status %d, want %q:\n%s", step.act, code, step.want, out)
		}
	}
}

func TestConfigCheckNamesEverythingAtOnceAndNoValue(t *testing.T) {
	t.Parallel()
	out, code := runWith(t, []string{"APP_ENV=production", "SIGNUP=hidden-word", "DATABASE_URL=hidden-word"}, "config", "check")
	for _, name := range []string{"SIGNUP", "DATABASE_URL", "REDIS_URL", "ENCRYPTION_KEY", "SESSION_SECRET", "JWT_SECRET", "BASE_URL", "SENDGRID_API_KEY"} {
		if !strings.Contains(out, name) {
			t.Errorf("%s is not named:\n%s", name, out)
		}
	}
	if code != 1 || strings.Contains(out, "hidden-word") {
		t.Errorf("status %d:\n%s", code, out)
	}
	if out, code := runWith(t, nil, "config", "check"); code != 0 || !strings.Contains(out, "fine") {
		t.Errorf("with nothing set: status %d, %s", code, out)
	}
}

func TestCommandsThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"bogus"}, {"migrate"}, {"migrate", "sideways"}, {"config"}, {"config", "guess"}, {"serve", "now"}, {"demo", "now"}, {"demo", "--pace"}, {"demo", "--pace", "warp"}} {
		if out, code := runWith(t, nil, args...); code != 2 || !strings.Contains(out, "usage") {
			t.Errorf("%v: status %d, %s", args, code, out)
		}
	}
	for _, args := range [][]string{{"help"}, {"--help"}, {"version"}} {
		if out, code := runWith(t, nil, args...); code != 0 || !strings.Contains(out, "aitlist") {
			t.Errorf("%v: status %d, %s", args, code, out)
		}
	}
}

// running is a program that a test started.
type running struct {
	cmd   *exec.Cmd
	out   *os.File
	ended chan error
}

// startProgram starts waitlist on a data folder and waits until it answers; it is killed at the test's end.
func startProgram(t *testing.T, dir string, port int) *running {
	t.Helper()
	return startWith(t, port, "DATA_DIR="+dir)
}

func startWith(t *testing.T, port int, environment ...string) *running {
	t.Helper()
	return start(t, port, waitlistWith(t, append(environment, fmt.Sprintf("PORT=%d", port))))
}

// start starts a command and waits until it answers on the port.
func start(t *testing.T, port int, cmd *exec.Cmd) *running {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := &running{cmd, out, make(chan error, 1)}
	go func() { r.ended <- cmd.Wait(); close(r.ended) }()
	t.Cleanup(func() { cmd.Process.Kill(); <-r.ended; out.Close() })

	eventually(t, "the program answers", func() bool {
		select {
		case err := <-r.ended:
			t.Fatalf("the program ended (%v):\n%s", err, r.said())
		default:
		}
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/health", port))
		if err == nil {
			answer.Body.Close()
		}
		return err == nil
	})
	return r
}

// eventually waits up to a minute for what should happen.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(time.Minute); !happened(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (r *running) said() string {
	text, _ := os.ReadFile(r.out.Name())
	return string(text)
}

func (r *running) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := r.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

func (r *running) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.ended:
		return err
	case <-time.After(30 * time.Second):
		t.Fatalf("the program does not end:\n%s", r.said())
		return nil
	}
}

func runProgram(t *testing.T, dir string, port int, args ...string) (out string, code int) {
	t.Helper()
	return runWith(t, []string{"DATA_DIR=" + dir, fmt.Sprintf("PORT=%d", port)}, args...)
}

// runWith runs a command to its end and returns all it says and its status.
func runWith(t *testing.T, environment []string, args ...string) (string, int) {
	t.Helper()
	cmd := waitlistWith(t, environment, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// waitlistWith is waitlist with these arguments, this environment and no other, in an empty working directory.
func waitlistWith(t *testing.T, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append([]string{programVariable + "=yes", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, environment...)
	cmd.Dir = t.TempDir()
	return cmd
}

func get(t *testing.T, port int, path string) (int, string) {
	t.Helper()
	answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d%s", port, path))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
