// Package negative takes guards out of the program, one by one, and runs the race that each is there for. Every race must fail
// without its guard: a test that passes either way proves nothing.
package negative

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// change replaces one piece of a source file, which must be there exactly once.
type change struct{ file, old, new string }

// guards are the pieces of source without which a race must fail. Several stand behind each other: to see the last one hold
// or fall, those before it are taken out too.
var (
	slotLock  = change{"db/slots.sql.gen.go", "FROM slots WHERE tenant_id = ? AND id = ? FOR UPDATE", "FROM slots WHERE tenant_id = ? AND id = ?"}
	staffLock = change{"db/slots.sql.gen.go", "FROM staff_members WHERE tenant_id = ? AND id = ? FOR UPDATE", "FROM staff_members WHERE tenant_id = ? AND id = ?"}
	holdOpen  = change{"db/slots.sql.gen.go",
		"chosen_reason = NULL, version = version + 1\nWHERE tenant_id = ? AND id = ? AND state = 'open'",
		"chosen_reason = NULL, version = version + 1\nWHERE tenant_id = ? AND id = ?"}
	acceptInTime = change{"db/offers.sql.gen.go",
		"SET state = 'accepted', live_customer_id = NULL, ended_at = ?, withdraw_due_at = NULL, remind_at = NULL, version = version + 1\n" +
			"WHERE tenant_id = ? AND id = ? AND state = 'pending' AND expires_at > ?",
		"SET state = 'accepted', live_customer_id = NULL, ended_at = ?, withdraw_due_at = NULL, remind_at = NULL, version = version + 1\n" +
			"WHERE tenant_id = ? AND id = ? AND state = 'pending' AND ? IS NOT NULL"}
	addressLock  = change{"db/customers.sql.gen.go", "email_hash = ? ORDER BY id FOR UPDATE", "email_hash = ? ORDER BY id"}
	customerLock = change{"db/customers.sql.gen.go", "FROM customers WHERE tenant_id = ? AND id = ? FOR UPDATE", "FROM customers WHERE tenant_id = ? AND id = ?"}
	tellBoards   = change{"waitlist/waitlist.go", "tx.AfterCommit(func() { w.boards.Changed(tenantID) })", "_ = tenantID"}
	capLock      = change{"db/joining.sql.gen.go", "FROM joining WHERE tenant_id = ? FOR UPDATE", "FROM joining WHERE tenant_id = ?"}
	ofLock       = change{"db/joining.sql.gen.go", "FROM list_caps WHERE tenant_id = ? AND service_id = ? FOR UPDATE", "FROM list_caps WHERE tenant_id = ? AND service_id = ?"}
	importLock   = change{"db/imports.sql.gen.go", "FROM imports WHERE tenant_id = ? AND id = ? FOR UPDATE", "FROM imports WHERE tenant_id = ? AND id = ?"}
	rekeyLock    = change{"db/rekey.sql.gen.go", "live_service_id IS NOT NULL ORDER BY id FOR UPDATE", "live_service_id IS NOT NULL ORDER BY id"}
	entriesLock  = change{"db/entries.sql.gen.go", "live_service_id IS NOT NULL ORDER BY id FOR UPDATE", "live_service_id IS NOT NULL ORDER BY id"}
)

const (
	withoutClaimKey    = "ALTER TABLE slot_claims DROP PRIMARY KEY, ADD KEY (tenant_id, slot_id)"
	withoutCauseKey    = "ALTER TABLE offers DROP FOREIGN KEY offers_cause_fk; ALTER TABLE offers DROP KEY offers_cause"
	withoutCustomerKey = "ALTER TABLE offers DROP KEY offers_live_customer"
	withoutPressKey    = "ALTER TABLE form_presses DROP PRIMARY KEY"
)

