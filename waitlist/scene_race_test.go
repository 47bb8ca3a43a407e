package waitlist_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// guardOut is the variable in which package negative passes SQL that takes a guard out of every race's database.
const guardOut = "WAITLIST_TEST_GUARD_OUT"

// race is a scene for acts that meet.
func race(t *testing.T) *waitlisttest.Scene {
	t.Helper()
	s := watched(t)
	for _, statement := range strings.Split(os.Getenv(guardOut), ";") {
		if strings.TrimSpace(statement) != "" {
			sql(t, s, statement)
		}
	}
	return s
}

// stage is a service of an hour and the only staff member who gives it: each round of a race has one to itself.
func stage(s *waitlisttest.Scene) (service, staffMember string) {
	service = s.AddService("Cut", time.Hour, 0)
	return service, s.AddStaffMember("Mia", service)
}

// together starts all acts at one moment, each in a goroutine of its own, and gives their errors in the same order.
func together(acts ...func() error) []error {
	errs := make([]error, len(acts))
	var ready, done sync.WaitGroup
	gun := make(chan struct{})
	for i, act := range acts {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gun
			errs[i] = act()
		})
	}
	ready.Wait()
	close(gun)
	done.Wait()
	return errs
}

func times(n int, act func() error) []func() error { return slices.Repeat([]func() error{act}, n) }

// outcomes counts the errors that are nil, and fails the test for any that is of none of the kinds: somebody would have seen a
// failure that is nobody's fault.
func outcomes(t *testing.T, errs []error, kinds ...problem.Kind) (done int) {
	t.Helper()
	for i, err := range errs {
		switch {
		case err == nil:
			done++
		case !slices.Contains(kinds, problem.KindOf(err)):
			t.Errorf("act %d: %v", i, err)
		}
	}
	return done
}

// sql runs one statement past all acts.
func sql(t *testing.T, s *waitlisttest.Scene, statement string, args ...any) {
	t.Helper()
	if _, err := s.DB.Pool().ExecContext(s.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// number reads one whole number.
func number(t *testing.T, s *waitlisttest.Scene, query string, args ...any) (n int) {
	t.Helper()
	if err := s.DB.Pool().QueryRowContext(s.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// rows fails the test unless a table has so many rows of the condition.
func rows(t *testing.T, s *waitlisttest.Scene, want int, of string, args ...any) {
	t.Helper()
	if n := number(t, s, "SELECT COUNT(*) FROM "+of, args...); n != want {
		t.Errorf("%d rows of %s, want %d", n, of, want)
	}
}

// job is a job as an act.
func job[N any](run func() (N, error)) func() error {
	return func() error {
		_, err := run()
		return err
	}
}

func press(n int) string { return fmt.Sprintf("press-%d", n) }
