//go:build !linux

package localserver

import "syscall"

// attributes put a server in a process group of its own, so that Ctrl-C reaches only us. What outlives a killed program is ended by the next
// one (endStale).
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
