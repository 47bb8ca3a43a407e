package bench

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	confirms     = 240 // in one round
	confirmStaff = 24  // staff members whose slots they are: two confirms of one staff member's wait for each other
	confirmsGoal = 0.5
)

// BenchmarkConfirm is customers pressing the button of their offer, against the same statements sent bare.
//
// What a confirm says to the database is recorded on the wire while every one of the offers is confirmed once. The floor sends each
// offer's recorded statements again, word for word and in order, through the driver alone, on one connection per worker, with the
// program's own connection settings. Before each round all tables go back to what they were. After each round the database must hold as
// many bookings, claims and emails as there were offers: whoever cheats makes no bookings.
func BenchmarkConfirm(b *testing.B) {
	h := newHouse(b)
	tokens := h.offersOut(confirms)
	reset := h.remember("slots", "offers", "entries", "customers", "bookings", "slot_claims", "openings", "outbox", "audit_entries")
	h.exec("ALTER TABLE bookings AUTO_INCREMENT = 7000000000000") // ids that are mistaken for no other number

	tapped, wire := h.tapped(nil)
	recorded := make([]confirmed, confirms)
	for i, token := range tokens {
		recorded[i].statements = wire.during(func() { h.ok(press(tapped.client, tapped.url+paths.OfferAcceptance(token))) })
		recorded[i].booking = h.number("SELECT b.id FROM bookings b JOIN offers o ON o.id = b.offer_id WHERE o.token_hash = ?", seal.HashToken(token))
	}
	h.allBooked()

	p, bare := h.serve(h.DB, nil), h.bare()
	subject := func() float64 {
		reset()
		defer h.allBooked()
		return each(b, confirms, func(_, i int) error { return press(p.client, p.url+paths.OfferAcceptance(tokens[i])) })
	}
	floor := func() float64 {
		reset()
		defer h.allBooked()
		return each(b, confirms, func(worker, i int) error { return recorded[i].repeat(bare[worker]) })
	}
	perSecond, least, ratio := alternate(b, subject, floor)
	b.ReportMetric(perSecond, "confirms/s")
	report.add(figure{
		name: "confirms through HTTP", value: fmt.Sprintf("%.0f per second", perSecond), floor: fmt.Sprintf("%.0f per second: the same %d statements sent bare", least, len(recorded[0].statements)),
		ratio: fmt.Sprintf("%.2f", ratio), goal: fmt.Sprintf("at least %.1f", confirmsGoal), met: ratio >= confirmsGoal,
	})
	report.explain("What one confirm says to the database", "%s", list(recorded[0].statements))
}

// offersOut opens a slot for each of n people who wait, and gives the tokens of their offers, whose emails have been sent.
func (h *house) offersOut(n int) []string {
	h.b.Helper()
	service := h.AddService("Haircut", 30*time.Minute, 0)
	h.crowd(service, n, nil)
	h.opensFor(service, n)
	h.Send()
	var tokens []string
	for _, id := range h.texts("SELECT public_id FROM offers WHERE state = 'pending' ORDER BY id") {
		tokens = append(tokens, h.DB.Tokens().Make(seal.TokenOffer, id, 1))
	}
	if len(tokens) != n {
		h.b.Fatalf("%d offers are out, want %d", len(tokens), n)
	}
	return tokens
}

// opensFor opens n slots tomorrow and makes the offers.
func (h *house) opensFor(service string, n int) {
	h.b.Helper()
	for i := range confirmStaff {
		_, err := h.W.OpenSlots(h.Context(), h.Staff, waitlist.OpenSlots{
			StaffMember: h.AddStaffMember(fmt.Sprintf("Staff member %d", i), service), Date: h.today().AddDays(1), FromMinute: 9 * 60,
			Minutes: 30, Count: n / confirmStaff, Weeks: 1, OutsideHours: true,
		})
		h.ok(err)
	}
	for {
		n, err := h.W.FillDue(h.Context())
		h.ok(err)
		if n == 0 {
			break
		}
	}
}

