package invariants_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/invariants"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// life is a business in which a little of everything has happened, with the ids of what the cases break.
type life struct {
	*waitlisttest.Scene
	t     *testing.T
	ids   map[string]int64
	table []string
}

func newLife(t *testing.T) *life {
	t.Helper()
	l := &life{Scene: waitlisttest.New(t), t: t, ids: map[string]int64{}}
	ctx := l.Context()
	cut := l.AddService("Cut", time.Hour, 0)
	mia, ben := l.AddStaffMember("Mia", cut), l.AddStaffMember("Ben", cut)
	l.rated(cut, mia)
	ada := l.Wait(cut, waitlist.Wishes{OnlyStaff: []string{mia, ben}, PreferredStaff: mia, Windows: []rules.Window{{From: 0, To: 1440}}})
	l.Open(mia, 1, "10:00", time.Hour)
	l.Send()
	l.must(l.W.Accept(ctx, l.OfferTo(ada)))
	l.Open(ben, 4, "10:00", time.Hour)
	_, err := l.W.Book(ctx, l.Staff, waitlist.Book{StaffMember: ben, Service: cut, Date: rules.DateOf(l.Now(), l.Zone).AddDays(4), FromMinute: 600, Name: ada.Name, Email: ada.Email})
	l.must(err)
	bea, cem := l.Wait(cut, waitlist.Wishes{}), l.Wait(cut, waitlist.Wishes{})
	l.Open(mia, 1, "12:00", time.Hour)
	l.Send()
	l.must(l.W.Decline(ctx, l.OfferTo(bea), false))
	l.Send()
	l.Pass(5 * time.Minute)
	_, err = l.W.RemindOffers(ctx)
	l.must(err)
	l.Pass(6 * time.Minute)
	l.Tick() // Cem lets the offer lapse
	l.Pass(time.Hour)
	l.Open(ben, 2, "12:00", time.Hour)
	l.Send()
	if l.OfferTo(cem) == "" {
		t.Fatal("the last one has no offer out")
	}
	l.Join("Dan", "dan@example.org", cut, waitlist.Wishes{})
	l.imports()
	l.tags(cut)
	_, err = l.W.AddTag(ctx, l.WithKey("Website"), waitlist.TagForm{Name: "Online", Colour: "red"})
	l.must(err)
	l.exec("INSERT INTO list_caps (tenant_id, service_id, list_cap) SELECT tenant_id, MIN(id), 100 FROM services GROUP BY tenant_id")
	l.exec("INSERT INTO closures (tenant_id, public_id, from_date, to_date, staff_member_id, created_at) SELECT tenant_id, 'closed', '2027-05-01', '2027-05-02', MIN(id), {now} FROM staff_members GROUP BY tenant_id")
	l.exec(`INSERT INTO user_messages (message_id, kind, user_id, email, name, locale, cause_key, state, next_attempt_at, useful_until, created_at)
		SELECT 'told', 'password_changed', id, email, name, 'en', 'told', 'sent', {now}, {now}, {now} FROM users`)
	l.exec(`INSERT INTO mail_events (tenant_id, event_id, outbox_id, kind, happened_at, created_at)
		SELECT tenant_id, 'told', MIN(id), 'processed', {now}, {now} FROM outbox WHERE kind = 'join' GROUP BY tenant_id`)
	l.exec(`INSERT INTO webhook_endpoints (tenant_id, public_id, name, url, secret, after_sequence, created_by, created_at) SELECT id, 'hook', 'Till', 'x', 'x', 1, 1, {now} FROM tenants`,
		`INSERT INTO webhook_deliveries (tenant_id, public_id, endpoint_id, event_id, event_type, sequence, body, next_attempt_at, happened_at, created_at)
		SELECT tenant_id, 'delivery', id, 'evt_1', 'slot.opened', 1, '{}', {now}, {now}, {now} FROM webhook_endpoints`)
	l.exec("INSERT INTO closure_skips (tenant_id, closure_id, on_date) SELECT tenant_id, id, from_date FROM closures")
	l.exec("INSERT INTO staff_hours (tenant_id, staff_member_id, weekday, from_minute, to_minute) SELECT tenant_id, MIN(id), 1, 540, 720 FROM staff_members GROUP BY tenant_id")
	l.exec("INSERT INTO service_categories (tenant_id, public_id, name, created_at) SELECT id, 'category', 'Hair', {now} FROM tenants")
	l.exec("UPDATE services SET category_id = (SELECT MIN(id) FROM service_categories)")
	l.Send()
	l.Tick()
	_, err = audit.New(l.DB, slog.New(slog.DiscardHandler)).Link(ctx)
	l.must(err)
	for name, query := range map[string]string{
		"pending": "SELECT id FROM offers WHERE state = 'pending'", "accepted": "SELECT id FROM offers WHERE state = 'accepted'",
		"declined": "SELECT id FROM offers WHERE state = 'declined'", "expired": "SELECT id FROM offers WHERE state = 'expired'",
		"held": "SELECT id FROM slots WHERE state = 'held'", "open": "SELECT id FROM slots WHERE state = 'open'",
		"booked":  "SELECT slot_id FROM bookings WHERE offer_id IS NOT NULL",
		"booking": "SELECT id FROM bookings WHERE offer_id IS NOT NULL", "direct": "SELECT MAX(id) FROM bookings WHERE offer_id IS NULL",
		"waits": "SELECT id FROM entries WHERE state = 'offered'", "done": "SELECT id FROM entries WHERE state = 'booked'",
		"unconfirmed": "SELECT id FROM entries WHERE state = 'unconfirmed'", "asked": "SELECT customer_id FROM offers WHERE state = 'pending'",
		"filled": "SELECT id FROM openings WHERE outcome = 'filled'", "ended": "SELECT id FROM openings WHERE outcome = 'booked'",
		"mail": "SELECT MAX(id) FROM outbox WHERE kind = 'offer'", "tenant": "SELECT id FROM tenants", "import": "SELECT id FROM imports",
		"over": "SELECT id FROM bookings WHERE thanked_at IS NOT NULL", "rating": "SELECT id FROM ratings",
		"moved_on": "SELECT id FROM outbox WHERE kind = 'moved_on'", "reminder": "SELECT id FROM outbox WHERE kind = 'reminder'",
		"noted": "SELECT MAX(id) FROM audit_entries", "told": "SELECT id FROM user_messages", "event": "SELECT id FROM mail_events",
		"key": "SELECT id FROM api_keys", "by_key": "SELECT id FROM audit_entries WHERE actor = 'key'",
		"hook": "SELECT id FROM webhook_endpoints", "delivery": "SELECT id FROM webhook_deliveries",
	} {
		var id int64
		if err := l.DB.Pool().QueryRowContext(ctx, query).Scan(&id); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l.ids[name] = id
	}
	l.keep()
	return l
}

