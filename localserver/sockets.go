package localserver

import (
	"fmt"
	"os"
	"path/filepath"
)

// longestSocket is the longest path, in bytes, that every platform takes for a unix socket, with some room for its suffixes (macOS: 104).
const longestSocket = 100

// makeSocketFolder makes the folder of both sockets: <dir>/run, or, where that path would be too long for a socket, a temporary folder of
// this user that <dir>/run then points to.
func makeSocketFolder(dir string) (string, error) {
	removeSocketFolder(dir)
	run := filepath.Join(dir, "run")
	if len(filepath.Join(run, "mysql.sock.lock")) <= longestSocket {
		if err := os.MkdirAll(run, 0o700); err != nil {
			return "", fmt.Errorf("make the socket folder: %w", err)
		}
		return run, nil
	}
	parent := os.TempDir()
	if len(parent) > longestSocket/2 {
		parent = "/tmp"
	}
	short, err := os.MkdirTemp(parent, "waitlist-")
	if err != nil {
		return "", fmt.Errorf("make the socket folder: %w", err)
	}
	if err := os.Symlink(short, run); err != nil {
		os.Remove(short)
		return "", fmt.Errorf("make the socket folder: %w", err)
	}
	return short, nil
}

// removeSocketFolder removes what makeSocketFolder made, sockets that a killed server left behind included.
func removeSocketFolder(dir string) {
	run := filepath.Join(dir, "run")
	if short, err := os.Readlink(run); err == nil && filepath.IsAbs(short) {
		os.RemoveAll(short)
	}
	os.RemoveAll(run)
}
