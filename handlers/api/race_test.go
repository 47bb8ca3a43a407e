package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// atOnce is how many programs send the same at one moment.
const atOnce = 32

// rounds is how often two acts meet, so that either wins.
const rounds = 6

// together sends requests at one moment and gives their answers in the same order. When the test ends every invariant is checked.
func together(requests ...func() apitest.Answer) []apitest.Answer {
	answers := make([]apitest.Answer, len(requests))
	var ready, done sync.WaitGroup
	gun := make(chan struct{})
	for i, send := range requests {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gun
			answers[i] = send()
		})
	}
	ready.Wait()
	close(gun)
	done.Wait()
	return answers
}

// posts are so many requests of the same kind; key gives each its Idempotency-Key, empty for none.
func (s *shop) posts(path string, body func(i int) any, key func(i int) string) []func() apitest.Answer {
	list := make([]func() apitest.Answer, atOnce)
	for i := range list {
		q := apitest.Request{Method: http.MethodPost, Path: path, Body: body(i), Header: map[string]string{}}
		if k := key(i); k != "" {
			q.Header["Idempotency-Key"] = k
		}
		list[i] = func() apitest.Answer { return s.Send(q) }
	}
	return list
}

func nothing(int) any       { return nil }
func noKey(int) string      { return "" }
func oneKey(int) string     { return "the same" }
func aKeyEach(i int) string { return fmt.Sprintf("another %d", i) }
func codeOf(a apitest.Answer) (code string) {
	var p struct{ Code string }
	_ = json.Unmarshal(a.Body, &p) // what is no problem has no code
	return p.Code
}

// count counts the answers with a status, and fails the test for any other that is not one of the refusals, by status and code.
func count(t *testing.T, answers []apitest.Answer, status int, refusals ...string) (n int) {
	t.Helper()
	for i, a := range answers {
		if a.Status == status {
			n++
			continue
		}
		known := false
		for _, refusal := range refusals {
			known = known || refusal == fmt.Sprint(a.Status, " ", codeOf(a))
		}
		if !known {
			t.Errorf("request %d gets %d: %s", i, a.Status, a.Body)
		}
	}
	return n
}

// rows fails the test unless a table has so many rows of the condition.
func (s *shop) rows(want string, of string, args ...any) {
	s.T.Helper()
	if n := s.One("SELECT COUNT(*) FROM "+of, args...); n != want {
		s.T.Errorf("%s rows of %s, want %s", n, of, want)
	}
}

func TestOfThirtyTwoAcceptancesOneBooksAndWhoeverIsToldYesIsToldOfThatBooking(t *testing.T) {
	for name, c := range map[string]struct {
		key      func(int) string
		refusals []string
	}{
		"without an Idempotency-Key": {noKey, nil},
		"with the same one":          {oneKey, []string{"409 under_way"}},
		"with one each":              {aKeyEach, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t)
			_, slot, offer := s.offered("10:00")
			second := s.wait()
			answers := together(s.posts("/offers/"+offer+"/acceptance", nothing, c.key)...)
			if yes := count(t, answers, http.StatusOK, c.refusals...); yes == 0 || len(c.refusals) == 0 && yes != atOnce {
				t.Errorf("%d of %d were told yes", yes, atOnce)
			}
			booking := s.One("SELECT public_id FROM bookings")
			for _, a := range answers {
				if a.Status != http.StatusOK {
					if a.Header.Get("Retry-After") == "" {
						t.Error("who comes too early is not told when to come again")
					}
					continue
				}
				var o spec.Offer
				if a.Want(http.StatusOK, &o); value(t, o.BookingID) != booking || o.State != spec.OfferStateAccepted {
					t.Errorf("told %s", a.Body)
				}
			}
			s.rows("1", "bookings")
			s.rows("1", "slot_claims WHERE booking_id IS NOT NULL AND offer_id IS NULL")
			s.rows("1", "outbox WHERE kind = 'confirmed'")
			s.rows("1", "audit_entries WHERE action = 'offer.accept'")
			if got := s.slot(slot); got.State != spec.SlotStateBooked {
				t.Errorf("the slot is %s", got.State)
			}
			if s.OfferTo(second) != "" {
				t.Error("somebody else was asked, too")
			}
		})
	}
}

