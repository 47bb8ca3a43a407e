package mail

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// slot is the only slot there is.
func (s *shop) slot() db.Slot {
	s.t.Helper()
	var id int64
	s.must(s.DB.Pool().QueryRowContext(s.t.Context(), "SELECT id FROM slots ORDER BY id DESC LIMIT 1").Scan(&id))
	slot, err := s.DB.GetSlot(s.t.Context(), db.GetSlotParams{TenantID: s.Tenant, ID: id})
	s.must(err)
	return slot
}

// lives does what the jobs do at this moment.
func (s *shop) lives(d *Deliverer) {
	s.t.Helper()
	_, err := s.W.FillDue(s.t.Context())
	s.must(err)
	_, err = d.DeliverDue(s.t.Context())
	s.must(err)
}

// subjects are the first words of what was handed over, from the n-th letter on.
func (p *provider) subjects(from int) []string {
	var list []string
	for _, l := range p.letters()[from:] {
		first, _, _ := strings.Cut(l.Subject, " ")
		if strings.HasSuffix(first, ",") { // the day that is offered
			first = "Frei:"
		}
		list = append(list, l.Personalizations[0].To[0].Email+": "+first)
	}
	return list
}

func (s *shop) waitsUntil(reason rules.UnfilledReason, at time.Time) {
	s.t.Helper()
	if slot := s.slot(); slot.UnfilledReason != reason || slot.WaitsUntil == nil || !slot.WaitsUntil.Equal(at) {
		s.t.Errorf("the slot says %s until %v, want %s until %s", slot.UnfilledReason, slot.WaitsUntil, reason, at.UTC())
	}
}

func TestANightOpeningIsHeldBackAndItsOfferSentAtTheEndOfQuietHours(t *testing.T) {
	for name, evening := range map[string]rules.Date{
		"any night": {Year: 2027, Month: 3, Day: 2}, "the short night": {Year: 2027, Month: 3, Day: 27}, "the long night": {Year: 2027, Month: 10, Day: 30},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newShop(t), newProvider(t)
			d := s.deliverer(p.sender())
			s.exec("UPDATE settings SET quiet_from_minute = 1320, quiet_to_minute = 420")
			s.StartAt(evening.In(21*60, s.Zone).AddDate(0, 0, -24))
			s.waits("Amara", "amara@example.org")
			s.waits("Bela", "bela@example.org")
			s.exec("INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, NOW(6))", s.Tenant)
			night, morning := evening.In(22*60+30, s.Zone), evening.AddDays(1).In(7*60, s.Zone)
			s.DB.MoveClock(night.Sub(s.Now()))

			s.opens()
			if n, err := s.W.AskWhoStays(t.Context()); err != nil || n != 2 {
				t.Fatalf("asked %d, %v", n, err)
			}
			s.joins("Chloé", "chloe@example.org") // who waits at the screen
			s.lives(d)
			s.waitsUntil(rules.ReasonQuietHours, morning)
			if got := p.subjects(0); !slices.Equal(got, []string{"chloe@example.org: Bitte"}) {
				t.Fatalf("in the night %q went out", got)
			}
			for _, m := range s.messages(outbox.StillWaiting) {
				if m.State != "pending" || m.ErrorClass != "quiet_hours" || !m.NextAttemptAt.Equal(morning) || m.Attempts != 0 {
					t.Errorf("a question that can wait is %+v", m)
				}
			}

			s.DB.MoveClock(morning.Add(-time.Second).Sub(s.Now()))
			s.lives(d)
			if n := len(p.letters()); n != 1 {
				t.Fatalf("%d letters a second before the end", n)
			}
			s.DB.MoveClock(time.Second)
			s.lives(d)
			got := p.subjects(1)
			slices.Sort(got)
			if want := []string{"amara@example.org: Frei:", "amara@example.org: Warten", "bela@example.org: Warten"}; !slices.Equal(got, want) {
				t.Errorf("in the morning %q went out, want %q", got, want)
			}
			if offer := s.offer(); offer.CreatedAt.Before(morning) || offer.SentAt == nil {
				t.Errorf("the offer was made at %s and sent at %v", offer.CreatedAt, offer.SentAt)
			}
		})
	}
}

