package waitlist_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/sheet"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// upload brings a file and reads it as guessed; it gives the import's id.
func upload(t *testing.T, s *waitlisttest.Scene, file string) string {
	t.Helper()
	id, err := s.W.UploadImport(s.Context(), s.Staff, waitlist.Upload{FileName: `C:\lists\list.csv`, Content: []byte(file)})
	ok(t, err)
	p := page(t, s, id)
	ok(t, s.W.CheckImport(s.Context(), s.Staff, id, p.Mapping, p.Version))
	return id
}

func page(t *testing.T, s *waitlisttest.Scene, id string) waitlist.ImportPage {
	t.Helper()
	p, err := s.W.ImportPage(s.Context(), s.Tenant, id, 0)
	ok(t, err)
	return p
}

func start(t *testing.T, s *waitlisttest.Scene, id string, consented bool) {
	t.Helper()
	ok(t, s.W.StartImport(s.Context(), s.Staff, id, waitlist.StartImport{
		Version: page(t, s, id).Version, Consented: consented, Wording: "They agreed.", Locale: "en",
	}))
}

func runImports(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	_, err := s.W.RunImports(s.Context())
	ok(t, err)
}

func TestAListIsImportedWithEverythingThatItsRowsSay(t *testing.T) {
	s := waitlisttest.New(t)
	cut := s.AddService("Cut", time.Hour, 0)
	perm := s.AddService("Perm", time.Hour, 0)
	s.AddStaffMember("Mia", cut, perm)
	s.AddStaffMember("Jonas", cut)
	s.WaitAs("Lea Listed", "lea@example.org", cut, waitlist.Wishes{})
	_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: "Paul Phone", Phone: "+4930123456"})
	ok(t, err)
	before := number(t, s, "SELECT COUNT(*) FROM outbox")
	id := upload(t, s, strings.Join([]string{
		"Vorname;Nachname;E-Mail;Telefon;Behandlung;Wartet seit;Prio;Mitarbeiterin;Sprache;Notiz;Lieblingsfarbe",
		"Ada;Lovelace;Ada@Example.org;030 1234567;cut;1.2.2027 09:30;2;mia;Englisch;\"zwei\nZeilen\";blau",
		"Bob;;;0170 1234567;PERM;;;;;;", // line 4: Ada's note has a line of its own
		"Ada;Lovelace;ada@example.org;;Perm;;;;;;",
		"Ada;Lovelace;ADA@example.org;;Cut;;;;;;",      // twice
		"Lea;Listed;lea@example.org;;Cut;;;;;;",        // waits already
		"paul;phone;;+49 30 123456;Cut;;;;;;",          // so does he
		"Eve;Bad;eve@nowhere;123;Massage;morgen;9;;;;", // five things wrong
		"Nora;None;;;Cut;;;;;;",
		"Fay;Future;fay@example.org;;Cut;2.3.2027;;Jonas;;;",
		"Ned;Nobody;ned@example.org;;Perm;;;Jonas;Klingonisch;;",
	}, "\r\n"))
	p := page(t, s, id)
	if p.State != rules.ImportChecked || p.All != 10 || p.Good != 3 || p.Bad != 4 || p.Listed != 3 || p.FileName != "list.csv" {
		t.Errorf("%+v", p.Import)
	}
	var told []string
	for _, row := range p.BadRows {
		for _, c := range row.Problems {
			told = append(told, fmt.Sprint(row.Line, " ", row.Name, " ", c.Field, " ", c.Typed, " ", c.Why.Key))
		}
	}
	if want := []string{
		"9 Eve Bad email eve@nowhere problem.email", "9 Eve Bad phone 123 problem.phone", "9 Eve Bad service Massage problem.import.service",
		"9 Eve Bad joined morgen problem.import.date", "9 Eve Bad priority 9 problem.bounds",
		"10 Nora None email  problem.import.unreachable", "11 Fay Future joined 2.3.2027 problem.import.future",
		"12 Ned Nobody staff Jonas problem.import.staff", "12 Ned Nobody language Klingonisch problem.import.language",
	}; !slices.Equal(told, want) {
		t.Errorf("told\n%s", strings.Join(told, "\n"))
	}
	rows(t, s, 2, "entries") // checking imports nothing
	start(t, s, id, true)
	runImports(t, s)
	if p = page(t, s, id); p.State != rules.ImportDone || p.Added != 3 {
		t.Errorf("%+v", p.Import)
	}
	rows(t, s, 5, "entries")
	rows(t, s, 2, "consents WHERE source = 'import' AND wording = 'They agreed.'") // Bob has no address
	rows(t, s, before, "outbox")
	rows(t, s, 3, "audit_entries WHERE action = 'entry.import'")
	list, err := s.W.WaitingList(s.Context(), s.Tenant, 10)
	ok(t, err)
	ada := list[slices.IndexFunc(list, func(e waitlist.WaitingEntry) bool { return e.Person.Name == "Ada Lovelace" && e.ServiceID == cut })]
	if ada.Person.Email != "Ada@Example.org" || ada.Person.Phone != "+49301234567" || ada.Priority != 2 || ada.Note != "zwei\nZeilen" || ada.State != rules.EntryWaiting ||
		!slices.Equal(ada.StaffNames, []string{"Mia"}) || !ada.JoinedAt.Equal(time.Date(2027, 2, 1, 9, 30, 0, 0, s.Zone)) {
		t.Errorf("%+v", ada)
	}
	found, err := s.W.FindCustomers(s.Context(), s.Tenant, "lovel")
	ok(t, err)
	if len(found) != 1 { // once, though she waits twice
		t.Errorf("found %v", found)
	}
}

