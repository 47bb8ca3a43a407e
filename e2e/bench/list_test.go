package bench

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

const (
	listPages    = 40 // of each kind, taking turns with the bare query
	listPageGoal = 25 // ratio to the bare query: a page decrypts and draws fifty people
)

// listing is one page of the owner's list and the bare query for the same entries.
type listing struct {
	name, path string
	bare       string
	args       []any
}

// findable gives the crowd of a house prefixes as the program keeps them, and a tag to one in a thousand.
func (h *house) findable() (tag string) {
	h.b.Helper()
	tag = "t" + strings.Repeat("a", 21)
	live := "rare"
	h.ok(h.DB.AddTag(h.Context(), db.AddTagParams{TenantID: h.Tenant, PublicID: tag, Name: "Rare", LiveName: &live, Colour: "grey", CreatedAt: h.Now()}))
	h.exec("INSERT INTO customer_tags (tenant_id, tag_id, customer_id, given_at) SELECT ?, (SELECT MAX(id) FROM tags), id, created_at FROM customers WHERE id % 1000 = 0", h.Tenant)
	// Whom a name's beginning finds: one in two hundred, as a first name does in a town, and everybody by "Person".
	some, all := h.DB.Lookup().Query(h.Tenant, "ann")[0], h.DB.Lookup().Query(h.Tenant, "per")[0]
	h.exec("INSERT INTO customer_prefixes (tenant_id, prefix_hash, customer_id) SELECT ?, ?, id FROM customers WHERE id % 200 = 0", h.Tenant, some)
	h.exec("INSERT INTO customer_prefixes (tenant_id, prefix_hash, customer_id) SELECT ?, ?, id FROM customers", h.Tenant, all)
	h.exec("ANALYZE TABLE customer_prefixes, customer_tags, customers, entries")
	return tag
}

// listings are the pages that are measured.
func (h *house) listings(p *program, service, tag string) []listing {
	h.b.Helper()
	find := func(typed string) string {
		sealed, err := p.waitlist.SealFind(h.Context(), h.Tenant, typed)
		h.ok(err)
		return paths.Waitlist + "?" + url.Values{"find": {sealed}}.Encode()
	}
	by := func(typed string) []any { return []any{h.Tenant, h.DB.Lookup().Query(h.Tenant, typed)[0], h.Tenant} }
	const found = `SELECT e.* FROM customer_prefixes p STRAIGHT_JOIN entries e ON e.tenant_id = p.tenant_id AND e.customer_id = p.customer_id
		WHERE p.tenant_id = ? AND p.prefix_hash = ? AND e.tenant_id = ? AND e.state = 'waiting' ORDER BY e.order_key_a, e.id LIMIT 50`
	return []listing{
		{"first page", paths.Waitlist, "SELECT * FROM entries WHERE tenant_id = ? AND state = 'waiting' ORDER BY order_key_a, id LIMIT 50", []any{h.Tenant}},
		{"search for a name that one in 200 has", find("ann"), found, by("ann")},
		{"filter by service", paths.Waitlist + "?service=" + service, "SELECT * FROM entries WHERE tenant_id = ? AND service_id = ? AND state = 'waiting' ORDER BY order_key_a, id LIMIT 50", []any{h.Tenant, h.number("SELECT id FROM services WHERE public_id = ?", service)}},
		{"filter by a tag that one in 1,000 has", paths.Waitlist + "?tag=" + tag, `SELECT e.* FROM customer_tags t STRAIGHT_JOIN entries e ON e.tenant_id = t.tenant_id AND e.customer_id = t.customer_id
		WHERE t.tenant_id = ? AND t.tag_id = (SELECT id FROM tags WHERE public_id = ?) AND e.tenant_id = ? AND e.state = 'waiting' ORDER BY e.order_key_a, e.id LIMIT 50`, []any{h.Tenant, tag, h.Tenant}},
	}
}

