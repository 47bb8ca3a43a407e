package waitlist

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	// bulkAtOnce is how many entries an act on many changes before its page answers; more are left to the job.
	bulkAtOnce = 200
	// BulkUndoFor is how long after its end an act on many can be undone.
	BulkUndoFor = 24 * time.Hour
	bulkTicked  = 10 * ListPageSize
)

// What can be done with many entries at once.
const (
	BulkPause    = "pause"    // an offer that is out is taken back first
	BulkResume   = "resume"   // ends a pause
	BulkRemove   = "remove"   // takes off the list; an offer that is out is taken back first
	BulkPriority = "priority" // for a reason
	BulkTag      = "tag"      // gives the customers a tag
	BulkUntag    = "untag"
)

// BulkActs are all of them.
func BulkActs() []string {
	return []string{BulkPause, BulkResume, BulkPriority, BulkTag, BulkUntag, BulkRemove}
}

// Bulk is something to be done with many entries: those named or, with All, whoever the filter lets through then.
type Bulk struct {
	Act      string
	Priority int    // of BulkPriority
	Reason   string // likewise
	Tag      string // public id, of BulkTag and BulkUntag
	Entries  []string
	All      bool
	Filter   ListFilter
	Press    string
}

// BulkPreview is what a Bulk would do now.
type BulkPreview struct {
	Entries  int // whom it is about
	Changes  int // who would be changed
	Offered  int // of them, whose offer would be taken back
	Same     int // who is so already
	Unfit    int // to whom it can't be done, since they are off the list or unconfirmed
	TagName  string
	TagColor string
}

// BulkPage is an act on many as its page shows it.
type BulkPage struct {
	ID            string
	Act           string
	Priority      int
	Tag           Tag
	Reason        string
	State         string // collecting, running, done, undoing or undone
	Total, Done   int    // how many entries it is about, and how many it has been through
	Changed       int    // still as the act left them, or put back
	Unchanged     int    // nothing to do
	Restored      int    // put back by the undo
	Kept          int    // changed by somebody since, so not put back
	By            string // name of the user or API key that did it; empty: unknown
	Key           bool   // By is an API key
	Created       time.Time
	Ended         *time.Time
	UndoableUntil *time.Time // nil: it can't be undone any more, or not yet
}

// AtWork tells whether there is still something to come.
func (p BulkPage) AtWork() bool { return p.State != "done" && p.State != "undone" }

// bulkRead is a Bulk with what it names found.
type bulkRead struct {
	Bulk
	tag db.Tag
	ids []int64       // of the entries named
	l   *db.EntryList // of the filter; nil with ids, or when it lets nobody through
}

// readBulk checks a Bulk and finds what it names. The reason is needed only where needReason.
func (w *Waitlist) readBulk(ctx context.Context, s Staff, b Bulk, needReason bool) (r bulkRead, err error) {
	r.Bulk = b
	if !slices.Contains(BulkActs(), b.Act) {
		return r, problem.Invalid(problem.Bad("act", "list.problem.choose"))
	}
	if b.Act == BulkPriority {
		reason, bad := readPriority(b.Priority, b.Reason)
		if bad != nil && (needReason || bad.Name != "reason") {
			return r, problem.Invalid(*bad)
		}
		r.Reason = reason
	}
	if b.Act == BulkTag || b.Act == BulkUntag {
		r.tag, err = w.db.GetTagByPublicID(ctx, db.GetTagByPublicIDParams{TenantID: s.TenantID, PublicID: b.Tag})
		if db.IsNone(err) || err == nil && r.tag.LiveName == nil {
			return r, problem.Invalid(problem.Bad("tag", "list.problem.choose"))
		}
		if err != nil {
			return r, db.Down(fmt.Errorf("reading a tag: %w", err))
		}
	}
	if b.All {
		settings, err := LoadSettings(ctx, w.db.Queries, s.TenantID)
		if err != nil {
			return r, err
		}
		l, _, some, err := w.entryList(ctx, settings, b.Filter)
		if some {
			r.l = &l
		}
		return r, err
	}
	if len(b.Entries) == 0 {
		return r, problem.Invalid(problem.Bad("entry", "list.problem.nobody_ticked"))
	}
	if len(b.Entries) > bulkTicked {
		return r, problem.Invalid(problem.Bad("entry", "problem.too_many", "Most", bulkTicked))
	}
	r.ids = []int64{}
	for _, id := range b.Entries {
		entry, err := w.entryOf(ctx, s, id)
		if err != nil {
			return r, err
		}
		r.ids = append(r.ids, entry.ID)
	}
	slices.Sort(r.ids)
	r.ids = slices.Compact(r.ids)
	return r, nil
}

