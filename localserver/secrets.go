package localserver

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Secrets returns a secret for each name, 32 random bytes in base64, kept in <dir>/secrets.env (mode 0600). What the file lacks is made and
// added first. Call it between Start and Stop, or after Join.
func Secrets(dir string, names ...string) (map[string]string, error) {
	path := filepath.Join(dir, "secrets.env")
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the secrets: %w", err)
	}
	kept := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok {
			kept[name] = value
		}
	}
	grown := string(text)
	secrets := map[string]string{}
	for _, name := range names {
		if kept[name] == "" {
			kept[name] = newSecret()
			grown += name + "=" + kept[name] + "\n"
		}
		secrets[name] = kept[name]
	}
	if grown == string(text) {
		return secrets, nil
	}
	if err := replaceFile(path, grown); err != nil {
		return nil, fmt.Errorf("keep the secrets: %w", err)
	}
	return secrets, nil
}

func newSecret() string {
	random := make([]byte, 32)
	rand.Read(random)
	return base64.StdEncoding.EncodeToString(random)
}

// replaceFile writes a file for this user alone, so that a crash leaves the old text or the new one.
func replaceFile(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