func TestAnOpeningSoonAfterTheNightIsAskedAboutAtOnceWhereABusinessWantsThat(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.exec("UPDATE settings SET quiet_from_minute = 1320, quiet_to_minute = 420")
	s.waits("Amara", "amara@example.org")
	s.StartAt(time.Date(2027, 3, 2, 22, 30, 0, 0, s.Zone))
	s.Open(s.chair, 1, "07:30", 30*time.Minute)
	s.lives(d)
	if len(p.letters()) != 0 || s.slot().UnfilledReason != rules.ReasonQuietHours {
		t.Fatalf("%q went out, the slot says %s", p.subjects(0), s.slot().UnfilledReason)
	}
	s.exec("UPDATE settings SET night_openings = 'ask'")
	s.W.Wake(t.Context(), s.Tenant)
	s.lives(d)
	if got := p.subjects(0); !slices.Equal(got, []string{"amara@example.org: Frei:"}) {
		t.Errorf("%q went out", got)
	}
	s.must(s.W.Accept(t.Context(), s.offerToken()))
	s.lives(d)
	if got := p.subjects(1); !slices.Equal(got, []string{"amara@example.org: Gebucht:"}) {
		t.Errorf("after the answer %q went out", got)
	}
}

func TestALimitPerHourHoldsOffersBackAndLetsOthersWaitTheirTurn(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.waits("Bela", "bela@example.org")
	s.exec("INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, NOW(6))", s.Tenant)
	s.Pass(24 * 24 * time.Hour)
	s.exec("UPDATE settings SET messages_per_hour = 3")
	s.joins("First", "first@example.org")
	s.delivers(d, 1)
	first := s.Now()
	s.Pass(time.Minute)
	s.joins("Second", "second@example.org")
	s.delivers(d, 1)
	second := s.Now()
	s.Pass(time.Minute)

	s.opens() // and the third is an offer
	s.opens() // for which there is no room, though the first offer's email has yet to go
	if slot := s.slot(); slot.UnfilledReason != rules.ReasonHourLimit {
		t.Errorf("the second slot says %s", slot.UnfilledReason)
	}
	s.lives(d)
	s.Pass(30 * time.Second)
	s.lives(d)
	s.waitsUntil(rules.ReasonHourLimit, lastSent(s, 3).Add(time.Hour))
	if got := p.subjects(2); !slices.Equal(got, []string{"amara@example.org: Frei:"}) {
		t.Fatalf("%q went out", got)
	}

	if n, err := s.W.AskWhoStays(t.Context()); err != nil || n != 1 { // Bela, since Amara has an offer
		t.Fatalf("asked %d, %v", n, err)
	}
	s.Pass(time.Second)
	s.joins("Third", "third@example.org")
	s.lives(d)
	s.is(outbox.StillWaiting, "pending", "limited")
	if n := len(p.letters()); n != 3 {
		t.Fatalf("%q went out beyond the limit", p.subjects(3))
	}
	use, err := waitlist.ReadHourlyUse(t.Context(), s.DB.Queries, s.Tenant, 3, s.Now())
	s.must(err)
	if use.Sent != 3 || use.Room() != 0 {
		t.Errorf("used %+v", use)
	}

	s.DB.MoveClock(first.Add(time.Hour).Sub(s.Now())) // room for one, who waits at the screen
	s.Pass(time.Second)
	d.mustDeliver(t)
	if got := p.subjects(3); !slices.Equal(got, []string{"third@example.org: Bitte"}) {
		t.Fatalf("%q went out first", got)
	}
	s.is(outbox.StillWaiting, "pending", "limited")
	s.DB.MoveClock(second.Add(time.Hour).Sub(s.Now())) // and for one more
	s.Pass(leastWait)
	d.mustDeliver(t)
	if got := p.subjects(4); !slices.Equal(got, []string{"bela@example.org: Warten"}) {
		t.Fatalf("%q went out next", got)
	}
	s.is(outbox.StillWaiting, "sent", "")
}