// PreviewBulk tells what a Bulk would do, and does nothing. Fails with Invalid naming the field, NotFound for an entry that isn't there.
func (w *Waitlist) PreviewBulk(ctx context.Context, s Staff, b Bulk) (p BulkPreview, err error) {
	r, err := w.readBulk(ctx, s, b, false)
	if err != nil || r.l == nil && r.ids == nil {
		return p, err
	}
	p.TagName, p.TagColor = r.tag.Name, r.tag.Colour
	l := db.EntryList{TenantID: s.TenantID}
	if r.l != nil {
		l = *r.l
	}
	groups, err := w.db.GroupEntries(ctx, l, r.ids, b.Priority, r.tag.ID)
	if err != nil {
		return p, db.Down(err)
	}
	for _, g := range groups {
		p.add(b.Act, g)
	}
	return p, nil
}

// add counts a group of entries in one state.
func (p *BulkPreview) add(act string, g db.EntryGroup) {
	p.Entries += g.Entries
	changes, same := 0, 0
	switch act {
	case BulkPause:
		switch g.State {
		case rules.EntryWaiting, rules.EntryOffered:
			changes = g.Entries
		case rules.EntryPaused:
			same = g.Entries
		}
	case BulkResume:
		switch g.State {
		case rules.EntryPaused:
			changes = g.Entries
		case rules.EntryWaiting, rules.EntryOffered:
			same = g.Entries
		}
	case BulkRemove:
		if g.State.Live() {
			changes = g.Entries
		} else {
			same = g.Entries
		}
	case BulkPriority:
		if g.State.Live() {
			changes, same = g.Entries-g.Priority, g.Priority
		}
	case BulkTag:
		changes, same = g.Entries-g.Tagged, g.Tagged
	case BulkUntag:
		changes, same = g.Tagged, g.Entries-g.Tagged
	}
	p.Changes, p.Same, p.Unfit = p.Changes+changes, p.Same+same, p.Unfit+g.Entries-changes-same
	if g.State == rules.EntryOffered && (act == BulkPause || act == BulkRemove) {
		p.Offered += g.Entries
	}
}

// DoBulk begins a Bulk and gives the public id of its page. A small one is done when it returns, a large one is left to CarryOutBulk.
// Fails with Invalid naming the field, NotFound for an entry that isn't there.
func (w *Waitlist) DoBulk(ctx context.Context, s Staff, b Bulk) (id string, err error) {
	r, err := w.readBulk(ctx, s, b, true)
	if err != nil {
		return "", err
	}
	fresh := false
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id = seal.PublicID()
		earlier, first, err := tx.Press(ctx, s.TenantID, b.Press, id)
		if fresh = first; err != nil || !fresh {
			id = earlier
			return err
		}
		return w.addBulk(ctx, tx, s, r, id)
	})
	if err != nil || !fresh {
		return id, err
	}
	act, err := w.bulkOf(ctx, s.TenantID, id)
	if err == nil {
		_, err = w.carryOut(ctx, act, bulkAtOnce)
	}
	w.afterwards(ctx, "carrying out an act on many", err, "bulk_act_id", act.ID)
	return id, nil
}

