package waitlist_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// save saves weights as a page does that shows the present ones.
func save(t *testing.T, s *waitlisttest.Scene, w rules.Weights) {
	t.Helper()
	settings, err := waitlist.LoadSettings(s.Context(), s.DB.Queries, s.Tenant)
	ok(t, err)
	ok(t, s.W.ChangeWeights(s.Context(), s.Staff, waitlist.ChangeWeights{Weights: w, Reason: "because", Version: settings.WeightsVersion()}))
}

// settle has everything written and the new order rank.
func settle(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	s.Pass(21 * time.Second)
	_, err := s.W.Rekey(s.Context())
	ok(t, err)
	rows(t, s, 0, "settings WHERE rekeying")
}

// Priorities, visits and new entries come while batches are written, by several instances at once. Every entry must end with the place that
// its facts make, though each act wrote its own while a batch that held older facts may have been under way.
func TestNoPlaceIsLostToABatchBeingWritten(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	var waiters []waitlisttest.Waiter
	var bookings []string
	for i := range 12 {
		who := s.Wait(cut, waitlist.Wishes{})
		id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
			StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone), FromMinute: 10*60 + 60*i, Name: who.Name, Email: who.Email, OutsideHours: true,
		})
		ok(t, err)
		waiters, bookings = append(waiters, s.WaitAs(who.Name, who.Email, cut, waitlist.Wishes{})), append(bookings, id)
	}
	s.StartAt(s.Now().Add(26 * time.Hour))
	queue(t, s, cut, 300, s.Now().Add(-time.Hour), nil)
	for _, id := range bookings {
		ok(t, s.W.CompleteBooking(s.Context(), s.Staff, id))
	}
	s.Pass(waitlist.UndoFor)
	changed := weights(t, s, "a")
	for round := range 6 {
		changed.WaitPerHour, changed.LoyaltyPerVisit, changed.PriorityPerLevel = 11+round, 30+round, 400+round
		save(t, s, changed)
		acts := []func() error{}
		for range 2 {
			acts = append(acts, job(func() (int, error) { return s.W.Rekey(s.Context()) }))
		}
		for i, who := range waiters {
			acts = append(acts, func() error { return s.W.SetPriority(s.Context(), s.Staff, who.Entry, (round+i)%4, "meanwhile") })
		}
		if round == 0 {
			acts = append(acts, job(func() (int, error) { return s.W.CarryOutWishes(s.Context()) }))
		}
		for i := range 3 {
			acts = append(acts, func() error {
				_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: cut, Name: fmt.Sprintf("Late %d %d", round, i), Phone: "+49 30 901820"})
				return err
			})
		}
		outcomes(t, together(acts...))
		_, err := s.W.Rekey(s.Context())
		ok(t, err)
		settle(t, s)
		keysHold(t, s)
	}
	rows(t, s, 12, "customers WHERE visits = 1")
}

func TestAnInstanceGoesOnWhereAnotherStopped(t *testing.T) {
	s := race(t)
	cut, _ := stage(s)
	first := queue(t, s, cut, 600, s.Now().Add(-time.Hour), nil)
	changed := weights(t, s, "b")
	changed.WaitPerHour = 30
	save(t, s, changed)
	progress := func() waitlist.Rekeying {
		p, err := s.W.Rekeying(s.Context(), s.Tenant)
		ok(t, err)
		return p
	}
	if p := progress(); !p.Going || p.Total != 600 || p.Written != 0 || p.Stalled() {
		t.Errorf("at first: %+v", p)
	}
	// The second batch waits for somebody; then the instance is stopped.
	other, err := s.DB.Pool().Begin()
	ok(t, err)
	defer func() { _ = other.Rollback() }()
	_, err = other.Exec("SELECT id FROM entries WHERE id = ? FOR UPDATE", first+300)
	ok(t, err)
	ctx, stop := context.WithCancel(s.Context())
	stopped := make(chan error)
	go func() {
		_, err := s.W.Rekey(ctx)
		stopped <- err
	}()
	for progress().Written == 0 {
		runtime.Gosched()
	}
	if p := progress(); p.Written != 250 || p.MovedAt == nil {
		t.Errorf("while the second batch waits: %+v", p)
	}
	stop()
	ok(t, other.Rollback())
	if <-stopped == nil {
		t.Error("the instance went on")
	}
	s.Pass(2 * time.Minute)
	left := progress()
	if !left.Going || left.Written != 250 && left.Written != 500 || !left.Stalled() {
		t.Errorf("two minutes after it was stopped: %+v", left)
	}
	n, err := s.W.Rekey(s.Context())
	ok(t, err)
	if n != left.Total-left.Written {
		t.Errorf("another instance wrote %d, want the %d that were left", n, left.Total-left.Written)
	}
	rows(t, s, 1, "settings WHERE live_order_key = 'b' AND NOT rekeying")
	if p := progress(); p.Going {
		t.Errorf("in the end: %+v", p)
	}
	keysHold(t, s)
}

func TestWeightsSavedMeanwhileTakeThePlaceOfThoseBroughtIn(t *testing.T) {
	w := newTown(t, 5)
	now := weights(t, w.Scene, "a")
	second := now
	second.PriorityPerLevel, second.WaitPerHour = 20, 25
	third := now
	third.Flexibility, third.NoShow = 900, 0
	save(t, w.Scene, second)
	_, err := w.W.Rekey(w.Context())
	ok(t, err)
	save(t, w.Scene, third)
	rows(t, w.Scene, 1, "settings WHERE rekeying AND rekey_written = 0 AND rekey_after_id = 0")
	_, err = w.W.Rekey(w.Context())
	ok(t, err)
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, now)) {
		t.Error("weights that were given up rank")
	}
	settle(t, w.Scene)
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, third)) {
		t.Error("the list is not ranked by the weights saved last")
	}
	save(t, w.Scene, second)
	_, err = w.W.Rekey(w.Context())
	ok(t, err)
	save(t, w.Scene, third) // those that rank: there is nothing to bring in any more
	rows(t, w.Scene, 0, "settings WHERE rekeying")
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, third)) {
		t.Error("ending it changed the order")
	}
	save(t, w.Scene, now)
	settle(t, w.Scene)
	settle(t, w.Scene)
	if got := ranked(t, w.Scene); !slices.Equal(got, byFacts(t, w.Scene, now)) {
		t.Error("the first weights do not rank again")
	}
	keysHold(t, w.Scene)
}

func TestOfTwoWhoChangeTheWeightsOneIsToldAndNothingIsSavedTwice(t *testing.T) {
	s := race(t)
	settings, err := waitlist.LoadSettings(s.Context(), s.DB.Queries, s.Tenant)
	ok(t, err)
	change := func(wait int) func() error {
		w := settings.Weights
		w.WaitPerHour = wait
		return func() error {
			return s.W.ChangeWeights(s.Context(), s.Staff, waitlist.ChangeWeights{Weights: w, Reason: "mine", Version: settings.WeightsVersion()})
		}
	}
	if n := outcomes(t, together(change(11), change(12)), problem.Conflict); n != 1 {
		t.Errorf("%d of two who saw the same weights saved theirs, want one", n)
	}
	settings, err = waitlist.LoadSettings(s.Context(), s.DB.Queries, s.Tenant)
	ok(t, err)
	if n := outcomes(t, together(times(4, change(13))...)); n != 4 {
		t.Errorf("%d of 4 presses of one button were answered well", n)
	}
	rows(t, s, 2, "audit_entries WHERE action = 'weights.change' AND reason IS NOT NULL")
	rows(t, s, 1, "weights WHERE wait_per_hour = 13")
}
