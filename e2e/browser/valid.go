package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Valid fails the test for what html-validate finds in whole documents, given by name. The rules are in
// .htmlvalidate.json. All documents go into one call, because starting Node is what takes the time.
func Valid(t testing.TB, documents map[string]string) {
	t.Helper()
	tool, err := module(".bin/html-validate")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, document := range documents {
		name = strings.Trim(strings.ReplaceAll(name, "/", "_"), "_")
		if name == "" {
			name = "home"
		}
		if err := os.WriteFile(filepath.Join(folder, name+".html"), []byte(document), 0o600); err != nil {
			t.Fatalf("keep a document for html-validate: %v", err)
		}
	}
	rules := filepath.Join(filepath.Dir(tool), "..", "..", ".htmlvalidate.json")
	command := exec.Command(tool, "--config", rules, "--formatter", "text", folder)
	found, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("html-validate: %v\n%s", err, strings.ReplaceAll(string(found), folder+"/", ""))
	}
}