func (w *Waitlist) addBulk(ctx context.Context, tx *db.Tx, s Staff, r bulkRead, id string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	box, err := tx.Box(ctx, s.TenantID)
	if err != nil {
		return err
	}
	row := db.AddBulkActParams{TenantID: s.TenantID, PublicID: id, UserID: s.UserID, KeyID: s.keyID(), Act: r.Act, State: "running", Total: len(r.ids), CreatedAt: now}
	if r.Act == BulkPriority {
		row.Priority, row.Reason = r.Priority, box.Seal(bulkPlace(s.TenantID, id, "reason"), r.Reason)
	}
	if r.tag.ID != 0 {
		row.TagID = &r.tag.ID
	}
	if r.All {
		row.State, row.Filter = "collecting", box.Seal(bulkPlace(s.TenantID, id, "filter"), r.Filter.Values().Encode())
	}
	rowID, err := tx.AddBulkAct(ctx, row)
	if err != nil {
		return fmt.Errorf("adding an act on many: %w", err)
	}
	for some := range slices.Chunk(r.ids, bulkAtOnce) {
		if err := tx.AddBulkChanges(ctx, s.TenantID, rowID, some); err != nil {
			return err
		}
	}
	return audit.Note(ctx, tx, audit.Entry{TenantID: s.TenantID, By: s.Actor(), Action: "list." + r.Act, Record: "bulk_acts", RecordID: rowID})
}

func bulkPlace(tenantID int64, id, column string) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "bulk_acts", Column: column, Row: id}
}

func (w *Waitlist) bulkOf(ctx context.Context, tenantID int64, id string) (db.BulkAct, error) {
	act, err := w.db.GetBulkActByPublicID(ctx, db.GetBulkActByPublicIDParams{TenantID: tenantID, PublicID: id})
	return found(act, err, "list.problem.no_such_act")
}

// UndoBulk puts back whom an act on many changed and nobody has changed since. Repeating it changes nothing. Fails with Conflict while the
// act is at work, Gone when its time is over.
func (w *Waitlist) UndoBulk(ctx context.Context, s Staff, id string) error {
	act, err := w.bulkOf(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		act, err := tx.LockBulkAct(ctx, db.LockBulkActParams{TenantID: act.TenantID, ID: act.ID})
		if err != nil {
			return fmt.Errorf("locking an act on many: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		switch {
		case act.State == "undoing", act.State == "undone":
			return nil
		case act.State != "done":
			return problem.New(problem.Conflict, "list.problem.act_at_work")
		case !now.Before(act.EndedAt.Add(BulkUndoFor)):
			return problem.New(problem.Gone, "problem.too_late_to_undo")
		}
		n, err := tx.BeginBulkUndo(ctx, db.BeginBulkUndoParams{UserID: &s.UserID, KeyID: s.keyID(), TenantID: act.TenantID, ID: act.ID})
		if err := must(n, err, "beginning to undo an act on many"); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{TenantID: s.TenantID, By: s.Actor(), Action: "list.undo", Record: "bulk_acts", RecordID: act.ID})
	})
	if err != nil {
		return err
	}
	if act, err = w.bulkOf(ctx, s.TenantID, id); err == nil {
		_, err = w.carryOut(ctx, act, bulkAtOnce)
	}
	w.afterwards(ctx, "undoing an act on many", err, "bulk_act_id", act.ID)
	return nil
}

// BulkPage is one act on many. Fails with NotFound.
func (w *Waitlist) BulkPage(ctx context.Context, tenantID int64, id string) (BulkPage, error) {
	act, err := w.bulkOf(ctx, tenantID, id)
	if err != nil {
		return BulkPage{}, err
	}
	pages, err := w.bulkPages(ctx, []db.BulkAct{act})
	if err != nil {
		return BulkPage{}, err
	}
	return pages[0], nil
}

// RecentBulks are the last acts on many, the newest first.
func (w *Waitlist) RecentBulks(ctx context.Context, tenantID int64, limit int) ([]BulkPage, error) {
	pages, _, err := w.BulksFrom(ctx, tenantID, "", limit)
	return pages, err
}

// BulksFrom is RecentBulks for programs: at most limit acts behind the one that after names, and next for those behind them, empty at the end.
// Fails with Invalid for an after that names none.
func (w *Waitlist) BulksFrom(ctx context.Context, tenantID int64, after string, limit int) (pages []BulkPage, next string, err error) {
	before, err := behind(after, func() (int64, error) {
		act, err := w.db.GetBulkActByPublicID(ctx, db.GetBulkActByPublicIDParams{TenantID: tenantID, PublicID: after})
		return act.ID, err
	})
	if err != nil {
		return nil, "", err
	}
	acts, err := w.db.RecentBulkActs(ctx, db.RecentBulkActsParams{TenantID: tenantID, BeforeID: before, Limit: int32(limit) + 1})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading acts on many: %w", err))
	}
	acts, more := firstOf(acts, limit)
	if more {
		next = acts[limit-1].PublicID
	}
	pages, err = w.bulkPages(ctx, acts)
	return pages, next, err
}

