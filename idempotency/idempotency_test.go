package idempotency_test

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

var request = [32]byte{1}

func open(t *testing.T) (*waitlisttest.Scene, idempotency.Calls, idempotency.Name) {
	t.Helper()
	s := waitlisttest.New(t)
	key := s.WithKey("Website")
	return s, idempotency.New(s.DB), idempotency.Name{TenantID: s.Tenant, KeyID: key.KeyID, Given: "one"}
}

func begin(t *testing.T, c idempotency.Calls, n idempotency.Name) (idempotency.Claim, *idempotency.Answer) {
	t.Helper()
	claim, answer, err := c.Begin(t.Context(), n, request)
	if err != nil {
		t.Fatal(err)
	}
	return claim, answer
}

func refused(t *testing.T, c idempotency.Calls, n idempotency.Name, request [32]byte, want problem.Kind) {
	t.Helper()
	_, answer, err := c.Begin(t.Context(), n, request)
	if problem.KindOf(err) != want || answer != nil {
		t.Errorf("%v, want %s", err, want)
	}
}

func finish(t *testing.T, c idempotency.Calls, claim idempotency.Claim, body string) {
	t.Helper()
	a := idempotency.Answer{Status: 201, Header: http.Header{"Etag": {`"x"`}}, Body: []byte(body)}
	if err := c.Finish(t.Context(), claim, a); err != nil {
		t.Fatal(err)
	}
}

func TestOneNameIsCarriedOutOnceAndAnsweredTheSameForADay(t *testing.T) {
	s, c, n := open(t)
	claim, answer := begin(t, c, n)
	if answer != nil {
		t.Fatal("answered before it was carried out")
	}
	refused(t, c, n, request, problem.Conflict)
	refused(t, c, n, [32]byte{2}, problem.InvalidInput)
	finish(t, c, claim, "first")
	finish(t, c, claim, "second")
	for _, later := range []time.Duration{0, idempotency.Kept - time.Minute} {
		s.Pass(later)
		if _, err := c.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, answer = begin(t, c, n)
		if answer == nil || answer.Status != 201 || string(answer.Body) != "first" || answer.Header.Get("ETag") != `"x"` {
			t.Fatalf("after %s: %+v", later, answer)
		}
		refused(t, c, n, [32]byte{2}, problem.InvalidInput)
	}
	s.Pass(2 * time.Minute)
	if gone, err := c.Forget(t.Context()); gone != 1 || err != nil {
		t.Errorf("%d are forgotten (%v)", gone, err)
	}
	if _, answer = begin(t, c, n); answer != nil {
		t.Error("answered after it was forgotten")
	}
}

func TestNamesOfOtherKeysAndBusinessesAreOthers(t *testing.T) {
	s, c, n := open(t)
	first, _ := begin(t, c, n)
	second := n
	second.KeyID = s.WithKey("Till").KeyID
	elsewhere := s.Another("elsewhere", "Elsewhere")
	third := idempotency.Name{TenantID: elsewhere.Tenant, KeyID: elsewhere.WithKey("Website").KeyID, Given: n.Given}
	presses := map[string]bool{first.Press(): true}
	for _, other := range []idempotency.Name{second, third, {TenantID: n.TenantID, KeyID: n.KeyID, Given: "two"}} {
		claim, answer := begin(t, c, other)
		if answer != nil || presses[claim.Press()] {
			t.Errorf("%+v is taken for another", other)
		}
		presses[claim.Press()] = true
	}
}

func TestAnActKnowsARequestAgainAsLongAsItsAnswerIsKeptAndNoLonger(t *testing.T) {
	s, c, n := open(t)
	first, _ := begin(t, c, n)
	s.Pass(2 * time.Minute)
	second, _ := begin(t, c, n) // the first one died
	if err := c.Release(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	third, _ := begin(t, c, n)
	if first.Press() != second.Press() || first.Press() != third.Press() {
		t.Error("the same request is another one to the act")
	}
	s.Pass(idempotency.Kept)
	if _, err := c.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if later, _ := begin(t, c, n); later.Press() == first.Press() {
		t.Error("what is asked for a day later is taken for what was done")
	}
}

func TestWhoeverDiesIsTakenOverOnceItsTimeIsUpAndBySomebodyAlone(t *testing.T) {
	s, c, n := open(t)
	dead, _ := begin(t, c, n)
	s.Pass(59 * time.Second)
	refused(t, c, n, request, problem.Conflict)
	s.Pass(2 * time.Second)
	var won atomic.Int32
	var winner idempotency.Claim
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			claim, _, err := c.Begin(context.WithoutCancel(t.Context()), n, request)
			if err == nil {
				won.Add(1)
				mu.Lock()
				winner = claim
				mu.Unlock()
			} else if problem.KindOf(err) != problem.Conflict {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Fatalf("%d took it over", won.Load())
	}
	finish(t, c, dead, "too late")
	if err := c.Release(t.Context(), dead); err != nil {
		t.Fatal(err)
	}
	refused(t, c, n, request, problem.Conflict)
	finish(t, c, winner, "theirs")
	if _, answer := begin(t, c, n); answer == nil || string(answer.Body) != "theirs" {
		t.Errorf("answered with %+v", answer)
	}
}

func TestWhatWasReleasedCanBeSentAgainAtOnce(t *testing.T) {
	_, c, n := open(t)
	claim, _ := begin(t, c, n)
	if err := c.Release(t.Context(), claim); err != nil {
		t.Fatal(err)
	}
	if _, answer := begin(t, c, n); answer != nil {
		t.Error("answered though nothing was done")
	}
}

func TestAnAnswerStandsSealed(t *testing.T) {
	s, c, n := open(t)
	claim, _ := begin(t, c, n)
	finish(t, c, claim, "ada@example.org")
	row, err := s.DB.GetAPICall(t.Context(), db.GetAPICallParams{TenantID: n.TenantID, KeyID: n.KeyID, NameHash: idempotency.HashOf(n)})
	if err != nil || len(row.Answer) == 0 || bytes.Contains(row.Answer, []byte("example.org")) {
		t.Errorf("%q (%v)", row.Answer, err)
	}
}
