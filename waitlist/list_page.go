package waitlist

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// ListPageSize is how many entries a page of the list has.
const ListPageSize = 50

const findMost = 100 // letters of a search

// ListOrder is an order of the list.
type ListOrder string

// The orders. The zero value is by place.
const (
	ListByPlace     ListOrder = ""        // who goes first, whichever service they wait for
	ListByJoined    ListOrder = "joined"  // who has waited longest first
	ListByJoinedNew ListOrder = "new"     // who came last first
	ListByChanged   ListOrder = "changed" // what changed last first
)

// ListOrders are all orders.
func ListOrders() []ListOrder {
	return []ListOrder{ListByPlace, ListByJoined, ListByJoinedNew, ListByChanged}
}

// ListQuery is one page of the list.
type ListQuery struct {
	ListFilter
	Order  ListOrder
	After  string // cursor of a page, as ListPage gives it; empty: the first page
	Before string
	At     int // what number the first row has, for those who read; 0 or 1: the first
}

// ListPage is what is on a page of the list.
type ListPage struct {
	Rows     []ListRow
	At       int    // number of the first row, from 1
	Next     string // cursor for After; empty: nothing follows
	Previous string // cursor for Before; empty: this is the first page
	Count    int    // entries that match
	More     bool   // there are more than Count
	Typed    string // what was searched for
	Now      time.Time
}

// ListRow is an entry on the list. Rank is its number in the list when that is in order of place, else 0.
type ListRow struct {
	WaitingEntry
	Tags []Tag
}

// SealFind is what was typed into the search as it may stand in an address: nobody but the business's own program can read it.
// Fails with Invalid.
func (w *Waitlist) SealFind(ctx context.Context, tenantID int64, typed string) (string, error) {
	typed = strings.Join(strings.Fields(typed), " ")
	if bad := textField("q", typed, 0, findMost); bad != nil {
		return "", problem.Invalid(*bad)
	}
	if typed == "" {
		return "", nil
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Seal(findPlace(tenantID), typed)), nil
}

// openFind is what SealFind sealed, and nothing when somebody else made it.
func (w *Waitlist) openFind(ctx context.Context, tenantID int64, sealed string) (typed string, ok bool, err error) {
	bytes, notText := base64.RawURLEncoding.DecodeString(sealed) // what is cut short doesn't open
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return "", false, err
	}
	typed, foreign := box.Open(findPlace(tenantID), bytes)
	return typed, notText == nil && foreign == nil, nil
}

func findPlace(tenantID int64) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "entries", Column: "find", Row: "list"}
}

// List is one page of the list. A filter for what the business doesn't have lets nobody through.
func (w *Waitlist) List(ctx context.Context, tenantID int64, q ListQuery) (page ListPage, err error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return page, err
	}
	if page.Now, err = w.db.Now(ctx); err != nil {
		return page, err
	}
	list, typed, some, err := w.entryList(ctx, settings, q.ListFilter)
	page.Typed, page.At = typed, 1
	if err != nil || !some {
		return page, err
	}
	list.Order = q.Order.of(settings)
	if page.Count, page.More, err = w.db.CountEntries(ctx, list); err != nil {
		return page, db.Down(err)
	}
	places, err := w.placesOf(ctx, list, q, &page)
	if err != nil {
		return page, err
	}
	page.Rows, err = w.listRows(ctx, settings, places)
	if err != nil || len(page.Rows) == 0 {
		return page, err
	}
	first, last := 0, len(places)-1
	if page.Next != "" {
		page.Next = cursor(list.Order, places[last], page.Rows[last].ID)
	}
	if page.Previous != "" {
		page.Previous = cursor(list.Order, places[first], page.Rows[first].ID)
	}
	if q.Order == ListByPlace {
		for i := range page.Rows {
			page.Rows[i].Rank = page.At + i
		}
	}
	return page, nil
}

