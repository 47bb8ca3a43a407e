package localserver

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endStale ends the server that a killed program left behind: the process that pidFile names, provided its command line names dir too (the
// number may long belong to something else). The caller holds the folder's lock, so nobody needs that server.
func endStale(pidFile, dir string) error {
	text, err := os.ReadFile(pidFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", pidFile, err)
	}
	defer os.Remove(pidFile)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 1 || !strings.Contains(commandLine(pid), dir) {
		return nil
	}
	syscall.Kill(pid, syscall.SIGKILL)
	for range 500 {
		if !alive(pid) {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("process %d, left behind by an earlier start on %s, does not end", pid, dir)
}

// commandLine is empty when there is no such process.
func commandLine(pid int) string {
	if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return string(text)
	}
	text, _ := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return string(text)
}

// alive says whether the process still holds files; a zombie, which only waits for its parent, doesn't.
func alive(pid int) bool {
	return syscall.Kill(pid, 0) == nil && commandLine(pid) != ""
}
