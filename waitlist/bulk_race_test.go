package waitlist_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// several puts people on the list and gives their entries.
func several(s *waitlisttest.Scene, service string, n int) (who []waitlisttest.Waiter, entries []string) {
	for range n {
		one := s.Wait(service, waitlist.Wishes{})
		who, entries = append(who, one), append(entries, one.Entry)
	}
	return who, entries
}

func do(t *testing.T, s *waitlisttest.Scene, b waitlist.Bulk) waitlist.BulkPage {
	t.Helper()
	id, err := s.W.DoBulk(s.Context(), s.Staff, b)
	ok(t, err)
	return act(t, s, id)
}

func act(t *testing.T, s *waitlisttest.Scene, id string) waitlist.BulkPage {
	t.Helper()
	page, err := s.W.BulkPage(s.Context(), s.Tenant, id)
	ok(t, err)
	return page
}

func undo(t *testing.T, s *waitlisttest.Scene, id string) waitlist.BulkPage {
	t.Helper()
	ok(t, s.W.UndoBulk(s.Context(), s.Staff, id))
	return act(t, s, id)
}

func states(t *testing.T, s *waitlisttest.Scene, who []waitlisttest.Waiter, want ...rules.EntryState) {
	t.Helper()
	for i, one := range who {
		page, err := s.W.EntryPage(s.Context(), one.Token)
		ok(t, err)
		if page.State != want[i] {
			t.Errorf("%s is %s, want %s", one.Name, page.State, want[i])
		}
	}
}

func TestManyArePausedTheirOffersTakenBackFirstAndUndoPutsBackWhomNobodyChanged(t *testing.T) {
	s, cut, mia := salon(t)
	who, entries := several(s, cut, 4)
	slot := s.Open(mia, 1, "10:00", time.Hour)
	ok(t, s.W.StaffPauseEntry(s.Context(), s.Staff, entries[3]))
	b := waitlist.Bulk{Act: waitlist.BulkPause, Entries: entries[:3], Press: "p"}
	preview, err := s.W.PreviewBulk(s.Context(), s.Staff, b)
	ok(t, err)
	if preview != (waitlist.BulkPreview{Entries: 3, Changes: 3, Offered: 1}) {
		t.Errorf("preview %+v", preview)
	}
	states(t, s, who, "offered", "waiting", "waiting", "paused")
	page := do(t, s, b)
	if again := do(t, s, b); again.ID != page.ID {
		t.Error("pressed twice it was done twice")
	}
	if page.State != "done" || page.Total != 3 || page.Changed != 3 || page.UndoableUntil == nil {
		t.Errorf("done: %+v", page)
	}
	states(t, s, who, "paused", "paused", "paused", "paused")
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
	ok(t, s.W.ChangeWishes(s.Context(), who[1].Token, waitlist.Wishes{Notice: time.Hour})) // still paused, but changed by the customer
	page = undo(t, s, page.ID)
	if page.State != "undone" || page.Restored != 2 || page.Kept != 1 {
		t.Errorf("undone: %+v", page)
	}
	s.Tick()
	states(t, s, who, "waiting", "paused", "offered", "paused") // the first had that slot before
	if again := undo(t, s, page.ID); again.Restored != 2 || again.Kept != 1 {
		t.Errorf("undone twice: %+v", again)
	}
}