// mustDeliver runs one round.
func (d *Deliverer) mustDeliver(t *testing.T) {
	t.Helper()
	if _, err := d.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// lastSent is when the n-th newest message was handed over.
func lastSent(s *shop, n int) time.Time {
	s.t.Helper()
	var at time.Time
	s.must(s.DB.Pool().QueryRowContext(s.t.Context(), "SELECT sent_at FROM outbox WHERE sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1 OFFSET ?", n-1).Scan(&at))
	return at
}

func TestManyThatWaitForRoomGoOutInOrderAndNeverBeyondTheLimit(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.exec("UPDATE settings SET messages_per_hour = 10")
	for i := range 25 {
		s.joins(fmt.Sprintf("Person %d", i), fmt.Sprintf("p%02d@example.org", i))
	}
	for hour := range 3 {
		for range 3 { // however often it looks
			d.mustDeliver(t)
			s.Pass(leastWait)
		}
		if n, want := len(p.letters()), min(10*(hour+1), 25); n != want {
			t.Fatalf("after hour %d %d went out, want %d", hour, n, want)
		}
		batch := p.subjects(10 * hour)
		slices.Sort(batch)
		if want := fmt.Sprintf("p%02d@example.org: Bitte", 10*hour); batch[0] != want {
			t.Errorf("in hour %d the first was %s, want %s", hour, batch[0], want)
		}
		s.Pass(time.Hour)
	}
}

func TestAnAddressThatIsFloodedWithLinksGetsItsBoundOnly(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.exec("UPDATE settings SET messages_per_day = 3, contacts_per_day = 10, contact_gap_minutes = 0")
	for i := range 10 { // by somebody who isn't Amara, all at one moment
		s.joins(fmt.Sprintf("Flood %d", i), "amara@example.org")
	}
	s.joins("Bela", "bela@example.org")
	s.delivers(d, 4)
	dropped := 0
	for _, m := range s.messages(outbox.Join) {
		if m.State == "dropped" && m.ErrorClass == "day_limit" {
			dropped++
		}
	}
	if dropped != 7 || len(p.letters()) != 4 {
		t.Errorf("%d dropped, %q went out", dropped, p.subjects(0))
	}

	// What her appointment hangs on goes out all the same.
	s.WaitAs("Flood 1", "amara@example.org", s.service, waitlist.Wishes{})
	s.opens()
	s.lives(d)
	s.must(s.W.Accept(t.Context(), s.offerToken()))
	s.lives(d)
	if got := p.subjects(4); !slices.Equal(got, []string{"amara@example.org: Frei:", "amara@example.org: Gebucht:"}) {
		t.Errorf("%q went out", got)
	}

	// What can wait does, until her next day.
	s.exec("INSERT INTO joining (tenant_id, expiry_days, updated_at) VALUES (?, 30, NOW(6))", s.Tenant)
	s.exec("UPDATE entries SET stays_from = ? WHERE state = 'waiting'", s.Now().Add(-29*24*time.Hour))
	s.WaitAs("Flood 2", "amara@example.org", s.service, waitlist.Wishes{})
	s.exec("UPDATE entries SET stays_from = ? WHERE state = 'waiting'", s.Now().Add(-29*24*time.Hour))
	if n, err := s.W.AskWhoStays(t.Context()); err != nil || n != 1 {
		t.Fatalf("asked %d, %v", n, err)
	}
	s.lives(d)
	s.is(outbox.StillWaiting, "pending", "day_limit")
	s.DB.MoveClock(time.Date(2027, 3, 2, 0, 0, 0, 0, s.Zone).Sub(s.Now()))
	s.lives(d)
	s.is(outbox.StillWaiting, "sent", "")
}

// offerToken is what the link of the only pending offer holds.
func (s *shop) offerToken() string {
	s.t.Helper()
	offer := s.offer()
	return s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
}
