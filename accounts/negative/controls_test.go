// Package negative takes out, one by one, the guards that keep a code and a challenge from being used again, a business from losing its last
// owner, and API keys from being too many or rotated twice, and runs the test that is there for each. The test must fail without its guard.
package negative

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryGuardIsMissed(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file, old, without string
		test, says               string
	}{
		{
			"a code is good once", "db/second_factors.sql.gen.go",
			"WHERE user_id = ? AND secret = ? AND last_step < ?", "WHERE user_id = ? AND secret = ? AND ? IS NOT NULL",
			"TestTwoLogInsWithOneCodeAreOne", "6 log-ins came in with a code",
		},
		{
			"a challenge is taken once", "accounts/passkey_challenge.go",
			"if n != 1 || row.Purpose != purpose", "if n == -1 || row.Purpose != purpose",
			"TestAChallengeIsAnsweredOnceSoonAndForWhatItWasMade", "one challenge logged in",
		},
		{
			"who is an owner is decided by one at a time", "db/users.sql.gen.go",
			"WHERE m.tenant_id = ?\nORDER BY m.user_id\nFOR UPDATE", "WHERE m.tenant_id = ?\nORDER BY m.user_id",
			"TestTwoOwnersWhoGoAtOnceLeaveOneBehind", "owners are left, want 1",
		},
		{
			"a key is rotated as it was seen", "db/api_keys.sql.gen.go",
			"rotated_at = ?, version = version + 1\nWHERE tenant_id = ? AND id = ? AND version = ?", "rotated_at = ?, version = version + 1\nWHERE tenant_id = ? AND id = ? AND ? IS NOT NULL",
			"TestTwoRotationsAtOnceAreOne", "6 rotations won, want 1",
		},
		{
			"keys are made by one at a time", "accounts/key.go",
			"members, err := tx.LockMembers(ctx, u.TenantID)", "rows, err := tx.MembershipsOfUser(ctx, u.ID)\n\tvar members []lockedMember\n\tfor _, row := range rows {\n\t\tmembers = append(members, lockedMember{UserID: u.ID, Role: row.Role})\n\t}",
			"TestABusinessHasSoManyLiveKeysAndNoMore", "of six were made",
		},
		{
			"one request notes that a key was used", "accounts/use_key.go",
			"noted, ok := t.noted[what]; ok &&", "noted, ok := t.noted[what]; !ok &&",
			"TestOfManyRequestsAtOnceOneNotesTheUse", "requests wait for each other",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			overlay := without(t, filepath.Join(root, filepath.FromSlash(c.file)), c.old, c.without)
			test := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-count=1", "-run", "^"+c.test+"$", "./accounts")
			test.Dir = root
			output, err := test.CombinedOutput()
			if err == nil || !strings.Contains(string(output), c.says) {
				t.Errorf("without the guard %s does not say %q:\n%s", c.test, c.says, output)
			}
		})
	}
}

// without writes an overlay in which a file lacks one piece, which must be there exactly once.
func without(t *testing.T, path, old, instead string) (overlay string) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), old); n != 1 {
		t.Fatalf("%s holds this guard %d times, want once: %s", path, n, old)
	}
	changed := filepath.Join(t.TempDir(), filepath.Base(path))
	list, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		t.Fatal(err)
	}
	overlay = filepath.Join(t.TempDir(), "overlay.json")
	for name, content := range map[string][]byte{changed: []byte(strings.Replace(string(source), old, instead, 1)), overlay: list} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return overlay
}
