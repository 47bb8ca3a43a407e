package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/localserver"
	"github.com/your-org/waitlist-management/seal"
)

// visitor is a browser at the demo.
type visitor struct {
	t      *testing.T
	client *http.Client
	site   string
}

func visit(t *testing.T, port int) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return visitor{t, &http.Client{Jar: jar, Timeout: time.Minute}, fmt.Sprintf("http://127.0.0.1:%d", port)}
}

// presses posts a form and says where it led.
func (v visitor) presses(path string, form url.Values) string {
	v.t.Helper()
	answer, err := v.client.PostForm(v.site+path, form)
	if err != nil {
		v.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		v.t.Fatalf("%s answers %d", path, answer.StatusCode)
	}
	return answer.Request.URL.Path
}

func TestTheDemoIsThereAtOnceActsByItselfAndEndsQuietly(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	demo := func(args ...string) (*running, int) {
		port := freePort(t)
		cmd := waitlistWith(t, []string{fmt.Sprintf("PORT=%d", port), "TZ=Europe/Berlin"}, append([]string{"demo"}, args...)...)
		cmd.Dir = home
		return start(t, port, cmd), port
	}
	end := func(r *running) {
		r.signal(t, syscall.SIGTERM)
		if err := r.wait(t); err != nil {
			t.Errorf("it ends with %v", err)
		}
		if strings.Contains(r.said(), "level=") {
			t.Errorf("it logs:\n%s", r.said())
		}
	}

	serving, port := demo("--pace", "fast")
	for _, want := range []string{"The demo:", "pace: fast", filepath.Join(home, "data", "demo")} {
		if !strings.Contains(serving.said(), want) {
			t.Errorf("the banner lacks %q:\n%s", want, serving.said())
		}
	}
	v := visit(t, port)
	if at := v.presses("/demo", nil); at != "/counter" {
		t.Errorf("the first page's button leads to %s", at)
	}
	eventually(t, "somebody who joined by themselves is on the board", func() bool {
		_, text := get(t, port, "/mailbox")
		return strings.Count(text, "/mailbox/") > 45
	})
	end(serving)

	founded := func(move time.Duration) (at time.Time) {
		servers, err := localserver.Start(t.Context(), filepath.Join(home, "data", "demo"))
		if err != nil {
			t.Fatal(err)
		}
		defer servers.Stop()
		master, err := seal.ParseMaster(dbtest.EncryptionKey)
		if err != nil {
			t.Fatal(err)
		}
		d, err := db.Open(t.Context(), servers.DatabaseURL(), master)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		row, err := d.DemoOwner(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Pool().ExecContext(t.Context(), "UPDATE tenants SET created_at = created_at + INTERVAL ? SECOND", int(move.Seconds())); err != nil {
			t.Fatal(err)
		}
		tenant, err := d.GetTenant(t.Context(), row.TenantID)
		if err != nil {
			t.Fatal(err)
		}
		return tenant.CreatedAt
	}
	first := founded(0)
	serving, _ = demo()
	end(serving)
	if again := founded(0); !again.Equal(first) {
		t.Errorf("a second run on the same day has a business of %s, want that of %s", again, first)
	}
	old := founded(-48 * time.Hour)
	serving, _ = demo()
	end(serving)
	if anew := founded(0); !anew.After(old.Add(47 * time.Hour)) {
		t.Errorf("on another day there is still the business of %s", anew)
	}
}

func TestTheDemoKeepsAwayFromWhatIsReal(t *testing.T) {
	t.Parallel()
	servers := []string{
		"DATABASE_URL=mysql://waitlist@127.0.0.1:1/waitlist", "REDIS_URL=redis://127.0.0.1:1", "ENCRYPTION_KEY=" + dbtest.EncryptionKey,
		"SESSION_SECRET=" + strings.Repeat("s", 32), "JWT_SECRET=" + strings.Repeat("j", 32),
	}
	for _, environment := range [][]string{servers, {"SENDGRID_API_KEY=SG.none", "SENDGRID_FROM_EMAIL=hello@example.com"}} {
		if out, code := runWith(t, environment, "demo"); code != 1 || !strings.Contains(out, "keeps to itself") {
			t.Errorf("%s: status %d, %s", environment[0], code, out)
		}
	}
}
