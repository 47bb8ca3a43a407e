package sim_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// stage is a scene with a demo beside its own business.
type stage struct {
	*waitlisttest.Scene
	demo  *sim.Demo
	box   *mail.Mailbox
	owner waitlist.Staff
}

const base = "http://studio.example"

func set(t *testing.T) *stage {
	t.Helper()
	s := &stage{Scene: waitlisttest.New(t)}
	var err error
	s.box, err = mail.OpenMailbox(t.TempDir())
	s.check(err)
	s.demo = sim.New(sim.Parts{
		Accounts: accounts.New(s.DB, accounts.SignupFirst), Business: business.New(s.DB, s.W), Waitlist: s.W, Mailbox: s.box, Base: base,
		Log: slog.New(slog.NewTextHandler(s.Log, nil)), Seed: 1,
	})
	return s
}

func (s *stage) check(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

func (s *stage) enter() {
	s.T.Helper()
	in, err := s.demo.Enter(s.Context(), "Europe/Berlin", "EUR", "de")
	s.check(err)
	if in.Token == "" {
		s.T.Fatal("no session")
	}
	owner, err := s.DB.DemoOwner(s.Context())
	s.check(err)
	s.owner = waitlist.Staff{TenantID: owner.TenantID, UserID: owner.UserID}
}

// opens is enter, and what staff then do for the coming days.
func (s *stage) opens() {
	s.T.Helper()
	s.enter()
	s.check(s.demo.Live(s.Context(), "http://127.0.0.1:1", 0))
}

func (s *stage) waiting() []waitlist.WaitingEntry {
	s.T.Helper()
	list, err := s.W.WaitingList(s.Context(), s.owner.TenantID, 1000)
	s.check(err)
	return list
}

// booked counts the appointments of a day, of each staff member.
func (s *stage) booked(days int) map[string]int {
	s.T.Helper()
	today, err := s.W.Today(s.Context(), s.owner.TenantID)
	s.check(err)
	day, err := s.W.Day(s.Context(), s.owner.TenantID, today.AddDays(days))
	s.check(err)
	n := map[string]int{}
	for _, column := range day.Staff {
		for _, item := range column.Items {
			if item.BookingState == rules.BookingConfirmed && !item.Busy {
				n[column.Staff.Name]++
			}
		}
	}
	return n
}

func TestTheDemoIsSetUpOnceAndLeavesSigningUpOpen(t *testing.T) {
	s := set(t)
	before, err := s.DB.CountTenants(t.Context())
	s.check(err)
	s.enter()
	counts, err := s.W.Counts(t.Context(), s.owner.TenantID)
	s.check(err)
	if counts.Waiting != sim.Waiting || counts.OffersOut != 2 {
		t.Errorf("%d wait and %d offers are out, want %d and 2", counts.Waiting, counts.OffersOut, sim.Waiting)
	}
	s.opens()
	days := []map[string]int{s.booked(0), s.booked(1), s.booked(2)}
	s.opens()
	for day, first := range days {
		again := s.booked(day)
		if len(first) != 5 || len(again) != 5 {
			t.Errorf("day %d: %v", day, first)
		}
		for name, n := range first {
			if n < 4 || again[name] != n {
				t.Errorf("day %d: %s has %d appointments, and %d after a second visit", day, name, n, again[name])
			}
		}
	}
	if again := len(s.waiting()); again != sim.Waiting {
		t.Errorf("%d wait after a second visit", again)
	}
	if after, err := s.DB.CountTenants(t.Context()); err != nil || after != before {
		t.Errorf("%d businesses count, want %d as before (%v)", after, before, err)
	}
}

func TestThoseWhoWaitAreVaried(t *testing.T) {
	s := set(t)
	s.enter()
	is := map[string]int{}
	count := func(what string, so bool) {
		if so {
			is[what]++
		}
	}
	for _, e := range s.waiting() {
		w := e.Wishes
		count("prefers somebody", w.PreferredStaff != "")
		count("wants only some", len(w.OnlyStaff) > 0)
		count("has windows", len(w.Windows) > 0)
		count("has dates", !w.EarliestOn.IsZero() || !w.LatestOn.IsZero())
		count("needs notice", w.Notice > 0)
		count("is put first or last", e.Priority != 0)
		count("has a note", e.Note != "")
		count("can only be called", e.Person.Email == "" && e.Person.Phone != "")
		count("is of no demo", e.Person.Email != "" && !endsIn(e.Person.Email, "@demo.example"))
		count(e.ServiceName, true)
	}
	for what, least := range map[string]int{
		"prefers somebody": 6, "wants only some": 3, "has windows": 12, "has dates": 6, "needs notice": 3, "is put first or last": 4, "has a note": 4,
		"can only be called": 4, "Haarschnitt": 6, "Farbe": 6, "Bartschnitt": 6, "Pony nachschneiden": 6,
	} {
		if is[what] < least {
			t.Errorf("%d times: %s; want at least %d", is[what], what, least)
		}
	}
	if n := is["is of no demo"]; n > 0 {
		t.Errorf("%d have an address elsewhere", n)
	}
}

func endsIn(text, end string) bool { return len(text) > len(end) && text[len(text)-len(end):] == end }

func TestWhateverTheHourSomethingGoesOnInTheNextTwo(t *testing.T) {
	for _, hour := range []int{4, 7, 13, 19, 23} {
		s := set(t)
		s.StartAt(time.Date(2027, 3, 1, hour, 20, 0, 0, s.Zone))
		s.opens()
		soon := 0
		for day := range 2 {
			today, err := s.W.Today(t.Context(), s.owner.TenantID)
			s.check(err)
			d, err := s.W.Day(t.Context(), s.owner.TenantID, today.AddDays(day))
			s.check(err)
			for _, column := range d.Staff {
				for _, item := range column.Items {
					if item.BookingState == rules.BookingConfirmed && item.Start.Sub(s.Now()) < 2*time.Hour {
						soon++
					}
				}
			}
		}
		if soon < 3 {
			t.Errorf("at %02d:20 there are %d appointments in the next two hours", hour, soon)
		}
	}
}

func TestADemoLeftAloneIsFilledForTheDaysThatCome(t *testing.T) {
	s := set(t)
	s.opens()
	s.Pass(9 * 24 * time.Hour) // presses of forms are forgotten after seven
	_, err := s.W.ForgetPresses(t.Context())
	s.check(err)
	s.opens()
	for day := range 3 {
		if n := s.booked(day); len(n) != 5 {
			t.Errorf("day %d: %v", day, n)
		}
	}
	list, err := business.New(s.DB, s.W).Services(t.Context(), s.owner.TenantID)
	s.check(err)
	if len(list.Active) != 6 {
		t.Errorf("%d services", len(list.Active))
	}
}

func TestOnlyTheFourPacesAreTaken(t *testing.T) {
	s := set(t)
	for _, pace := range []string{"fast", "slow", "paused", "normal"} {
		s.check(s.demo.SetPace(pace))
		if s.demo.Pace() != pace {
			t.Errorf("%q is now %q", pace, s.demo.Pace())
		}
	}
	for _, pace := range []string{"", "FAST", "faster", "0", "normal "} {
		if err := s.demo.SetPace(pace); problem.KindOf(err) != problem.InvalidInput || s.demo.Pace() != "normal" {
			t.Errorf("%q: %v, now %q", pace, err, s.demo.Pace())
		}
	}
}