func TestManyAreRemovedAndStandWhereTheyStoodAfterUndo(t *testing.T) {
	s, cut, mia := salon(t)
	who, _ := several(s, cut, 3)
	unconfirmed := s.Join("Uma", "uma@example.org", cut, waitlist.Wishes{})
	who = append(who, unconfirmed)
	s.Open(mia, 1, "10:00", time.Hour)
	page := do(t, s, waitlist.Bulk{Act: waitlist.BulkRemove, All: true})
	if page.Changed != 4 || page.Total != 4 {
		t.Errorf("removed: %+v", page)
	}
	states(t, s, who, "removed", "removed", "removed", "removed")
	again := s.WaitAs(who[2].Name, who[2].Email, cut, waitlist.Wishes{}) // back by themselves
	page = undo(t, s, page.ID)
	if page.Restored != 3 || page.Kept != 1 {
		t.Errorf("undone: %+v", page)
	}
	s.Tick()
	states(t, s, append(who, again), "waiting", "waiting", "removed", "unconfirmed", "offered") // the slot went to whoever came meanwhile
	list, err := s.W.List(s.Context(), s.Tenant, waitlist.ListQuery{})
	ok(t, err)
	if len(list.Rows) != 4 || list.Rows[0].Person.Name != who[0].Name || list.Rows[1].Person.Name != who[1].Name {
		t.Errorf("the list begins with %s", list.Rows[0].Person.Name)
	}
}

func TestPriorityAndTagsOfManyAreUndoneUnlessSomebodyDecidedOtherwise(t *testing.T) {
	s, cut, _ := salon(t)
	ctx := s.Context()
	_, entries := several(s, cut, 4)
	_, err := s.W.DoBulk(ctx, s.Staff, waitlist.Bulk{Act: waitlist.BulkPriority, Priority: 2, Entries: entries})
	kind(t, err, problem.InvalidInput)
	ok(t, s.W.SetPriority(ctx, s.Staff, entries[3], 2, "Regular"))
	page := do(t, s, waitlist.Bulk{Act: waitlist.BulkPriority, Priority: 2, Reason: "Waited long", Entries: entries})
	if page.Changed != 3 || page.Unchanged != 1 || page.Reason != "Waited long" {
		t.Errorf("done: %+v", page)
	}
	s.Pass(time.Second)
	ok(t, s.W.SetPriority(ctx, s.Staff, entries[0], 3, "Urgent"))
	ok(t, s.W.SetPriority(ctx, s.Staff, entries[0], 2, "Not so urgent")) // as the act left it, but on purpose
	if page = undo(t, s, page.ID); page.Restored != 2 || page.Kept != 1 {
		t.Errorf("undone: %+v", page)
	}
	for i, want := range []int{2, 0, 0, 2} {
		row, err := s.DB.GetEntryByPublicID(ctx, entryNamed(s, entries[i]))
		ok(t, err)
		if row.Priority != want {
			t.Errorf("entry %d has priority %d, want %d", i, row.Priority, want)
		}
	}

	tag, err := s.W.AddTag(ctx, s.Staff, waitlist.TagForm{Name: "Regular", Colour: "blue"})
	ok(t, err)
	ok(t, s.W.TagCustomer(ctx, s.Staff, entries[0], []string{tag}, nil))
	page = do(t, s, waitlist.Bulk{Act: waitlist.BulkTag, Tag: tag, Entries: entries})
	if page.Changed != 3 || page.Unchanged != 1 || page.Tag.Name != "Regular" {
		t.Errorf("tagged: %+v", page)
	}
	s.Pass(time.Second)
	ok(t, s.W.TagCustomer(ctx, s.Staff, entries[1], nil, []string{tag}))
	ok(t, s.W.TagCustomer(ctx, s.Staff, entries[1], []string{tag}, nil))
	if page = undo(t, s, page.ID); page.Restored != 2 || page.Kept != 1 {
		t.Errorf("untagged: %+v", page)
	}
	list, err := s.W.List(ctx, s.Tenant, waitlist.ListQuery{ListFilter: waitlist.ListFilter{Tag: tag}})
	ok(t, err)
	if list.Count != 2 || len(list.Rows[0].Tags) != 1 {
		t.Errorf("%d bear the tag", list.Count)
	}
	page = do(t, s, waitlist.Bulk{Act: waitlist.BulkUntag, Tag: tag, All: true, Filter: waitlist.ListFilter{Tag: tag}})
	if page = undo(t, s, page.ID); page.Restored != 2 {
		t.Errorf("tagged again: %+v", page)
	}
}

