package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type imported struct {
	ID, State string
	FileName  string                                                    `json:"file_name"`
	Counts    struct{ All, Good, Bad, Listed, Added, Undone, Kept int } `json:"row_counts"`
	Mapping   struct {
		Columns []string
		Head    bool
	}
	Columns []struct {
		Name    *string
		Samples []string
	}
	Earlier  *string `json:"earlier_import_id"`
	Consent  string
	Undoable bool
	Kept     []struct{ Name string } `json:"kept_entries"`
}

func crowd(good, bad int) string {
	var file strings.Builder
	file.WriteString("Name;E-Mail;Service;What they said\n")
	for i := range good {
		fmt.Fprintf(&file, "Guest %d;guest%d@example.org;Cut;\n", i, i)
	}
	for i := range bad {
		fmt.Fprintf(&file, "Bad %d;nowhere;Shave;\n", i)
	}
	return file.String()
}

func TestAListIsBroughtMappedStartedAndUndone(t *testing.T) {
	s := openList(t)
	upload := apitest.Request{
		Method: "POST", Path: "/imports", Body: crowd(4, 3),
		Header: map[string]string{"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="Meine Liste.csv"`, "Idempotency-Key": "bring"},
	}
	var i, again imported
	s.Send(upload).Want(http.StatusCreated, &i)
	s.Send(upload).Want(http.StatusCreated, &again)
	if i.State != "staged" || i.FileName != "Meine Liste.csv" || again.ID != i.ID || strings.Join(i.Mapping.Columns, ",") != "name,email,service,ignore" || !i.Mapping.Head {
		t.Fatalf("%+v, again %s", i, again.ID)
	}
	if *i.Columns[3].Name != "What they said" || len(i.Columns[0].Samples) == 0 || i.Consent == "" {
		t.Errorf("%+v", i)
	}
	at := "/imports/" + i.ID
	s.Post(at+"/start", map[string]any{"consented": true}).Refused(http.StatusConflict, "moved") // nobody has looked at the rows yet
	mapping := map[string]any{"columns": []string{"name", "email", "service", "note"}, "head": true, "day_first": true, "service_id": nil}
	s.Put(at+"/mapping", map[string]any{"columns": []string{"name"}, "head": true, "day_first": true, "service_id": nil}).Refused(http.StatusUnprocessableEntity, "invalid", "columns")
	s.Put(at+"/mapping", map[string]any{"columns": []string{"name", "email", "name", "ignore"}, "head": true, "day_first": true, "service_id": s.cut}).
		Refused(http.StatusUnprocessableEntity, "invalid", "columns/2")
	first := s.Put(at+"/mapping", mapping).Want(http.StatusOK, &i).Header.Get("ETag")
	if i.State != "checked" || i.Counts.Good != 4 || i.Counts.Bad != 3 || i.Mapping.Columns[3] != "note" {
		t.Errorf("%+v", i)
	}
	var rows struct {
		Data []struct {
			Line     int
			Name     string
			Problems []struct{ Field, Typed, Code, Detail string }
		}
		Next *string `json:"next_cursor"`
	}
	var lines []int
	for path := at + "/bad-rows?limit=2"; ; path = at + "/bad-rows?limit=2&cursor=" + *rows.Next {
		s.Get(path).Want(http.StatusOK, &rows)
		for _, row := range rows.Data {
			lines = append(lines, row.Line)
			if len(row.Problems) != 2 || row.Problems[0].Code != "email" || row.Problems[0].Typed != "nowhere" || row.Problems[0].Detail == "" {
				t.Errorf("%+v", row)
			}
		}
		if rows.Next == nil {
			break
		}
	}
	if fmt.Sprint(lines) != "[6 7 8]" {
		t.Errorf("bad are %v", lines)
	}
	if file := s.Get(at+"/bad-rows/file").Want(http.StatusOK, nil); !strings.Contains(string(file.Body), "Bad 1") || strings.Contains(string(file.Body), "Guest") {
		t.Errorf("%s", file.Body)
	}
	s.Put(at+"/mapping", mapping).Want(http.StatusOK, nil)
	s.Send(apitest.Request{Method: "POST", Path: at + "/start", Body: map[string]any{"consented": true}, Header: map[string]string{"If-Match": `"old"`}}).Refused(http.StatusPreconditionFailed, "changed")
	s.Send(apitest.Request{Method: "PUT", Path: at + "/mapping", Body: mapping, Header: map[string]string{"If-Match": first}}).Want(http.StatusOK, nil)
	s.Post(at+"/start", map[string]any{"consented": true}).Want(http.StatusOK, &i)
	s.Post(at+"/start", map[string]any{"consented": true}).Want(http.StatusOK, &i)
	s.Post(at+"/cancellation", nil).Refused(http.StatusConflict, "moved")
	s.runImports()
	s.Get(at).Want(http.StatusOK, &i)
	if i.State != "done" || i.Counts.Added != 4 || !i.Undoable {
		t.Errorf("%+v", i)
	}
	if got := s.One("SELECT DISTINCT wording FROM consents"); got != i.Consent {
		t.Errorf("stated %q", got)
	}
	var list entryPage
	s.Get("/entries?source=import").Want(http.StatusOK, &list)
	s.Patch("/entries/"+list.Data[1].ID, map[string]any{"note": "Called"}).Want(http.StatusOK, nil)
	s.Post(at+"/undoing", nil).Want(http.StatusOK, &i)
	s.runImports()
	s.Get(at).Want(http.StatusOK, &i)
	if i.State != "undone" || i.Counts.Undone != 3 || i.Counts.Kept != 1 || len(i.Kept) != 1 {
		t.Errorf("%+v", i)
	}
}

func (s listSite) runImports() {
	s.T.Helper()
	if _, err := s.W.RunImports(s.Context()); err != nil {
		s.T.Fatal(err)
	}
}

func TestAFileThatIsNoListIsRefused(t *testing.T) {
	s := openList(t)
	send := func(kind, body string, header ...string) apitest.Answer {
		q := apitest.Request{Method: "POST", Path: "/imports", Body: body, Header: map[string]string{"Content-Type": kind}}
		for i := 0; i+1 < len(header); i += 2 {
			q.Header[header[i]] = header[i+1]
		}
		return s.Send(q)
	}
	send("text/csv", "PK\x03\x04\x00\x00").Refused(http.StatusUnprocessableEntity, "invalid", "file")
	send("text/csv", "Name,Email\nAda,ada@example.org\n", "Content-Disposition", "attachment; what").Refused(http.StatusUnprocessableEntity, "invalid", "Content-Disposition")
	if a := send("application/json", `{"a": 1}`); a.Status != http.StatusUnsupportedMediaType {
		t.Errorf("JSON gets %d", a.Status)
	}
	send("text/csv", strings.Repeat("x", 5<<20+1)).Refused(http.StatusUnprocessableEntity, "invalid", "file")
	if a := send("text/csv", strings.Repeat("x", 7<<20)); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("7 MB get %d", a.Status)
	}
	var i imported // whatever the encoding
	send("text/csv", "Name,Email\nJos\xe9,jose@example.org\n").Want(http.StatusCreated, &i)
	if got := i.Columns[0].Samples; len(got) != 1 || got[0] != "José" {
		t.Errorf("%+v", i.Columns)
	}
}

