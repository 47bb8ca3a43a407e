package mail

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// shop is a business with one service and one staff member, whose mail a test delivers.
type shop struct {
	*waitlisttest.Scene
	t              *testing.T
	service, chair string // public ids
	slots          int    // opened so far
	log            *transcript
}

// guardOut names a statement that package negative takes a guard of the database out with.
const guardOut = "WAITLIST_TEST_GUARD_OUT"

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{Scene: waitlisttest.New(t), t: t, log: &transcript{}}
	if guard := os.Getenv(guardOut); guard != "" {
		s.exec(guard)
	}
	s.service = s.AddService("Haarschnitt", 30*time.Minute, 0)
	s.chair = s.AddStaffMember("Mia", s.service)
	return s
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// deliverer works through sender.
func (s *shop) deliverer(sender Sender) *Deliverer {
	return &Deliverer{DB: s.DB, Waitlist: s.W, Sender: sender, Base: "https://wait.example", Log: s.logger()}
}

func (s *shop) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// waits adds a confirmed customer to the end of the list, and takes the email about that out of the way.
func (s *shop) waits(name, address string) {
	s.t.Helper()
	s.WaitAs(name, address, s.service, waitlist.Wishes{})
	s.exec("DELETE FROM outbox WHERE kind = 'join'")
}

// joins leaves an unconfirmed customer with an email to be sent.
func (s *shop) joins(name, address string) {
	s.t.Helper()
	s.Join(name, address, s.service, waitlist.Wishes{})
}

// opens opens a slot next week that overlaps no other, and so makes an offer if anybody waits.
func (s *shop) opens() {
	s.t.Helper()
	s.Open(s.chair, 7, fmt.Sprintf("%02d:%02d", 10+s.slots/2, 30*(s.slots%2)), 30*time.Minute)
	s.slots++
}

// offer is the only pending offer.
func (s *shop) offer() db.Offer {
	s.t.Helper()
	offers, err := s.DB.PendingOffersOf(s.t.Context(), s.Staff.TenantID)
	s.must(err)
	if len(offers) != 1 {
		s.t.Fatalf("%d pending offers, want 1", len(offers))
	}
	return offers[0]
}

func (s *shop) getOffer(id int64) db.Offer {
	s.t.Helper()
	offer, err := s.DB.GetOffer(s.t.Context(), db.GetOfferParams{TenantID: s.Staff.TenantID, ID: id})
	s.must(err)
	return offer
}

// messages are all of a kind, oldest first.
func (s *shop) messages(kind outbox.Kind) []db.OutboxMessage {
	s.t.Helper()
	rows, err := s.DB.Pool().QueryContext(s.t.Context(), "SELECT id FROM outbox WHERE kind = ? ORDER BY id", string(kind))
	s.must(err)
	defer rows.Close()
	var found []db.OutboxMessage
	for rows.Next() {
		var id int64
		s.must(rows.Scan(&id))
		m, err := s.DB.GetOutboxMessage(s.t.Context(), db.GetOutboxMessageParams{TenantID: s.Staff.TenantID, ID: id})
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
	return at.Sub(s.Now()).Round(time.Second)
}

func (s *shop) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.DB.Pool().ExecContext(s.t.Context(), query, args...)
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

func dbEntry(s *shop, causeKey string) db.GetEntryByPublicIDParams {
	publicID, _, _ := strings.Cut(causeKey, "/")
	return db.GetEntryByPublicIDParams{TenantID: s.Staff.TenantID, PublicID: publicID}
}

func dbBooking(s *shop, id int64) db.GetBookingParams {
	return db.GetBookingParams{TenantID: s.Staff.TenantID, ID: id}
}

// rand makes an address nobody had before.
func rand() string { return strings.ToLower(seal.PublicID()) }