// rated is somebody who was reminded of an appointment, came, was thanked and gave four stars.
func (l *life) rated(service, staffMember string) {
	l.t.Helper()
	ctx := l.Context()
	id, err := l.W.Book(ctx, l.Staff, waitlist.Book{StaffMember: staffMember, Service: service, Date: rules.DateOf(l.Now(), l.Zone).AddDays(1), FromMinute: 600, Name: "Eve", Email: "eve@example.org"})
	l.must(err)
	token := l.DB.Tokens().Make(seal.TokenBooking, id, 1)
	l.Pass(2 * time.Hour)
	_, err = l.W.RemindBookings(ctx)
	l.must(err)
	l.Send()
	l.must(l.W.ConfirmComing(ctx, token))
	l.Pass(27 * time.Hour)
	_, err = l.W.ThankCustomers(ctx)
	l.must(err)
	l.Send()
	l.must(l.W.Rate(ctx, token, 4))
}

// tags gives everybody on the list a tag.
func (l *life) tags(service string) {
	l.t.Helper()
	tag, err := l.W.AddTag(l.Context(), l.Staff, waitlist.TagForm{Name: "Regular", Colour: "blue"})
	l.must(err)
	_, err = l.W.DoBulk(l.Context(), l.Staff, waitlist.Bulk{Act: waitlist.BulkTag, Tag: tag, All: true, Filter: waitlist.ListFilter{Service: service}})
	l.must(err)
}

// imports brings a list of one, who did not agree to emails and so takes nobody's opening.
func (l *life) imports() {
	l.t.Helper()
	ctx := l.Context()
	id, err := l.W.UploadImport(ctx, l.Staff, waitlist.Upload{FileName: "list.csv", Content: []byte("Ida,ida@example.org\n")})
	l.must(err)
	p, err := l.W.ImportPage(ctx, l.Tenant, id, 0)
	l.must(err)
	l.must(l.W.CheckImport(ctx, l.Staff, id, p.Mapping, p.Version))
	l.must(l.W.StartImport(ctx, l.Staff, id, waitlist.StartImport{Version: p.Version + 1, Locale: "en"}))
	_, err = l.W.RunImports(ctx)
	l.must(err)
}

