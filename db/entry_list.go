package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/rules"
)

// EntryList is a question for entries of one business: which ones, and in what order. Which filters are set decides how it is best read,
// so that its SQL is put together here and not by sqlc.
//
// An order that has an index is walked from where the last page ended, one lane per state, and reads about a page of rows. A filter that
// few fit would make that walk long; so each filter also has a set that its own index gives, and when the smallest of the sets has at
// most fewAre members, they are read and sorted instead. Either way a page costs at most some thousand rows, unless two filters that
// many fit have hardly anybody in common.
type EntryList struct {
	TenantID             int64
	States               []rules.EntryState // at least one
	ServiceID            int64              // 0: any
	Source               string             // empty: any
	TagID                int64              // 0: whatever the customer bears
	StaffID              int64              // 0: whomever they want
	JoinedFrom, JoinedTo time.Time          // zero: no bound; JoinedTo is exclusive
	PassedOver           bool
	NoAddress            bool
	EmailHash, PhoneHash []byte   // nil: any
	Prefixes             [][]byte // digests of the beginnings of words that the name must have
	Order                EntryOrder
}

// EntryOrder is an order of entries that an index gives.
type EntryOrder int

// The orders.
const (
	ByPlaceA    EntryOrder = iota // by the key that ranks, when it is a
	ByPlaceB                      // the same, when it is b
	ByJoined                      // who has waited longest first
	ByJoinedNew                   // who came last first
	ByChanged                     // what changed last first
)

// EntryPlace is where an entry stands in an order: Key is its order key, or its time in microseconds of the Unix epoch.
type EntryPlace struct{ Key, ID int64 }

// fewAre is how many rows are sorted rather than looked for on a walk: about the root of a page times 100,000.
var fewAre = 2000

// countedMost is how far entries are counted that an index alone tells apart.
const countedMost = 10_000

// entryFilter is one condition: what it demands of an entry e, and the set of those who meet it, by their own id or their customer's.
type entryFilter struct {
	test     string
	testArgs []any
	set      string
	setArgs  []any
	of       string // id or customer_id
}

