package mail

import (
	"context"
	"crypto/ecdsa"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/mail/sendgridtest"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// reports believes what p tells.
func (s *shop) reports(p *provider) Reports {
	return Reports{DB: s.DB, Waitlist: s.W, Keys: []*ecdsa.PublicKey{p.Public()}, Log: s.logger()}
}

// hears takes events in, as they come over HTTP.
func (s *shop) hears(p *provider, events ...sendgridtest.Event) {
	s.t.Helper()
	signature, timestamp, body := p.Signed(s.Now(), events...)
	s.must(s.reports(p).Receive(s.Context(), signature, timestamp, body))
}

func (s *shop) number(query string, args ...any) (n int) {
	s.t.Helper()
	s.must(s.DB.Pool().QueryRowContext(s.Context(), query, args...).Scan(&n))
	return n
}

// suppression is why an address isn't written to; empty when it is.
func (s *shop) suppression(address string) string {
	s.t.Helper()
	var reason string
	err := s.DB.Pool().QueryRowContext(s.Context(), "SELECT reason FROM suppressions WHERE tenant_id = ? AND email_hash = ?",
		s.Staff.TenantID, s.DB.Lookup().Email(s.Staff.TenantID, address)).Scan(&reason)
	if !db.IsNone(err) {
		s.must(err)
	}
	return reason
}

func TestADeliveryStartsTheTimeOfAnOfferOnceFromWhenItWas(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 1)
	s.DB.MoveClock(4 * time.Minute)
	l, then := p.letters()[0], s.Now()
	e := sendgridtest.About(l, "delivered", then)
	s.DB.MoveClock(2 * time.Minute) // the report is late
	s.hears(p, e, sendgridtest.About(l, "processed", then), sendgridtest.About(l, "deferred", then), sendgridtest.About(l, "open", then), sendgridtest.About(l, "click", then))

	offer := s.offer()
	if got := offer.ExpiresAt.Sub(then).Round(time.Second); offer.DeliveredAt == nil || got < 9*time.Minute+58*time.Second || got > 10*time.Minute {
		t.Errorf("delivered at %v, and ends %s after it, want 10 minutes", offer.DeliveredAt, got)
	}
	m := s.message(outbox.Offer)
	if m.State != "sent" || m.DeliveredAt == nil || then.Sub(*m.DeliveredAt) >= time.Second {
		t.Errorf("the message is %s, delivered at %v, want %s", m.State, m.DeliveredAt, then)
	}
	s.DB.MoveClock(time.Minute)
	s.hears(p, e, e)
	s.hears(p, sendgridtest.About(l, "delivered", s.Now()))
	if again := s.offer(); !again.ExpiresAt.Equal(offer.ExpiresAt) || again.Version != offer.Version {
		t.Errorf("a second report moved the deadline from %s to %s", offer.ExpiresAt, again.ExpiresAt)
	}
	if n := s.number("SELECT COUNT(*) FROM mail_events"); n != 3 {
		t.Errorf("%d events are kept, want two deliveries and the deferral", n)
	}
}