func (l *life) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// exec runs statements with no foreign key in the way, each {name} replaced by an id.
func (l *life) exec(statements ...string) {
	l.t.Helper()
	conn, err := l.DB.Pool().Conn(l.Context())
	l.must(err)
	defer conn.Close()
	_, err = conn.ExecContext(l.Context(), "SET foreign_key_checks = 0")
	l.must(err)
	defer func() {
		_, err := conn.ExecContext(context.WithoutCancel(l.Context()), "SET foreign_key_checks = 1")
		l.must(err)
	}()
	for _, statement := range statements {
		for name, id := range l.ids {
			statement = strings.ReplaceAll(statement, "{"+name+"}", strconv.FormatInt(id, 10))
		}
		statement = strings.ReplaceAll(statement, "{now}", "'"+l.Now().UTC().Format("2006-01-02 15:04:05.000000")+"'")
		if _, err := conn.ExecContext(l.Context(), statement); err != nil {
			l.t.Fatalf("%s: %v", statement, err)
		}
	}
}

// keep copies what is broken later; mend brings it back.
func (l *life) keep() {
	l.t.Helper()
	l.table = []string{"slots", "offers", "entries", "bookings", "slot_claims", "outbox", "consents", "suppressions", "entry_staff", "entry_windows", "closures", "openings", "imports", "import_rows", "list_caps", "closure_skips", "staff_hours", "services", "customer_tags", "bulk_acts", "bulk_changes", "audit_entries", "audit_heads", "user_messages", "memberships", "mail_events", "ratings", "api_keys", "webhook_endpoints", "webhook_deliveries"}
	for _, table := range l.table {
		columns := l.columns(table)
		l.exec("CREATE TABLE kept_"+table+" LIKE "+table, "INSERT INTO kept_"+table+" ("+columns+") SELECT "+columns+" FROM "+table)
	}
}

// columns are those of a table that can be written: what is computed from others can't.
func (l *life) columns(table string) (list string) {
	l.t.Helper()
	l.must(l.DB.Pool().QueryRowContext(l.Context(), `SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = ? AND COALESCE(generation_expression, '') = ''`, table).Scan(&list))
	return list
}

func (l *life) mend() {
	l.t.Helper()
	for _, table := range l.table {
		columns := l.columns(table)
		l.exec("DELETE FROM "+table, "INSERT INTO "+table+" ("+columns+") SELECT "+columns+" FROM kept_"+table)
	}
}

// broken are the names of the invariants that the data breaks, with the rows that do.
func (l *life) broken(since time.Time) map[string][]string {
	l.t.Helper()
	violations, err := invariants.Check(l.Context(), l.DB, since)
	l.must(err)
	rows := map[string][]string{}
	for _, v := range violations {
		rows[v.Invariant] = append(rows[v.Invariant], v.Row)
	}
	return rows
}

type breach struct {
	name string
	sql  []string
	row  string   // which row is named
	also []string // what cannot be broken without these
}

const (
	claimed   = "a live offer is in its slot's claim, and the slot is held"
	stands    = "a booking that stands is in its slot's claim, and the slot is booked"
	claims    = "a claim names the live offer or the booking of its slot"
	held      = "a held slot has a live offer, a booked one a booking, any other no claim"
	succeeded = "an offer that ended without a booking has a successor, or its slot is owed one or is closed"
	columns   = "an offer's columns agree with its state"
	live      = "a customer has at most one live offer, marked as such"
	asked     = "an entry with a live offer is offered, and the other way round"
	its       = "an accepted offer has its booking"
	cause     = "an email has its cause"
	within    = "a booking lies within its slot"
	opened    = "a slot that is open or held has a live opening, and no other has"
	outcome   = "an opening's columns agree with its outcome"
	headAtEnd = "the head of an audit trail stands at its last entry"
	taken     = "a filled opening has the booking of an accepted offer for its slot, a booked one has staff's, and any other none"
	beyond    = "no webhook has looked beyond the end of its audit trail"
	unfailed  = "a webhook that has not failed is left alone for nothing"
	counted   = "an import has counted what it did, and leaves nothing when it is done"
	reminded  = "a booking that was reminded of has one reminder, and any other none"
	thanked   = "a booking that was thanked for has one thank-you, after its end, and any other none"
	rating    = "a rating is its customer's, of an appointment that was over, and was changed within fourteen days if at all"
	unasked   = "nobody is offered a slot after their address was suppressed"
	graced    = "an old secret of an API key ends within seven days of its rotation, and with the key"
	oneEmail  = "an offer to an address has exactly one email, and one to call has none"
)