func TestEveryGuardIsMissed(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	type run struct {
		name  string
		sql   string // taken out of every database, beside the changes
		test  string
		says  string // what the race says when the guard is missing
		holds bool   // a guard that is left in place must hold: the race never says so
	}
	for _, c := range []struct {
		name    string
		changes []change
		runs    []run
	}{
		{"no lock on slots and their staff members, and none on entries that are re-keyed", []change{slotLock, staffLock, rekeyLock}, []run{
			{"the slot's compare-and-set alone", withoutClaimKey, "^TestManyWhoFillOneSlotMakeOneOffer$", "live offers", true},
			{"the staff member's lock, two bookings", "", "^TestOfTwoWhoTakeOverlappingTimeOneGetsIt$/^two_bookings$", "who wanted the same time got it", false},
			{"the staff member's lock, two openings across midnight", "", "^TestOfTwoWhoTakeOverlappingTimeOneGetsIt$/^two_openings_across_midnight$", "who wanted the same time got it", false},
			{"the lock on entries that are re-keyed", "", "^TestNoPlaceIsLostToABatchBeingWritten$", "its facts make", false},
		}},
		{"no lock and no compare-and-set on slots", []change{slotLock, staffLock, holdOpen}, []run{
			{"the claim's primary key alone", "", "^TestManyWhoFillOneSlotMakeOneOffer$", "live offers", true},
			{"the claim's primary key", withoutClaimKey, "^TestManyWhoFillOneSlotMakeOneOffer$", "live offers", false},
			{"the key of an offer's cause alone", withoutClaimKey, "^TestManyWhoFillAfterANoMakeOneNextOffer$", "next offers", true},
			{"the key of an offer's cause", withoutClaimKey + ";" + withoutCauseKey, "^TestManyWhoFillAfterANoMakeOneNextOffer$", "next offers", false},
		}},
		// These have nothing to do with each other; one build serves them all.
		{"no deadline for a yes, no lock on customers, and silent acts", []change{acceptInTime, addressLock, customerLock, entriesLock, tellBoards, capLock, ofLock, importLock}, []run{
			{"accepting before the deadline only", "", "^TestAYesMeetsARaisedDeadlineAndAnExpiryAndOneOutcomeStands$", "broken: an accepted offer was accepted before its deadline", false},
			{"the lock on who shares an address", "", "^TestAFamilyThatSharesAnAddressSharesItsBudget$", "times on a day, with a budget of one", false},
			{"the key of a customer's live offer alone", "", "^TestTwoOpeningsForOneCustomersTwoEntriesMakeOneOffer$", "offers at once", true},
			{"the key of a customer's live offer", withoutCustomerKey, "^TestTwoOpeningsForOneCustomersTwoEntriesMakeOneOffer$", "offers at once", false},
			{"the lock on an import", "", "^TestTwoInstancesImportOneListOnce$", "act ", false},
			{"the lock on the last place", "", "^TestOfManyWhoWantTheLastPlaceOneGetsIt$", "got the last place", false},
			{"telling the boards", "", "^TestEveryActTellsTheBoards$/^pausing$", "the boards were not told", false},
			{"the key of a form's press", withoutPressKey, "^TestEveryButtonPressedOftenAtOnceHasOneEffect$/^add_to_the_list$", "rows of entries, want 1", false},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			program := build(t, root, c.changes)
			for _, r := range c.runs {
				t.Run(r.name, func(t *testing.T) {
					const tries = 3 // a race may end well by luck
					for range tries {
						said, output := race(t, root, program, r.test, r.sql, r.says)
						switch {
						case r.holds && said:
							t.Fatalf("the guard did not hold:\n%s", output)
						case r.holds || said:
							return
						}
					}
					t.Errorf("nothing was missed: %s never says %q", r.test, r.says)
				})
			}
		})
	}
}

// build makes the test program of package waitlist with the changes.
func build(t *testing.T, root string, changes []change) (program string) {
	t.Helper()
	dir := t.TempDir()
	changed := map[string]string{}
	for _, c := range changes {
		path := filepath.Join(root, filepath.FromSlash(c.file))
		if changed[path] == "" {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			changed[path] = string(text)
		}
		if n := strings.Count(changed[path], c.old); n != 1 {
			t.Fatalf("%s holds this guard %d times, want once: %s", c.file, n, c.old)
		}
		changed[path] = strings.Replace(changed[path], c.old, c.new, 1)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for path, text := range changed {
		overlay.Replace[path] = filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(overlay.Replace[path], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), list, 0o600); err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "waitlist.test")
	command := exec.CommandContext(t.Context(), "go", "test", "-c", "-ldflags=-s -w", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, "./waitlist")
	command.Dir = root
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("building without a guard: %v\n%s", err, output)
	}
	return program
}

// race runs one test and tells whether it failed and said so.
func race(t *testing.T, root, program, test, sql, says string) (said bool, output string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, "-test.v", "-test.run", test)
	command.Dir = filepath.Join(root, "waitlist")
	command.Env = append(os.Environ(), "WAITLIST_TEST_GUARD_OUT="+sql)
	printed, err := command.CombinedOutput()
	output = string(printed)
	if !strings.Contains(output, "=== RUN") {
		t.Fatalf("nothing ran: %v\n%s", err, output)
	}
	return err != nil && strings.Contains(output, says), output
}
