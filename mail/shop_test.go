package mail

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// shop is a business with one service and one staff member, whose mail a test delivers.
type shop struct {
	t              *testing.T
	db             *db.DB
	waitlist       *waitlist.Waitlist
	staff          waitlist.Staff
	service, chair string // public ids
	slots          int    // opened so far
	log            *transcript
}

func newShop(t *testing.T) *shop {
	t.Helper()
	d := dbtest.Open(t)
	s := &shop{t: t, db: d, log: &transcript{}}
	s.waitlist = waitlist.New(d, holds.New(redistest.Start(t), redistest.Prefix(t)), s.logger())
	s.must(d.InTx(t.Context(), s.found))
	return s
}

func (s *shop) found(ctx context.Context, tx *db.Tx) error {
	now, err := tx.Now(ctx)
	s.must(err)
	s.staff.UserID = 1
	s.staff.TenantID, err = tx.AddTenant(ctx, db.AddTenantParams{PublicID: seal.PublicID(), Slug: "studio-nord", WrappedKey: tx.WrapNewKey(), CreatedAt: now})
	s.must(err)
	s.must(tx.AddSettings(ctx, db.AddSettingsParams{
		TenantID: s.staff.TenantID, Name: "Studio Nord", Zone: "Europe/Berlin", Currency: "EUR", Locale: "de", Address: "Am Kai 1", UpdatedAt: now,
	}))
	w := rules.DefaultWeights()
	for _, key := range []string{"a", "b"} {
		s.must(tx.AddWeights(ctx, db.AddWeightsParams{
			TenantID: s.staff.TenantID, OrderKey: key, Version: 1, WaitPerHour: w.WaitPerHour, PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift,
		}))
	}
	s.service, s.chair = seal.PublicID(), seal.PublicID()
	serviceID, err := tx.AddService(ctx, db.AddServiceParams{
		TenantID: s.staff.TenantID, PublicID: s.service, Name: "Haarschnitt", DurationMinutes: 30, PriceKind: rules.PriceFree, CreatedAt: now,
	})
	s.must(err)
	staffID, err := tx.AddStaffMember(ctx, db.AddStaffMemberParams{TenantID: s.staff.TenantID, PublicID: s.chair, Name: "Mia", CreatedAt: now})
	s.must(err)
	return tx.AddStaffService(ctx, db.AddStaffServiceParams{TenantID: s.staff.TenantID, StaffMemberID: staffID, ServiceID: serviceID})
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// deliverer works through sender.
func (s *shop) deliverer(sender Sender) *Deliverer {
	return &Deliverer{DB: s.db, Waitlist: s.waitlist, Sender: sender, Base: "https://wait.example", Log: s.logger()}
}

func (s *shop) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// waits adds a confirmed customer to the end of the list, and takes the email about that out of the way.
func (s *shop) waits(name, address string) {
	s.t.Helper()
	_, err := s.waitlist.AddEntry(s.t.Context(), s.staff, waitlist.AddEntry{
		Service: s.service, Name: name, Email: address, Consent: true, Wording: "Yes.", Locale: "en",
	})
	s.must(err)
	s.exec("DELETE FROM outbox WHERE kind = 'join'")
}

// joins leaves an unconfirmed customer with an email to be sent.
func (s *shop) joins(name, address string) {
	s.t.Helper()
	s.must(s.waitlist.Join(s.t.Context(), s.staff.TenantID, waitlist.Join{
		Service: s.service, Name: name, Email: address, Consent: true, Wording: "Ja.", Locale: "de",
	}))
}

// opens opens a slot a week from now that overlaps no other, and so makes an offer if anybody waits.
func (s *shop) opens() {
	s.t.Helper()
	now, err := s.db.Now(s.t.Context())
	s.must(err)
	_, err = s.waitlist.OpenSlots(s.t.Context(), s.staff, waitlist.OpenSlots{
		StaffMember: s.chair, Date: rules.DateOf(now.AddDate(0, 0, 7), time.UTC), FromMinute: 600 + 30*s.slots, Minutes: 30, Count: 1, Weeks: 1, OutsideHours: true,
	})
	s.must(err)
	s.slots++
}

// offer is the only pending offer.
func (s *shop) offer() db.Offer {
	s.t.Helper()
	offers, err := s.db.PendingOffersOf(s.t.Context(), s.staff.TenantID)
	s.must(err)
	if len(offers) != 1 {
		s.t.Fatalf("%d pending offers, want 1", len(offers))
	}
	return offers[0]
}

func (s *shop) getOffer(id int64) db.Offer {
	s.t.Helper()
	offer, err := s.db.GetOffer(s.t.Context(), db.GetOfferParams{TenantID: s.staff.TenantID, ID: id})
	s.must(err)
	return offer
}

// messages are all of a kind, oldest first.
func (s *shop) messages(kind outbox.Kind) []db.OutboxMessage {
	s.t.Helper()
	rows, err := s.db.Pool().QueryContext(s.t.Context(), "SELECT id FROM outbox WHERE kind = ? ORDER BY id", string(kind))
	s.must(err)
	defer rows.Close()
	var found []db.OutboxMessage
	for rows.Next() {
		var id int64
		s.must(rows.Scan(&id))
		m, err := s.db.GetOutboxMessage(s.t.Context(), db.GetOutboxMessageParams{TenantID: s.staff.TenantID, ID: id})
		s.must(err)
		found = append(found, m)
	}
	s.must(rows.Err())
	return found
}

// message is the only one of its kind.
func (s *shop) message(kind outbox.Kind) db.OutboxMessage {
	s.t.Helper()
	found := s.messages(kind)
	if len(found) != 1 {
		s.t.Fatalf("%d messages of kind %s, want 1", len(found), kind)
	}
	return found[0]
}

// is checks the state and class of the only message of a kind.
func (s *shop) is(kind outbox.Kind, state, class string) {
	s.t.Helper()
	if m := s.message(kind); m.State != state || m.ErrorClass != class {
		s.t.Errorf("the message is %s (%s), want %s (%s)", m.State, m.ErrorClass, state, class)
	}
}

// delivers runs one round and checks how many messages were accepted.
func (s *shop) delivers(d *Deliverer, want int) {
	s.t.Helper()
	got, err := d.DeliverDue(s.t.Context())
	s.must(err)
	if got != want {
		s.t.Errorf("%d messages were accepted, want %d", got, want)
	}
}

func (s *shop) status() db.MailStatus {
	s.t.Helper()
	status, err := s.deliverer(nil).status(s.t.Context())
	s.must(err)
	return status
}

// in is how long from now a moment is, to the second.
func (s *shop) in(at time.Time) time.Duration {
	s.t.Helper()
	now, err := s.db.Now(s.t.Context())
	s.must(err)
	return at.Sub(now).Round(time.Second)
}

func (s *shop) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.db.Pool().ExecContext(s.t.Context(), query, args...)
	s.must(err)
}

// transcript keeps what was logged.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *transcript) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// mentions tells which of the words were logged.
func (l *transcript) mentions(words ...string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []string
	for _, word := range words {
		if strings.Contains(l.text.String(), word) {
			found = append(found, word)
		}
	}
	return found
}
