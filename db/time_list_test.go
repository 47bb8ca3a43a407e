package db_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/rules"
)

// crowded is a connection to a database with 800 slots, bookings and offers an hour apart, which are those of one staff member, customer and
// business; nothing that they refer to is there.
func crowded(t *testing.T) (*sql.Conn, time.Time) {
	t.Helper()
	conn, err := dbtest.Open(t).Pool().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	first := time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)
	numbers := "WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 799) "
	for _, statement := range []string{
		"SET foreign_key_checks = 0",
		`INSERT INTO slots (tenant_id, public_id, staff_member_id, starts_at, ends_at, state, origin, created_at) ` + numbers +
			`SELECT 1, CONCAT('s', i), 1, '2027-03-01 08:00:00' + INTERVAL i HOUR, '2027-03-01 09:00:00' + INTERVAL i HOUR, 'open', 'staff', '2027-03-01 08:00:00' FROM n`,
		`INSERT INTO bookings (tenant_id, public_id, slot_id, staff_member_id, kind, customer_id, state, starts_at, ends_at, service_name, price_kind, price_minor, currency, created_at, token_hash) ` + numbers +
			`SELECT 1, CONCAT('b', i), i + 1, 1, 'appointment', 1, 'confirmed', '2027-03-01 08:00:00' + INTERVAL i HOUR, '2027-03-01 09:00:00' + INTERVAL i HOUR, '', 'free', 0, 'EUR',
			'2027-03-01 08:00:00', UNHEX(SHA2(i, 256)) FROM n`,
		`INSERT INTO offers (tenant_id, public_id, slot_id, entry_id, customer_id, live_customer_id, service_id, staff_member_id, state, created_at, hold_seconds, expires_at, expires_cap_at, starts_at, ends_at,
			service_name, duration_minutes, buffer_minutes, price_kind, price_minor, currency, score, token_hash) ` + numbers +
			`SELECT 1, CONCAT('o', i), i + 1, i + 1, 1, IF(i < 3, i + 1, NULL), 1, 1, IF(i < 3, 'pending', 'declined'), '2027-03-01 08:00:00' + INTERVAL i HOUR, 600, '2027-03-01 08:10:00', '2027-03-01 08:10:00',
			'2027-03-01 09:00:00', '2027-03-01 10:00:00', '', 60, 0, 'free', 0, 'EUR', '{}', UNHEX(SHA2(i, 256)) FROM n`,
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%.60s: %v", statement, err)
		}
	}
	return conn, first
}

// read is how many rows and index entries a connection's server has read for it.
func read(t *testing.T, conn *sql.Conn) (n int) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), "SHOW SESSION STATUS LIKE 'Handler_read%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var times int
		if err := rows.Scan(&name, &times); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_deleted") && !strings.HasSuffix(name, "_rnd") && !strings.HasSuffix(name, "_rnd_next") { // of the answer to this question
			n += times
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPageOfAListByTimeReadsAboutAPageOfRows(t *testing.T) {
	conn, first := crowded(t)
	q, year := db.New(conn), first.AddDate(1, 0, 0)
	for name, list := range map[string]func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error){
		"slots": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListSlots(ctx, db.SlotList{TenantID: 1, From: first, To: year}, after, limit)
		},
		"slots of a staff member": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListSlots(ctx, db.SlotList{TenantID: 1, From: first, To: year, StaffID: 1, State: rules.SlotOpen}, after, limit)
		},
		"bookings": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListBookings(ctx, db.BookingList{TenantID: 1, From: first, To: year}, after, limit)
		},
		"bookings with a staff member": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListBookings(ctx, db.BookingList{TenantID: 1, From: first, To: year, StaffID: 1}, after, limit)
		},
		"bookings of a customer": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListBookings(ctx, db.BookingList{TenantID: 1, From: first, To: year, CustomerID: 1, State: rules.BookingConfirmed}, after, limit)
		},
		"offers": func(ctx context.Context, after *db.TimePlace, limit int) ([]db.TimePlace, error) {
			return q.ListOffers(ctx, db.OfferList{TenantID: 1, From: first, To: year}, after, limit)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var after *db.TimePlace
			for page := range 3 {
				before := read(t, conn)
				places, err := list(t.Context(), after, 20)
				if err != nil || len(places) != 20 {
					t.Fatalf("page %d has %d: %v", page, len(places), err)
				}
				if n := read(t, conn) - before; n > 60 {
					t.Errorf("page %d of 20 read %d rows", page, n)
				}
				if after != nil && (places[0].ID == after.ID || places[0].At.Sub(after.At).Abs() != time.Hour) {
					t.Errorf("page %d begins with %v after %v", page, places[0], after)
				}
				after = &places[19]
			}
		})
	}
	for name, l := range map[string]db.OfferList{
		"of a slot": {TenantID: 1, SlotID: 700}, "of an entry": {TenantID: 1, EntryID: 700}, "that are out": {TenantID: 1, State: rules.OfferPending},
	} {
		before := read(t, conn)
		places, err := q.ListOffers(t.Context(), l, nil, 20)
		if n := read(t, conn) - before; err != nil || len(places) == 0 || len(places) > 3 || n > 20 {
			t.Errorf("offers %s: %d, having read %d rows: %v", name, len(places), n, err)
		}
	}
}