var breaches = []breach{
	{name: "a slot has at most one live offer or booking", row: "slot {booked}",
		sql:  []string{"UPDATE offers SET slot_id = {booked} WHERE id = {pending}"},
		also: []string{claimed, claims}},
	{name: claimed, row: "offer {pending}", sql: []string{"DELETE FROM slot_claims WHERE offer_id = {pending}"}, also: []string{held}},
	{name: stands, row: "booking {booking}", sql: []string{"DELETE FROM slot_claims WHERE booking_id = {booking}"}, also: []string{held}},
	{name: claims, row: "claim of slot {held}", sql: []string{"UPDATE slot_claims SET offer_id = {expired} WHERE slot_id = {held}"}, also: []string{claimed}},
	{name: held, row: "slot {open}", sql: []string{"UPDATE slots SET state = 'held', next_try_at = NULL WHERE id = {open}"},
		also: []string{succeeded}},
	{name: "a staff member's slots never overlap", row: "slots {held} and",
		sql: []string{`INSERT INTO slots (tenant_id, public_id, staff_member_id, starts_at, ends_at, state, origin, next_try_at, created_at)
			SELECT tenant_id, 'planted', staff_member_id, ends_at - INTERVAL 1 MINUTE, ends_at + INTERVAL 1 HOUR, 'open', 'staff', {now}, {now} FROM slots WHERE id = {held}`}, also: []string{opened}},
	{name: within, row: "booking {booking}", sql: []string{"UPDATE bookings SET ends_at = ends_at + INTERVAL 1 MINUTE WHERE id = {booking}"}},
	{name: "a customer's bookings never overlap", row: "bookings {booking} and {direct}", also: []string{within},
		sql: []string{"UPDATE bookings SET starts_at = starts_at - INTERVAL 3 DAY, ends_at = ends_at - INTERVAL 3 DAY WHERE id = {direct}"}},

	{name: opened, row: "slot {open}", sql: []string{"DELETE FROM openings WHERE live_slot_id = {open}"}},
	{name: opened, row: "slot {booked}", also: []string{outcome},
		sql: []string{"UPDATE openings SET live_slot_id = slot_id WHERE id = {filled}"}},
	{name: outcome, row: "opening {filled}", sql: []string{"UPDATE openings SET ended_at = opened_at - INTERVAL 1 SECOND WHERE id = {filled}"}},
	{name: taken, row: "opening {filled}",
		sql: []string{"UPDATE openings SET booking_id = {direct} WHERE id = {filled}"}},
	{name: taken, row: "opening {ended}",
		sql: []string{"UPDATE openings SET booking_id = NULL WHERE id = {ended}"}},

	{name: "an accepted offer was accepted before its deadline", row: "offer {accepted}", sql: []string{"UPDATE offers SET ended_at = expires_at WHERE id = {accepted}"}},
	{name: "an expired offer was ended after its deadline", row: "offer {expired}",
		sql: []string{"UPDATE offers SET ended_at = expires_at - INTERVAL 1 MICROSECOND WHERE id = {expired}"}},
	{name: "a deadline is never past its cap, nor before the first one", row: "offer {pending}",
		sql: []string{"UPDATE offers SET expires_cap_at = expires_at - INTERVAL 1 MICROSECOND WHERE id = {pending}"}},
	{name: "no live offer is long past its deadline", row: "offer {pending}",
		sql: []string{"UPDATE offers SET created_at = created_at - INTERVAL 1 DAY, expires_at = expires_at - INTERVAL 1 DAY WHERE id = {pending}"}},
	{name: succeeded, row: "offer {expired}", sql: []string{"UPDATE slots SET cause_offer_id = NULL WHERE id = {open}"}},
	{name: "an open slot has a moment when it is tried, and is tried then", row: "slot {open}",
		sql: []string{"UPDATE slots SET next_try_at = {now} - INTERVAL 61 SECOND WHERE id = {open}"}},
	{name: "an open slot that was tried says why it is not filled", row: "slot {open}",
		sql: []string{"UPDATE slots SET unfilled_reason = '', next_try_at = {now} + INTERVAL 20 SECOND WHERE id = {open}"}},
	{name: live, row: "offer {pending}", sql: []string{"UPDATE offers SET live_customer_id = NULL WHERE id = {pending}"}},
	{name: asked, row: "entry {waits}", sql: []string{"UPDATE entries SET state = 'waiting' WHERE id = {waits}"}},
	{name: columns, row: "offer {pending}", sql: []string{"UPDATE offers SET ended_at = {now} WHERE id = {pending}"}},
	{name: its, row: "offer {accepted}", sql: []string{"UPDATE bookings SET offer_id = NULL WHERE id = {booking}"}, also: []string{taken}},

	{name: "a live entry is marked as such, and one that ended says when", row: "entry {unconfirmed}",
		sql: []string{"UPDATE entries SET live_service_id = NULL, ended_at = {now} WHERE id = {unconfirmed}"}},
	{name: "a booked entry has a booking", row: "entry {done}", sql: []string{"UPDATE bookings SET entry_id = NULL"}},
	{name: "an entry that emails may go to has a consent behind it", row: "entry {waits}", sql: []string{"DELETE FROM consents WHERE entry_id = {waits}"}},

	{name: "a row of an import has its entry exactly when one was made of it", row: "line 1 of import {import}",
		sql: []string{"UPDATE import_rows SET state = 'kept', entry_id = NULL"}},
	{name: counted, row: "import {import}", sql: []string{"UPDATE imports SET rows_added = 0"}},
	{name: counted, row: "import {import}", sql: []string{"UPDATE import_rows SET state = 'good', entry_id = NULL"}},

	{name: oneEmail, row: "offer {pending}", sql: []string{"DELETE FROM outbox WHERE offer_id = {pending}"}},
	{name: cause, row: "message {mail}", sql: []string{"UPDATE outbox SET offer_id = NULL WHERE id = {mail}"}, also: []string{oneEmail}},
	{name: "no email is being sent long past its lease", row: "message {mail}",
		sql: []string{"UPDATE outbox SET state = 'sending', lease_until = {now} - INTERVAL 61 SECOND WHERE id = {mail}"}},
	{name: "no email waits past its usefulness", row: "message {mail}",
		sql: []string{"UPDATE outbox SET state = 'pending', useful_until = {now} - INTERVAL 17 MINUTE WHERE id = {mail}"}},
	{name: "an email to a user has its cause", row: "message {told} to a user", sql: []string{"UPDATE user_messages SET user_id = NULL"}},
	{name: "no email to a user is being sent long past its lease", row: "message {told} to a user",
		sql: []string{"UPDATE user_messages SET state = 'sending', lease_until = {now} - INTERVAL 61 SECOND"}},
	{name: "no email to a user waits past its usefulness", row: "message {told} to a user",
		sql: []string{"UPDATE user_messages SET state = 'pending', useful_until = {now} - INTERVAL 17 MINUTE"}},
	{name: "a business that people work in has an owner", row: "business {tenant}", sql: []string{"UPDATE memberships SET role = 'admin'"}},
	{name: "nothing was sent to a suppressed address after its suppression", row: "message {mail}",
		sql: []string{`INSERT INTO suppressions (tenant_id, email_hash, reason, created_at)
			SELECT tenant_id, email_hash, 'bounce', {now} - INTERVAL 61 SECOND FROM customers WHERE id = {asked}`,
			"UPDATE outbox SET sent_at = {now} WHERE id = {mail}"},
		also: []string{unasked}},
	{name: unasked, row: "offer {pending}",
		sql: []string{`INSERT INTO suppressions (tenant_id, email_hash, reason, created_at)
			SELECT tenant_id, email_hash, 'bounce', created_at - INTERVAL 1 MICROSECOND FROM offers WHERE id = {pending}`}},
	{name: "an event of the provider is stored once", row: "event {event}", sql: []string{"ALTER TABLE mail_events DROP INDEX mail_events_event",
		"INSERT INTO mail_events (tenant_id, event_id, outbox_id, kind, happened_at, created_at) SELECT tenant_id, event_id, outbox_id, kind, happened_at, created_at FROM mail_events"}},
	{name: "an event of the provider is about one message", row: "event {event}", sql: []string{"UPDATE mail_events SET user_message_id = {told}"}},
	{name: "an event of the provider is forgotten in time", row: "event {event}", sql: []string{"UPDATE mail_events SET created_at = {now} - INTERVAL 62 DAY"}},
	{name: "an offer whose email came back is not out", row: "offer {pending}",
		sql: []string{"UPDATE outbox SET state = 'failed', error_class = 'bounced' WHERE id = {mail}"}},

	{name: "an offer is reminded of at most once, after its email went out", row: "offer {expired}",
		sql: []string{"UPDATE outbox SET created_at = created_at - INTERVAL 1 HOUR WHERE kind = 'offer_reminder'"}},
	{name: "an offer that has ended waits for no reminder", row: "offer {accepted}", sql: []string{"UPDATE offers SET remind_at = {now} WHERE id = {accepted}"}},
	{name: "no live offer waits for its reminder long past its time", row: "offer {pending}", sql: []string{"UPDATE offers SET remind_at = {now} - INTERVAL 61 SECOND WHERE id = {pending}"}},
	{name: "who is told that an offer went on, or was taken back, had one that did", row: "message {moved_on}", sql: []string{"UPDATE outbox SET kind = 'withdrawn' WHERE id = {moved_on}"}},
	{name: "who is told that an offer went on, or was taken back, had one that did", row: "message {moved_on}", sql: []string{"UPDATE outbox SET offer_id = {accepted} WHERE id = {moved_on}"}},
	{name: reminded, row: "booking {over}", sql: []string{"DELETE FROM outbox WHERE id = {reminder}"}},
	{name: reminded, row: "booking {booking}", sql: []string{"UPDATE bookings SET reminded_at = {now} WHERE id = {booking}"}},
	{name: "no reminder was sent after its appointment had begun", row: "message {reminder}", sql: []string{"UPDATE outbox SET sent_at = sent_at + INTERVAL 1 DAY WHERE id = {reminder}"}},
	{name: "who comes said so before the appointment began", row: "booking {over}", sql: []string{"UPDATE bookings SET coming_at = starts_at WHERE id = {over}"}},
	{name: thanked, row: "booking {over}", sql: []string{"DELETE FROM outbox WHERE kind = 'thanks'"}},
	{name: thanked, row: "booking {over}", sql: []string{"UPDATE bookings SET thanked_at = ends_at - INTERVAL 1 SECOND WHERE id = {over}"}},
	{name: "nobody is thanked twice within thirty days", row: "bookings {over} and {direct}", also: []string{thanked},
		sql: []string{"UPDATE bookings SET customer_id = (SELECT customer_id FROM (SELECT customer_id FROM bookings WHERE id = {over}) x), thanked_at = {now} WHERE id = {direct}"}},
	{name: rating, row: "rating {rating}", sql: []string{"UPDATE ratings SET customer_id = {asked}"}},
	{name: rating, row: "rating {rating}", sql: []string{"UPDATE ratings SET changed_at = given_at + INTERVAL 15 DAY"}},
	{name: rating, row: "rating {rating}", sql: []string{"UPDATE ratings SET given_at = given_at - INTERVAL 1 DAY"}},

	{name: graced, row: "API key {key}", sql: []string{"UPDATE api_keys SET rotated_at = {now}, old_secret_hash = secret_hash, old_secret_until = {now} + INTERVAL 8 DAY"}},
	{name: graced, row: "API key {key}", sql: []string{"UPDATE api_keys SET old_secret_hash = secret_hash, old_secret_until = {now} + INTERVAL 1 DAY"}},
	{name: graced, row: "API key {key}", sql: []string{"UPDATE api_keys SET rotated_at = {now}, revoked_at = {now}, old_secret_hash = secret_hash, old_secret_until = {now} + INTERVAL 1 DAY"}},
	{name: "what an API key did is noted as done by a key of the same business", row: "audit entry {by_key}", sql: []string{"UPDATE audit_entries SET actor_id = 987654321 WHERE actor = 'key'"}},

	{name: "an act that was noted is linked into the audit trail within a minute", row: "audit entry {noted}",
		sql:  []string{"UPDATE audit_entries SET chain_sequence = NULL, at = {now} - INTERVAL 61 SECOND WHERE id = {noted}"},
		also: []string{headAtEnd}},
	{name: headAtEnd, row: "audit trail of business {tenant}", sql: []string{"UPDATE audit_heads SET hash = REPEAT('x', 32)"}},
	{name: headAtEnd, row: "audit trail of business {tenant}", sql: []string{"UPDATE audit_heads SET length = length - 1"}},
	{name: headAtEnd, row: "audit trail of business {tenant}", sql: []string{"DELETE FROM audit_heads"}, also: []string{beyond}},

	{name: "no event is being sent to a webhook long past its lease", row: "webhook delivery {delivery}",
		sql: []string{"UPDATE webhook_deliveries SET state = 'sending', claim_token = 'lost', lease_until = {now} - INTERVAL 61 SECOND"}},
	{name: beyond, row: "webhook {hook}", sql: []string{"UPDATE webhook_endpoints SET after_sequence = 1000000"}},
	{name: "what a webhook is told of it has looked at", row: "webhook delivery {delivery}", sql: []string{"UPDATE webhook_deliveries SET sequence = 2"}},
	{name: unfailed, row: "webhook {hook}", sql: []string{"UPDATE webhook_endpoints SET failures = 1"}},
	{name: unfailed, row: "webhook {hook}", sql: []string{"UPDATE webhook_endpoints SET wait_until = {now}"}},
	{name: "what was sent to a webhook is forgotten in time", row: "webhook delivery {delivery}", sql: []string{"UPDATE webhook_deliveries SET created_at = {now} - INTERVAL 32 DAY"}},
}

