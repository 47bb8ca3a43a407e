package dbtest

import (
	"io"
	"os/exec"
	"syscall"
)

// reap leaves a shell behind that waits for this process to end, by whatever means, and then ends its servers and removes their folder. A
// test program has no moment of its own to do so. The pipe that tells the shell must be held until then: collected, it would close.
func reap(dir string) (alive io.Closer, err error) {
	const script = `cat >/dev/null
for file in "$1"/*.pid; do [ -f "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null; done
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }`
	shell := exec.Command("sh", "-c", script, "reap", dir)
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the test program
	if alive, err = shell.StdinPipe(); err != nil {
		return nil, err
	}
	return alive, shell.Start()
}
