package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAnAcceptedOfferHasItsFullTimeFromThen(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	before := s.offer()
	s.DB.MoveClock(2 * time.Minute)

	s.delivers(s.deliverer(p.sender()), 1)

	s.is(outbox.Offer, "sent", "")
	after := s.offer()
	if after.SentAt == nil || s.in(after.ExpiresAt) != 10*time.Minute || !after.ExpiresAt.After(before.ExpiresAt.Add(time.Minute)) {
		t.Errorf("sent at %v, %s left, want 10 minutes from the acceptance", after.SentAt, s.in(after.ExpiresAt))
	}
	l := p.letters()[0]
	token := s.DB.Tokens().Make(seal.TokenOffer, after.PublicID, after.TokenVersion)
	if !strings.Contains(l.Content[0].Value, "https://wait.example/o/"+token) || !strings.Contains(l.Content[1].Value, "/o/"+token) {
		t.Errorf("the link is missing:\n%s", l.Content[0].Value)
	}
	if l.ID() != s.message(outbox.Offer).MessageID || l.Personalizations[0].To[0].Email != "amara@example.org" || l.From.Name != "Studio Nord" {
		t.Errorf("%+v", l)
	}
	s.delivers(s.deliverer(p.sender()), 0)
	if n := len(p.letters()); n != 1 {
		t.Errorf("%d letters went out", n)
	}
}

func TestEachKindReachesTheCustomerInTheirLanguage(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.joins("Amara", "amara@example.org")
	s.delivers(d, 1)
	if l := p.letters()[0]; !strings.HasPrefix(l.Subject, "Bitte bestätigen Sie Ihren Platz") {
		t.Errorf("joining: %q", l.Subject)
	}
	entry := s.message(outbox.Join)
	row, err := s.DB.GetEntryByPublicID(t.Context(), dbEntry(s, entry.CauseKey))
	s.must(err)
	s.must(s.W.ConfirmEntry(t.Context(), s.DB.Tokens().Make(seal.TokenEntry, row.PublicID, row.TokenVersion)))
	s.opens()
	s.delivers(d, 1)
	offer := s.offer()
	s.must(s.W.Accept(t.Context(), s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)))
	s.delivers(d, 1)
	booked := p.letters()[2]
	if !strings.HasPrefix(booked.Subject, "Gebucht: Haarschnitt") || len(booked.Attachments) != 1 {
		t.Fatalf("booking: %q with %d attachments", booked.Subject, len(booked.Attachments))
	}
	file, err := base64.StdEncoding.DecodeString(booked.Attachments[0].Content)
	if err != nil || !bytes.Contains(file, []byte("DTSTART:"+offer.StartsAt.Format("20060102T150405Z"))) {
		t.Errorf("the calendar file (%v):\n%s", err, file)
	}
	booking, err := s.DB.GetBooking(t.Context(), dbBooking(s, *s.message(outbox.Confirmed).BookingID))
	s.must(err)
	s.must(s.W.WishCancelBooking(t.Context(), s.Staff, booking.PublicID))
	s.DB.MoveClock(waitlist.UndoFor)
	_, err = s.W.CarryOutWishes(t.Context())
	s.must(err)
	if _, err := d.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.is(outbox.Cancelled, "sent", "")
	for _, l := range p.letters()[3:] {
		if strings.HasPrefix(l.Subject, "Abgesagt: ") && strings.Contains(l.Content[0].Value, "an Ihrem alten Platz") {
			return
		}
	}
	t.Error("no email tells of the cancellation")
}

func TestABookingThatWasCancelledMeanwhileIsNotConfirmed(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.opens()
	offer := s.offer()
	s.must(s.W.Accept(t.Context(), s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)))
	booking, err := s.DB.GetBooking(t.Context(), dbBooking(s, *s.message(outbox.Confirmed).BookingID))
	s.must(err)
	s.must(s.W.CancelBooking(t.Context(), s.DB.Tokens().Make(seal.TokenBooking, booking.PublicID, booking.TokenVersion)))
	s.delivers(d, 0)
	s.is(outbox.Confirmed, "dropped", "over")
	s.is(outbox.Offer, "dropped", "over")
}