func TestAnImportCanBeGivenUpAndIsNobodyElses(t *testing.T) {
	s := openList(t)
	var ids []string
	for n := range 3 {
		ids = append(ids, s.Upload(crowd(n+1, 0)))
	}
	var i imported
	at := "/imports/" + ids[0]
	s.Post(at+"/cancellation", nil).Want(http.StatusOK, &i)
	s.Post(at+"/cancellation", nil).Want(http.StatusOK, &i)
	if i.State != "cancelled" || s.number("SELECT COUNT(*) FROM import_rows r JOIN imports i ON i.tenant_id = r.tenant_id AND i.id = r.import_id WHERE i.state = 'cancelled'") != 0 {
		t.Errorf("%+v", i)
	}
	s.Post(at+"/start", map[string]any{"consented": false}).Refused(http.StatusConflict, "moved")
	var list struct {
		Data []imported
		Next *string `json:"next_cursor"`
	}
	s.Get("/imports?limit=2").Want(http.StatusOK, &list)
	if list.Data[0].ID != ids[2] || len(list.Data) != 2 || list.Next == nil {
		t.Fatalf("%+v", list)
	}
	s.Get("/imports?limit=2&cursor="+*list.Next).Want(http.StatusOK, &list)
	if len(list.Data) != 1 || list.Data[0].ID != ids[0] || list.Next != nil {
		t.Errorf("%+v", list)
	}
	other := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	for _, q := range []apitest.Request{
		{Method: "GET", Path: at}, {Method: "GET", Path: at + "/bad-rows"}, {Method: "GET", Path: at + "/bad-rows/file"}, {Method: "POST", Path: at + "/undoing"},
		{Method: "POST", Path: at + "/start", Body: map[string]any{"consented": true}},
	} {
		q.Token = other
		s.Send(q).Refused(http.StatusNotFound, "unknown")
	}
	s.Pass(8 * 24 * time.Hour)
	if _, err := s.W.ForgetImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Token = s.Key(rules.AllScopes()...)
	s.Post("/imports/"+ids[1]+"/start", map[string]any{"consented": true}).Refused(http.StatusConflict, "moved")
}