func (l EntryList) filters() []entryFilter {
	var list []entryFilter
	t := l.TenantID
	add := func(f entryFilter) { list = append(list, f) }
	limit := fmt.Sprintf(" LIMIT %d", fewAre+1)
	if l.ServiceID != 0 {
		f := entryFilter{test: "e.service_id = ?", testArgs: []any{l.ServiceID}}
		if !l.byPlace() { // else the index of the order begins with it
			in, args := l.in()
			f.of, f.set = "id", "SELECT id FROM entries FORCE INDEX (entries_rank_a) WHERE tenant_id = ? AND service_id = ? AND state IN "+in+limit
			f.setArgs = append([]any{t, l.ServiceID}, args...)
		}
		add(f)
	}
	if l.Source != "" {
		add(entryFilter{"e.source = ?", []any{l.Source}, "SELECT id FROM entries FORCE INDEX (entries_source) WHERE tenant_id = ? AND source = ?" + limit, []any{t, l.Source}, "id"})
	}
	if l.PassedOver {
		add(entryFilter{"e.passed_over > 0", nil, "SELECT id FROM entries FORCE INDEX (entries_passed_over) WHERE tenant_id = ? AND passed_over > 0" + limit, []any{t}, "id"})
	}
	if !l.JoinedFrom.IsZero() || !l.JoinedTo.IsZero() {
		from, to := l.JoinedFrom, l.JoinedTo
		if to.IsZero() {
			to = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		if from.IsZero() {
			from = time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		f := entryFilter{test: "e.joined_at >= ? AND e.joined_at < ?", testArgs: []any{from, to}}
		if l.Order != ByJoined && l.Order != ByJoinedNew { // else they stand together in that order
			in, args := l.in()
			f.of, f.set = "id", "SELECT id FROM entries FORCE INDEX (entries_list_joined) WHERE tenant_id = ? AND state IN "+in+" AND joined_at >= ? AND joined_at < ?"+limit
			f.setArgs = append(append([]any{t}, args...), from, to)
		}
		add(f)
	}
	if l.StaffID != 0 {
		add(entryFilter{
			test:     "(e.preferred_staff_id = ? OR (SELECT COUNT(*) FROM entry_staff s WHERE s.tenant_id = e.tenant_id AND s.entry_id = e.id AND s.staff_member_id = ?) > 0)",
			testArgs: []any{l.StaffID, l.StaffID}, of: "id",
			set: "(SELECT id FROM entries FORCE INDEX (entries_preferred_staff) WHERE tenant_id = ? AND preferred_staff_id = ?" + limit +
				") UNION (SELECT entry_id FROM entry_staff FORCE INDEX (entry_staff_member) WHERE tenant_id = ? AND staff_member_id = ?" + limit + ")",
			setArgs: []any{t, l.StaffID, t, l.StaffID},
		})
	}
	// The tests count instead of asking whether there are any: a server may turn EXISTS into a join and begin with the other table.
	ofCustomer := func(from, where string, args ...any) {
		add(entryFilter{
			"(SELECT COUNT(*) FROM " + from + " f WHERE f.tenant_id = e.tenant_id AND f." + customerColumn[from] + " = e.customer_id AND " + strings.ReplaceAll(where, "{}", "f.") + ") > 0", args,
			"SELECT " + customerColumn[from] + " AS id FROM " + from + " WHERE tenant_id = ? AND " + strings.ReplaceAll(where, "{}", "") + limit, append([]any{t}, args...), "customer_id",
		})
	}
	if l.TagID != 0 {
		ofCustomer("customer_tags", "{}tag_id = ?", l.TagID)
	}
	if l.NoAddress {
		ofCustomer("customers", "{}email_hash IS NULL")
	}
	if l.EmailHash != nil {
		ofCustomer("customers", "{}email_hash = ?", l.EmailHash)
	}
	if l.PhoneHash != nil {
		ofCustomer("customers", "{}phone_hash = ?", l.PhoneHash)
	}
	for _, digest := range l.Prefixes {
		ofCustomer("customer_prefixes", "{}prefix_hash = ?", digest)
	}
	return list
}

var customerColumn = map[string]string{"customers": "id", "customer_tags": "customer_id", "customer_prefixes": "customer_id"}

func (l EntryList) byPlace() bool { return l.Order == ByPlaceA || l.Order == ByPlaceB }

// in are the states for an IN.
func (l EntryList) in() (marks string, args []any) {
	for _, s := range l.States {
		args = append(args, string(s))
	}
	return "(?" + strings.Repeat(", ?", len(args)-1) + ")", args
}

// order is the column of the order, whether its greatest comes first, and the index that holds it.
func (l EntryList) order() (column string, falling bool, index string) {
	switch l.Order {
	case ByPlaceB:
		column, index = "order_key_b", "entries_list_b"
		if l.ServiceID != 0 {
			index = "entries_rank_b"
		}
	case ByJoined, ByJoinedNew:
		column, falling, index = "joined_at", l.Order == ByJoinedNew, "entries_list_joined"
	case ByChanged:
		column, falling, index = "changed_at", true, "entries_list_changed"
	default:
		column, index = "order_key_a", "entries_list_a"
		if l.ServiceID != 0 {
			index = "entries_rank_a"
		}
	}
	return column, falling, index
}

// tests are all conditions on an entry e besides its business and state.
func tests(filters []entryFilter) (text string, args []any) {
	for _, f := range filters {
		text += " AND " + f.test
		args = append(args, f.testArgs...)
	}
	return text, args
}

// smallest finds the filter with the smallest set, unless all sets have more than fewAre members.
func (q *Queries) smallest(ctx context.Context, filters []entryFilter) (*entryFilter, error) {
	var best *entryFilter
	least := fewAre + 1
	for _, f := range filters {
		if f.set == "" {
			continue
		}
		var n int
		if err := q.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM ("+f.set+") f", f.setArgs...).Scan(&n); err != nil {
			return nil, fmt.Errorf("counting whom a filter lets through: %w", err)
		}
		if n < least {
			best, least = &f, n
		}
		if n == 0 {
			break
		}
	}
	return best, nil
}

// from is what entries e are read from: the set of a filter, or all of the business by an index.
func (l EntryList) from(set *entryFilter, index string) (text string, args []any) {
	switch {
	case set == nil:
		return "entries e FORCE INDEX (" + index + ") WHERE e.tenant_id = ?", []any{l.TenantID}
	case set.of == "id":
		return "(" + set.set + ") d STRAIGHT_JOIN entries e FORCE INDEX (PRIMARY) ON e.id = d.id WHERE e.tenant_id = ?", append(slices.Clone(set.setArgs), l.TenantID)
	}
	return "(" + set.set + ") d STRAIGHT_JOIN entries e FORCE INDEX (entries_live) ON e.tenant_id = ? AND e.customer_id = d.id WHERE e.tenant_id = ?",
		append(slices.Clone(set.setArgs), l.TenantID, l.TenantID)
}

// ListEntries gives at most limit of the entries in order: the first, those that follow after, or, with back, those before it. The order of
// those given is always the list's.
func (q *Queries) ListEntries(ctx context.Context, l EntryList, after *EntryPlace, back bool, limit int) ([]EntryPlace, error) {
	filters := l.filters()
	set, err := q.smallest(ctx, filters)
	if err != nil {
		return nil, err
	}
	column, falling, index := l.order()
	if back {
		falling = !falling
	}
	test, testArgs := tests(filters)
	way, than := "", ">"
	if falling {
		way, than = " DESC", "<"
	}
	if after != nil {
		var key any = after.Key
		if !l.byPlace() {
			key = time.UnixMicro(after.Key).UTC()
		}
		test += fmt.Sprintf(" AND e.%s %s= ? AND (e.%s %s ? OR e.id %s ?)", column, than, column, than, than)
		testArgs = append(testArgs, key, key, after.ID)
	}
	from, fromArgs := l.from(set, index)
	lane := func(states string) string {
		return fmt.Sprintf("SELECT e.id AS id, e.%s AS place FROM %s AND e.state %s%s ORDER BY e.%s%s, e.id%s LIMIT %d", column, from, states, test, column, way, way, limit)
	}
	var text string
	var args []any
	if set != nil {
		in, states := l.in()
		text, args = lane("IN "+in), slices.Concat(fromArgs, states, testArgs)
	} else {
		lanes := make([]string, len(l.States))
		for i, state := range l.States {
			lanes[i] = "(" + lane("= ?") + ")"
			args = slices.Concat(args, fromArgs, []any{string(state)}, testArgs)
		}
		text = lanes[0]
		if len(lanes) > 1 {
			text = fmt.Sprintf("SELECT id, place FROM (%s) u ORDER BY place%s, id%s LIMIT %d", strings.Join(lanes, " UNION ALL "), way, way, limit)
		}
	}
	places, err := q.places(ctx, l.byPlace(), text, args)
	if back {
		slices.Reverse(places)
	}
	return places, err
}

func (q *Queries) places(ctx context.Context, keys bool, text string, args []any) ([]EntryPlace, error) {
	rows, err := q.db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("listing entries: %w", err)
	}
	defer rows.Close()
	var places []EntryPlace
	for rows.Next() {
		var p EntryPlace
		var at time.Time
		if keys {
			err = rows.Scan(&p.ID, &p.Key)
		} else {
			err = rows.Scan(&p.ID, &at)
			p.Key = at.UnixMicro()
		}
		if err != nil {
			return nil, fmt.Errorf("listing entries: %w", err)
		}
		places = append(places, p)
	}
	return places, rows.Err()
}

