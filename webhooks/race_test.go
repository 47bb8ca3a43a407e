package webhooks_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
	"github.com/your-org/waitlist-management/webhooks"
)

// several is a scene whose database three instances work on.
func several(t *testing.T) (s *scene, instances []*webhooks.Webhooks) {
	t.Helper()
	address := dbtest.URL(t)
	s = &scene{Scene: waitlisttest.On(t, dbtest.OpenURL(t, address)), t: t}
	s.log = s.Log
	s.hooks = s.instance(s.DB)
	s.cut = s.AddService("Cut", time.Hour, 0)
	s.mia = s.AddStaffMember("Mia", s.cut)
	instances = []*webhooks.Webhooks{s.hooks}
	for range 2 {
		d := dbtest.OpenURL(t, address)
		now, err := d.Now(t.Context())
		s.ok(err)
		d.MoveClock(s.Now().Sub(now))
		instances = append(instances, s.instance(d))
	}
	return s, instances
}

func together(acts ...func()) {
	start := make(chan struct{})
	var wait sync.WaitGroup
	for _, act := range acts {
		wait.Go(func() {
			<-start
			act()
		})
	}
	close(start)
	wait.Wait()
}

func TestInTheRaceOfInstancesEveryEventIsToldOnceToEveryEndpoint(t *testing.T) {
	s, instances := several(t)
	r := receive(t, nil)
	const endpoints, slots, rounds = 3, 40, 4
	for n := range endpoints {
		s.add(fmt.Sprintf("%s/%d", r.URL, n), "slot.opened")
	}
	opened := 0
	for round := range rounds {
		for n := range slots {
			s.Open(s.mia, 1+round*slots+n, "10:00", time.Hour)
			opened++
		}
		s.link()
		for range 6 { // an endpoint gets twenty in a turn
			var acts []func()
			for _, i := range instances {
				acts = append(acts, func() {
					if _, err := i.Dispatch(s.Context()); err != nil {
						t.Errorf("dispatching: %v", err)
					}
				}, func() {
					if _, err := i.DeliverDue(s.Context()); err != nil {
						t.Errorf("delivering: %v", err)
					}
				})
			}
			together(acts...)
		}
	}
	times := map[string]int{}
	for _, one := range r.taken() {
		times[one.path+" "+one.ID]++
	}
	if len(times) != endpoints*opened {
		t.Errorf("%d events arrived, want %d", len(times), endpoints*opened)
	}
	for what, n := range times {
		if n != 1 {
			t.Errorf("%s arrived %d times", what, n)
		}
	}
}

func TestWhatAProcessBeganAndNeverEndedIsSentAgainUnderTheSameID(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.link()
	_, err := s.hooks.Dispatch(s.Context())
	s.ok(err)
	// A process claims it, sends it perhaps, and dies.
	until := s.Now().Add(time.Minute)
	s.exec("UPDATE webhook_deliveries SET state = 'sending', claim_token = 'dead', lease_until = ?, attempts = 1, attempted_at = ?", until, s.Now())
	s.send()
	if got := len(r.taken()); got != 0 {
		t.Fatalf("sent %d times within the lease", got)
	}
	s.Pass(time.Minute)
	s.send()
	got := s.deliveries(id, webhooks.Delivered)
	if len(r.taken()) != 1 || len(got) != 1 || got[0].Attempts != 2 || r.taken()[0].ID != got[0].Event {
		t.Errorf("%d arrived: %+v", len(r.taken()), got)
	}
}

func TestAnAnswerThatComesAfterTheLeaseChangesNothing(t *testing.T) {
	s := open(t)
	r := receive(t, func(n int, _ taken) (int, http.Header, string) {
		if n == 1 { // it took so long that another process has it by now
			if _, err := s.DB.Pool().Exec("UPDATE webhook_deliveries SET claim_token = 'another'"); err != nil {
				t.Error(err)
			}
		}
		return 500, nil, ""
	})
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	if e, d := s.endpoint(id), s.deliveries(id, ""); e.FailingSince != nil || d[0].State != webhooks.Sending {
		t.Errorf("%+v, %+v", e, d)
	}
	s.Pass(time.Minute)
	r.answer = nil
	s.send()
	if d := s.deliveries(id, ""); d[0].State != webhooks.Delivered {
		t.Errorf("%+v", d)
	}
}

func TestASlowEndpointHoldsUpNoOther(t *testing.T) {
	s := open(t)
	release, reached := make(chan struct{}), make(chan struct{}, 1)
	slow := receive(t, func(int, taken) (int, http.Header, string) {
		reached <- struct{}{}
		<-release
		return 200, nil, ""
	})
	arrived := make(chan string, 10)
	quick := receive(t, func(_ int, one taken) (int, http.Header, string) {
		arrived <- one.Type
		return 200, nil, ""
	})
	s.add(slow.URL, "slot.opened")
	s.add(quick.URL, "slot.opened")
	for day := range 2 {
		s.Open(s.mia, day+1, "10:00", time.Hour)
		s.link()
		_, err := s.hooks.Dispatch(s.Context())
		s.ok(err)
		if _, err := s.hooks.Deliver(s.Context()); err != nil {
			t.Fatal(err)
		}
		<-arrived
		if day == 0 {
			<-reached
		}
	}
	if n := len(slow.taken()); n != 1 {
		t.Errorf("the slow one is sent %d at once", n)
	}
	close(release)
	s.hooks.Stop(s.Context())
	if n, err := s.hooks.Deliver(s.Context()); n != 0 || err != nil {
		t.Errorf("after the end %d are begun with (%v)", n, err)
	}
}

func TestABusinessTakesNoMoreThanItsShareOfTheSenders(t *testing.T) {
	s := open(t)
	release, reached := make(chan struct{}), make(chan struct{}, 40)
	slow := receive(t, func(int, taken) (int, http.Header, string) {
		reached <- struct{}{}
		<-release
		return 200, nil, ""
	})
	for n := range 12 {
		s.add(fmt.Sprintf("%s/%d", slow.URL, n), "slot.opened")
	}
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.link()
	_, err := s.hooks.Dispatch(s.Context())
	s.ok(err)
	n, err := s.hooks.Deliver(s.Context())
	if n != 8 || err != nil {
		t.Errorf("begun with %d (%v)", n, err)
	}
	for range n {
		<-reached
	}
	close(release)
	s.send()
	s.send()
	if n := s.one("SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'delivered'"); n != 12 {
		t.Errorf("%d arrived", n)
	}
}

func TestTwoAtOnceRotateASecretOnce(t *testing.T) {
	s := open(t)
	id := s.add("https://example.com/")
	seen := s.endpoint(id).Version
	var acts []func()
	for range 4 {
		acts = append(acts, func() { _, _ = s.hooks.RotateSecret(s.Context(), s.Staff, id, seen, "") })
	}
	together(acts...)
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action = 'webhook.rotate'"); n != 1 {
		t.Errorf("rotated %d times", n)
	}
	s.link()
}