// placesOf reads a page of places, and marks in page whether there are others before and after. A cursor from another order, or past the
// end, leads to the first page.
func (w *Waitlist) placesOf(ctx context.Context, list db.EntryList, q ListQuery, page *ListPage) ([]db.EntryPlace, error) {
	text, back := q.After, false
	if q.Before != "" {
		text, back = q.Before, true
	}
	from, err := w.readCursor(ctx, list, text)
	if err != nil {
		return nil, err
	}
	places, err := w.db.ListEntries(ctx, list, from, back && from != nil, ListPageSize+1)
	if err != nil {
		return nil, db.Down(err)
	}
	more := len(places) > ListPageSize
	switch {
	case from == nil:
	case back && !more, len(places) == 0:
		q.After, q.Before = "", ""
		return w.placesOf(ctx, list, q, page)
	case back:
		places = places[1:]
		page.At, page.Previous, page.Next = max(2, q.At), "there are", "there are"
		return places, nil
	default:
		page.At, page.Previous = max(2, q.At), "there are"
	}
	if more {
		places, page.Next = places[:ListPageSize], "there are"
	}
	return places, nil
}

// of is the order by the key that ranks now.
func (o ListOrder) of(s Settings) db.EntryOrder {
	switch o {
	case ListByJoined:
		return db.ByJoined
	case ListByJoinedNew:
		return db.ByJoinedNew
	case ListByChanged:
		return db.ByChanged
	}
	if s.ranksByB() {
		return db.ByPlaceB
	}
	return db.ByPlaceA
}

// cursor is a place as it may stand in an address: order, key and public id.
func cursor(order db.EntryOrder, p db.EntryPlace, id string) string {
	return strconv.Itoa(int(order)) + "." + strconv.FormatInt(p.Key, 36) + "." + id
}

// readCursor is the place that a cursor names; nil when it names none in this order.
func (w *Waitlist) readCursor(ctx context.Context, list db.EntryList, text string) (*db.EntryPlace, error) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || parts[0] != strconv.Itoa(int(list.Order)) {
		return nil, nil
	}
	key, ok := readKey(list.Order, parts[1])
	if !ok {
		return nil, nil
	}
	entry, known, err := maybe(w.db.GetEntryByPublicID(ctx, db.GetEntryByPublicIDParams{TenantID: list.TenantID, PublicID: parts[2]}))
	if err != nil || !known {
		return nil, db.Down(wrap(err, "reading where a page begins"))
	}
	return &db.EntryPlace{Key: key, ID: entry.ID}, nil
}

// readKey is the key in a cursor, if it can be one of this order.
func readKey(order db.EntryOrder, text string) (key int64, ok bool) {
	key, err := strconv.ParseInt(text, 36, 64)
	last := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	return key, err == nil && (order < db.ByJoined || key >= 0 && key <= last)
}

// entryList is a filter as the database is asked. some is false when it can let nobody through.
func (w *Waitlist) entryList(ctx context.Context, s Settings, f ListFilter) (l db.EntryList, typed string, some bool, err error) {
	tenantID := s.Row.TenantID
	l = db.EntryList{TenantID: tenantID, States: f.states(), Source: f.Source, PassedOver: f.PassedOver, NoAddress: f.NoAddress, Order: ListByPlace.of(s)}
	if !f.JoinedFrom.IsZero() {
		l.JoinedFrom, _ = rules.LocalAt(f.JoinedFrom, 0, s.Zone)
	}
	if !f.JoinedTo.IsZero() {
		l.JoinedTo, _ = rules.LocalAt(f.JoinedTo.AddDays(1), 0, s.Zone)
	}
	known := true
	id := func(publicID string, of func() (int64, error)) int64 {
		if publicID == "" || !known || err != nil {
			return 0
		}
		var found int64
		if found, err = of(); db.IsNone(err) {
			known, err = false, nil
		}
		return found
	}
	l.ServiceID = id(f.Service, func() (int64, error) {
		row, err := w.db.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: tenantID, PublicID: f.Service})
		return row.ID, err
	})
	l.StaffID = id(f.Staff, func() (int64, error) {
		row, err := w.db.GetStaffMemberByPublicID(ctx, db.GetStaffMemberByPublicIDParams{TenantID: tenantID, PublicID: f.Staff})
		return row.ID, err
	})
	l.TagID = id(f.Tag, func() (int64, error) {
		row, err := w.db.GetTagByPublicID(ctx, db.GetTagByPublicIDParams{TenantID: tenantID, PublicID: f.Tag})
		return row.ID, err
	})
	if err != nil {
		return l, "", false, db.Down(fmt.Errorf("reading what a filter names: %w", err))
	}
	if f.Find == "" {
		return l, "", known, nil
	}
	typed, ours, err := w.openFind(ctx, tenantID, f.Find)
	if err != nil || !ours {
		return l, "", false, err
	}
	w.search(&l, typed, s.Row.Locale)
	return l, typed, known && (l.EmailHash != nil || l.PhoneHash != nil || len(l.Prefixes) > 0), nil
}

