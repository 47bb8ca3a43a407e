package audit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// groups are the kinds of acts that a person can ask for, with the beginnings of their actions. Every action there is belongs to one.
var groups = []struct {
	key     string
	actions []string
}{
	{"list", []string{"entry.", "list.", "person.", "customer.", "joining.", "tag."}},
	{"offers", []string{"offer."}},
	{"calendar", []string{"slot.", "booking."}},
	{"messages", []string{"message.", "suppression."}},
	{"set_up", []string{
		"business.", "profile.", "colour.", "logo.", "slug.", "guide.", "service.", "category.", "staff_member.", "hours.", "holidays.", "closure.",
		"offer_settings.", "weights.", "message_times.", "sending.", "template.", "sender.", "signature.", "webhook.",
	}},
	{"access", []string{"login.", "invitation.", "session.", "second_factor.", "passkey.", "key."}},
	{"trail", []string{"audit."}},
}

// Groups are the kinds of acts that a person can ask for.
func Groups() []string {
	var keys []string
	for _, g := range groups {
		keys = append(keys, g.key)
	}
	return keys
}

// GroupOf is the kind of act that an action is; "" for one that nobody knows.
func GroupOf(action string) string {
	for _, g := range groups {
		if slices.ContainsFunc(g.actions, func(start string) bool { return strings.HasPrefix(action, start) }) {
			return g.key
		}
	}
	return ""
}

// Those who can be asked for beside users and API keys, who are asked for by public id.
const (
	Any          = "all" // as good as empty, for Who and What
	WhoCustomers = "customers"
	WhoProgram   = "program"
)

// Filter is what is asked of the trail, as typed. Empty asks for everything.
type Filter struct {
	Who   string `query:"who"`   // public id of a user or an API key, WhoCustomers or WhoProgram
	What  string `query:"what"`  // one of Groups
	From  string `query:"from"`  // 2006-01-02, the first day in the zone of the business
	To    string `query:"to"`    // 2006-01-02, the last day
	About string `query:"about"` // number of an entry: what happened to the same record
	Older string `query:"older"` // Page.Older of another page
	Newer string `query:"newer"` // Page.Newer of another page
}

// Empty tells that everything is asked for, from the newest on.
func (f Filter) Empty() bool {
	if f.Who == Any {
		f.Who = ""
	}
	if f.What == Any {
		f.What = ""
	}
	return f == Filter{}
}

// Filtered tells that less than everything is asked for.
func (f Filter) Filtered() bool {
	f.Older, f.Newer = "", ""
	return !f.Empty()
}

// Page is some of a trail, the newest first.
type Page struct {
	Lines  []Line
	Older  string // Filter.Older for what comes before; empty: nothing does
	Newer  string // Filter.Newer for what came after; empty: nothing did
	Zone   *time.Location
	Now    time.Time // UTC
	People []Person
	Keys   []Person
	Chain  Chain
}

// Person is a user, or an API key, that acted in the business.
type Person struct{ ID, Name string }

// Chain is what can be said of the chain at a glance.
type Chain struct {
	Length   int64     // entries linked
	LinkedAt time.Time // UTC; zero: none yet
	Head     string    // to note down
	Signed   bool      // the head was written by this program
	Broken   int       // of the lines shown, those that don't fit
	Check    Check
	Checked  bool // Check is one that was asked for
}

// pageLines is how many lines a page has.
const pageLines = 50

// Page reads a page of a business's trail: problem.InvalidInput naming from or to.
func (t *Trail) Page(ctx context.Context, tenantID int64, f Filter) (Page, error) {
	p, search, err := t.searchFor(ctx, tenantID, f)
	if err != nil {
		return p, err
	}
	search.Limit = pageLines + 1
	rows, err := t.db.SearchAuditEntries(ctx, search)
	if err != nil {
		return p, db.Down(fmt.Errorf("reading the audit trail: %w", err))
	}
	backwards := !search.After.At.IsZero()
	more := len(rows) > pageLines
	if more && backwards {
		rows = rows[1:]
	} else if more {
		rows = rows[:pageLines]
	}
	if len(rows) > 0 {
		first, last := rows[0], rows[len(rows)-1]
		if more && !backwards || backwards {
			p.Older = place(last)
		}
		if more && backwards || !search.Before.At.IsZero() {
			p.Newer = place(first)
		}
	}
	if p.Lines, err = t.lines(ctx, tenantID, rows); err != nil {
		return p, err
	}
	if p.People, err = t.people(ctx, tenantID); err != nil {
		return p, err
	}
	if p.Keys, err = t.keys(ctx, tenantID); err != nil {
		return p, err
	}
	p.Chain, err = t.chain(ctx, tenantID)
	for _, line := range p.Lines {
		if line.Link == LinkBroken {
			p.Chain.Broken++
		}
	}
	return p, err
}

// searchFor turns what was typed into a search, and begins the page with the clock and the zone of the business.
func (t *Trail) searchFor(ctx context.Context, tenantID int64, f Filter) (Page, db.AuditSearch, error) {
	p, search := Page{Zone: time.UTC}, db.AuditSearch{TenantID: tenantID}
	settings, err := t.db.GetSettings(ctx, tenantID)
	if err != nil {
		return p, search, db.Down(fmt.Errorf("reading the settings: %w", err))
	}
	if p.Zone, err = time.LoadLocation(settings.Zone); err != nil {
		return p, search, fmt.Errorf("zone of business %d: %w", tenantID, err)
	}
	if p.Now, err = t.db.Now(ctx); err != nil {
		return p, search, err
	}
	for _, g := range groups {
		if g.key == f.What {
			search.Actions = g.actions
		}
	}
	if search.From, search.Until, err = f.days(p.Zone); err != nil {
		return p, search, err
	}
	search.Before, search.After = readPlace(f.Older), readPlace(f.Newer)
	if err := t.who(ctx, f.Who, &search); err != nil {
		return p, search, err
	}
	return p, search, t.about(ctx, f.About, &search)
}