func TestAnAcceptanceMeetsADeclineAndOneOfThemStands(t *testing.T) {
	won := map[spec.OfferState]int{}
	for range rounds {
		s := openShop(t)
		_, _, id := s.offered("10:00")
		accept := apitest.Request{Method: http.MethodPost, Path: "/offers/" + id + "/acceptance"}
		decline := apitest.Request{Method: http.MethodPost, Path: "/offers/" + id + "/decline", Body: map[string]any{"keep_waiting": false}}
		answers := together(func() apitest.Answer { return s.Send(accept) }, func() apitest.Answer { return s.Send(decline) })
		o := s.offer(id)
		won[o.State]++
		winner, loser := 0, 1
		if o.State == spec.OfferStateDeclined {
			winner, loser = 1, 0
		}
		answers[winner].Want(http.StatusOK, nil)
		answers[loser].Refused(http.StatusGone, string(o.State))
		if booked := !o.BookingID.IsNull(); booked != (o.State == spec.OfferStateAccepted) {
			t.Errorf("%s, booked: %v", o.State, booked)
		}
	}
	t.Log(won)
}

func TestAnAcceptanceMeetsTheWithdrawalThatIsDueAndOneOfThemStands(t *testing.T) {
	won := map[spec.OfferState]int{}
	for round := range rounds {
		s := openShop(t)
		_, slot, id := s.offered("10:00")
		what := []string{"/offers/" + id, "/slots/" + slot}[round%2]
		s.Post(what+"/withdrawal", nil).Want(http.StatusOK, nil)
		s.Pass(11 * time.Second)
		answers := together(
			func() apitest.Answer { return s.Post("/offers/"+id+"/acceptance", nil) },
			func() apitest.Answer { s.carryOut(); return apitest.Answer{} },
		)
		o := s.offer(id)
		won[o.State]++
		switch o.State {
		case spec.OfferStateAccepted:
			answers[0].Want(http.StatusOK, nil)
			if got := s.slot(slot); value(t, got.Booking).ID != value(t, o.BookingID) {
				t.Errorf("the slot is %+v", got)
			}
		case spec.OfferStateWithdrawn:
			answers[0].Refused(http.StatusGone, "withdrawn")
			if got := s.slot(slot); !o.BookingID.IsNull() || !got.Booking.IsNull() {
				t.Errorf("it was withdrawn, and the slot is %+v", got)
			}
		default:
			t.Errorf("the offer is %s", o.State)
		}
	}
	t.Log(won)
}

func TestOfThirtyTwoBookingsOfOneTimeOneIsMade(t *testing.T) {
	for name, c := range map[string]struct {
		key      func(int) string
		one      bool // they are the same request
		refusals []string
	}{
		"by as many customers":                                  {noKey, false, []string{"409 time_booked"}},
		"by one, again and again with the same Idempotency-Key": {oneKey, true, []string{"409 under_way"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t)
			body := func(i int) any {
				if c.one {
					i = 0
				}
				return s.appointment("15:00", map[string]any{"customer": map[string]any{"name": fmt.Sprintf("Customer %d", i), "email": fmt.Sprintf("c%d@example.org", i)}})
			}
			answers := together(s.posts("/bookings", body, c.key)...)
			if made := count(t, answers, http.StatusCreated, c.refusals...); made == 0 || !c.one && made != 1 {
				t.Errorf("%d of %d were told that it is booked", made, atOnce)
			}
			for _, a := range answers {
				var b spec.Booking
				if a.Status == http.StatusCreated {
					if a.Want(http.StatusCreated, &b); b.ID != s.One("SELECT public_id FROM bookings") {
						t.Errorf("told %s", a.Body)
					}
				}
			}
			s.rows("1", "bookings")
			s.rows("1", "slots WHERE state = 'booked'")
			s.rows("1", "slot_claims")
			s.rows("1", "outbox WHERE kind = 'confirmed'")
		})
	}
}

func TestOfThirtyTwoWhoOpenOneTimeOneDoes(t *testing.T) {
	s := openShop(t)
	who := s.wait()
	answers := together(s.posts("/slots", func(int) any { return s.tomorrow("10:00", nil) }, noKey)...)
	if opened := count(t, answers, http.StatusCreated, "409 time_open", "409 time_held"); opened != 1 {
		t.Errorf("%d of %d opened it", opened, atOnce)
	}
	s.rows("1", "slots")
	s.rows("1", "offers WHERE state = 'pending'")
	if s.OfferTo(who) == "" {
		t.Error("nobody was asked")
	}
}

// carryOut runs the job that carries wishes out, as another instance would.
func (s *shop) carryOut() {
	if _, err := s.W.CarryOutWishes(context.WithoutCancel(s.T.Context())); err != nil {
		s.T.Error(err)
	}
}