func TestAnOfferThatDoesNotArriveGoesToTheNextAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		event                    func(letter, time.Time) sendgridtest.Event
		class, suppression, kept string
	}{
		"a bounce": {func(l letter, at time.Time) sendgridtest.Event { return sendgridtest.Bounced(l, "bounce", at) }, "bounced", "bounce", "bounced bounced"},
		"a block":  {func(l letter, at time.Time) sendgridtest.Event { return sendgridtest.Bounced(l, "blocked", at) }, "blocked", "", "bounced blocked"},
		"a drop: unsubscribed": {func(l letter, at time.Time) sendgridtest.Event {
			return sendgridtest.Dropped(l, "Unsubscribed Address", at)
		}, "dropped", "unsubscribed", "dropped unsubscribed"},
		"a drop: called spam": {func(l letter, at time.Time) sendgridtest.Event {
			return sendgridtest.Dropped(l, "Spam Reporting Address", at)
		}, "dropped", "complaint", "dropped complained"},
		"a drop: spam, they say": {func(l letter, at time.Time) sendgridtest.Event { return sendgridtest.Dropped(l, "Spam Content", at) }, "dropped", "", "dropped spam_content"},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			s.waits("Amara", "amara@example.org")
			s.waits("Ben", "ben@example.org")
			s.opens()
			s.delivers(s.deliverer(p.sender()), 1)
			first, l := s.offer(), p.letters()[0]
			e := c.event(l, s.Now())
			s.hears(p, e)
			s.hears(p, e, sendgridtest.About(l, "delivered", s.Now())) // again, and what came before

			if got := s.getOffer(first.ID); got.State != rules.OfferUndeliverable || got.DeliveredAt != nil {
				t.Errorf("the offer is %s, delivered at %v", got.State, got.DeliveredAt)
			}
			if next := s.offer(); next.CustomerID == first.CustomerID || next.CauseOfferID == nil || *next.CauseOfferID != first.ID {
				t.Errorf("the next offer is %+v", next)
			}
			m := s.messages(outbox.Offer)[0]
			if m.State != "failed" || m.ErrorClass != c.class || m.DeliveredAt == nil {
				t.Errorf("the message is %s (%s)", m.State, m.ErrorClass)
			}
			if got := s.suppression("Amara@Example.org"); got != c.suppression {
				t.Errorf("suppressed because of %q, want %q", got, c.suppression)
			}
			noted := 0
			if c.suppression != "" {
				noted = 1
			}
			if n := s.number("SELECT COUNT(*) FROM audit_entries WHERE action = ? AND actor = 'program'", "suppression."+c.suppression); n != noted {
				t.Errorf("noted %d times", n)
			}
			if n := s.number("SELECT COUNT(*) FROM mail_events WHERE CONCAT(kind, ' ', class) = ?", c.kept); n != 1 {
				t.Errorf("the event is kept %d times as %q", n, c.kept)
			}
			if found := s.log.mentions("amara", "canary", "Amara"); found != nil {
				t.Errorf("the log mentions %q", found)
			}
		})
	}
}

func TestAComplaintAboutAnythingEndsTheOfferThatIsOut(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	who := s.Join("Amara", "amara@example.org", s.service, waitlist.Wishes{})
	s.delivers(d, 1)
	s.must(s.W.ConfirmEntry(t.Context(), who.Token))
	s.opens()
	s.opens()
	s.delivers(d, 1)
	offer, l := s.offer(), p.letters()[0]
	s.hears(p, sendgridtest.About(l, "delivered", s.Now()), sendgridtest.About(l, "spamreport", s.Now()))
	if got := s.getOffer(offer.ID).State; got != rules.OfferUndeliverable {
		t.Errorf("the offer is %s", got)
	}
	if n := s.number("SELECT COUNT(*) FROM offers WHERE state = 'pending'"); n != 0 {
		t.Error("they were offered something again")
	}
	s.is(outbox.Join, "failed", "complained")
	if s.suppression("amara@example.org") != "complaint" || s.message(outbox.Join).DeliveredAt == nil {
		t.Errorf("suppressed because of %q", s.suppression("amara@example.org"))
	}
}

func TestWhoUnsubscribesAtTheProviderHasNoOfferAnyMore(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 1)
	e := sendgridtest.About(p.letters()[0], "group_unsubscribe", s.Now())
	e.Email = "" // then it is the customer's address
	s.hears(p, e)
	if n := s.number("SELECT COUNT(*) FROM offers WHERE state = 'undeliverable'"); n != 1 || s.suppression("amara@example.org") != "unsubscribed" {
		t.Errorf("%d offers ended, suppressed because of %q", n, s.suppression("amara@example.org"))
	}
	s.is(outbox.Offer, "sent", "")
}

