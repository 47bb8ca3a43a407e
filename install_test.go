package house_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fakeProgram stands for what the installer calls, and only notes how it was called.
const fakeProgram = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >>\"$NOTES\"\n"

// runInstaller runs scripts/install.sh on a machine that has only these programs, and returns what it says, what it called, and its status.
func runInstaller(t *testing.T, purpose string, programs ...string) (said, called string, code int) {
	t.Helper()
	bin, notes := t.TempDir(), filepath.Join(t.TempDir(), "notes")
	for _, name := range []string{"bash", "sh", "cut", "sed", "grep", "xargs", "basename", "env", "cat", "echo"} {
		real, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(real, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range programs {
		text := fakeProgram
		if name == "id" {
			text = "#!/bin/sh\necho 1000\n"
		}
		if name == "sudo" {
			text = "#!/bin/sh\necho \"sudo $*\" >>\"$NOTES\"\nexec \"$@\"\n"
		}
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(filepath.Join(bin, "bash"), "scripts/install.sh", purpose)
	cmd.Env = []string{"PATH=" + bin, "NOTES=" + notes, "INSTALL_SEARCH="}
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	text, err := os.ReadFile(notes)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(out), string(text), cmd.ProcessState.ExitCode()
}

func TestTheInstallerTouchesNothingWhenNothingIsMissing(t *testing.T) {
	said, called, code := runInstaller(t, "run", "go", "mariadbd", "redis-server", "apt-get", "apt-cache", "id", "sudo")
	if code != 0 || said != "" || called != "" {
		t.Errorf("status %d, it says %q and calls %q", code, said, called)
	}
}

func TestTheInstallerGetsExactlyWhatIsMissingAndSaysSo(t *testing.T) {
	said, called, code := runInstaller(t, "run", "go", "mysqld", "apt-get", "apt-cache", "id", "sudo")
	if code != 0 || !strings.Contains(called, "apt-get install -y -qq --no-install-recommends redis-server\n") || !strings.Contains(called, "sudo apt-get update") {
		t.Errorf("status %d, it calls\n%s", code, called)
	}
	if !strings.Contains(said, "Redis") || strings.Contains(said, "MariaDB") || !strings.Contains(said, "Running: sudo apt-get install --no-install-recommends redis-server\n") {
		t.Errorf("it says\n%s", said)
	}
}

func TestTheInstallerLeavesOutTheSystemServiceWhereItCan(t *testing.T) {
	_, called, code := runInstaller(t, "run", "go", "apt-get", "apt-cache", "id", "sudo")
	if code != 0 || !strings.Contains(called, "mariadb-server-core mariadb-client-core redis-server\n") {
		t.Errorf("status %d, it calls\n%s", code, called)
	}
}

func TestTheInstallerGetsABrowserAndACompilerOnlyForTests(t *testing.T) {
	_, called, code := runInstaller(t, "test", "go", "mariadbd", "redis-server", "brew", "id")
	if code != 0 || !strings.Contains(called, "brew install --cask chromium\n") {
		t.Errorf("status %d, it calls\n%s", code, called)
	}
	if _, called, code = runInstaller(t, "run", "go", "brew", "id"); code != 0 || called != "brew install mariadb\nbrew install redis\n" {
		t.Errorf("status %d, it calls\n%s", code, called)
	}
}

func TestTheInstallerNamesWhatIsMissingWhereItCannotInstall(t *testing.T) {
	for _, c := range []struct {
		has  []string
		says []string
	}{
		{[]string{"id"}, []string{"Go is missing", "https://go.dev/dl/"}},
		{[]string{"go", "id"}, []string{"MariaDB (mariadbd)", "Redis (redis-server)", "neither apt-get nor brew", "DATABASE_URL"}},
		{[]string{"go", "id", "apt-get", "apt-cache"}, []string{"Ask an administrator", "redis-server"}},
	} {
		said, called, code := runInstaller(t, "run", c.has...)
		if code != 1 || called != "" {
			t.Errorf("with %v: status %d, it calls %q, want nothing", c.has, code, called)
		}
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("with %v it lacks %q:\n%s", c.has, want, said)
			}
		}
	}
}