func TestWhoDidNotAgreeToEmailsIsNotWrittenTo(t *testing.T) {
	s := waitlisttest.New(t)
	cut := s.AddService("Cut", time.Hour, 0)
	mia := s.AddStaffMember("Mia", cut)
	id := upload(t, s, "Name,Email\nAda,ada@example.org\n")
	start(t, s, id, false)
	runImports(t, s)
	rows(t, s, 1, "entries WHERE NOT consented AND state = 'waiting'")
	rows(t, s, 0, "consents")
	slot := s.Open(mia, 1, "10:00", time.Hour)
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	rows(t, s, 0, "outbox")
}

// crowd is a list of so many people.
func crowd(n int) string {
	var text strings.Builder
	text.WriteString("Name,Email,Phone\n")
	for i := range n {
		fmt.Fprintf(&text, "Person %d Example,person%d@example.org,\n", i, i)
	}
	return text.String()
}

func TestAnImportThatStopsInTheMiddleGoesOnWithoutDoingAnythingTwice(t *testing.T) {
	s := waitlisttest.New(t)
	s.AddStaffMember("Mia", s.AddService("Cut", time.Hour, 0))
	id := upload(t, s, crowd(1000))
	start(t, s, id, true)
	// The program ends after some batches: RunImports asks between them.
	ctx, cancel := context.WithCancel(s.Context())
	changes, stop := s.Boards.Follow(s.Tenant)
	defer stop()
	ended := make(chan error)
	go func() {
		_, err := s.W.RunImports(ctx)
		ended <- err
	}()
	<-changes
	cancel()
	ok(t, <-ended)
	p := page(t, s, id)
	if p.State != rules.ImportRunning || p.Added == 0 || p.Added == 1000 || p.Added != number(t, s, "SELECT COUNT(*) FROM entries") {
		t.Fatalf("stopped with %+v", p.Import)
	}
	runImports(t, s)
	if p = page(t, s, id); p.State != rules.ImportDone || p.Added != 1000 {
		t.Errorf("%+v", p.Import)
	}
	rows(t, s, 1000, "entries")
	rows(t, s, 1000, "customers")
	rows(t, s, 1000, "consents")
	rows(t, s, 1000, "import_rows WHERE state = 'added' AND entry_id IS NOT NULL")
}

func TestUndoingAnImportLeavesThoseWithWhomSomethingWasDone(t *testing.T) {
	s := waitlisttest.New(t)
	cut := s.AddService("Cut", time.Hour, 0)
	mia := s.AddStaffMember("Mia", cut)
	id := upload(t, s, crowd(250))
	start(t, s, id, true)
	runImports(t, s)
	s.Open(mia, 1, "10:00", time.Hour) // is offered to the first
	list, err := s.W.WaitingList(s.Context(), s.Tenant, 3)
	ok(t, err)
	ok(t, s.W.SetPriority(s.Context(), s.Staff, list[2].ID, 1, "Called twice"))
	ok(t, s.W.UndoImport(s.Context(), s.Staff, id))
	runImports(t, s)
	p := page(t, s, id)
	if p.State != rules.ImportUndone || p.Undone != 248 || p.Import.Kept != 2 || len(p.Kept) != 2 {
		t.Errorf("%+v, kept %+v", p.Import, p.Kept)
	}
	rows(t, s, 248, "entries WHERE state = 'removed'")
	ok(t, s.W.UndoImport(s.Context(), s.Staff, id)) // again
	// What was undone can come again.
	again := upload(t, s, crowd(250))
	if p = page(t, s, again); p.Good != 248 || p.Listed != 2 || p.Earlier != nil {
		t.Errorf("again: %+v, earlier %v", p.Import, p.Earlier)
	}
}

func TestTheSameFileIsRecognised(t *testing.T) {
	s := waitlisttest.New(t)
	s.AddStaffMember("Mia", s.AddService("Cut", time.Hour, 0))
	id := upload(t, s, crowd(3))
	if page(t, s, id).Earlier != nil {
		t.Error("the first is taken for a repetition")
	}
	start(t, s, id, true)
	runImports(t, s)
	p := page(t, s, upload(t, s, crowd(3)))
	if p.Earlier == nil || p.Earlier.ID != id || p.Earlier.Added != 3 || p.Listed != 3 || p.Good != 0 {
		t.Errorf("%+v, earlier %+v", p.Import, p.Earlier)
	}
}

