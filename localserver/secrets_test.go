package localserver

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"
)

func TestSecretsAreMadeOnceAndKeptForThisUserAlone(t *testing.T) {
	dir := t.TempDir()
	first, err := Secrets(dir, "ONE", "TWO")
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := base64.StdEncoding.DecodeString(first["ONE"]); err != nil || len(raw) != 32 || first["ONE"] == first["TWO"] {
		t.Fatalf("got %v (%v), want two different secrets of 32 bytes", first, err)
	}
	again, err := Secrets(dir, "ONE", "TWO", "THREE")
	if err != nil {
		t.Fatal(err)
	}
	if again["ONE"] != first["ONE"] || again["TWO"] != first["TWO"] || again["THREE"] == "" {
		t.Fatalf("got %v after %v, want the old ones kept and a third", again, first)
	}
	if info, err := os.Stat(filepath.Join(dir, "secrets.env")); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file has mode %v (%v), want 0600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "secrets.env.*")); len(left) > 0 {
		t.Fatalf("%v were left behind", left)
	}
}

func TestSecretsThatCannotBeReadAreNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "secrets.env"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := Secrets(dir, "ONE"); err == nil {
		t.Fatalf("got %v, want an error: new secrets would make the data unreadable", got)
	}
}
