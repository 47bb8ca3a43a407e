// Package negative takes the guard out that tells two instances apart which link at once, and sees the race that it is there for fail.
package negative

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const guard = "WHERE tenant_id = ? AND length = ? AND hash = ?"

func TestWithoutTheCompareAndSetOfTheHeadLinkingAtOnceGoesWrong(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	source, dir := filepath.Join(root, "db", "audit.sql.gen.go"), t.TempDir()
	text, err := os.ReadFile(source)
	if err != nil || strings.Count(string(text), guard) != 1 {
		t.Fatalf("the guard is not there once (%v)", err)
	}
	without := strings.Replace(string(text), guard, "WHERE tenant_id = ? AND ? IS NOT NULL AND ? IS NOT NULL", 1)
	changed, overlay, program := filepath.Join(dir, "audit.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "audit.test")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{changed: []byte(without), overlay: list} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-ldflags=-s -w", "-overlay", overlay, "-o", program, "./audit")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building without the guard: %v\n%s", err, output)
	}
	for range 3 { // a race may end well by luck
		race := exec.CommandContext(t.Context(), program, "-test.run", "^TestManyWhoLinkAtOnceMakeOneChain$")
		race.Dir = filepath.Join(root, "audit")
		output, err := race.CombinedOutput()
		if err != nil && strings.Contains(string(output), "linking at once") {
			return
		}
	}
	t.Error("nothing was missed: the race ends well without the guard")
}
