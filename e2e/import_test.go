package e2e

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/jobs"
	"github.com/your-org/waitlist-management/paths"
)

// springList is a list of 5,000 people as a spreadsheet saves it, of whom every 125th can't be imported as it stands.
func springList() string {
	var list strings.Builder
	list.WriteString("\ufeffVorname;Nachname;E-Mail-Adresse;Handy;Leistung;Wartet seit\r\n")
	for i := range 5000 {
		email, service, since := fmt.Sprintf("person%d@example.org", i), "Cut", fmt.Sprintf("%d.%d.2026", 1+i%28, 1+i%12)
		if i%125 == 124 {
			switch i / 125 % 4 {
			case 0:
				email = fmt.Sprintf("person%d at example.org", i)
			case 1:
				service = "Massage"
			case 2:
				since = "last summer"
			case 3:
				email = ""
			}
		}
		fmt.Fprintf(&list, "Person %d;Beispiel;%s;;%s;%s\r\n", i, email, service, since)
	}
	return list.String()
}

// An owner brings the list of their old program: sees what can't be taken and why, imports the rest while it is shown how far it has come, and
// takes the rows to mend home.
func TestAnOwnerImportsFiveThousandPeopleWithFortyBadRows(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	setUp(owner)
	h.pass(time.Second)

	file := filepath.Join(t.TempDir(), "spring.csv")
	h.ok(os.WriteFile(file, []byte(springList()), 0o600))
	owner.Go(h.url + paths.ListImport)
	owner.Choose("#f-file", file)
	owner.Picture("import-file")
	if status := owner.Follow(`#import-form button.wl-btn-primary`); status != 200 {
		t.Fatalf("uploading answers %d", status)
	}
	owner.SeeText("main", "What do the columns hold?")
	for field, want := range map[string]string{"#f-column-0": "first_name", "#f-column-1": "last_name", "#f-column-2": "email", "#f-column-3": "phone", "#f-column-4": "service", "#f-column-5": "joined"} {
		if got := owner.Value(field); got != want {
			t.Errorf("%s is guessed as %q, want %q", field, got, want)
		}
	}
	owner.Picture("import-columns")
	owner.Click("#mapping-form button.wl-btn-primary")
	owner.SeeText(".wl-tally", "4,960")
	owner.SeeText(".wl-tally", "40")
	if n := browser.Eval[int](owner, `document.querySelectorAll("tbody tr").length`); n != 40 {
		t.Errorf("%d rows to mend are shown, want 40", n)
	}
	for _, why := range []string{"person124 at example.org", "There is no service of this name.", "last summer", "Add an email address or a phone number."} {
		owner.SeeText("tbody", why)
	}
	owner.Picture("import-check")
	bad := owner.Download(`a[href$="/bad.csv"]`)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(bad), "\ufeff"))).ReadAll()
	h.ok(err)
	if len(records) != 41 || records[1][0] != "Person 124" || len(records[1]) != 7 || records[1][6] == "" {
		t.Errorf("%d records to mend, the first %q", len(records), records[:2])
	}

	owner.Click(`input[name=consent][value=yes]`)
	owner.Click("#start-form button.wl-btn-primary")
	owner.SeeText("#import-state", "The list is being imported")
	importSome(h)
	owner.Wait(`document.querySelector("#import-state progress")?.value > 0`)
	owner.Picture("import-progress")
	h.pass(time.Second)
	owner.SeeText("#import-state", "4960 people were put on the list.")
	owner.SeeText("#import-state", "40 rows were left out because they must be mended.")
	owner.Picture("import-done")
	var entries, emails int
	h.ok(h.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM entries WHERE state = 'waiting' AND source = 'import'").Scan(&entries))
	h.ok(h.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox").Scan(&emails))
	if entries != 4960 || emails != 0 {
		t.Errorf("%d entries, %d emails", entries, emails)
	}
}

// importSome runs the job until the first people are on the list, as if the program had been stopped then.
func importSome(h *house) {
	h.t.Helper()
	ctx, stop := context.WithCancel(h.t.Context())
	defer stop()
	var job jobs.Job
	for _, j := range h.jobs {
		if j.Name == "import lists" {
			job = j
		}
	}
	ended := make(chan error, 1)
	go func() {
		_, err := job.Run(ctx)
		ended <- err
	}()
	for added := 0; added == 0; {
		h.ok(h.db.Pool().QueryRowContext(h.t.Context(), "SELECT rows_added FROM imports").Scan(&added))
	}
	stop()
	h.ok(<-ended)
}
