package waitlist_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// limit sets how many may be on the list, and for a service; 0 is no limit.
func limit(t *testing.T, s *waitlisttest.Scene, all int, service string, of int) {
	t.Helper()
	sql(t, s, "INSERT INTO joining (tenant_id, list_cap, updated_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE list_cap = VALUES(list_cap)", s.Tenant, all, s.Now())
	sql(t, s, "DELETE FROM list_caps")
	if of > 0 {
		sql(t, s, "INSERT INTO list_caps (tenant_id, service_id, list_cap) SELECT tenant_id, id, ? FROM services WHERE public_id = ?", of, service)
	}
}

func joining(s *waitlisttest.Scene, service string, n int) func() error {
	return func() error {
		return s.W.Join(s.Context(), s.Tenant, waitlist.Join{
			Service: service, Name: fmt.Sprint("Joiner ", n), Email: fmt.Sprintf("joiner%d@example.org", n), Locale: "en", Consent: true, Wording: "Yes, please.",
		})
	}
}

func TestOfManyWhoWantTheLastPlaceOneGetsIt(t *testing.T) {
	s := race(t)
	n := 0
	for round := range rounds {
		cut, _ := stage(s)
		taken := number(t, s, "SELECT COUNT(*) FROM entries")
		if round%2 == 0 {
			limit(t, s, taken+1, "", 0)
		} else {
			limit(t, s, 0, cut, 1)
		}
		var acts []func() error
		for range 8 {
			n++
			acts = append(acts, joining(s, cut, n))
		}
		if won := outcomes(t, together(acts...), problem.Conflict, problem.InvalidInput); won != 1 {
			t.Errorf("%d got the last place", won)
		}
		rows(t, s, taken+1, "entries")
	}
}

func TestJoiningFarFromTheLimitWaitsForNobody(t *testing.T) {
	s := race(t)
	cut, _ := stage(s)
	limit(t, s, 1000, "", 0)
	hold, err := s.DB.Pool().BeginTx(s.Context(), nil)
	ok(t, err)
	defer func() { _ = hold.Rollback() }()
	_, err = hold.ExecContext(s.Context(), "SELECT * FROM joining WHERE tenant_id = ? FOR UPDATE", s.Tenant) // somebody takes a place and is slow
	ok(t, err)
	at := time.Now()
	ok(t, joining(s, cut, 1)())
	if took := time.Since(at); took > 2*time.Second {
		t.Errorf("joining took %v", took)
	}
}

func TestTwoInstancesImportOneListOnce(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	s.AddStaffMember("Ben", cut)
	id := upload(t, s, crowd(900))
	start(t, s, id, true)
	second := waitlist.New(s.DB, s.Holds, s.Boards, nil)
	acts := []func() error{job(func() (int, error) { return s.W.RunImports(s.Context()) }), job(func() (int, error) { return second.RunImports(s.Context()) })}
	for n := range 5 { // people of the list join by themselves meanwhile
		acts = append(acts, func() error {
			return s.W.Join(s.Context(), s.Tenant, waitlist.Join{
				Service: cut, Name: fmt.Sprintf("Person %d Example", 890+n), Email: fmt.Sprintf("person%d@example.org", 890+n), Locale: "en", Consent: true, Wording: "Yes.",
			})
		})
	}
	var while int                      // how many offers were out before the import was done
	acts = append(acts, func() error { // a slot opens as soon as the first are on the list
		for number(t, s, "SELECT rows_added FROM imports") == 0 {
		}
		if _, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
			StaffMember: mia, Date: today(s).AddDays(1), FromMinute: 600, Minutes: 60, Count: 1, Weeks: 1, OutsideHours: true,
		}); err != nil {
			return err
		}
		while = number(t, s, "SELECT COUNT(*) FROM offers o JOIN imports i ON i.tenant_id = o.tenant_id WHERE i.state = 'running'")
		return nil
	})
	outcomes(t, together(acts...))
	p := page(t, s, id)
	if p.Added+p.Listed != 900 || p.State != "done" {
		t.Errorf("%+v", p.Import)
	}
	if while != 1 {
		t.Errorf("%d offers went out while the list was imported", while)
	}
	rows(t, s, 900, "entries")
	rows(t, s, 900, "customers")
}
