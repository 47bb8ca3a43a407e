package waitlist_test

import (
	"fmt"
	"testing"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// lives are the tables whose rows have a life, with its drawn steps.
var lives = map[string]func(from, to string) bool{
	"slots":    func(from, to string) bool { return rules.SlotState(from).MayBecome(rules.SlotState(to)) },
	"offers":   func(from, to string) bool { return rules.OfferState(from).MayBecome(rules.OfferState(to)) },
	"entries":  func(from, to string) bool { return rules.EntryState(from).MayBecome(rules.EntryState(to)) },
	"bookings": func(from, to string) bool { return rules.BookingState(from).MayBecome(rules.BookingState(to)) },
}

// watched is a scene in which the database notes every step that a row takes from one state to another. When the test ends
// each must be one that package rules draws.
func watched(t *testing.T) *waitlisttest.Scene {
	t.Helper()
	s := waitlisttest.New(t)
	sql(t, s, "CREATE TABLE test_steps (life VARCHAR(16), from_state VARCHAR(16), to_state VARCHAR(16))")
	for table := range lives {
		sql(t, s, fmt.Sprintf("CREATE TRIGGER test_%[1]s_new AFTER INSERT ON %[1]s FOR EACH ROW INSERT INTO test_steps VALUES ('%[1]s', '', NEW.state)", table))
		sql(t, s, fmt.Sprintf(`CREATE TRIGGER test_%[1]s_step AFTER UPDATE ON %[1]s FOR EACH ROW
			INSERT INTO test_steps SELECT '%[1]s', OLD.state, NEW.state FROM DUAL WHERE OLD.state <> NEW.state`, table))
	}
	t.Cleanup(func() {
		for _, step := range steps(t, s) {
			if !lives[step.life](step.from, step.to) {
				t.Errorf("a row of %s went from %q to %q, a step that is not drawn", step.life, step.from, step.to)
			}
		}
	})
	return s
}

type step struct{ life, from, to string }

func steps(t *testing.T, s *waitlisttest.Scene) (taken []step) {
	t.Helper()
	found, err := s.DB.Pool().QueryContext(s.Context(), "SELECT DISTINCT life, from_state, to_state FROM test_steps")
	ok(t, err)
	defer found.Close()
	for found.Next() {
		var one step
		ok(t, found.Scan(&one.life, &one.from, &one.to))
		taken = append(taken, one)
	}
	ok(t, found.Err())
	return taken
}