// BenchmarkList is an owner opening the list of 100,000, against the bare query for the same entries over one connection.
func BenchmarkList(b *testing.B) {
	h := newLargeHouse(b)
	service := h.AddService("Haircut", 30*time.Minute, 0)
	h.crowd(service, 100_000, nil)
	tag := h.findable()
	p := h.serve(h.DB, nil)
	t := h.tablet(p)
	names, reads := []string{}, []counters{}
	for _, l := range h.listings(p, service, tag) {
		var whole, bare []time.Duration
		for i := range listPages + 1 {
			begun := time.Now()
			_, err := get(t.client, t.url+l.path)
			h.ok(err)
			page := time.Since(begun)
			begun = time.Now()
			n := h.fetch(l.bare, l.args...)
			query := time.Since(begun)
			if n != 50 {
				b.Fatalf("%s: the bare query gives %d entries", l.name, n)
			}
			if i > 0 { // the first one warms up
				whole, bare = append(whole, page), append(bare, query)
			}
		}
		ratio := float64(median(whole)) / float64(median(bare))
		report.add(figure{
			name: "the owner's list of 100,000: " + l.name, value: milliseconds(median(whole)), floor: milliseconds(median(bare)) + ": the bare query for the same 50 entries",
			ratio: fmt.Sprintf("%.1f", ratio), goal: fmt.Sprintf("at most %d", listPageGoal), met: ratio <= listPageGoal,
		})
		names, reads = append(names, l.name), append(reads, h.reads(func() {
			_, err := get(t.client, t.url+l.path)
			h.ok(err)
		}))
	}
	report.explain("What the server reads for a page of the owner's list", "Up to 10,000 entries are counted, since the page says how many there are; the others are more than that.\n\n%s", beside(names, reads...))
}

// fetch reads all rows of a query and tells how many there are.
func (h *house) fetch(query string, args ...any) (n int) {
	h.b.Helper()
	rows, err := h.DB.Pool().QueryContext(h.Context(), query, args...)
	h.ok(err)
	defer rows.Close()
	for rows.Next() {
		n++
	}
	h.ok(rows.Err())
	return n
}

func TestAPageOfTheListReadsAboutAPageOfRowsWhateverTheFilter(t *testing.T) {
	h := newLargeHouse(t)
	service := h.AddService("Haircut", 30*time.Minute, 0)
	mia := h.number("SELECT id FROM staff_members WHERE public_id = ?", h.AddStaffMember("Mia", service))
	h.crowd(service, 20_000, func(i int, e *db.Entry) {
		if i%100 == 0 {
			e.PreferredStaffID = &mia
		}
	})
	h.findable()
	h.exec("UPDATE entries SET passed_over = 1 WHERE id % 150 = 7")
	h.exec("UPDATE entries SET state = 'paused' WHERE id % 500 = 9")
	h.exec("UPDATE customers SET email_hash = NULL, identity_hash = NULL WHERE id % 300 = 11")
	h.exec("ANALYZE TABLE customers, entries")
	base := db.EntryList{TenantID: h.Tenant, States: []rules.EntryState{rules.EntryWaiting, rules.EntryOffered, rules.EntryPaused, rules.EntryUnconfirmed}}
	with := func(change func(*db.EntryList)) db.EntryList { l := base; change(&l); return l }
	tagID, serviceID := h.number("SELECT id FROM tags"), h.number("SELECT id FROM services")
	for name, l := range map[string]db.EntryList{
		"nothing": base, "service": with(func(l *db.EntryList) { l.ServiceID = serviceID }), "tag": with(func(l *db.EntryList) { l.TagID = tagID }),
		"state":       with(func(l *db.EntryList) { l.States = []rules.EntryState{rules.EntryPaused} }),
		"staff":       with(func(l *db.EntryList) { l.StaffID = mia }),
		"public":      with(func(l *db.EntryList) { l.Source = "public" }),
		"by staff":    with(func(l *db.EntryList) { l.Source = "staff" }),
		"passed over": with(func(l *db.EntryList) { l.PassedOver = true }),
		"no address":  with(func(l *db.EntryList) { l.NoAddress = true }),
		"joined":      with(func(l *db.EntryList) { l.JoinedFrom = h.Now().Add(-10 * 24 * time.Hour) }),
		"rare name":   with(func(l *db.EntryList) { l.Prefixes = h.DB.Lookup().Query(h.Tenant, "ann") }),
		"any name":    with(func(l *db.EntryList) { l.Prefixes = h.DB.Lookup().Query(h.Tenant, "per") }),
	} {
		for _, l.Order = range []db.EntryOrder{db.ByPlaceA, db.ByJoinedNew, db.ByChanged} {
			var places []db.EntryPlace
			read := h.reads(func() {
				var err error
				places, err = h.DB.ListEntries(h.Context(), l, nil, false, 51)
				h.ok(err)
			})
			// A filter costs its own set, counted up to 2,001 and read once more, with a row each.
			if most := int64(3*2001 + 4*51 + 100); read.sum() > most {
				t.Errorf("%s, order %d: %d rows read for %d entries, want at most %d", name, l.Order, read.sum(), len(places), most)
			}
			if l.Order == db.ByPlaceA && (name == "nothing" || name == "service" || name == "state") && read.sum() > 5*51 {
				t.Errorf("%s by place: %d rows read, want about a page", name, read.sum())
			}
		}
	}
}
