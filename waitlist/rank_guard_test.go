package waitlist_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// queue adds n people who wait for a service, joined a second after each other from a moment on, without the acts of joining.
// Each can change the row before it is added.
func queue(t *testing.T, s *waitlisttest.Scene, service string, n int, from time.Time, change func(i int, e *db.Entry)) (firstID int64) {
	t.Helper()
	id := int64(number(t, s, "SELECT id FROM services WHERE public_id = ?", service))
	firstID = int64(number(t, s, "SELECT COALESCE(MAX(id), 0) + 1 FROM entries"))
	firstID = max(firstID, int64(number(t, s, "SELECT COALESCE(MAX(id), 0) + 1 FROM customers")))
	a, b := weights(t, s, "a"), weights(t, s, "b")
	customers := &batch{table: "customers", columns: "id, tenant_id, public_id, name, email, email_hash, identity_hash, locale, created_at"}
	entries := &batch{table: "entries", columns: `id, tenant_id, public_id, customer_id, service_id, live_service_id, state, source, joined_at, confirmed_at,
		notice_minutes, preferred_staff_id, order_key_a, order_key_b, order_version_a, order_version_b, consented, token_hash, created_at`}
	consents := &batch{table: "consents", columns: "tenant_id, customer_id, entry_id, wording, locale, given_at"}
	for i := range n {
		e := db.Entry{ID: firstID + int64(i), JoinedAt: from.Add(time.Duration(i) * time.Second), FlexibleDays: 7, AnyStaff: true}
		if change != nil {
			change(i, &e)
		}
		key := func(w rules.Weights) int64 {
			return rules.OrderKey(w, e.JoinedAt, rules.FixedParts(w, rules.EntryFacts{FlexibleDays: 7, AnyStaff: true}).Fixed())
		}
		address := []byte(rand.Text() + rand.Text())[:32]
		customers.add(e.ID, s.Tenant, seal.PublicID(), []byte("sealed"), []byte("sealed"), address, address, "de", e.JoinedAt)
		entries.add(e.ID, s.Tenant, seal.PublicID(), e.ID, id, id, rules.EntryWaiting, "public", e.JoinedAt, e.JoinedAt,
			e.NoticeMinutes, e.PreferredStaffID, key(a), key(b), 1, 1, true, address, e.JoinedAt)
		consents.add(s.Tenant, e.ID, e.ID, "Ja.", "de", e.JoinedAt)
	}
	for _, b := range []*batch{customers, entries, consents} {
		b.insert(t, s)
	}
	return firstID
}

// ranked are the entries that wait, best first, by the ranking in force.
func ranked(t *testing.T, s *waitlisttest.Scene) (ids []string) {
	t.Helper()
	list, err := s.W.WaitingList(s.Context(), s.Tenant, 1000)
	ok(t, err)
	for _, entry := range list {
		ids = append(ids, entry.ID)
	}
	return ids
}

// byFacts are the same by facts alone, under some weights.
func byFacts(t *testing.T, s *waitlisttest.Scene, w rules.Weights) (ids []string) {
	t.Helper()
	e := readEverybody(t, s)
	entries := slices.DeleteFunc(e.entries, func(entry db.Entry) bool { return !entry.State.Live() })
	slices.SortFunc(entries, func(x, y db.Entry) int {
		if a, b := e.key(w, x), e.key(w, y); a != b {
			return int(min(1, max(-1, a-b)))
		}
		return int(x.ID - y.ID)
	})
	for _, entry := range entries {
		ids = append(ids, entry.PublicID)
	}
	return ids
}