func TestWhoLeftBeforeConfirmingIsNotAskedToConfirm(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.must(s.W.LeaveEntry(t.Context(), s.Join("Amara", "amara@example.org", s.service, waitlist.Wishes{}).Token))
	s.delivers(s.deliverer(p.sender()), 0)
	s.is(outbox.Join, "dropped", "over")
	if len(p.letters()) != 0 {
		t.Error("the email was sent")
	}
}

func TestARateLimitIsWaitedFor(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	p.answers(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	s.joins("Amara", "amara@example.org")
	s.delivers(d, 0)
	s.is(outbox.Join, "pending", "rate_limited")
	if left := s.in(s.message(outbox.Join).NextAttemptAt); left != 90*time.Second {
		t.Errorf("tried again in %s, want the 90 s asked for", left)
	}
	p.answers(nil)
	s.DB.MoveClock(89 * time.Second)
	s.delivers(d, 0)
	s.DB.MoveClock(2 * time.Second)
	s.delivers(d, 1)
	s.is(outbox.Join, "sent", "")
}

func TestTriesComeFurtherApartWhileTheyFail(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	p.answers(status(500))
	s.joins("Amara", "amara@example.org")
	for _, want := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second} {
		s.delivers(d, 0)
		if left := s.in(s.message(outbox.Join).NextAttemptAt); left != want {
			t.Errorf("tried again in %s, want %s", left, want)
		}
		s.exec("UPDATE mail_status SET failures = 0, failing_since = NULL")
		s.DB.MoveClock(want)
	}
	for attempts, want := range map[int]time.Duration{8: 640 * time.Second, 9: 15 * time.Minute, 1000: 15 * time.Minute} {
		if got := pause(attempts, false); got != want {
			t.Errorf("after %d attempts a pause of %s, want %s", attempts, got, want)
		}
	}
}

func TestAnEmailThatCannotBeDeliveredPassesTheOfferOn(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.waits("Ben", "ben@example.org")
	s.opens()
	first := s.offer()
	p.answers(status(400))
	s.delivers(s.deliverer(p.sender()), 0)

	if got := s.getOffer(first.ID).State; got != rules.OfferUndeliverable {
		t.Errorf("the offer is %s", got)
	}
	if next := s.offer(); next.CustomerID == first.CustomerID || next.SlotID != first.SlotID {
		t.Errorf("the next offer is %+v", next)
	}
	messages := s.messages(outbox.Offer)
	if len(messages) != 2 || messages[0].State != "failed" || messages[0].ErrorClass != "rejected_400" || messages[1].State != "pending" {
		t.Errorf("messages %+v", messages)
	}
	if s.status().Failures != 0 {
		t.Error("a message that is to blame itself counts against the provider")
	}
}

func TestASuppressedAddressIsNotWrittenTo(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	offer := s.offer()
	s.exec("INSERT INTO suppressions (tenant_id, email_hash, reason, created_at) VALUES (?, ?, 'bounce', ?)", s.Staff.TenantID, offer.EmailHash, s.Now())
	s.delivers(s.deliverer(p.sender()), 0)
	s.is(outbox.Offer, "dropped", "suppressed")
	if got := s.getOffer(offer.ID).State; got != rules.OfferUndeliverable || len(p.letters()) != 0 {
		t.Errorf("the offer is %s, %d letters", got, len(p.letters()))
	}
}

func TestWhatIsNoLongerUsefulIsNotSent(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.joins("Amara", "amara@example.org")
	s.DB.MoveClock(s.in(s.message(outbox.Join).UsefulUntil) + time.Second)
	s.delivers(s.deliverer(p.sender()), 0)
	s.is(outbox.Join, "dropped", "late")
	if len(p.letters()) != 0 {
		t.Error("it was sent")
	}
}

func TestNoTryIsPlannedPastTheUseOfAMessage(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	p.answers(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "899")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 0)
	if m := s.message(outbox.Offer); !m.NextAttemptAt.Equal(m.UsefulUntil) {
		t.Errorf("tried again at %s, useful until %s", m.NextAttemptAt, m.UsefulUntil)
	}
}

func TestAnOfferThatHasEndedIsNotSent(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.must(s.W.StaffDecline(t.Context(), s.Staff, s.offer().PublicID, true))
	s.delivers(s.deliverer(p.sender()), 0)
	s.is(outbox.Offer, "dropped", "over")
}