// days are the bounds of the days asked for.
func (f Filter) days(zone *time.Location) (from, until time.Time, err error) {
	var bad []problem.Field
	read := func(field, typed string, days int) time.Time {
		if typed == "" {
			return time.Time{}
		}
		day, err := rules.ParseDate(typed)
		if err != nil {
			bad = append(bad, problem.Bad(field, "audit.bad.date"))
			return time.Time{}
		}
		return day.AddDays(days).In(0, zone)
	}
	from, until = read("from", f.From, 0), read("to", f.To, 1)
	if bad == nil && !from.IsZero() && !until.IsZero() && !from.Before(until) {
		bad = append(bad, problem.Bad("to", "audit.bad.order"))
	}
	if bad != nil {
		return from, until, problem.Invalid(bad...)
	}
	return from, until, nil
}

func (t *Trail) who(ctx context.Context, who string, search *db.AuditSearch) error {
	switch who {
	case "", Any:
		return nil
	case WhoCustomers:
		search.Actor = string(Customer)
		return nil
	case WhoProgram:
		search.Actor = string(Program)
		return nil
	}
	people, err := t.actors(ctx, search.TenantID)
	if err != nil {
		return err
	}
	search.Actor, search.ActorID = string(User), -1 // somebody who did nothing here
	for _, row := range people {
		if row.PublicID == who {
			search.ActorID = row.ID
			return nil
		}
	}
	keys, err := t.db.APIKeysThatActed(ctx, search.TenantID)
	for _, row := range keys {
		if row.PublicID == who {
			search.Actor, search.ActorID = string(Key), row.ID
		}
	}
	return db.Down(err)
}

// about asks for the record of one entry: by its number, which means nothing elsewhere.
func (t *Trail) about(ctx context.Context, number string, search *db.AuditSearch) error {
	if number == "" {
		return nil
	}
	sequence, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	row, err := t.db.GetLinkedAuditEntry(ctx, db.GetLinkedAuditEntryParams{TenantID: search.TenantID, ChainSequence: &sequence})
	if db.IsNone(err) {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	if err != nil {
		return db.Down(fmt.Errorf("reading an audit entry: %w", err))
	}
	search.Record, search.RecordID = row.Record, row.RecordID
	return nil
}

func (t *Trail) actors(ctx context.Context, tenantID int64) ([]db.AuditNamesOfUsersRow, error) {
	ids, err := t.db.AuditActors(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who acted: %w", err))
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = *id
	}
	rows, err := t.db.AuditNamesOfUsers(ctx, db.AuditNamesOfUsersParams{TenantID: tenantID, Ids: list})
	return rows, db.Down(err)
}

func (t *Trail) people(ctx context.Context, tenantID int64) ([]Person, error) {
	rows, err := t.actors(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	var list []Person
	for _, row := range rows {
		if name := userName(t.db, row.PublicID, row.Name); name != "" {
			list = append(list, Person{row.PublicID, name})
		}
	}
	return list, nil
}

func (t *Trail) keys(ctx context.Context, tenantID int64) ([]Person, error) {
	rows, err := t.db.APIKeysThatActed(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading which API keys acted: %w", err))
	}
	var list []Person
	for _, row := range rows {
		list = append(list, Person{row.PublicID, row.Name})
	}
	return list, nil
}

// chain looks at the head and at the last entry, and at the check that was asked for.
func (t *Trail) chain(ctx context.Context, tenantID int64) (Chain, error) {
	var c Chain
	var err error
	if c.Check, c.Checked, err = t.LastCheck(ctx, tenantID); err != nil {
		return c, err
	}
	row, err := t.db.GetAuditHead(ctx, tenantID)
	if db.IsNone(err) {
		_, err = t.db.LastLinkedAuditEntry(ctx, tenantID)
		c.Signed = db.IsNone(err) // without an entry there is nothing to sign
		if c.Signed {
			err = nil
		}
		return c, db.Down(err)
	}
	if err != nil {
		return c, db.Down(fmt.Errorf("reading the head of the audit trail: %w", err))
	}
	head := HeadOf(row)
	c.Length, c.Head, c.Signed = head.Length, head.String(), t.signed(row)
	if head.Length == 0 {
		return c, nil
	}
	c.LinkedAt = row.LinkedAt
	last, err := t.db.GetLinkedAuditEntry(ctx, db.GetLinkedAuditEntryParams{TenantID: tenantID, ChainSequence: &head.Length})
	switch {
	case db.IsNone(err):
		c.Signed = false
	case err != nil:
		return c, db.Down(fmt.Errorf("reading an audit entry: %w", err))
	case stored(last.ChainHash) != head.Hash:
		c.Signed = false
	}
	return c, nil
}

// place writes where a row stands in the list, for the address of the next page.
func place(e db.AuditEntry) string {
	return strconv.FormatInt(e.At.UnixMicro(), 36) + "." + strconv.FormatInt(e.ID, 36)
}

// readPlace is zero for what place didn't write.
func readPlace(text string) db.AuditPlace {
	at, id, _ := strings.Cut(text, ".")
	moment, err := strconv.ParseInt(at, 36, 64)
	number, idErr := strconv.ParseInt(id, 36, 64)
	if year := time.UnixMicro(moment).UTC().Year(); err != nil || idErr != nil || year < 2000 || year > 9998 {
		return db.AuditPlace{}
	}
	return db.AuditPlace{At: time.UnixMicro(moment).UTC(), ID: number}
}