func (w *Waitlist) bulkPages(ctx context.Context, acts []db.BulkAct) ([]BulkPage, error) {
	if len(acts) == 0 {
		return nil, nil
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	actors := make([]audit.By, len(acts))
	for i, a := range acts {
		actors[i] = staffOf(a.TenantID, a.UserID, a.KeyID).Actor()
	}
	names, err := w.namesOf(ctx, acts[0].TenantID, actors)
	if err != nil {
		return nil, err
	}
	box, err := w.db.Box(ctx, acts[0].TenantID)
	if err != nil {
		return nil, err
	}
	pages := make([]BulkPage, len(acts))
	for i, a := range acts {
		p := BulkPage{ID: a.PublicID, Act: a.Act, Priority: a.Priority, State: a.State, Total: a.Total, By: names[actors[i]], Key: a.KeyID != nil, Created: a.CreatedAt, Ended: a.EndedAt}
		if p.Reason, err = box.Open(bulkPlace(a.TenantID, a.PublicID, "reason"), a.Reason); err != nil {
			return nil, fmt.Errorf("opening the reason of an act on many: %w", err)
		}
		if a.TagID != nil {
			tag, err := w.db.GetTag(ctx, db.GetTagParams{TenantID: a.TenantID, ID: *a.TagID})
			if err != nil {
				return nil, db.Down(fmt.Errorf("reading a tag: %w", err))
			}
			p.Tag = Tag{ID: tag.PublicID, Name: tag.Name, Colour: tag.Colour}
		}
		if err := w.countBulk(ctx, a, &p); err != nil {
			return nil, err
		}
		if a.State == "done" && p.Changed > 0 {
			if until := a.EndedAt.Add(BulkUndoFor); now.Before(until) {
				p.UndoableUntil = &until
			}
		}
		pages[i] = p
	}
	return pages, nil
}

func (w *Waitlist) countBulk(ctx context.Context, a db.BulkAct, p *BulkPage) error {
	counts, err := w.db.CountBulkChanges(ctx, db.CountBulkChangesParams{TenantID: a.TenantID, BulkActID: a.ID})
	for _, c := range counts {
		n := int(c.Entries)
		switch c.State {
		case "unchanged":
			p.Unchanged += n
		case "restored":
			p.Restored, p.Changed = p.Restored+n, p.Changed+n
		case "kept":
			p.Kept, p.Changed = p.Kept+n, p.Changed+n
		case "changed":
			p.Changed += n
		}
	}
	p.Done = p.Changed + p.Unchanged
	if a.State == "undoing" || a.State == "undone" {
		p.Total, p.Done = p.Changed, p.Restored+p.Kept
	}
	return db.Down(wrap(err, "counting what an act on many did"))
}

// userNames are the names of users by id. Of one whose name can't be read there is none.
func (w *Waitlist) userNames(ctx context.Context, ids []int64) (map[int64]string, error) {
	names := map[int64]string{}
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := w.db.UsersNamed(ctx, ids)
	for _, u := range rows {
		if name, err := w.db.SystemBox().Open(seal.Where{Table: "users", Column: "name", Row: u.PublicID}, u.Name); err == nil {
			names[u.ID] = name
		}
	}
	return names, db.Down(wrap(err, "reading the names of users"))
}

// readFilter is whom an act on many is to collect.
func (w *Waitlist) readFilter(ctx context.Context, act db.BulkAct) (f ListFilter, err error) {
	box, err := w.db.Box(ctx, act.TenantID)
	if err != nil {
		return f, err
	}
	text, err := box.Open(bulkPlace(act.TenantID, act.PublicID, "filter"), act.Filter)
	if err != nil {
		return f, fmt.Errorf("opening the filter of an act on many: %w", err)
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		return f, fmt.Errorf("reading the filter of an act on many: %w", err)
	}
	f, _ = ReadListFilter(values)
	return f, nil
}
