package waitlist_test

import (
	"context"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// reminds runs the job and checks how many it reminded.
func reminds(t *testing.T, s *waitlisttest.Scene, want int) {
	t.Helper()
	n, err := s.W.RemindOffers(s.Context())
	ok(t, err)
	if n != want {
		t.Fatalf("%d were reminded, want %d", n, want)
	}
}

// delivered reports that the email of an offer arrived then.
func delivered(t *testing.T, s *waitlisttest.Scene, offerID int64, at time.Time) {
	t.Helper()
	ok(t, s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error { return s.W.OfferDelivered(ctx, tx, s.Tenant, offerID, at) }))
}

func TestAnOfferIsRemindedOfOnceFiveMinutesBeforeItsShownEnd(t *testing.T) {
	s, cut, mia := salon(t)
	first := s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Pass(2 * time.Minute)
	reminds(t, s, 0) // not even sent
	s.Send()
	s.Pass(4*time.Minute + 29*time.Second)
	reminds(t, s, 0)
	s.Pass(time.Second)
	reminds(t, s, 1)
	reminds(t, s, 0)
	m, offer := s.Messages(outbox.OfferReminder), pending(t, s, slot)
	if len(m) != 1 || *m[0].OfferID != offer.ID || !m[0].UsefulUntil.Equal(rules.ShownDeadline(offer.ExpiresAt)) {
		t.Fatalf("%+v", m)
	}
	s.Send()
	s.Pass(time.Minute)
	delivered(t, s, offer.ID, s.Now())
	if after := pending(t, s, slot); !after.ExpiresAt.After(offer.ExpiresAt) || after.RemindAt != nil {
		t.Errorf("reminded once, and delivery made it due again: %v", after.RemindAt)
	}
	ok(t, s.W.Accept(s.Context(), s.OfferTo(first)))
}

func TestAReminderMovesWithTheDeadline(t *testing.T) {
	s, cut, mia := salon(t)
	s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	s.Pass(3 * time.Minute)
	delivered(t, s, pending(t, s, slot).ID, s.Now())
	s.Pass(4*time.Minute + 29*time.Second)
	reminds(t, s, 0)
	s.Pass(time.Second)
	reminds(t, s, 1)
}

func TestAReminderIsNotLostToAReportThatComesLate(t *testing.T) {
	s, cut, mia := salon(t)
	s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	at := s.Now().Add(5 * time.Second)
	s.Pass(3 * time.Minute)
	delivered(t, s, pending(t, s, slot).ID, at)
	s.Pass(at.Add(4*time.Minute + 29*time.Second).Sub(s.Now()))
	reminds(t, s, 0)
	s.Pass(time.Second)
	reminds(t, s, 1)
}

func TestNobodyIsRemindedOfWhatTheyCanNotOrNeedNotAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		before, after func(t *testing.T, s *waitlisttest.Scene, o offered) // the offer's email goes out, is answered
		want          int
	}{
		"answered": {after: func(t *testing.T, s *waitlisttest.Scene, o offered) { ok(t, s.W.Accept(s.Context(), o.token)) }},
		"declined": {after: func(t *testing.T, s *waitlisttest.Scene, o offered) { ok(t, s.W.Decline(s.Context(), o.token, true)) }},
		"wished back": {after: func(t *testing.T, s *waitlisttest.Scene, o offered) {
			s.Pass(4*time.Minute + 25*time.Second)
			ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
		}},
		"wished back and restored": {want: 1, after: func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
			ok(t, s.W.RestoreOffer(s.Context(), s.Staff, o.offer.PublicID))
		}},
		"switched off": {before: func(t *testing.T, s *waitlisttest.Scene, o offered) {
			sql(t, s, "UPDATE offers SET remind_minutes = 0")
		}},
		"a short hold": {before: func(t *testing.T, s *waitlisttest.Scene, o offered) {
			sql(t, s, "UPDATE offers SET remind_minutes = 6")
		}},
		"nothing of it": {want: 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := watched(t)
			o := offerTo(t, s, false)
			if c.before != nil {
				c.before(t, s, o)
			}
			s.Send()
			s.Send()
			if c.after != nil {
				c.after(t, s, o)
			}
			left := o.offer.CreatedAt.Add(4*time.Minute + 35*time.Second).Sub(s.Now())
			s.Pass(left)
			reminds(t, s, c.want)
		})
	}
}

func TestTheSettingAtTheTimeOfTheOfferDecidesAboutItsReminder(t *testing.T) {
	s, cut, mia := salon(t)
	sql(t, s, "UPDATE settings SET offer_reminder_minutes = 2")
	s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	sql(t, s, "UPDATE settings SET offer_reminder_minutes = 0")
	s.Pass(7*time.Minute + 29*time.Second)
	reminds(t, s, 0)
	s.Pass(time.Second)
	reminds(t, s, 1)
}

func TestAReminderMeetsTheAnswerAndItselfAndIsOwedAtMostOnce(t *testing.T) {
	s := race(t)
	remind := job(func() (int, error) { return s.W.RemindOffers(s.Context()) })
	for range rounds {
		o := offerTo(t, s, true)
		s.Pass(4*time.Minute + 31*time.Second)
		errs := together(remind, remind, remind, func() error { return s.W.Accept(s.Context(), o.token) }, remind)
		outcomes(t, errs)
		offerState(t, s, o.token, rules.OfferAccepted)
		if n := number(t, s, "SELECT COUNT(*) FROM outbox WHERE kind = 'offer_reminder' AND offer_id = ?", o.offer.ID); n > 1 {
			t.Errorf("%d reminders of one offer", n)
		}
		reminds(t, s, 0)
		s.Pass(time.Hour)
		sql(t, s, "UPDATE slots SET state = 'withdrawn', next_try_at = NULL WHERE state = 'open'")
	}
}