// search narrows a list down to an address, a phone number, or the beginnings of the words of a name, whatever was typed.
func (w *Waitlist) search(l *db.EntryList, typed, locale string) {
	lookup := w.db.Lookup()
	if strings.Contains(typed, "@") {
		l.EmailHash = lookup.Email(l.TenantID, typed)
		return
	}
	if strings.ContainsAny(typed, "0123456789") {
		if number, ok := readPhone(typed, locale); ok {
			l.PhoneHash = lookup.Phone(l.TenantID, number)
			return
		}
	}
	l.Prefixes = lookup.Query(l.TenantID, typed)
}

func (w *Waitlist) listRows(ctx context.Context, s Settings, places []db.EntryPlace) ([]ListRow, error) {
	if len(places) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(places))
	at := map[int64]int{}
	for i, p := range places {
		ids[i], at[p.ID] = p.ID, i
	}
	entries, err := w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: s.Row.TenantID, Ids: ids})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading entries: %w", err))
	}
	slices.SortFunc(entries, func(x, y db.Entry) int { return at[x.ID] - at[y.ID] })
	described, err := w.describe(ctx, s, entries)
	if err != nil {
		return nil, err
	}
	tags, err := w.tagsOf(ctx, entries)
	rows := make([]ListRow, len(entries))
	for i, e := range entries {
		described[i].Rank = 0
		rows[i] = ListRow{WaitingEntry: described[i], Tags: tags[e.CustomerID]}
	}
	return rows, err
}

// ListServices are all services that entries may wait for, removed ones too.
func (w *Waitlist) ListServices(ctx context.Context, tenantID int64) ([]ServiceChoice, error) {
	rows, err := w.db.AllServices(ctx, tenantID)
	list := make([]ServiceChoice, len(rows))
	for i, s := range rows {
		list[i] = ServiceChoice{ID: s.PublicID, Name: s.Name}
	}
	return list, db.Down(wrap(err, "reading services"))
}

// ListStaff are all staff members whom entries may want, removed ones too.
func (w *Waitlist) ListStaff(ctx context.Context, tenantID int64) ([]StaffChoice, error) {
	rows, err := w.db.AllStaffMembers(ctx, tenantID)
	list := make([]StaffChoice, len(rows))
	for i, m := range rows {
		list[i] = StaffChoice{ID: m.PublicID, Name: m.Name}
	}
	return list, db.Down(wrap(err, "reading staff members"))
}

// TagNames are the business's tags in order of name, uncounted.
func (w *Waitlist) TagNames(ctx context.Context, tenantID int64) ([]Tag, error) {
	rows, err := w.db.ListTags(ctx, tenantID)
	list := make([]Tag, len(rows))
	for i, t := range rows {
		list[i] = Tag{ID: t.PublicID, Name: t.Name, Colour: t.Colour, Version: t.Version}
	}
	return list, db.Down(wrap(err, "reading tags"))
}

// NobodyEver tells whether no entry was ever made.
func (w *Waitlist) NobodyEver(ctx context.Context, tenantID int64) (bool, error) {
	l := db.EntryList{TenantID: tenantID, States: ListFilter{State: ListAll}.states()}
	places, err := w.db.ListEntries(ctx, l, nil, false, 1)
	return len(places) == 0, db.Down(err)
}
