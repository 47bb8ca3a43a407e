// Package negative takes out, one by one, the guards that keep an email from going out twice and a report from being believed or acting
// twice, and runs the test that is there for each. The test must fail without its guard.
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
		name, file, old, without string // no file: sql alone
		test, says               string
		sql                      string // taken out of every database, beside the change
	}{
		{
			"one sender claims a message", "db/outbox.sql.gen.go",
			"WHERE id IN (/*SLICE:ids*/?) AND state = 'pending' AND next_attempt_at <= ?", "WHERE id IN (/*SLICE:ids*/?) AND ? IS NOT NULL",
			"TestWhatSomebodyElseHasOrHasSentIsNotClaimed", "claimed again", "",
		},
		{
			"what is handed over is marked before", "mail/deliver.go",
			"if ok, err := d.begin(ctx, m); err != nil || !ok {\n\t\treturn unsent, err\n\t}\n", "",
			"TestAProgramThatDiesRightAfterSendingAnOfferDoesNotSendItAgain", "sent 2 times", "",
		},
		{
			"who lost the claim does not begin", "db/outbox.sql.gen.go",
			"UPDATE outbox SET error_class = ?, lease_until = ?\nWHERE tenant_id = ? AND id = ? AND state = 'sending' AND claim_token = ?",
			"UPDATE outbox SET error_class = ?, lease_until = ?\nWHERE tenant_id = ? AND id = ? AND ? IS NOT NULL",
			"TestASenderWhoseClaimRanOutDoesNotSend", "a lost claim was renewed", "",
		},
		{
			"only what is signed is believed", "mail/reports.go", "if !signed(r.Keys, signature, timestamp, body) {", "if false {",
			"TestWhatIsNotSignedChangesNothing", "no signature: ", "",
		},
		{
			"a repeated event is left out", "mail/reports.go", "slices.Contains(known, one.id)", `slices.Contains(known, "")`,
			"TestAnEventThatIsRepeatedDoesNotActTwice", "suppressed again", "",
		},
		{
			"an event is stored once", "", "", "",
			"TestReportsThatComeAtOnceAddUp", "want each once", "ALTER TABLE mail_events DROP INDEX mail_events_event",
		},
		{
			"a report changes what it has read", "db/mail_events.sql.gen.go",
			"WHERE tenant_id = ? AND id = ? AND state = ? AND error_class = ?\n  AND delivered_at <=> ?",
			"WHERE tenant_id = ? AND id = ? AND (? IS NOT NULL OR ? IS NOT NULL OR ? IS NOT NULL)",
			"TestReportsThatComeAtOnceAddUp", "a message that was delivered and then came back is", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"test", "-count=1", "-run", "^" + c.test + "$"}
			if c.file != "" {
				args = append(args, "-overlay", without(t, filepath.Join(root, filepath.FromSlash(c.file)), c.old, c.without))
			}
			test := exec.CommandContext(t.Context(), "go", append(args, "./mail")...)
			test.Dir, test.Env = root, append(os.Environ(), "WAITLIST_TEST_GUARD_OUT="+c.sql)
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