// CountEntries counts the entries of a list as far as it is cheap; more tells that there are more than n.
func (q *Queries) CountEntries(ctx context.Context, l EntryList) (n int, more bool, err error) {
	filters := l.filters()
	set, err := q.smallest(ctx, filters)
	if err != nil {
		return 0, false, err
	}
	most := countedMost
	index := "entries_list_a"
	if l.ServiceID != 0 {
		index = "entries_rank_a"
	}
	if plain := len(filters) == 0 || len(filters) == 1 && l.ServiceID != 0; !plain && set == nil {
		most = fewAre
	}
	from, args := l.from(set, index)
	in, states := l.in()
	test, testArgs := tests(filters)
	text := fmt.Sprintf("SELECT COUNT(*) FROM (SELECT e.id FROM %s AND e.state IN %s%s LIMIT %d) c", from, in, test, most+1)
	if err := q.db.QueryRowContext(ctx, text, slices.Concat(args, states, testArgs)...).Scan(&n); err != nil {
		return 0, false, fmt.Errorf("counting entries: %w", err)
	}
	return min(n, most), n > most, nil
}

// EntryGroup is how many entries of a list are in one state.
type EntryGroup struct {
	State    rules.EntryState
	Entries  int
	Priority int // of them, how many have the priority asked about
	Tagged   int // of them, how many have a customer with the tag asked about
}

