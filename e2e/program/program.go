// Package program runs the built program for tests, as a person would, and ends it as a power cut would.
package program

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Patience is how long a start may take.
const Patience = 60 * time.Second

var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "waitlist-built-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "waitlist")
	if out, err := exec.Command("go", "build", "-o", path, "github.com/your-org/waitlist-management/cmd/waitlist").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return path, nil
})

// Program is the program on a port of its own.
type Program struct {
	t    testing.TB
	env  []string
	cmd  *exec.Cmd
	said *bytes.Buffer
	URL  string // of its pages, without a slash at the end
	Data string // its data folder
}

// New prepares a program with a data folder of its own. env are variables such as "DATABASE_URL=…"; nothing of this process's
// configuration reaches it. It ends with the test.
func New(t testing.TB, env ...string) *Program {
	t.Helper()
	data, err := os.MkdirTemp("", "waitlist-")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	_ = listener.Close()
	p := &Program{t: t, Data: data, URL: "http://localhost:" + strconv.Itoa(port)}
	p.env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "PORT=" + strconv.Itoa(port), "DATA_DIR=" + data}, env...)
	t.Cleanup(func() {
		p.Stop()
		if t.Failed() {
			t.Logf("the program said:\n%s", p.said)
		}
		if err := os.RemoveAll(data); err != nil {
			t.Error(err)
		}
	})
	return p
}

// Start starts it and waits until it answers.
func (p *Program) Start() {
	p.t.Helper()
	path, err := built()
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd = exec.Command(path)
	p.cmd.Dir = p.Data
	p.cmd.Env = p.env
	p.said = &bytes.Buffer{}
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.Eventually("it is ready", func() bool {
		answer, err := http.Get(p.URL + "/api/health")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// Kill ends it like a power cut.
func (p *Program) Kill() { p.end(syscall.SIGKILL) }

// Stop asks it to end and waits until it has.
func (p *Program) Stop() { p.end(syscall.SIGTERM) }

func (p *Program) end(signal syscall.Signal) {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Signal(signal)
	_ = p.cmd.Wait()
	p.cmd = nil
}

// Eventually waits for something to become true.
func (p *Program) Eventually(what string, is func() bool) {
	p.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(Patience); ; {
		if is() {
			return
		}
		select {
		case <-tick.C:
		case <-end:
			p.t.Fatalf("waited %v in vain until %s", Patience, what)
		}
	}
}

// Pid is the number of one of the local servers, mysql or redis.
func (p *Program) Pid(server string) int {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.Data, server+".pid"))
	if err != nil {
		p.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		p.t.Fatal(err)
	}
	return pid
}

// Mail counts the emails in the mailbox by their message id.
func (p *Program) Mail() map[string]int {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.Data, "mailbox", "*.eml"))
	if err != nil {
		p.t.Fatal(err)
	}
	count := map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			p.t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(text), "Message-ID: <")
		id, _, _ := strings.Cut(after, "@")
		count[id]++
	}
	return count
}
