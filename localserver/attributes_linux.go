package localserver

import "syscall"

// attributes put a server in a process group of its own, so that Ctrl-C reaches only us, and end it when we die, however we die.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
