package main

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db/dbtest"
)

func TestWhatIsAskedOfTheAuditTrailIsUnderstood(t *testing.T) {
	head := "7:" + strings.Repeat("ab", 32)
	what, err := readAudit([]string{"verify", "--business", "shop", "--noted", head, "--noted=8:" + strings.Repeat("cd", 32)})
	if err != nil || what.business != "shop" || len(what.noted) != 2 || what.noted[0].String() != head {
		t.Errorf("%+v (%v)", what, err)
	}
	for _, args := range [][]string{nil, {"check"}, {"verify", "shop"}, {"verify", "--noted", head}, {"verify", "--business", "shop", "--noted", "7"}, {"verify", "--all"}} {
		if _, err := readAudit(args); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

func TestTheAuditTrailsAreCheckedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	address := dbtest.URL(t)
	d := dbtest.OpenURL(t, address)
	for _, name := range []string{"Moss", "Birch"} {
		_, err := accounts.New(d, accounts.SignupOpen).CreateAdmin(t.Context(), accounts.CreateAdmin{
			Business: name, Name: "Ada", Email: name + "@example.org", Password: "four words in a row", Zone: "Europe/Berlin", Currency: "EUR",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	environment := []string{
		"DATABASE_URL=" + address, "REDIS_URL=" + dbtest.RedisURL(t), "ENCRYPTION_KEY=" + dbtest.EncryptionKey, "SESSION_SECRET=" + strings.Repeat("s", 32),
		"JWT_SECRET=" + strings.Repeat("j", 32), "BASE_URL=http://localhost:3000",
	}
	check := func(args ...string) (string, int) {
		t.Helper()
		return runWith(t, environment, append([]string{"audit", "verify"}, args...)...)
	}
	if out, code := check(); code != 0 || !strings.Contains(out, "moss: nothing is linked yet") {
		t.Errorf("status %d: %s", code, out)
	}
	if _, err := audit.New(d, nil).Link(t.Context()); err != nil {
		t.Fatal(err)
	}
	out, code := check()
	year := time.Now().UTC().Format("2006-")
	if code != 0 || !strings.Contains(out, "moss: 1 entries from "+year) || !strings.Contains(out, "birch: 1 entries") || strings.Count(out, "head 1:") != 2 {
		t.Errorf("status %d: %s", code, out)
	}
	_, head, _ := strings.Cut(out, "head ")
	head, _, _ = strings.Cut(head, "\n")
	if out, code := check("--business", "moss", "--noted", head); code != 0 || strings.Contains(out, "birch") {
		t.Errorf("with its own head: status %d: %s", code, out)
	}
	if out, code := check("--business", "birch", "--noted", head); code != 1 || !strings.Contains(out, "noted down") {
		t.Errorf("with another's head: status %d: %s", code, out)
	}
	if out, code := check("--business", "oak"); code != 1 || !strings.Contains(out, `no business "oak"`) {
		t.Errorf("an unknown business: status %d: %s", code, out)
	}
	if _, err := d.Pool().Exec("UPDATE audit_entries SET action = 'business.sell' WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'birch')"); err != nil {
		t.Fatal(err)
	}
	if out, code := check(); code != 1 || !strings.Contains(out, "birch: BROKEN") || !strings.Contains(out, "entry 1 (row ") || !strings.Contains(out, "moss: 1 entries") || !strings.Contains(out, "1 of 2 audit trails are broken") {
		t.Errorf("broken: status %d: %s", code, out)
	}
}