// The customer has another address by the time the bounce comes.
func TestTheAddressThatBouncedIsSuppressedAndNoOther(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.joins("Amara", "amara@example.org")
	s.delivers(s.deliverer(p.sender()), 1)
	s.exec("UPDATE customers SET email_hash = ?", s.DB.Lookup().Email(s.Staff.TenantID, "new@example.org"))
	s.hears(p, sendgridtest.Bounced(p.letters()[0], "bounce", s.Now()))
	if s.suppression("amara@example.org") != "bounce" || s.suppression("new@example.org") != "" {
		t.Errorf("%q, %q", s.suppression("amara@example.org"), s.suppression("new@example.org"))
	}
}

// A person took the address off the list of those not written to; SendGrid tells of the old bounce once more.
func TestAnEventThatIsRepeatedDoesNotActTwice(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.joins("Amara", "amara@example.org")
	s.delivers(s.deliverer(p.sender()), 1)
	l := p.letters()[0]
	e := sendgridtest.Bounced(l, "bounce", s.Now())
	s.hears(p, e)
	s.exec("DELETE FROM suppressions")
	s.hears(p, e)
	if got := s.suppression("amara@example.org"); got != "" {
		t.Errorf("suppressed again because of %q", got)
	}
	s.hears(p, sendgridtest.Bounced(l, "bounce", s.Now()))
	if s.suppression("amara@example.org") == "" {
		t.Error("a new bounce is not heard")
	}
}

func TestAnUnclearHandOverIsClearedUp(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.waits("Ben", "ben@example.org")
	p.answers(sendgridtest.Lost)
	s.opens()
	s.delivers(d, 0)
	s.is(outbox.Offer, "unknown", "unclear")
	s.DB.MoveClock(2 * time.Minute)
	l := p.Taken()[0]
	s.hears(p, sendgridtest.About(l, "processed", s.Now()))
	s.is(outbox.Offer, "sent", "")
	if offer := s.offer(); offer.SentAt == nil || s.in(offer.ExpiresAt) < 9*time.Minute+58*time.Second {
		t.Errorf("sent at %v, ends in %s", offer.SentAt, s.in(offer.ExpiresAt))
	}
	s.exec("UPDATE outbox SET state = 'unknown', error_class = 'unclear'")
	first := s.offer()
	s.hears(p, sendgridtest.Dropped(l, "Invalid", s.Now()))
	if m := s.messages(outbox.Offer)[0]; m.State != "failed" || m.ErrorClass != "dropped" || s.getOffer(first.ID).State != rules.OfferUndeliverable {
		t.Errorf("the message is %s (%s), the offer %s", m.State, m.ErrorClass, s.getOffer(first.ID).State)
	}

	p.answers(nil)
	s.exec("DELETE FROM mail_events") // they refer to what goes now
	s.exec("DELETE FROM outbox WHERE kind = 'join'")
	s.joins("Clara", "clara@example.org")
	p.answers(sendgridtest.Lost)
	s.delivers(d, 0) // Ben's offer, and this
	s.is(outbox.Join, "pending", "unclear")
	p.answers(nil)
	taken := p.Taken()
	s.DB.MoveClock(59 * time.Second)
	s.delivers(d, 0) // the provider has a minute to tell
	for _, l := range taken[1:] {
		s.hears(p, sendgridtest.About(l, "deferred", s.Now()))
	}
	s.is(outbox.Join, "sent", "")
	s.DB.MoveClock(5 * time.Minute)
	s.delivers(d, 0)
	if n := len(p.letters()); n != len(taken) {
		t.Errorf("%d letters were handed over, %d before: what the provider has went out again", n, len(taken))
	}
}