func TestWhoMissesAnOfferIsToldAndKeepsTheirPlace(t *testing.T) {
	s, cut, mia := salon(t)
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	token := s.OfferTo(first)
	s.Send()
	s.Pass(10*time.Minute + time.Second)
	s.Tick()
	m := s.Messages(outbox.MovedOn)
	page, err := s.W.EntryPage(s.Context(), first.Token)
	ok(t, err)
	if len(m) != 1 || m[0].OfferID == nil || m[0].EntryID == nil || page.State != rules.EntryWaiting || s.OfferTo(second) == "" {
		t.Fatalf("%d messages, the entry is %s", len(m), page.State)
	}
	offerState(t, s, token, rules.OfferExpired)
	ok(t, s.W.Decline(s.Context(), s.OfferTo(second), true))
	s.Pass(time.Hour)
	s.Tick() // the next offer was declined; another, never sent, ends undeliverable
	s.Pass(11 * time.Minute)
	s.Tick()
	if m := s.Messages(outbox.MovedOn); len(m) != 1 {
		t.Errorf("%d messages: who declined, or never heard, needs none", len(m))
	}
}

func TestWhoseOfferIsTakenBackIsToldWhereTheyStand(t *testing.T) {
	for name, c := range map[string]struct {
		send bool
		back func(t *testing.T, s *waitlisttest.Scene, o offered)
		want int
	}{
		"the offer withdrawn": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
		}, 1},
		"and restored": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
			ok(t, s.W.RestoreOffer(s.Context(), s.Staff, o.offer.PublicID))
		}, 0},
		"before its email went out": {false, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
		}, 0},
		"the slot closed": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, o.slot))
		}, 1},
		"paused with others": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			_, err := s.W.DoBulk(s.Context(), s.Staff, waitlist.Bulk{Act: waitlist.BulkPause, Entries: []string{o.first.Entry}})
			ok(t, err)
		}, 1},
		"removed from the list": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.RemoveEntry(s.Context(), s.Staff, o.first.Entry))
		}, 0},
		"left by themselves": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.LeaveEntry(s.Context(), o.first.Token))
		}, 0},
		"the email undeliverable": {true, func(t *testing.T, s *waitlisttest.Scene, o offered) {
			ok(t, s.W.OfferUndeliverable(s.Context(), s.Tenant, o.offer.ID))
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := watched(t)
			o := offerTo(t, s, c.send)
			c.back(t, s, o)
			s.Pass(11 * time.Second)
			s.Tick()
			if m := s.Messages(outbox.Withdrawn); len(m) != c.want {
				t.Fatalf("%d were told, want %d", len(m), c.want)
			}
		})
	}
}

func TestAnOfferThatWasTakenBackWhileItsEmailWasUnderWayIsToldOf(t *testing.T) {
	s := watched(t)
	o := offerTo(t, s, false)
	ok(t, s.W.WithdrawOffer(s.Context(), s.Staff, o.offer.PublicID))
	s.Pass(11 * time.Second)
	_, err := s.W.CarryOutWishes(s.Context())
	ok(t, err)
	for range 2 {
		ok(t, s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error { return s.W.OfferSent(ctx, tx, s.Tenant, o.offer.ID) }))
	}
	if m := s.Messages(outbox.Withdrawn); len(m) != 1 {
		t.Errorf("%d messages, want 1", len(m))
	}
}

func TestWhoseTimeOnTheListEndsIsTold(t *testing.T) {
	s, cut, _ := salon(t)
	today := rules.DateOf(s.Now(), s.Zone)
	asked := s.Wait(cut, waitlist.Wishes{LatestOn: today.AddDays(1)})
	s.Join("Dan", "dan@example.org", cut, waitlist.Wishes{LatestOn: today.AddDays(1)}) // never confirmed
	_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: "Uma", Phone: "+4930901820", Wishes: waitlist.Wishes{LatestOn: today.AddDays(1)}})
	ok(t, err)
	s.Pass(48 * time.Hour)
	n, err := s.W.ExpireEntries(s.Context())
	ok(t, err)
	m := s.Messages(outbox.Expired)
	if n != 3 || len(m) != 1 {
		t.Fatalf("%d ended, %d told", n, len(m))
	}
	ok(t, s.W.BringBackEntry(s.Context(), s.Staff, asked.Entry))
	s.Pass(24 * time.Hour)
	_, err = s.W.ExpireEntries(s.Context())
	ok(t, err)
	if m := s.Messages(outbox.Expired); len(m) != 2 {
		t.Errorf("who was brought back and expired again was told %d times, want 2", len(m))
	}
	sql(t, s, "INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 7, NOW(6))", s.Tenant)
	s.Wait(cut, waitlist.Wishes{})
	s.Pass(6 * 24 * time.Hour)
	_, err = s.W.AskWhoStays(s.Context())
	ok(t, err)
	s.Pass(4 * 24 * time.Hour)
	_, err = s.W.ExpireStays(s.Context())
	ok(t, err)
	if m := s.Messages(outbox.Expired); len(m) != 3 {
		t.Errorf("who didn't say that they still wait: %d messages, want 3", len(m))
	}
}