// foreign lets every reference point to a row of another business, one after the other.
func foreign(name string) breach {
	reference, _, _ := strings.Cut(name, " ")
	table, column, _ := strings.Cut(reference, ".")
	return breach{name: name, row: table + " of business {tenant} with " + column + " 987654321",
		sql: []string{fmt.Sprintf("UPDATE %s SET %s = 987654321 ORDER BY tenant_id LIMIT 1", table, column)}}
}

func TestEveryInvariantNamesTheRowThatBreaksIt(t *testing.T) {
	l := newLife(t)
	since := l.Now().Add(-24 * time.Hour)
	if rows := l.broken(since); len(rows) > 0 {
		t.Fatalf("broken before anything was: %v", rows)
	}
	tested := map[string]bool{}
	try := func(b breach, alone bool) {
		t.Helper()
		tested[b.name] = true
		t.Run(b.name, func(t *testing.T) {
			l.exec(b.sql...)
			rows := l.broken(since)
			want := b.row
			for name, id := range l.ids {
				want = strings.ReplaceAll(want, "{"+name+"}", strconv.FormatInt(id, 10))
			}
			if !slices.ContainsFunc(rows[b.name], func(row string) bool { return strings.HasPrefix(row, want) }) {
				t.Errorf("it names %v, want %q", rows[b.name], want)
			}
			for name := range rows {
				if alone && name != b.name && !slices.Contains(b.also, name) {
					t.Errorf("this breaks also: %s: %v", name, rows[name])
				}
			}
			l.mend()
		})
	}
	for _, b := range breaches {
		try(b, true)
	}
	for _, name := range invariants.Names() {
		if strings.HasSuffix(name, "is of the same business") {
			try(foreign(name), false) // a reference to nobody is wrong in other ways too
		}
		if !tested[name] {
			t.Errorf("nothing shows that %q can be broken", name)
		}
	}
	if rows := l.broken(since); len(rows) > 0 {
		t.Errorf("not mended: %v", rows)
	}
}

func TestAProgramThatHasJustStartedIsNotBlamedForWhatItFinds(t *testing.T) {
	l := newLife(t)
	l.exec(
		"UPDATE offers SET created_at = created_at - INTERVAL 1 DAY, expires_at = expires_at - INTERVAL 1 DAY WHERE id = {pending}",
		"UPDATE slots SET next_try_at = {now} - INTERVAL 61 SECOND WHERE id = {open}",
		"UPDATE outbox SET state = 'sending', lease_until = {now} - INTERVAL 61 SECOND WHERE id = {mail}",
	)
	if rows := l.broken(l.Now().Add(-59 * time.Second)); len(rows) > 0 {
		t.Errorf("blamed within its first minute: %v", rows)
	}
	if rows := l.broken(l.Now().Add(-61 * time.Second)); len(rows) != 3 {
		t.Errorf("after its first minute: %v, want three invariants broken", rows)
	}
	l.mend()
}