// The provider is so quick that it tells before its answer to the hand-over is heard, or instead of it.
func TestAReportThatOvertakesTheAnswerStands(t *testing.T) {
	for name, c := range map[string]struct {
		kind  string
		state string
		class string
	}{"delivered": {"delivered", "sent", ""}, "dropped": {"dropped", "failed", "dropped"}} {
		for settles, settle := range map[string]func(*Deliverer, owed) error{
			"and then a good answer": func(d *Deliverer, m owed) error { return d.settleSent(t.Context(), m) },
			"and then none": func(d *Deliverer, m owed) error {
				_, err := d.settleFailure(t.Context(), m, &Failure{Outcome: Unclear, Class: "unclear"})
				return err
			},
			"and then a crash": func(d *Deliverer, _ owed) error {
				d.DB.MoveClock(2 * time.Minute)
				return d.reclaim(t.Context())
			},
		} {
			t.Run(name+" "+settles, func(t *testing.T) {
				s, p := newShop(t), newProvider(t)
				d := s.deliverer(p.sender())
				s.waits("Amara", "amara@example.org")
				s.opens()
				row := s.message(outbox.Offer)
				m, ok, err := d.claim(t.Context(), ref{tenantID: row.TenantID, id: row.ID})
				s.must(err)
				if !ok {
					t.Fatal("not claimed")
				}
				_, err = d.begin(t.Context(), m)
				s.must(err)
				message, err := d.prepare(t.Context(), m)
				s.must(err)
				s.must(d.Sender.Send(t.Context(), message))
				offer := s.offer()
				s.hears(p, sendgridtest.About(p.letters()[0], c.kind, s.Now()))
				s.must(settle(d, m))
				s.is(outbox.Offer, c.state, c.class)
				if got := s.getOffer(offer.ID); (got.State == rules.OfferPending) != (c.kind == "delivered") || c.kind == "delivered" && got.DeliveredAt == nil {
					t.Errorf("the offer is %s, delivered at %v", got.State, got.DeliveredAt)
				}
			})
		}
	}
}

func TestALateDeliveryOfAnOfferThatIsOverChangesNothingOfIt(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.waits("Ben", "ben@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 1)
	then, offer := s.Now(), s.offer()
	s.must(s.W.Decline(t.Context(), s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion), true))
	before := s.getOffer(offer.ID)
	s.DB.MoveClock(time.Minute)
	s.hears(p, sendgridtest.About(p.letters()[0], "delivered", then))
	if after := s.getOffer(offer.ID); after.Version != before.Version || after.State != rules.OfferDeclined || after.DeliveredAt != nil {
		t.Errorf("%+v, before %+v", after, before)
	}
	if m := s.messages(outbox.Offer)[0]; m.DeliveredAt == nil || m.State != "sent" {
		t.Errorf("the message: %+v", m)
	}
}

