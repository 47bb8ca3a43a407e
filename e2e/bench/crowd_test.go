package bench

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	crowdBatch = 2000 // rows of one INSERT
	crowdLanes = 2    // INSERTs side by side
	year       = 365 * 24 * time.Hour
)

// crowd puts n people on the list of a service, confirmed, who joined evenly over the last year, with all that the program writes for a
// person, but thousands of rows at a time. change may alter each entry before its place is computed; nil: nobody has wishes.
func (h *house) crowd(service string, n int, change func(i int, e *db.Entry)) {
	h.b.Helper()
	c := &crowd{house: h, start: h.Now().Add(-year), every: year / time.Duration(n+1), change: change}
	c.service = h.number("SELECT id FROM services WHERE public_id = ?", service)
	c.first = 1 + h.number("SELECT GREATEST((SELECT COALESCE(MAX(id), 0) FROM entries), (SELECT COALESCE(MAX(id), 0) FROM customers))")
	var err error
	c.box, err = h.DB.Box(h.Context(), h.Tenant)
	h.ok(err)
	var lanes errgroup.Group
	lanes.SetLimit(crowdLanes)
	for at := 0; at < n; at += crowdBatch {
		lanes.Go(func() error { return c.insert(at, min(at+crowdBatch, n)) })
	}
	h.ok(lanes.Wait())
	h.exec("ANALYZE TABLE customers, entries")
}

type crowd struct {
	*house
	service, first int64
	start          time.Time
	every          time.Duration // somebody joins
	box            *seal.Box
	change         func(i int, e *db.Entry)
}

func (c *crowd) insert(from, to int) error {
	customers := newRows("customers", "id, tenant_id, public_id, name, email, email_hash, identity_hash, locale, created_at")
	entries := newRows("entries", `id, tenant_id, public_id, customer_id, service_id, live_service_id, state, source, joined_at, confirmed_at,
		notice_minutes, preferred_staff_id, order_key_a, order_key_b, order_version_a, order_version_b, consented, token_hash, created_at, may_gain`)
	consents := newRows("consents", "tenant_id, customer_id, entry_id, wording, locale, given_at")
	weights := rules.DefaultWeights() // both sets are those at first
	for i := from; i < to; i++ {
		e := db.Entry{ID: c.first + int64(i), PublicID: seal.PublicID(), JoinedAt: c.start.Add(time.Duration(i) * c.every)}
		if c.change != nil {
			c.change(i, &e)
		}
		key := rules.OrderKey(weights, e.JoinedAt, rules.FixedParts(weights, rules.EntryFacts{FlexibleDays: 7, AnyStaff: true}).Fixed())
		name, email, person := fmt.Sprintf("Person %d", e.ID), fmt.Sprintf("person.%d@example.org", e.ID), seal.PublicID()
		sealed := func(column, plain string) []byte {
			return c.box.Seal(seal.Where{Tenant: c.Tenant, Table: "customers", Column: column, Row: person}, plain)
		}
		customers.add(e.ID, c.Tenant, person, sealed("name", name), sealed("email", email),
			c.DB.Lookup().Email(c.Tenant, email), c.DB.Lookup().Identity(c.Tenant, email, name), "de", e.JoinedAt)
		entries.add(e.ID, c.Tenant, e.PublicID, e.ID, c.service, c.service, "waiting", "public", e.JoinedAt, e.JoinedAt,
			e.NoticeMinutes, e.PreferredStaffID, key, key, 1, 1, 1, seal.HashToken(c.DB.Tokens().Make(seal.TokenEntry, e.PublicID, 1)), e.JoinedAt, mayGain(e))
		consents.add(c.Tenant, e.ID, e.ID, "Ja, bitte schreibt mir.", "de", e.JoinedAt)
	}
	conn, err := c.DB.Pool().Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, statement := range []string{"SET foreign_key_checks = 0, unique_checks = 0", customers.sql(), entries.sql(), consents.sql(), "SET foreign_key_checks = 1, unique_checks = 1"} {
		if _, err := conn.ExecContext(context.Background(), statement); err != nil {
			return fmt.Errorf("%.60s: %w", statement, err)
		}
	}
	return nil
}

// mayGain is what the program keeps of wishes without windows.
func mayGain(e db.Entry) int {
	if e.PreferredStaffID != nil {
		return 1
	}
	return 0
}

// rows is one INSERT of many rows, its values written out: as parameters they would be too many.
type rows struct{ text strings.Builder }

func newRows(table, columns string) *rows {
	r := &rows{}
	fmt.Fprintf(&r.text, "INSERT INTO %s (%s) VALUES ", table, columns)
	return r
}

func (r *rows) add(values ...any) {
	for i, value := range values {
		r.text.WriteString(map[bool]string{true: "(", false: ","}[i == 0])
		switch v := value.(type) {
		case []byte:
			r.text.WriteString("x'" + hex.EncodeToString(v) + "'")
		case string: // ours: nothing in it needs escaping
			r.text.WriteString("'" + v + "'")
		case time.Time:
			r.text.WriteString("'" + v.UTC().Format("2006-01-02 15:04:05.000000") + "'")
		case int:
			r.text.WriteString(strconv.Itoa(v))
		case int64:
			r.text.WriteString(strconv.FormatInt(v, 10))
		case *int64:
			if v == nil {
				r.text.WriteString("NULL")
			} else {
				r.text.WriteString(strconv.FormatInt(*v, 10))
			}
		default:
			panic(fmt.Sprintf("a value of type %T", v))
		}
	}
	r.text.WriteString("),")
}

func (r *rows) sql() string { return strings.TrimSuffix(r.text.String(), ",") }
