package localserver

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// InUseError says that another program runs on the data folder.
type InUseError struct {
	Dir string
	PID string // of the other program; empty when it couldn't be read
}

func (e *InUseError) Error() string {
	by := "another waitlist program"
	if e.PID != "" {
		by += " (process " + e.PID + ")"
	}
	return fmt.Sprintf("the data folder %s is in use by %s: stop that one first, or set DATA_DIR to another folder", e.Dir, by)
}

// prepareFolder makes dir and its parts for this user alone, and returns its absolute path.
func prepareFolder(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "log"), filepath.Join(dir, "redis")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return "", fmt.Errorf("make the data folder: %w", err)
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return "", fmt.Errorf("close the data folder to other users: %w", err)
	}
	return dir, nil
}

// lockFolder takes the folder for this program until the returned file is closed or the program ends, however it ends.
func lockFolder(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock the data folder %s: %w", dir, err)
		}
		pid, _ := os.ReadFile(file.Name())
		return nil, &InUseError{Dir: dir, PID: strings.TrimSpace(string(pid))}
	}
	if err := errors.Join(file.Truncate(0), writeAt(file, fmt.Sprintf("%d\n", os.Getpid()))); err != nil {
		file.Close()
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	return file, nil
}

func writeAt(file *os.File, text string) error {
	_, err := file.WriteAt([]byte(text), 0)
	return err
}