// remember copies tables, and gives what puts all of them, and the holds in Redis, back to where they are now.
func (h *house) remember(tables ...string) (reset func()) {
	columns := map[string]string{}
	for _, table := range tables {
		var stored string // what is computed can't be written
		h.ok(h.DB.Pool().QueryRowContext(h.Context(), `SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns
			WHERE table_schema = DATABASE() AND table_name = ? AND COALESCE(generation_expression, '') = ''`, table).Scan(&stored))
		columns[table] = stored
		h.exec("CREATE TABLE was_" + table + " AS SELECT " + columns[table] + " FROM " + table)
	}
	return func() {
		h.b.Helper()
		ctx := context.Background()
		conn, err := h.DB.Pool().Conn(ctx)
		h.ok(err)
		defer conn.Close()
		statements := []string{"SET foreign_key_checks = 0"}
		for _, table := range tables {
			statements = append(statements, "DELETE FROM "+table, "INSERT INTO "+table+" ("+columns[table]+") SELECT "+columns[table]+" FROM was_"+table)
		}
		for _, statement := range append(statements, "SET foreign_key_checks = 1") {
			_, err := conn.ExecContext(ctx, statement)
			h.ok(err)
		}
		_, err = h.W.Reconcile(ctx)
		h.ok(err)
	}
}

func (h *house) allBooked() {
	h.b.Helper()
	for _, query := range []string{
		"SELECT COUNT(*) FROM bookings WHERE state = 'confirmed'", "SELECT COUNT(*) FROM offers WHERE state = 'accepted'",
		"SELECT COUNT(*) FROM slot_claims c JOIN bookings b ON b.id = c.booking_id AND b.slot_id = c.slot_id",
		"SELECT COUNT(*) FROM entries WHERE state = 'booked'", "SELECT COUNT(*) FROM outbox o JOIN bookings b ON b.id = o.booking_id WHERE o.kind = 'confirmed'",
	} {
		if n := h.number(query); n != confirms {
			h.b.Fatalf("%d after %d confirms: %s", n, confirms, query)
		}
	}
}

// confirmed is what the program said to the database while one offer was confirmed, and the id of the booking it made.
type confirmed struct {
	statements []string
	booking    int64
}

// repeat says it again. The new booking gets another id, which takes the place of the old one from then on.
func (c confirmed) repeat(conn driver.Conn) error {
	old, now := strconv.FormatInt(c.booking, 10), ""
	for _, statement := range c.statements {
		if now != "" {
			statement = strings.ReplaceAll(statement, old, now)
		}
		id, err := say(conn, statement)
		if err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
		if strings.Contains(statement, "INSERT INTO bookings") {
			now = strconv.FormatInt(id, 10)
		}
	}
	return nil
}

// say sends one statement and reads all that comes back.
func say(conn driver.Conn, statement string) (insertID int64, err error) {
	if verb(statement) != "SELECT" {
		result, err := conn.(driver.ExecerContext).ExecContext(context.Background(), statement, nil)
		if err != nil {
			return 0, err
		}
		return result.LastInsertId()
	}
	rows, err := conn.(driver.QueryerContext).QueryContext(context.Background(), statement, nil)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	row := make([]driver.Value, len(rows.Columns()))
	for err == nil {
		err = rows.Next(row)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return 0, err
}

// bare is a connection for every worker, with the program's own settings and nothing between it and the driver.
func (h *house) bare() []driver.Conn {
	h.b.Helper()
	dsn, err := db.DSN(h.databaseURL)
	h.ok(err)
	var conns []driver.Conn
	for range workers {
		conn, err := mysql.MySQLDriver{}.Open(dsn)
		h.ok(err)
		h.b.Cleanup(func() { conn.Close() })
		conns = append(conns, conn)
	}
	return conns
}