func TestAnActOnManyIsUndoneForADayOnly(t *testing.T) {
	s, cut, _ := salon(t)
	_, entries := several(s, cut, 1)
	page := do(t, s, waitlist.Bulk{Act: waitlist.BulkPause, Entries: entries})
	s.Pass(waitlist.BulkUndoFor)
	if act(t, s, page.ID).UndoableUntil != nil {
		t.Error("it says that it can be undone")
	}
	kind(t, s.W.UndoBulk(s.Context(), s.Staff, page.ID), problem.Gone)
	elsewhere := waitlist.Staff{TenantID: s.Tenant + 1, UserID: s.Staff.UserID}
	kind(t, s.W.UndoBulk(s.Context(), elsewhere, page.ID), problem.NotFound)
}

func TestALargeActGoesOnWhereItWasLeftAndSeveralInstancesShareIt(t *testing.T) {
	s, cut, _ := salon(t)
	for i := range 230 {
		_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: fmt.Sprint("Person ", i)})
		ok(t, err)
	}
	page := do(t, s, waitlist.Bulk{Act: waitlist.BulkPause, All: true})
	if page.State != "running" || page.Total != 230 || page.Done != 0 {
		t.Errorf("begun: %+v", page)
	}
	kind(t, s.W.UndoBulk(s.Context(), s.Staff, page.ID), problem.Conflict)
	errs := together(
		func() error { _, err := s.W.CarryOutBulk(s.Context()); return err },
		func() error { _, err := s.W.CarryOutBulk(s.Context()); return err },
	)
	for _, err := range errs {
		ok(t, err)
	}
	page = act(t, s, page.ID)
	if page.State != "done" || page.Changed != 230 {
		t.Errorf("done: %+v", page)
	}
	if n := number(t, s, "SELECT COUNT(*) FROM audit_entries WHERE action = 'entry.pause'"); n != 230 {
		t.Errorf("%d notes", n)
	}
	page = undo(t, s, page.ID)
	if page.State != "undoing" {
		t.Errorf("undoing: %+v", page)
	}
	_, err := s.W.CarryOutBulk(s.Context())
	ok(t, err)
	if page = act(t, s, page.ID); page.State != "undone" || page.Restored != 230 {
		t.Errorf("undone: %+v", page)
	}
}

func TestRaceOfAYesAndTheRemovalOfMany(t *testing.T) {
	s := race(t)
	yes, removed := 0, 0
	for round := range 12 {
		cut, mia := stage(s)
		who, entries := several(s, cut, 2)
		s.Open(mia, 1+round%3, fmt.Sprintf("%02d:00", 8+round%12), time.Hour)
		s.Send()
		offer := s.OfferTo(who[0])
		var page waitlist.BulkPage
		errs := together(
			func() error { return s.W.Accept(s.Context(), offer) },
			func() error {
				id, err := s.W.DoBulk(s.Context(), s.Staff, waitlist.Bulk{Act: waitlist.BulkRemove, Entries: entries[:1]})
				page.ID = id
				return err
			},
		)
		ok(t, errs[1])
		s.Tick()
		page = act(t, s, page.ID)
		if errs[0] == nil { // told "yours", so it stays theirs
			yes++
			states(t, s, who[:1], "booked")
			if page.Changed != 0 || page.Unchanged != 1 {
				t.Errorf("accepted, and yet %+v", page)
			}
		} else {
			removed++
			states(t, s, who[:1], "removed")
		}
		undo := page.Changed == 1
		if undo {
			ok(t, s.W.UndoBulk(s.Context(), s.Staff, page.ID))
		}
		s.Check()
	}
	t.Logf("%d yes, %d removed", yes, removed)
}

func entryNamed(s *waitlisttest.Scene, id string) db.GetEntryByPublicIDParams {
	return db.GetEntryByPublicIDParams{TenantID: s.Tenant, PublicID: id}
}
