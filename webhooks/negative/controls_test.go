// Package negative takes out, one by one, the guards that keep an event from being told twice and a request from going where it must not,
// and runs the test that is there for each. The test must fail without its guard.
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
	const race = "TestInTheRaceOfInstancesEveryEventIsToldOnceToEveryEndpoint"
	for _, c := range []struct{ name, file, old, without, test, says string }{
		{
			"one sender claims a delivery", "db/webhook_deliveries.sql.gen.go",
			"WHERE tenant_id = ? AND id = ? AND state = 'pending' AND next_attempt_at <= ?\n`\n\ntype ClaimWebhookDeliveryParams", "WHERE tenant_id = ? AND id = ? AND ? IS NOT NULL\n`\n\ntype ClaimWebhookDeliveryParams",
			race, "arrived 2 times",
		},
		{
			"the cursor moves from where it was", "db/webhook_endpoints.sql.gen.go",
			"WHERE tenant_id = ? AND id = ? AND after_sequence = ? AND event_types = ?", "WHERE tenant_id = ? AND id = ? AND ? IS NOT NULL AND event_types = ?",
			race, "dispatching: ",
		},
		{
			"an answer after the lease changes nothing", "db/webhook_deliveries.sql.gen.go",
			"duration_ms = ?, status = ?, class = ?, answer = ?\nWHERE tenant_id = ? AND id = ? AND state = 'sending' AND claim_token = ?", "duration_ms = ?, status = ?, class = ?, answer = ?\nWHERE tenant_id = ? AND id = ? AND state = 'sending' AND ? IS NOT NULL",
			"TestAnAnswerThatComesAfterTheLeaseChangesNothing", "FailingSince",
		},
		{
			"the address is looked at when the connection is made", "webhooks/sender.go", "return may(to.Addr())", "_ = to\n\t\treturn nil",
			"TestTheGuardLooksAtWhatANameLeadsTo", "requests came through",
		},
		{
			"redirects are not followed", "webhooks/sender.go", "return http.ErrUseLastResponse", "return nil",
			"TestARedirectIsAFailureAndNotFollowed", "a redirect was followed",
		},
		{
			"the environment's proxy is not asked", "webhooks/sender.go", "Proxy: nil", "Proxy: http.ProxyFromEnvironment",
			"TestNoProxyOfTheEnvironmentIsAsked", "a proxy was asked",
		},
		{
			"little of an answer is read", "webhooks/sender.go", "io.LimitReader(response.Body, answerMost)", "io.LimitReader(response.Body, answerMost<<4)",
			"TestNoMoreThanTheBeginningOfAnAnswerIsReadAndNobodyIsWaitedForLong", "65536 bytes",
		},
		{
			"a business has a share of the senders", "webhooks/deliver.go", " || w.sending[t.tenantID] >= sendingMostOfOne", "",
			"TestABusinessTakesNoMoreThanItsShareOfTheSenders", "begun with 12",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			overlay := without(t, filepath.Join(root, filepath.FromSlash(c.file)), c.old, c.without)
			var output []byte
			for range 3 { // a race may end well by luck
				test := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-run", "^"+c.test+"$", "-overlay", overlay, "./webhooks")
				test.Dir = root
				var err error
				if output, err = test.CombinedOutput(); err != nil && strings.Contains(string(output), c.says) {
					return
				}
			}
			t.Errorf("without the guard %s does not say %q:\n%s", c.test, c.says, output)
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