func TestWhatStoodInAFileIsSealedAndForgotten(t *testing.T) {
	s := waitlisttest.New(t)
	s.AddStaffMember("Mia", s.AddService("Cut", time.Hour, 0))
	const canary = "Kanarienvogel"
	id := upload(t, s, "Name,Email,Note\n"+canary+",kanarienvogel@example.org,"+canary+"\n"+canary+" bad,nowhere,\n")
	dump := func(what string) {
		t.Helper()
		for _, table := range []string{"imports", "import_rows", "customers", "entries", "audit_entries", "consents", "customer_prefixes"} {
			all, err := s.DB.Pool().QueryContext(s.Context(), "SELECT * FROM "+table)
			ok(t, err)
			columns, err := all.Columns()
			ok(t, err)
			for all.Next() {
				cells := make([]any, len(columns))
				for i := range cells {
					cells[i] = new([]byte)
				}
				ok(t, all.Scan(cells...))
				for i, cell := range cells {
					if strings.Contains(strings.ToLower(string(*cell.(*[]byte))), "kanarien") {
						t.Errorf("%s: %s.%s holds the canary in plain text", what, table, columns[i])
					}
				}
			}
			ok(t, all.Err())
			ok(t, all.Close())
		}
		if strings.Contains(strings.ToLower(s.Log.String()), "kanarien") {
			t.Errorf("%s: the log holds the canary", what)
		}
	}
	dump("staged")
	start(t, s, id, true)
	runImports(t, s)
	dump("imported")
	s.Pass(6 * 24 * time.Hour)
	_, err := s.W.ForgetImports(s.Context())
	ok(t, err)
	rows(t, s, 3, "import_rows")
	s.Pass(2 * 24 * time.Hour)
	_, err = s.W.ForgetImports(s.Context())
	ok(t, err)
	rows(t, s, 0, "import_rows")
	kind(t, s.W.UndoImport(s.Context(), s.Staff, id), problem.Conflict)
	cancelled := upload(t, s, crowd(3))
	ok(t, s.W.CancelImport(s.Context(), s.Staff, cancelled))
	ok(t, s.W.CancelImport(s.Context(), s.Staff, cancelled))
	rows(t, s, 0, "import_rows")
	left := upload(t, s, crowd(3)) // nobody goes on with it
	s.Pass(8 * 24 * time.Hour)
	_, err = s.W.ForgetImports(s.Context())
	ok(t, err)
	rows(t, s, 0, "import_rows")
	if state := page(t, s, left).State; state != rules.ImportCancelled {
		t.Errorf("left alone: %s", state)
	}
}

func TestAnImportIsTakenFurtherByOneWindowOnly(t *testing.T) {
	s := waitlisttest.New(t)
	s.AddStaffMember("Mia", s.AddService("Cut", time.Hour, 0))
	id := upload(t, s, crowd(3))
	p := page(t, s, id)
	stale := waitlist.StartImport{Version: p.Version - 1}
	kind(t, s.W.StartImport(s.Context(), s.Staff, id, stale), problem.Conflict)
	kind(t, s.W.CheckImport(s.Context(), s.Staff, id, p.Mapping, p.Version-1), problem.Conflict)
	start(t, s, id, true)
	ok(t, s.W.StartImport(s.Context(), s.Staff, id, waitlist.StartImport{Version: p.Version})) // pressed twice
	kind(t, s.W.CheckImport(s.Context(), s.Staff, id, p.Mapping, p.Version+1), problem.Conflict)
	kind(t, s.W.CancelImport(s.Context(), s.Staff, id), problem.Conflict)
	rows(t, s, 1, "audit_entries WHERE action = 'list.import'")
	kind(t, s.W.CheckImport(s.Context(), waitlist.Staff{TenantID: s.Tenant + 1}, id, p.Mapping, 1), problem.NotFound)
	bad := waitlist.Mapping{Columns: []sheet.Field{sheet.Email, sheet.Email, "shoe size"}}
	kind(t, s.W.CheckImport(s.Context(), s.Staff, id, bad, 1), problem.InvalidInput)
}

func TestFiveThousandRowsAreCheckedInSecondsAndImportedInWellUnderAMinute(t *testing.T) {
	s := waitlisttest.Unchecked(t, dbtest.Open(t))
	s.AddStaffMember("Mia", s.AddService("Cut", time.Hour, 0))
	file := crowd(5000)
	at := s.Now()
	lap := func(what string, most time.Duration) {
		t.Helper()
		took := s.Now().Sub(at)
		t.Logf("%s: %v", what, took)
		if took > most {
			t.Errorf("%s took %v, more than %v", what, took, most)
		}
		at = s.Now()
	}
	id := upload(t, s, file)
	lap("uploading and checking", 20*time.Second)
	start(t, s, id, true)
	runImports(t, s)
	lap("importing", 60*time.Second)
	ok(t, s.W.UndoImport(s.Context(), s.Staff, id))
	runImports(t, s)
	lap("undoing", 60*time.Second)
}