func TestAnOfferInDoubtWaitsForItsWithdrawal(t *testing.T) {
	for name, undone := range map[string]bool{"undone": true, "carried out": false} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			d := s.deliverer(p.sender())
			s.waits("Amara", "amara@example.org")
			s.opens()
			offer := s.offer()
			s.must(s.W.WithdrawOffer(t.Context(), s.Staff, offer.PublicID))
			s.delivers(d, 0)
			s.is(outbox.Offer, "pending", "")
			if undone {
				s.must(s.W.RestoreOffer(t.Context(), s.Staff, offer.PublicID))
			}
			s.DB.MoveClock(waitlist.UndoFor)
			_, err := s.W.CarryOutWishes(t.Context())
			s.must(err)
			if undone {
				s.delivers(d, 1)
				s.is(outbox.Offer, "sent", "")
				return
			}
			s.delivers(d, 0)
			s.is(outbox.Offer, "dropped", "over")
		})
	}
}

func TestAnOfferOfUnclearFateIsNotSentAgain(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{"no answer": hang, "a connection that broke": reset} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			s.waits("Amara", "amara@example.org")
			s.opens()
			p.answers(answer)
			s.delivers(s.deliverer(p.sender()), 0)
			s.is(outbox.Offer, "unknown", "unclear")
			p.answers(nil)
			s.DB.MoveClock(5 * time.Minute)
			s.delivers(s.deliverer(p.sender()), 0)
			if n := len(p.letters()); n != 1 {
				t.Errorf("handed over %d times", n)
			}
			if s.offer().State != rules.OfferPending {
				t.Error("the offer ended, though its email may have arrived")
			}
		})
	}
}

func TestAnotherMessageOfUnclearFateIsSentOnceMoreUnderTheSameID(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.joins("Amara", "amara@example.org")
	p.answers(reset)
	s.delivers(d, 0)
	s.is(outbox.Join, "pending", "unclear")

	p.answers(status(500)) // a clear failure in between makes the unclear one no clearer
	s.DB.MoveClock(time.Minute)
	s.delivers(d, 0)
	s.is(outbox.Join, "pending", "unclear")

	p.answers(reset)
	s.DB.MoveClock(time.Minute)
	s.delivers(d, 0)
	s.is(outbox.Join, "unknown", "unclear_again")

	p.answers(nil)
	s.DB.MoveClock(time.Hour)
	s.delivers(d, 0)
	letters := p.letters()
	if len(letters) != 3 || letters[0].ID() != letters[2].ID() {
		t.Errorf("handed over %d times", len(letters))
	}
}

func TestAfterACrashOnlyWhatWasCertainlyNotSentIsSentFreely(t *testing.T) {
	for name, c := range map[string]struct {
		kind    outbox.Kind
		crashes int // in the middle of handing over; 0: before
		state   string
		sent    int
	}{
		"an offer that was not begun":        {outbox.Offer, 0, "sent", 1},
		"an offer that was begun":            {outbox.Offer, 1, "unknown", 0},
		"another message that was not begun": {outbox.Join, 0, "sent", 1},
		"another message that was begun":     {outbox.Join, 1, "sent", 1},
		"another message begun twice":        {outbox.Join, 2, "unknown", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			d := s.deliverer(p.sender())
			if c.kind == outbox.Join {
				s.joins("Amara", "amara@example.org")
			} else {
				s.waits("Amara", "amara@example.org")
				s.opens()
			}
			for range max(c.crashes, 1) {
				m, ok, err := d.claim(t.Context(), ref{tenantID: s.Staff.TenantID, id: s.message(c.kind).ID})
				s.must(err)
				if !ok {
					t.Fatal("the message could not be claimed")
				}
				if c.crashes > 0 {
					ok, err := d.begin(t.Context(), m)
					s.must(err)
					if !ok {
						t.Fatal("the claim was lost")
					}
				}
				s.DB.MoveClock(lease - time.Second)
				s.must(d.reclaim(t.Context()))
				if got := s.message(c.kind).State; got != "sending" {
					t.Fatalf("within its lease the message became %s", got)
				}
				s.DB.MoveClock(2 * time.Second)
				s.must(d.reclaim(t.Context()))
			}
			s.delivers(d, c.sent)
			if got := s.message(c.kind).State; got != c.state || len(p.letters()) != c.sent {
				t.Errorf("the message is %s after %d letters, want %s after %d", got, len(p.letters()), c.state, c.sent)
			}
		})
	}
}

