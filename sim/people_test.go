package sim_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
)

// town is a stage with the program's pages behind a door, and its post.
type town struct {
	*stage
	door   string
	closed atomic.Bool // answers 503
	asked  atomic.Int64
	post   *mail.Deliverer
}

func build(t *testing.T) *town {
	t.Helper()
	s := &town{stage: set(t)}
	pages, err := handlers.New(handlers.Deps{
		Base: base, SessionSecret: strings.Repeat("s", 32), Mailbox: s.box, Log: slog.New(slog.DiscardHandler), Health: handlers.NewHealth(),
		Accounts: accounts.New(s.DB, accounts.SignupFirst), Business: business.New(s.DB, s.W), Waitlist: s.W, Boards: s.Boards, Demo: s.demo,
	})
	s.check(err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if s.closed.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		pages.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.door = server.URL
	s.post = &mail.Deliverer{DB: s.DB, Waitlist: s.W, Sender: s.box, Base: base, Log: slog.New(slog.DiscardHandler)}
	return s
}

// lives lets time go by: emails are delivered, people act and jobs run, once in five seconds.
func (s *town) lives(d time.Duration) {
	s.T.Helper()
	const once = 5 * time.Second
	for ; d > 0; d -= once {
		_, err := s.post.DeliverDue(s.Context())
		s.check(err)
		s.check(s.demo.Live(s.Context(), s.door, once))
		s.Pass(once)
		s.Tick()
	}
}

// count is how many rows of the demo business a condition is true of.
func (s *town) count(rows string) (n int) {
	s.T.Helper()
	table, where, _ := strings.Cut(rows, " ")
	s.check(s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM "+table+" WHERE tenant_id = ? AND "+where, s.owner.TenantID).Scan(&n))
	return n
}

func TestPeopleDoAllThatPeopleDoAndTheListStaysAsLong(t *testing.T) {
	s := build(t)
	s.enter()
	outcomes := []string{
		"offers state = 'accepted'", "offers state = 'declined'", "offers state = 'expired'", "entries state = 'booked'", "entries state = 'left'",
		"bookings state = 'cancelled'", "bookings state = 'completed'", "entries source = 'public' AND confirmed_at IS NOT NULL",
		"entries source = 'public' AND state = 'booked'", "customers visits > 0",
	}
	for range 60 {
		s.lives(time.Minute)
		outcomes = slices.DeleteFunc(outcomes, func(what string) bool { return s.count(what) > 0 })
		if len(outcomes) == 0 && s.count("offers state = 'accepted'") > 40 {
			break
		}
	}
	if len(outcomes) > 0 {
		t.Errorf("an hour went by without: %v", outcomes)
	}
	if n := len(s.waiting()); n < 28 || n > 52 {
		t.Errorf("%d wait, want about %d", n, sim.Waiting)
	}
	if n := s.count("bookings state = 'confirmed'"); n < 80 {
		t.Errorf("the book holds %d appointments", n)
	}
}

func TestPeopleLeaveOtherBusinessesAlone(t *testing.T) {
	s := build(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	guest := s.WaitAs("Priya Raman", "priya.raman@demo.example", cut, waitlist.Wishes{}) // as somebody of the demo is called, at a business called the same
	unconfirmed := s.Join("Mateo Álvarez", "mateo.alvarez@demo.example", cut, waitlist.Wishes{})
	s.enter()
	s.Open(mia, 0, "18:00", 30*time.Minute)
	offer := s.OfferTo(guest)
	if offer == "" {
		t.Fatal("no offer is out")
	}
	s.lives(3 * time.Minute)
	page, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	if page.State != rules.OfferPending {
		t.Errorf("the offer of another business is %s", page.State)
	}
	entry, err := s.W.EntryPage(t.Context(), unconfirmed.Token)
	s.check(err)
	if entry.State != rules.EntryUnconfirmed {
		t.Errorf("the entry at another business is %s", entry.State)
	}
	if s.asked.Load() == 0 {
		t.Error("nobody did anything")
	}
}

func TestWhoeverHasAnAddressElsewhereIsNobodyOfTheDemo(t *testing.T) {
	s := build(t)
	s.enter()
	choices, err := s.W.JoinChoices(t.Context(), s.owner.TenantID)
	s.check(err)
	s.check(s.W.Join(t.Context(), s.owner.TenantID, waitlist.Join{
		Service: choices[0].ID, Name: "Visitor", Email: "visitor@example.org", Locale: "en", Consent: true, Wording: "Yes",
	}))
	s.lives(3 * time.Minute)
	if n := s.count("entries state = 'unconfirmed' AND created_at = (SELECT MIN(created_at) FROM entries e WHERE e.source = 'public' AND e.tenant_id = entries.tenant_id)"); n != 1 {
		t.Errorf("%d entries of the visitor are unconfirmed", n)
	}
}

func TestPeopleTryAgainWhenTheProgramIsNotThere(t *testing.T) {
	s := build(t)
	s.enter()
	s.closed.Store(true)
	s.lives(time.Minute)
	if s.asked.Load() == 0 || s.count("offers state IN ('accepted', 'declined')")+s.count("entries source = 'public'") > 0 {
		t.Errorf("%d tries", s.asked.Load())
	}
	s.closed.Store(false)
	s.lives(3 * time.Minute)
	if s.count("entries source = 'public'") == 0 {
		t.Error("nobody joined after that")
	}
	if strings.Contains(s.Log.String(), "level=") {
		t.Errorf("it was logged: %s", s.Log)
	}
}

func TestTheSameSeedMakesTheSamePlans(t *testing.T) {
	one := sim.Plans(1, 100)
	if !slices.Equal(one, sim.Plans(1, 100)) {
		t.Error("the same seed plans differently")
	}
	if slices.Equal(one, sim.Plans(2, 100)) {
		t.Error("another seed plans the same")
	}
	for _, sum := range sim.Habits() {
		if sum != 100 {
			t.Errorf("a table of habits adds up to %d", sum)
		}
	}
}

func TestPeopleRestWhenNobodyLooks(t *testing.T) {
	s := set(t)
	if _, _, awake := s.demo.Passes(time.Second); awake {
		t.Error("people act before anybody came")
	}
	s.enter()
	for _, step := range []struct {
		passes time.Duration
		awake  bool
	}{{sim.RestAfter, true}, {time.Second, false}, {time.Hour, false}} {
		if _, speed, awake := s.demo.Passes(step.passes); awake != step.awake || speed != 1 {
			t.Errorf("after %s more: awake %t at speed %g", step.passes, awake, speed)
		}
	}
	s.demo.Seen(s.owner)
	s.check(s.demo.SetPace("paused"))
	if by, speed, awake := s.demo.Passes(time.Second); !awake || speed != 0 || by != s.owner {
		t.Errorf("paused, and seen by %v: awake %t at speed %g", by, awake, speed)
	}
}