func TestNewWeightsRankInOneMomentWhoeverJoinsMeanwhile(t *testing.T) {
	w := newTown(t, 3)
	before := weights(t, w.Scene, "a")
	after := before
	after.PriorityPerLevel, after.WaitPerHour, after.Flexibility, after.NoShow = 20, 25, 700, 10
	if slices.Equal(byFacts(t, w.Scene, before), byFacts(t, w.Scene, after)) {
		t.Fatal("both weights rank alike: nothing to see")
	}
	save(t, w.Scene, after)
	join := func(i int) func() error {
		return func() error {
			_, err := w.W.AddEntry(w.Context(), w.Staff, waitlist.AddEntry{
				Service: w.services[0], Name: fmt.Sprintf("Late %d", i), Phone: "+49 30 901820", Priority: i % 3,
			})
			return err
		}
	}
	acts := []func() error{
		job(func() (int, error) { return w.W.Rekey(w.Context()) }),
		job(func() (int, error) { return w.W.Rekey(w.Context()) }),
	}
	for i := range 4 {
		acts = append(acts, join(i), func() error {
			return w.W.SetPriority(w.Context(), w.Staff, w.waiters[i].Entry, 3, "while weights change")
		})
	}
	outcomes(t, together(acts...))
	settings, err := w.DB.GetSettings(w.Context(), w.Tenant)
	ok(t, err)
	w.StartAt(settings.RekeySince.Add(15 * time.Second))
	_, err = w.W.Rekey(w.Context())
	ok(t, err)
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, before)) {
		t.Error("the new weights rank before everybody can have their place under them")
	}
	w.StartAt(settings.RekeySince.Add(21 * time.Second))
	_, err = w.W.Rekey(w.Context())
	ok(t, err)
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, after)) {
		t.Error("the list is not ranked by the new weights")
	}
	keysHold(t, w.Scene)
}

func TestAnEntryLeftWithAnOldPlaceHoldsTheNewWeightsBack(t *testing.T) {
	s := race(t)
	cut, _ := stage(s)
	first := queue(t, s, cut, 205, s.Now().Add(-time.Hour), nil) // more than one batch
	changed := weights(t, s, "b")
	changed.WaitPerHour = 30
	save(t, s, changed)
	_, err := s.W.Rekey(s.Context())
	ok(t, err)
	// Written by an act that had read the old weights, and committed after its batch was through.
	sql(t, s, "UPDATE entries SET order_key_b = 0, order_version_b = order_version_b - 1 WHERE id = ?", first)
	s.Pass(21 * time.Second)
	_, err = s.W.Rekey(s.Context())
	ok(t, err)
	rows(t, s, 1, "settings WHERE live_order_key = 'a' AND rekeying")
	_, err = s.W.Rekey(s.Context())
	ok(t, err)
	rows(t, s, 1, "settings WHERE live_order_key = 'b' AND NOT rekeying")
	keysHold(t, s)
}

func TestWhoLosesToABonusTooOftenIsLifted(t *testing.T) {
	for _, c := range []struct {
		name   string
		limit  int
		lifted bool
	}{{"after three times", 3, true}, {"never when lifting is off", 0, false}} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			sql(t, s, "UPDATE weights SET pass_over_limit = ?", c.limit)
			cut, mia := stage(s)
			patient := s.Wait(cut, waitlist.Wishes{})
			for i := range 4 {
				fond := s.Wait(cut, waitlist.Wishes{PreferredStaff: mia})
				s.Open(mia, 1, fmt.Sprintf("%d:00", 10+i), time.Hour)
				s.Send()
				lifted := s.OfferTo(patient) != ""
				if lifted == (s.OfferTo(fond) != "") {
					t.Fatal("not one of the two was asked")
				}
				if lifted != (c.lifted && i == 3) {
					t.Fatalf("after %d times passed over, lifted: %v", i, lifted)
				}
			}
		})
	}
}

func TestPlacesFollowWhatPeopleDo(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	o := offerTo(t, s, true)
	s.WaitAs(o.first.Name, o.first.Email, cut, waitlist.Wishes{}) // also waits for another service
	ok(t, s.W.Decline(s.Context(), o.token, true))
	s.Send()
	s.Pass(11 * time.Minute)
	s.Tick() // the second lets their offer lapse
	keysHold(t, s)
	for i, end := range []func(context.Context, waitlist.Staff, string) error{s.W.CompleteBooking, s.W.NoShowBooking} {
		id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
			StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone), FromMinute: 12*60 + 60*i, Name: o.second.Name, Email: o.second.Email,
		})
		ok(t, err)
		s.Pass(5 * time.Hour)
		ok(t, end(s.Context(), s.Staff, id))
		s.Pass(waitlist.UndoFor)
		s.Tick()
		keysHold(t, s)
		s.Pass(-5*time.Hour - waitlist.UndoFor)
	}
	rows(t, s, 1, "customers WHERE visits = 1 AND no_shows = 1")
}
