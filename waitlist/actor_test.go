package waitlist_test

import (
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func TestWhoHoldsAKeyActsAsTheKey(t *testing.T) {
	if by := (waitlist.Staff{TenantID: 1, UserID: 2}).Actor(); by != audit.ByUser(2) {
		t.Errorf("a person at a page acts as %+v", by)
	}
	if by := (waitlist.Staff{TenantID: 1, UserID: 2, KeyID: 3}).Actor(); by != audit.ByKey(3) {
		t.Errorf("a program with a key acts as %+v", by)
	}
}

// actors are who did an act, each once, as the audit trail says.
func actors(t *testing.T, s *waitlisttest.Scene, action string) (list []audit.By) {
	t.Helper()
	rows, err := s.DB.Pool().QueryContext(s.Context(), "SELECT DISTINCT actor, COALESCE(actor_id, 0) FROM audit_entries WHERE tenant_id = ? AND action = ?", s.Tenant, action)
	ok(t, err)
	defer rows.Close()
	for rows.Next() {
		var by audit.By
		ok(t, rows.Scan(&by.Kind, &by.ID))
		list = append(list, by)
	}
	ok(t, rows.Err())
	return list
}

func TestWhatAJobDoesLaterForAKeyIsNotedAsTheKeys(t *testing.T) {
	s, cut, mia := salon(t)
	ctx, key, another := s.Context(), s.WithKey("Website"), s.WithKey("Till")
	by := []audit.By{key.Actor()}
	tag, err := s.W.AddTag(ctx, key, waitlist.TagForm{Name: "Regular", Colour: "blue"})
	ok(t, err)

	// A file, put on the list by the job.
	file, err := s.W.UploadImport(ctx, key, waitlist.Upload{FileName: "list.csv", Content: []byte("Ida,ida@example.org\n")})
	ok(t, err)
	p := page(t, s, file)
	ok(t, s.W.CheckImport(ctx, key, file, p.Mapping, p.Version))
	ok(t, s.W.StartImport(ctx, key, file, waitlist.StartImport{Version: p.Version + 1, Locale: "en"}))
	runImports(t, s)
	ok(t, s.W.UndoImport(ctx, key, file))
	runImports(t, s)

	// An act on many, and its undoing with another key.
	who, entries := several(s, cut, 2)
	id, err := s.W.DoBulk(ctx, key, waitlist.Bulk{Act: waitlist.BulkPause, Entries: entries})
	ok(t, err)
	if page := act(t, s, id); page.By != "Website" || !page.Key {
		t.Errorf("the act on many is by %q (%t)", page.By, page.Key)
	}
	ok(t, s.W.UndoBulk(ctx, another, id))
	id, err = s.W.DoBulk(ctx, key, waitlist.Bulk{Act: waitlist.BulkTag, Tag: tag, Entries: entries})
	ok(t, err)
	ok(t, s.W.UndoBulk(ctx, another, id))

	// A choice for a slot that another customer holds, carried out when their offer is taken back.
	slot := s.Open(mia, 1, "10:00", time.Hour)
	ok(t, s.W.OfferTo(ctx, key, slot, who[1].Entry, "They called"))
	s.Pass(11 * time.Second)
	s.Tick()
	s.Send()
	if s.OfferTo(who[1]) == "" {
		t.Fatal("who was chosen has no offer")
	}
	for action, want := range map[string][]audit.By{
		"tag.add": by, "list.upload": by, "list.import": by, "entry.import": by, "list.import_undo": by, "entry.remove": by, "list.pause": by, "entry.pause": by,
		"list.undo": {another.Actor()}, "entry.return": {another.Actor()}, "customer.tag": by, "customer.untag": {another.Actor()}, "offer.choose": by,
	} {
		if got := actors(t, s, action); !slices.Equal(got, want) {
			t.Errorf("%s was done by %+v, want %+v", action, got, want)
		}
	}
	if n := number(t, s, "SELECT COUNT(*) FROM slots WHERE chosen_by_key_id IS NOT NULL"); n != 0 {
		t.Error("the slot still names the key that chose for it")
	}
}

func TestAnEntrysHistoryNamesTheKeyThatChangedIt(t *testing.T) {
	s, cut, _ := salon(t)
	key, who := s.WithKey("Website"), s.Wait(cut, waitlist.Wishes{})
	ok(t, s.W.SetPriority(s.Context(), key, who.Entry, 1, "Regular"))
	file, err := s.W.EntryFile(s.Context(), s.Tenant, who.Entry)
	ok(t, err)
	if i := slices.IndexFunc(file.History, func(e waitlist.EntryEvent) bool { return e.What == "priority" }); i < 0 || file.History[i].By != "key" || file.History[i].Name != "Website" {
		t.Errorf("the history is %+v", file.History)
	}
}

func TestAMessageThatAKeySendsAgainSaysSo(t *testing.T) {
	s, cut, _ := salon(t)
	key := s.WithKey("Website")
	s.Join("Uma", "uma@example.org", cut, waitlist.Wishes{})
	s.Send()
	var id string
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), "SELECT message_id FROM outbox").Scan(&id))
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE outbox SET state = 'failed'")
	ok(t, err)
	_, err = s.W.TryAgain(s.Context(), key, id, 1)
	ok(t, err)
	message, err := s.W.Message(s.Context(), s.Tenant, id)
	ok(t, err)
	if len(message.Tries) != 1 || message.Tries[0].By != "Website" || !message.Tries[0].Key {
		t.Errorf("sent again: %+v", message.Tries)
	}
}
