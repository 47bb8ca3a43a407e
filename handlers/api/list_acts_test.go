package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const hour = time.Hour

var noWishes waitlist.Wishes

type listAct struct {
	ID, Act, State       string
	Total, Done, Changed int
	Restored, Kept       int
	By                   string
	ByKey                bool    `json:"by_key"`
	UndoableUntil        *string `json:"undoable_until"`
	Priority             *int
	Reason               *string
	Entries, Changes     int // of a preview
}

func TestManyEntriesAreChangedAtOnceAndPutBack(t *testing.T) {
	s := openList(t)
	ids := []string{s.add("Ada"), s.add("Grace"), s.add("Lin")}
	perm := s.AddService("Perm", hour, 0)
	s.Add("/entries", map[string]any{"service_id": perm, "name": "Mary", "phone": "030 123456"})
	body := map[string]any{"act": "pause", "filter": map[string]any{"service_id": s.cut}}
	var preview listAct
	s.Post("/list-acts/preview", body).Want(http.StatusOK, &preview)
	if preview.Entries != 3 || preview.Changes != 3 {
		t.Errorf("it would be about %+v", preview)
	}
	q := apitest.Request{Method: "POST", Path: "/list-acts", Body: body, Header: map[string]string{"Idempotency-Key": "pause them"}}
	var act, again listAct
	s.Send(q).Want(http.StatusCreated, &act)
	s.Send(q).Want(http.StatusCreated, &again)
	if act.State != "done" || act.Changed != 3 || act.Total != 3 || !act.ByKey || act.UndoableUntil == nil || again.ID != act.ID {
		t.Errorf("%+v, again %s", act, again.ID)
	}
	if n := s.number("SELECT COUNT(*) FROM entries WHERE state = 'paused'"); n != 3 {
		t.Errorf("%d are paused", n)
	}
	s.Post("/entries/"+ids[0]+"/return", nil).Want(http.StatusOK, nil)
	at := "/list-acts/" + act.ID
	s.Post(at+"/undoing", nil).Want(http.StatusOK, &act)
	s.Post(at+"/undoing", nil).Want(http.StatusOK, &act)
	if act.State != "undone" || act.Restored != 2 || act.Kept != 1 {
		t.Errorf("undone: %+v", act)
	}
	s.Post("/list-acts", map[string]any{"act": "priority", "priority": 2, "reason": "Burst pipe", "entry_ids": ids[:2]}).Want(http.StatusCreated, &act)
	if act.Changed != 2 || *act.Priority != 2 || *act.Reason != "Burst pipe" {
		t.Errorf("%+v", act)
	}
	var found entryPage
	s.Post("/list-acts", map[string]any{"act": "remove", "filter": map[string]any{"search": "lin@example.com"}}).Want(http.StatusCreated, nil)
	s.Get("/entries?state=removed").Want(http.StatusOK, &found)
	if len(found.Data) != 1 || found.Data[0].ID != ids[2] {
		t.Errorf("removed: %+v", found.Data)
	}
	var list struct {
		Data []listAct
		Next *string `json:"next_cursor"`
	}
	s.Get("/list-acts?limit=2").Want(http.StatusOK, &list)
	if len(list.Data) != 2 || list.Data[0].Act != "remove" || list.Next == nil {
		t.Fatalf("%+v", list)
	}
	s.Get("/list-acts?limit=2&cursor="+*list.Next).Want(http.StatusOK, &list)
	if len(list.Data) != 1 || list.Data[0].Act != "pause" || list.Next != nil {
		t.Errorf("%+v", list)
	}
	s.Pass(25 * time.Hour)
	s.Token = s.Key(rules.AllScopes()...)
	s.Post("/list-acts/"+act.ID+"/undoing", nil).Refused(http.StatusGone, "too_late_to_undo")
	other := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	s.Send(apitest.Request{Method: "GET", Path: at, Token: other}).Refused(http.StatusNotFound, "no_such_act")
	s.Send(apitest.Request{Method: "POST", Path: at + "/undoing", Token: other}).Refused(http.StatusNotFound, "no_such_act")
}

func TestAnActOnManySaysWhatIsMissing(t *testing.T) {
	s := openList(t)
	id := s.add("Ada")
	for _, c := range []struct {
		body   map[string]any
		fields []string
	}{
		{map[string]any{"act": "pause"}, []string{"entry_ids", "filter"}},
		{map[string]any{"act": "pause", "entry_ids": []string{id}, "filter": map[string]any{}}, []string{"entry_ids", "filter"}},
		{map[string]any{"act": "priority", "entry_ids": []string{id}, "reason": "None"}, []string{"priority"}},
		{map[string]any{"act": "priority", "entry_ids": []string{id}, "priority": 1}, []string{"reason"}},
		{map[string]any{"act": "tag", "entry_ids": []string{id}}, []string{"tag_id"}},
		{map[string]any{"act": "tag", "entry_ids": []string{}}, []string{"entry_ids"}},
		{map[string]any{"act": "dance", "entry_ids": []string{id}}, []string{"act"}},
	} {
		s.Post("/list-acts", c.body).Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
	}
	s.Post("/list-acts", map[string]any{"act": "pause", "entry_ids": []string{"nobody"}}).Refused(http.StatusNotFound, "no_such_entry")
}
