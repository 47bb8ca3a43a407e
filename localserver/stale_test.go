package localserver

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestAServerLeftBehindOnThisFolderIsEnded(t *testing.T) {
	dir := t.TempDir()
	left := begin(t, "sh", "-c", "read _", "--datadir="+dir)
	if err := endStale(left.file, dir); err != nil {
		t.Fatal(err)
	}
	if err := left.cmd.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Errorf("the process ended with %v, want killed", err)
	}
	if _, err := os.Stat(left.file); !errors.Is(err, os.ErrNotExist) {
		t.Error("its pid file is still there")
	}
}

func TestAProcessThatOnlyHasTheOldNumberIsLeftAlone(t *testing.T) {
	other := begin(t, "sh", "-c", "read _", "somebody else's")
	if err := endStale(other.file, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if !alive(other.cmd.Process.Pid) {
		t.Error("it was ended")
	}
}

func TestAPidFileWithoutANumberIsDropped(t *testing.T) {
	for _, text := range []string{"", "-1", "0", "1", "mysqld"} {
		file := filepath.Join(t.TempDir(), "mysql.pid")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := endStale(file, "/"); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAMissingServerIsNamedWithTheWayToGetIt(t *testing.T) {
	folders := outsidePath
	t.Cleanup(func() { outsidePath = folders })
	outsidePath = nil
	t.Setenv("PATH", t.TempDir())
	_, err := findEngine()
	var missing *MissingError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "mariadbd") || !strings.Contains(err.Error(), "DATABASE_URL") {
		t.Errorf("got %v, want the database's name and the way out", err)
	}
	if _, err := findRedis(); !errors.As(err, &missing) || !strings.Contains(err.Error(), "redis-server") {
		t.Errorf("got %v, want Redis named", err)
	}
}

type started struct {
	cmd  *exec.Cmd
	file string // its pid file
}

// begin runs a process until the test ends it.
func begin(t *testing.T, name string, args ...string) started {
	t.Helper()
	cmd := exec.Command(name, args...)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for commandLine(cmd.Process.Pid) == "" { // for a moment after it began a process has none
		runtime.Gosched()
	}
	file := filepath.Join(t.TempDir(), "server.pid")
	if err := os.WriteFile(file, []byte(strconv.Itoa(cmd.Process.Pid)), 0o600); err != nil {
		t.Fatal(err)
	}
	return started{cmd, file}
}