// Twelve emails, and of each the delivery and the bounce at the same moment from several sides, each told by four at once.
func TestReportsThatComeAtOnceAddUp(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	const people = 12
	for range people {
		s.joins(rand(), rand()+"@example.org")
	}
	s.delivers(s.deliverer(p.sender()), people)
	var wait sync.WaitGroup
	start := make(chan struct{})
	for _, l := range p.letters() {
		for _, e := range []sendgridtest.Event{sendgridtest.About(l, "delivered", s.Now()), sendgridtest.Bounced(l, "blocked", s.Now())} {
			signature, timestamp, body := p.Signed(s.Now(), e)
			for range 4 {
				wait.Go(func() {
					<-start
					if err := s.reports(p).Receive(s.Context(), signature, timestamp, body); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
	close(start)
	wait.Wait()
	for _, m := range s.messages(outbox.Join) {
		if m.State != "failed" || m.ErrorClass != "blocked" || m.DeliveredAt == nil {
			t.Errorf("a message that was delivered and then came back is %s (%s), delivered at %v", m.State, m.ErrorClass, m.DeliveredAt)
		}
	}
	if n := s.number("SELECT COUNT(*) FROM mail_events"); n != 2*people {
		t.Errorf("%d events were stored, want each once: %d", n, 2*people)
	}
}

func TestAUsersAddressIsNeverSuppressed(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	until := s.Now().Add(time.Hour)
	s.must(s.DB.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return outbox.EnqueueForUser(ctx, tx, outbox.UserMessage{
			TenantID: s.Staff.TenantID, Kind: outbox.OwnershipGiven, UserID: s.Staff.UserID, Name: "Olga", Email: "olga@example.org", Locale: "en",
			CauseKey: "given", UsefulUntil: until,
		})
	}))
	s.delivers(s.deliverer(p.sender()), 1)
	l := p.letters()[0]
	s.hears(p, sendgridtest.About(l, "delivered", s.Now()), sendgridtest.Bounced(l, "bounce", s.Now()), sendgridtest.About(l, "spamreport", s.Now()))
	m, err := s.DB.GetUserMessage(t.Context(), int64(s.number("SELECT id FROM user_messages")))
	s.must(err)
	if m.State != "failed" || m.ErrorClass != "complained" || m.DeliveredAt == nil {
		t.Errorf("the message is %s (%s)", m.State, m.ErrorClass)
	}
	if n := s.number("SELECT COUNT(*) FROM suppressions"); n != 0 {
		t.Error("an address was suppressed")
	}
	if n := s.number("SELECT COUNT(*) FROM mail_events WHERE user_message_id = ? AND tenant_id = ?", m.ID, s.Staff.TenantID); n != 3 {
		t.Errorf("%d events are kept", n)
	}
}

func TestStrangersAreCountedAndNothingPersonalIsKept(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.joins("Amara", "canarina@example.org")
	s.delivers(s.deliverer(p.sender()), 1)
	l := p.letters()[0]
	stranger := sendgridtest.About(l, "delivered", s.Now())
	stranger.MessageID = seal.PublicID()
	foreign := sendgridtest.About(l, "delivered", s.Now())
	foreign.MessageID = ""
	s.hears(p, stranger, foreign, sendgridtest.About(l, "deferred", s.Now()), sendgridtest.About(l, "open", s.Now()))
	s.hears(p)
	kept, err := s.DB.GetMailReports(t.Context())
	s.must(err)
	if kept.Events != 4 || kept.Strangers != 1 || kept.LastAt.Before(s.Now().Add(-time.Minute)) {
		t.Errorf("counted %+v", kept)
	}
	if n := s.number("SELECT COUNT(*) FROM mail_events"); n != 1 {
		t.Errorf("%d events are kept", n)
	}
	for _, column := range []string{"event_id", "kind", "class"} {
		if n := s.number("SELECT COUNT(*) FROM mail_events WHERE " + column + " LIKE '%canar%'"); n != 0 {
			t.Errorf("%s holds what the provider wrote", column)
		}
	}

	d := s.deliverer(p.sender())
	s.DB.MoveClock(eventsKept - time.Minute)
	if n, err := d.ForgetEvents(t.Context()); n != 0 || err != nil {
		t.Errorf("%d forgotten too early (%v)", n, err)
	}
	s.DB.MoveClock(2 * time.Minute)
	if n, err := d.ForgetEvents(t.Context()); n != 1 || err != nil {
		t.Errorf("%d forgotten (%v)", n, err)
	}
	s.exec("DELETE FROM outbox") // the list of a business that was away for two months
}

func TestWhatIsNotSignedChangesNothing(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.joins("Amara", "amara@example.org")
	s.delivers(s.deliverer(p.sender()), 1)
	signature, timestamp, body := p.Signed(s.Now(), sendgridtest.Bounced(p.letters()[0], "bounce", s.Now()))
	for name, try := range map[string]error{
		"another body":  s.reports(p).Receive(t.Context(), signature, timestamp, []byte(strings.Replace(string(body), "bounce", "Bounce", 1))),
		"no signature":  s.reports(p).Receive(t.Context(), "", timestamp, body),
		"nobody's keys": Reports{DB: s.DB, Waitlist: s.W, Log: s.logger()}.Receive(t.Context(), signature, timestamp, body),
	} {
		if problem.KindOf(try) != problem.Forbidden {
			t.Errorf("%s: %v", name, try)
		}
	}
	s.is(outbox.Join, "sent", "")
	nonsense := []byte("canary")
	if err := s.reports(p).Receive(t.Context(), p.Sign("1", nonsense), "1", nonsense); problem.KindOf(err) != problem.InvalidInput || strings.Contains(err.Error(), "canary") {
		t.Errorf("nonsense: %v", err)
	}
}
