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
// "node v20.0.0" is a Node of that version, "apt-get v18.20.4" one whose Node is that old.
func runInstaller(t *testing.T, purpose string, programs ...string) (said, called string, code int) {
	t.Helper()
	bin, notes := t.TempDir(), filepath.Join(t.TempDir(), "notes")
	for _, name := range []string{"bash", "sh", "cut", "sed", "grep", "xargs", "basename", "env", "cat", "echo", "chmod"} {
		real, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(real, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range programs {
		name, version, _ := strings.Cut(name, " ")
		text := fakeProgram
		switch {
		case name == "id":
			text = "#!/bin/sh\necho 1000\n"
		case name == "sudo":
			text = "#!/bin/sh\necho \"sudo $*\" >>\"$NOTES\"\nexec \"$@\"\n"
		case name == "node":
			text = "#!/bin/sh\necho " + version + "\n"
		case name == "apt-get" && version != "": // it brings a Node of this version
			text += "[ $1 != install ] || { echo 'echo " + version + "' >" + bin + "/node; chmod +x " + bin + "/node; }\n"
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

func TestTheInstallerWantsNode20ForTestsAndSaysWhatToDoWithAnOlderOne(t *testing.T) {
	rest := []string{"go", "mariadbd", "redis-server", "chromium", "gcc", "curl", "apt-get", "apt-cache", "id", "sudo"}
	for _, c := range []struct {
		purpose string
		has     []string
		calls   string
		says    string
		code    int
	}{
		{"test", []string{"node v20.0.0", "npm"}, "", "", 0},
		{"test", []string{"node v22.3.1"}, "apt-get install -y -qq --no-install-recommends nodejs npm\n", "Node 20 or later with npm", 0},
		{"test", []string{"node v18.20.4", "npm"}, "", "Node 18.20.4 is here, but the checks of pages need 20 or later", 1},
		{"test", []string{"node broken", "npm"}, "", "https://nodejs.org/en/download", 1},
		{"test", nil, "apt-get install -y -qq --no-install-recommends nodejs npm\n", "Node 20 or later with npm", 0},
		{"run", []string{"node v18.20.4"}, "", "", 0},
	} {
		said, called, code := runInstaller(t, c.purpose, append(c.has, rest...)...)
		if code != c.code || !strings.Contains(called, c.calls) || (c.calls == "") != (called == "") || !strings.Contains(said, c.says) || (c.says == "") != (said == "") {
			t.Errorf("%s with %v: status %d, it calls %q and says\n%s", c.purpose, c.has, code, called, said)
		}
		if strings.Count(said, "  Node") > 1 {
			t.Errorf("%s with %v: Node is named twice:\n%s", c.purpose, c.has, said)
		}
	}
}

func TestTheInstallerNoticesThatTheSystemsNodeIsOld(t *testing.T) {
	said, called, code := runInstaller(t, "test", "go", "mariadbd", "redis-server", "chromium", "gcc", "curl", "apt-get v18.20.4", "apt-cache", "id", "sudo")
	if code != 1 || !strings.Contains(called, "nodejs npm\n") || !strings.Contains(said, "Node 18.20.4 is here") {
		t.Errorf("status %d, it calls %q and says\n%s", code, called, said)
	}
	if said, _, code = runInstaller(t, "test", "go", "mariadbd", "redis-server", "chromium", "gcc", "apt-get v20.19.2", "apt-cache", "id", "sudo"); code != 0 {
		t.Errorf("with a new one: status %d, it says\n%s", code, said)
	}
}