// dying takes a message and brings the whole process down.
type dying struct{ Sender }

func (d dying) Send(ctx context.Context, m Message) error {
	if err := d.Sender.Send(ctx, m); err != nil {
		return err
	}
	panic("killed")
}

func TestAProgramThatDiesRightAfterSendingAnOfferDoesNotSendItAgain(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.waits("Amara", "amara@example.org")
	s.opens()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("it did not die")
			}
		}()
		_, _ = s.deliverer(dying{p.sender()}).deliver(t.Context(), ref{tenantID: s.Tenant, id: s.message(outbox.Offer).ID})
	}()
	s.DB.MoveClock(lease + time.Second)
	s.delivers(s.deliverer(p.sender()), 0)
	s.is(outbox.Offer, "unknown", "unclear")
	if n := len(p.letters()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestAProviderThatBreaksDownIsNotSentTheWholeQueue(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	p.answers(status(500))
	for range 40 {
		s.joins("Amara", rand()+"@example.org")
	}
	s.delivers(s.deliverer(p.sender()), 0)
	if n := len(p.letters()); n < failsAfter || n > failsAfter+2*sideBySide {
		t.Errorf("%d of 40 messages were tried", n)
	}
}

func TestASenderWhoseClaimRanOutDoesNotSend(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.joins("Amara", "amara@example.org")
	m, _, err := d.claim(t.Context(), ref{tenantID: s.Staff.TenantID, id: s.message(outbox.Join).ID})
	s.must(err)
	s.DB.MoveClock(lease + time.Second)
	s.delivers(d, 1)
	if ok, err := d.begin(t.Context(), m); ok || err != nil {
		t.Errorf("a lost claim was renewed: %t, %v", ok, err)
	}
}

func TestFourDeliverersHandEachMessageOverOnce(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	const messages = 60
	for i := range messages {
		s.joins("Amara", string(rune('a'+i%26))+strings.Repeat("x", i/26)+"@example.org")
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for range 4 {
		wait.Go(func() {
			sender := p.sender()
			sender.HTTP.Timeout = time.Minute // a slow machine is no provider that hangs
			n, err := s.deliverer(sender).DeliverDue(context.WithoutCancel(t.Context()))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			total += n
			mu.Unlock()
		})
	}
	wait.Wait()
	seen := map[string]int{}
	for _, l := range p.letters() {
		seen[l.ID()]++
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was handed over %d times", id, n)
		}
	}
	if len(seen) != messages || total != messages {
		t.Errorf("%d messages handed over, %d counted, want %d", len(seen), total, messages)
	}
}

func TestAnEndingProgramFinishesWhatItBegan(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	ctx, stop := context.WithCancel(t.Context())
	p.answers(func(w http.ResponseWriter, _ *http.Request) {
		stop()
		w.WriteHeader(http.StatusAccepted)
	})
	s.joins("Amara", "amara@example.org")
	if n, err := s.deliverer(p.sender()).DeliverDue(ctx); n != 1 || err != nil {
		t.Errorf("%d accepted, %v", n, err)
	}
	s.is(outbox.Join, "sent", "")
}

func TestNothingPersonalIsLogged(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	for _, answer := range []http.HandlerFunc{status(400), status(500), reset} {
		p.answers(answer)
		s.joins("Canarina", "canarina-"+rand()+"@example.org")
		s.delivers(d, 0)
		s.exec("UPDATE mail_status SET failures = 0, failing_since = NULL")
	}
	d.Sender.(*SendGrid).Host = closed(t)
	s.joins("Canarina", "canarina@example.org")
	s.delivers(d, 0)
	var tokens []string
	for _, m := range s.messages(outbox.Join) {
		entry, err := s.DB.GetEntryByPublicID(t.Context(), dbEntry(s, m.CauseKey))
		s.must(err)
		tokens = append(tokens, s.DB.Tokens().Make(seal.TokenEntry, entry.PublicID, entry.TokenVersion))
	}
	if found := s.log.mentions(append(tokens, "anarina", "example.org", "canary-answer", "the-key")...); found != nil {
		t.Errorf("the log mentions %q", found)
	}
	if s.log.mentions("not accepted") == nil {
		t.Error("nothing was logged at all")
	}
}