// GroupEntries counts all entries of a list, or those with the ids given, by state. It may read the whole list.
func (q *Queries) GroupEntries(ctx context.Context, l EntryList, ids []int64, priority int, tagID int64) ([]EntryGroup, error) {
	from, args, err := l.all(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	text := `SELECT e.state, COUNT(*), CAST(COALESCE(SUM(e.priority = ?), 0) AS SIGNED), CAST(COALESCE(SUM((SELECT COUNT(*) FROM customer_tags ct
		WHERE ct.tenant_id = e.tenant_id AND ct.tag_id = ? AND ct.customer_id = e.customer_id)), 0) AS SIGNED) FROM ` + from + " GROUP BY e.state"
	rows, err := q.db.QueryContext(ctx, text, slices.Concat([]any{priority, tagID}, args)...)
	if err != nil {
		return nil, fmt.Errorf("counting entries by state: %w", err)
	}
	defer rows.Close()
	var groups []EntryGroup
	for rows.Next() {
		var g EntryGroup
		if err := rows.Scan(&g.State, &g.Entries, &g.Priority, &g.Tagged); err != nil {
			return nil, fmt.Errorf("counting entries by state: %w", err)
		}
		groups = append(groups, g)
	}
	return groups, rows.Err()
}

// EntryIDs are all ids of a list, in order of id. It may read the whole list.
func (q *Queries) EntryIDs(ctx context.Context, l EntryList) ([]int64, error) {
	from, args, err := l.all(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	rows, err := q.db.QueryContext(ctx, "SELECT e.id FROM "+from, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the ids of entries: %w", err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading the ids of entries: %w", err)
		}
		ids = append(ids, id)
	}
	slices.SortFunc(ids, cmp.Compare[int64])
	return ids, rows.Err()
}

// all is FROM what and WHERE for every entry of the list, or those with the ids given.
func (l EntryList) all(ctx context.Context, q *Queries, ids []int64) (text string, args []any, err error) {
	if ids != nil {
		args = []any{l.TenantID}
		for _, id := range ids {
			args = append(args, id)
		}
		return "entries e WHERE e.tenant_id = ? AND e.id IN (NULL" + strings.Repeat(", ?", len(ids)) + ")", args, nil
	}
	filters := l.filters()
	set, err := q.smallest(ctx, filters)
	if err != nil {
		return "", nil, err
	}
	from, fromArgs := l.from(set, "entries_list_a")
	in, states := l.in()
	test, testArgs := tests(filters)
	return from + " AND e.state IN " + in + test, slices.Concat(fromArgs, states, testArgs), nil
}

// AddBulkChanges adds the entries that an act on many is about, in one statement, which sqlc cannot write. Those added before stay as they are.
func (tx *Tx) AddBulkChanges(ctx context.Context, tenantID, bulkActID int64, entryIDs []int64) error {
	if len(entryIDs) == 0 {
		return nil
	}
	args := make([]any, 0, 3*len(entryIDs))
	for _, id := range entryIDs {
		args = append(args, tenantID, bulkActID, id)
	}
	statement := "INSERT INTO bulk_changes (tenant_id, bulk_act_id, entry_id, state) VALUES (?, ?, ?, 'pending')" +
		strings.Repeat(", (?, ?, ?, 'pending')", len(entryIDs)-1) + " ON DUPLICATE KEY UPDATE entry_id = VALUES(entry_id)"
	if _, err := tx.tx.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("adding the entries of an act on many: %w", err)
	}
	return nil
}
