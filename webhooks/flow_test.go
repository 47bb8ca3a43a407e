package webhooks_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

func TestWhatHappensIsToldInOrderOnceAndSigned(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL + "/hook?token=geheim")
	slot, who := s.happen()
	s.tell()
	s.tell() // nothing more
	const want = "entry.joined entry.confirmed slot.opened offer.made offer.accepted booking.made"
	if got := r.types(); got != want {
		t.Fatalf("told %q, want %q", got, want)
	}
	secret, last, ids := s.secret(id), int64(0), map[string]bool{}
	for _, one := range r.taken() {
		if one.path != "/hook?token=geheim" || one.header.Get("Content-Type") != "application/json" || one.header.Get("Webhook-Id") != one.ID || ids[one.ID] {
			t.Errorf("%s was posted to %s with %v", one.Type, one.path, one.header)
		}
		if !one.signed(t, secret) {
			t.Errorf("%s is not signed", one.Type)
		}
		if one.Sequence == nil || *one.Sequence < last || one.CreatedAt.IsZero() || one.Business == "" {
			t.Errorf("%s comes after %d: %+v", one.Type, last, one.event)
		}
		ids[one.ID], last = true, *one.Sequence
	}
	offered := r.taken()[4].Data
	if offered["slot"]["id"] != slot || offered["entry"]["id"] != who.Entry || offered["service"]["id"] != s.cut || offered["staff_member"]["id"] != s.mia ||
		offered["offer"]["state"] != "accepted" || offered["booking"]["id"] == "" || offered["slot"]["starts_at"] != "2027-03-02T09:00:00Z" {
		t.Errorf("the accepted offer says %v", offered)
	}
	if e := s.endpoint(id); e.LastStatus != http.StatusNoContent || e.LastAt == nil || e.FailingSince != nil {
		t.Errorf("the endpoint: %+v", e)
	}
	if got := s.deliveries(id, webhooks.Delivered); len(got) != 6 || got[0].Type != "booking.made" || got[0].Attempts != 1 {
		t.Errorf("the log: %+v", got)
	}
}

func TestNothingAboutAPersonLeavesTheHouse(t *testing.T) {
	s, r := open(t), receive(t, nil)
	s.add(r.URL)
	who := s.WaitAs("Canary Canarsson", "canary@example.org", s.cut, waitlist.Wishes{})
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.Send()
	s.ok(s.W.Decline(s.Context(), s.OfferTo(who), true))
	s.ok(s.W.PauseEntry(s.Context(), who.Token))
	s.ok(s.W.LeaveEntry(s.Context(), who.Token))
	_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.mia, Service: s.cut, Date: s.day(3), FromMinute: 600, Name: "Canary Two", Email: "two@canary.example", Phone: "+49 30 901820", Note: "canary note"})
	s.ok(err)
	s.tell()
	if len(r.taken()) < 8 {
		t.Fatalf("only %s were told", r.types())
	}
	for _, one := range r.taken() {
		for _, canary := range []string{"anary", "901820", "@", "example", who.Token, "Mia", "Cut", "Studio"} {
			if strings.Contains(string(one.body), canary) {
				t.Errorf("%s tells %q: %s", one.Type, canary, one.body)
			}
		}
	}
}

func TestOnlyChosenEventsAreTold(t *testing.T) {
	s, r := open(t), receive(t, nil)
	s.add(r.URL, "booking.made", "offer.made")
	s.happen()
	s.tell()
	if got := r.types(); got != "offer.made booking.made" {
		t.Errorf("told %q", got)
	}
}

func TestAWishIsToldOnceItIsCarriedOutAndNotWhenItIsTakenBack(t *testing.T) {
	s, r := open(t), receive(t, nil)
	s.add(r.URL)
	booking, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.mia, Service: s.cut, Date: s.day(1), FromMinute: 600, Name: "Ada", Email: "ada@example.org"})
	s.ok(err)
	slot := s.Open(s.mia, 2, "10:00", time.Hour)
	s.tell()
	before := len(r.taken())
	s.ok(s.W.WishCancelBooking(s.Context(), s.Staff, booking))
	s.ok(s.W.UndoBookingWish(s.Context(), s.Staff, booking))
	s.ok(s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	s.tell()
	if got := r.taken()[before:]; len(got) != 0 {
		t.Fatalf("told too early: %s", r.types())
	}
	s.ok(s.W.WishCancelBooking(s.Context(), s.Staff, booking))
	s.Pass(11 * time.Second)
	s.Tick()
	s.tell()
	if got := r.types(); !strings.HasSuffix(got, "booking.cancelled slot.opened slot.withdrawn") {
		t.Errorf("told %q", got)
	}
}

func TestAnEndpointIsNotToldWhatHappenedBeforeIt(t *testing.T) {
	s, r := open(t), receive(t, nil)
	s.happen()
	s.add(r.URL)
	s.tell()
	if got := r.types(); got != "" {
		t.Errorf("told %q", got)
	}
}

func TestAFailedEventIsSentAgainAsItWasUntilTheScheduleEnds(t *testing.T) {
	s, r := open(t), receive(t, func(int, taken) (int, http.Header, string) { return 500, nil, "out of order" })
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	for n, wait := range []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour} {
		if got := len(r.taken()); got != n+1 {
			t.Fatalf("%d attempts before the %s wait, want %d", got, wait, n+1)
		}
		s.Pass(wait - time.Millisecond)
		s.send()
		if got := len(r.taken()); got != n+1 {
			t.Fatalf("the attempt after %s came early", wait)
		}
		s.Pass(wait/10 + 2*time.Millisecond)
		s.send()
	}
	got := s.deliveries(id, "")
	if len(r.taken()) != webhooks.Attempts || len(got) != 1 || got[0].State != webhooks.Failed || got[0].Attempts != webhooks.Attempts || got[0].Status != 500 || got[0].Class != "status" {
		t.Errorf("%d attempts, %+v", len(r.taken()), got)
	}
	first := r.taken()[0]
	for _, one := range r.taken() {
		if string(one.body) != string(first.body) || one.ID != first.ID || !one.signed(t, s.secret(id)) {
			t.Errorf("sent %s after %s", one.body, first.body)
		}
	}
	d, err := s.hooks.Delivery(s.Context(), s.Tenant, got[0].ID)
	if err != nil || d.Answer != "out of order" || len(d.Headers) != 5 || d.Body != string(first.body) {
		t.Errorf("%+v (%v)", d, err)
	}
}

func TestOneEventThatFailsHoldsUpNoneBehindIt(t *testing.T) {
	s := open(t)
	r := receive(t, func(_ int, one taken) (int, http.Header, string) {
		if one.Type == "entry.joined" {
			return 422, nil, ""
		}
		return 200, nil, ""
	})
	id := s.add(r.URL)
	s.happen()
	s.tell()
	s.Pass(6 * time.Second)
	s.send()
	s.send()
	if got := s.deliveries(id, webhooks.Delivered); len(got) != 5 {
		t.Errorf("%d arrived: %s", len(got), r.types())
	}
}

func TestAnEndpointThatOnlyFailsIsStoppedAfterFiveDaysAndTheTrailSaysSo(t *testing.T) {
	s, r := open(t), receive(t, status(500))
	id := s.add(r.URL, "slot.opened")
	for day := range 6 {
		if e := s.endpoint(id); e.State != webhooks.Active {
			t.Fatalf("stopped on day %d: %+v", day, e)
		}
		s.Open(s.mia, 2, "10:00", time.Hour)
		s.tell()
		s.Pass(24 * time.Hour)
		s.Tick()
		s.Pass(time.Second)
	}
	s.send()
	e := s.endpoint(id)
	if n, err := s.DB.CountStoppedWebhookEndpoints(s.Context(), s.Tenant); e.State != webhooks.Stopped || e.Because != "failing" || n != 1 || err != nil {
		t.Fatalf("%+v, %d stopped (%v)", e, n, err)
	}
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action = 'webhook.stop' AND actor = 'program'"); n != 1 {
		t.Errorf("noted %d times", n)
	}
	before := len(r.taken())
	s.Pass(25 * time.Hour)
	s.tell()
	if got := len(r.taken()); got != before {
		t.Errorf("a stopped endpoint is sent to")
	}
	// Somebody mends it: what was not told goes out.
	r.answer = nil
	s.ok(s.hooks.Resume(s.Context(), s.Staff, id, 0, false))
	s.Open(s.mia, 1, "15:00", time.Hour)
	s.tell()
	if e := s.endpoint(id); e.State != webhooks.Active || e.FailingSince != nil || len(s.deliveries(id, webhooks.Pending)) != 0 {
		t.Errorf("%+v, %+v", e, s.deliveries(id, webhooks.Pending))
	}
}

func TestAnEndpointThatSaysThatItIsGoneIsStoppedAtOnce(t *testing.T) {
	s, r := open(t), receive(t, status(410))
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.Open(s.mia, 2, "10:00", time.Hour)
	s.tell()
	s.Pass(time.Hour)
	s.send()
	if e := s.endpoint(id); e.State != webhooks.Stopped || e.Because != "gone" || len(r.taken()) != 1 {
		t.Errorf("%+v after %d attempts", e, len(r.taken()))
	}
}

func TestAReceiverThatAsksToBeLeftAloneIs(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		header string
		want   time.Duration
	}{
		"too many":        {429, "600", 10 * time.Minute},
		"unavailable":     {503, "7200", 2 * time.Hour},
		"for a week":      {503, "604800", 24 * time.Hour},
		"another failure": {500, "600", 5 * time.Second},
		"no number":       {429, "soon", 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s, r := open(t), receive(t, func(n int, _ taken) (int, http.Header, string) {
				if n == 1 {
					return c.status, http.Header{"Retry-After": {c.header}}, ""
				}
				return 200, nil, ""
			})
			s.add(r.URL, "slot.opened")
			s.Open(s.mia, 1, "10:00", time.Hour)
			s.tell()
			s.Open(s.mia, 2, "10:00", time.Hour) // what is new waits, too
			s.Pass(c.want - time.Second)
			s.tell()
			if got := len(r.taken()); got != 1 {
				t.Fatalf("%d attempts a second before", got)
			}
			s.Pass(c.want/10 + 2*time.Second)
			s.send()
			if got := len(r.taken()); got != 3 {
				t.Errorf("%d attempts afterwards", got)
			}
		})
	}
}

func TestBothSecretsSignForADay(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	old := s.secret(id)
	fresh, err := s.hooks.RotateSecret(s.Context(), s.Staff, id, s.endpoint(id).Version, "")
	s.ok(err)
	if fresh == old || s.secret(id) != fresh || !strings.HasPrefix(fresh, "whsec_") || len(fresh) != len("whsec_")+44 || s.endpoint(id).OldSecretUntil == nil {
		t.Fatalf("the new secret is %q", fresh)
	}
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	s.Pass(24 * time.Hour)
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	got := r.taken()
	if !got[0].signed(t, old) || !got[0].signed(t, fresh) || len(strings.Fields(got[0].header.Get("Webhook-Signature"))) != 2 {
		t.Errorf("on the day itself: %q", got[0].header.Get("Webhook-Signature"))
	}
	if last := got[len(got)-1]; last.signed(t, old) || !last.signed(t, fresh) || s.endpoint(id).OldSecretUntil != nil {
		t.Errorf("a day later the old one signs still: %q", last.header.Get("Webhook-Signature"))
	}
	_, err = s.hooks.RotateSecret(s.Context(), s.Staff, id, 1, "")
	s.is(err, problem.Conflict) // the press of a form that has done its work
}

func TestWhileItIsPausedEventsWaitOrAreLeftOutAsTheOwnerChooses(t *testing.T) {
	for name, skip := range map[string]bool{"told afterwards": false, "left out": true} {
		t.Run(name, func(t *testing.T) {
			s, r := open(t), receive(t, nil)
			id := s.add(r.URL, "slot.opened")
			s.Open(s.mia, 1, "10:00", time.Hour)
			s.link()
			_, err := s.hooks.Dispatch(s.Context())
			s.ok(err)
			s.ok(s.hooks.Pause(s.Context(), s.Staff, id, 0)) // with one on its way
			s.ok(s.hooks.Pause(s.Context(), s.Staff, id, 0))
			s.Open(s.mia, 2, "10:00", time.Hour)
			s.tell()
			if got := r.types(); got != "" {
				t.Fatalf("a paused endpoint is told %q", got)
			}
			s.ok(s.hooks.Resume(s.Context(), s.Staff, id, 0, skip))
			s.Open(s.mia, 3, "10:00", time.Hour)
			s.tell()
			if got, want := len(r.taken()), map[bool]int{false: 3, true: 1}[skip]; got != want {
				t.Errorf("%d told, want %d", got, want)
			}
			if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action = 'webhook.pause'"); n != 1 {
				t.Errorf("two presses are noted %d times", n)
			}
		})
	}
}

func TestATestGoesOutAtOnceWhateverTheStateAndChangesNothing(t *testing.T) {
	s, r := open(t), receive(t, status(500))
	id := s.add(r.URL)
	s.ok(s.hooks.Pause(s.Context(), s.Staff, id, 0))
	first, err := s.hooks.SendTest(s.Context(), s.Staff, id, "")
	s.ok(err)
	second, err := s.hooks.SendTest(s.Context(), s.Staff, id, "")
	if err != nil || first != second {
		t.Errorf("two presses send %s and %s (%v)", first, second, err)
	}
	s.send()
	d, ok, err := s.hooks.LastTest(s.Context(), s.Tenant, id)
	if err != nil || !ok || d.ID != first || d.State != webhooks.Failed || d.Status != 500 {
		t.Errorf("%+v %t (%v)", d, ok, err)
	}
	one := r.taken()[0]
	if one.Type != webhooks.TestEvent || one.Sequence != nil || !one.signed(t, s.secret(id)) {
		t.Errorf("sent %s", one.body)
	}
	s.Pass(time.Hour)
	s.send()
	if e := s.endpoint(id); len(r.taken()) != 1 || e.FailingSince != nil || e.LastAt != nil {
		t.Errorf("%d attempts, %+v", len(r.taken()), e)
	}
}

func TestWhatFailedIsSentAgainOnAPress(t *testing.T) {
	s, r := open(t), receive(t, status(500))
	id := s.add(r.URL, "slot.opened")
	for day := range 3 {
		s.Open(s.mia, day+1, "10:00", time.Hour)
	}
	s.tell()
	s.exec("UPDATE webhook_deliveries SET state = 'failed'")
	s.exec("UPDATE webhook_endpoints SET wait_until = NULL")
	r.answer = nil
	failed := s.deliveries(id, webhooks.Failed)
	s.ok(s.hooks.Again(s.Context(), s.Staff, failed[0].ID, failed[0].Attempts, ""))
	s.send()
	before := len(r.taken())
	s.is(s.hooks.Again(s.Context(), s.Staff, failed[0].ID, failed[0].Attempts, ""), problem.Conflict) // an attempt since
	_, err := s.hooks.AgainAll(s.Context(), s.Staff, id, webhooks.FailedOn{From: s.day(1), To: s.day(0)})
	s.is(err, problem.InvalidInput, "to")
	n, err := s.hooks.AgainAll(s.Context(), s.Staff, id, webhooks.FailedOn{From: s.day(1)})
	if err != nil || n != 0 {
		t.Errorf("%d of tomorrow (%v)", n, err)
	}
	n, err = s.hooks.AgainAll(s.Context(), s.Staff, id, webhooks.FailedOn{From: s.day(0), To: s.day(0)})
	if err != nil || n != 2 {
		t.Errorf("%d of today (%v)", n, err)
	}
	s.send()
	if got := s.deliveries(id, webhooks.Delivered); len(got) != 3 || len(r.taken()) != before+2 {
		t.Errorf("%d arrived in %d attempts", len(got), len(r.taken()))
	}
}

func TestARemovedEndpointIsSentNothingAndComesBackAsItWas(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	secret := s.secret(id)
	s.ok(s.hooks.Remove(s.Context(), s.Staff, id, 0))
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	_, err := s.hooks.Endpoint(s.Context(), s.Tenant, id)
	s.is(err, problem.NotFound)
	_, err = s.hooks.SendTest(s.Context(), s.Staff, id, "")
	s.is(err, problem.NotFound)
	if got := r.types(); got != "" {
		t.Fatalf("a removed endpoint is told %q", got)
	}
	s.ok(s.hooks.Restore(s.Context(), s.Staff, id))
	s.tell()
	if got := r.types(); got != "slot.opened" || s.secret(id) != secret {
		t.Errorf("told %q", got)
	}
}

func TestWhatIsAMonthOldIsForgotten(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id, gone := s.add(r.URL, "slot.opened"), s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	s.ok(s.hooks.Remove(s.Context(), s.Staff, gone, 0))
	s.Pass(30*24*time.Hour - time.Minute)
	if n, err := s.hooks.Forget(s.Context()); n != 0 || err != nil {
		t.Fatalf("%d forgotten early (%v)", n, err)
	}
	s.Pass(2 * time.Minute)
	if n, err := s.hooks.Forget(s.Context()); n != 3 || err != nil || len(s.deliveries(id, "")) != 0 {
		t.Errorf("%d forgotten (%v)", n, err)
	}
	if n := s.one("SELECT COUNT(*) FROM webhook_endpoints"); n != 1 {
		t.Errorf("%d endpoints are left", n)
	}
	s.Tick()
	s.link() // which the invariants ask for
}

func TestEventsOlderThanAMonthAreNotTold(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	s.ok(s.hooks.Pause(s.Context(), s.Staff, id, 0))
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.Pass(31 * 24 * time.Hour)
	s.Tick()
	s.Open(s.mia, 2, "10:00", time.Hour)
	s.ok(s.hooks.Resume(s.Context(), s.Staff, id, 0, false))
	s.tell()
	if got := r.types(); got != "slot.opened" {
		t.Errorf("told %q", got)
	}
}

func TestAnEndpointIsOfOneBusiness(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL)
	other := s.Another("elsewhere", "Elsewhere")
	for name, err := range map[string]error{
		"change": s.hooks.Change(s.Context(), other.Staff, id, webhooks.Form{Name: "x", URL: r.URL, All: true}), "remove": s.hooks.Remove(s.Context(), other.Staff, id, 0),
		"pause": s.hooks.Pause(s.Context(), other.Staff, id, 0), "secret": func() error { _, err := s.hooks.Secret(s.Context(), other.Staff, id); return err }(),
		"log": func() error {
			_, err := s.hooks.Log(s.Context(), other.Tenant, id, webhooks.LogQuery{})
			return err
		}(),
	} {
		if problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s by another business: %v", name, err)
		}
	}
	cut := other.AddService("Cut", time.Hour, 0)
	other.Open(other.AddStaffMember("Ben", cut), 1, "10:00", time.Hour)
	s.tell()
	if got := r.types(); got != "" {
		t.Errorf("told of another business: %q", got)
	}
}

func TestAddressAndSecretStandReadableNowhere(t *testing.T) {
	s, r := open(t), receive(t, status(500))
	id := s.add(r.URL + "/canary-token")
	secret := s.secret(id)
	_, err := s.hooks.RotateSecret(s.Context(), s.Staff, id, 0, "")
	s.ok(err)
	s.ok(s.hooks.Change(s.Context(), s.Staff, id, webhooks.Form{Name: "Books", URL: "https://receiver.invalid/canary-token", All: true}))
	s.happen()
	s.tell()
	for _, table := range []string{"webhook_endpoints", "webhook_deliveries", "audit_entries"} {
		rows, err := s.DB.Pool().QueryContext(s.Context(), "SELECT * FROM "+table)
		s.ok(err)
		columns, err := rows.Columns()
		s.ok(err)
		for rows.Next() {
			cells, into := make([][]byte, len(columns)), make([]any, len(columns))
			for i := range cells {
				into[i] = &cells[i]
			}
			s.ok(rows.Scan(into...))
			for i, cell := range cells {
				if text := string(cell); strings.Contains(text, "canary") || strings.Contains(text, secret) || strings.Contains(text, "receiver.invalid") {
					t.Errorf("%s.%s holds %q", table, columns[i], text)
				}
			}
		}
		s.ok(rows.Close())
	}
	if text := s.log.String(); strings.Contains(text, "canary") || strings.Contains(text, "invalid") || strings.Contains(text, "whsec") {
		t.Errorf("the log holds it: %s", text)
	}
}

func TestADeadEndpointIsNotTriedForEachOfItsEvents(t *testing.T) {
	s, r := open(t), receive(t, status(503))
	s.add(r.URL, "slot.opened")
	for n := range 30 {
		s.Open(s.mia, 1+n, "10:00", time.Hour)
	}
	s.tell()
	for range 60 { // a minute
		s.Pass(time.Second)
		s.send()
	}
	if n := len(r.taken()); n < 3 || n > 5 { // at 0, 5, 15 and 35 seconds
		t.Errorf("%d attempts in a minute", n)
	}
}

func TestAFailureOfLongAgoDoesNotStopAnEndpointThatFailsOnceMore(t *testing.T) {
	s, r := open(t), receive(t, status(500))
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.tell()
	s.exec("UPDATE webhook_deliveries SET state = 'failed'") // after three days of attempts
	s.Pass(10 * 24 * time.Hour)
	s.Tick()
	s.Open(s.mia, 2, "10:00", time.Hour)
	s.tell()
	if e := s.endpoint(id); e.State != webhooks.Active || e.FailingSince == nil || s.Now().Sub(*e.FailingSince) > time.Hour {
		t.Errorf("%+v", e)
	}
}

func TestWhatIsSentByHandToAStoppedEndpointDoesNotStartIt(t *testing.T) {
	s, r := open(t), receive(t, status(410))
	id := s.add(r.URL, "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.Open(s.mia, 2, "10:00", time.Hour)
	s.tell()
	r.answer = nil
	failed := s.deliveries(id, webhooks.Failed)
	s.ok(s.hooks.Again(s.Context(), s.Staff, failed[0].ID, failed[0].Attempts, ""))
	s.send()
	s.send()
	if e := s.endpoint(id); e.State != webhooks.Stopped || len(s.deliveries(id, webhooks.Delivered)) != 1 || len(s.deliveries(id, webhooks.Pending)) != 1 {
		t.Errorf("%+v, %+v", e, s.deliveries(id, ""))
	}
}

func TestABusinessHasTwentyEndpointsAtMost(t *testing.T) {
	s := open(t)
	first := s.add("https://example.com/")
	for range 19 {
		s.add("https://example.com/")
	}
	form := webhooks.Form{Name: "One more", URL: "https://example.com/", All: true}
	_, err := s.hooks.Add(s.Context(), s.Staff, form)
	s.is(err, problem.InvalidInput, "name")
	s.ok(s.hooks.Remove(s.Context(), s.Staff, first, 0))
	_, err = s.hooks.Add(s.Context(), s.Staff, form)
	s.ok(err)
	s.is(s.hooks.Restore(s.Context(), s.Staff, first), problem.Conflict)
	s.link()
}

func TestAFormPressedTwiceMakesOneEndpoint(t *testing.T) {
	s := open(t)
	form := webhooks.Form{Name: " The  till ", URL: "https://example.com/#part", Events: []string{"offer.made", "slot.opened", "offer.made"}, Press: seal.PublicID()}
	first, err := s.hooks.Add(s.Context(), s.Staff, form)
	s.ok(err)
	second, err := s.hooks.Add(s.Context(), s.Staff, form)
	if err != nil || first != second {
		t.Errorf("%s and %s (%v)", first, second, err)
	}
	e := s.endpoint(first)
	if e.Name != "The till" || e.URL != "https://example.com/" || strings.Join(e.Events, " ") != "slot.opened offer.made" || e.All {
		t.Errorf("%+v", e)
	}
	form.Events = []string{"offer.made", "offer.invented"}
	form.Press = ""
	_, err = s.hooks.Add(s.Context(), s.Staff, form)
	s.is(err, problem.InvalidInput, "events")
	_, err = s.hooks.Add(s.Context(), s.Staff, webhooks.Form{Name: strings.Repeat("x", 61), URL: "x"})
	s.is(err, problem.InvalidInput, "url", "name", "events")
	s.link()
}

func TestWhoSawAnOlderVersionIsTold(t *testing.T) {
	s := open(t)
	id := s.add("https://example.com/")
	seen := s.endpoint(id).Version
	form := webhooks.Form{Name: "Till", URL: "https://example.com/", All: true, Version: seen}
	s.ok(s.hooks.Change(s.Context(), s.Staff, id, form))
	form.Name = "Calendar"
	s.is(s.hooks.Change(s.Context(), s.Staff, id, form), problem.Conflict)
	s.is(s.hooks.Pause(s.Context(), s.Staff, id, seen), problem.Conflict)
	s.is(s.hooks.Resume(s.Context(), s.Staff, id, seen, false), problem.Conflict)
	s.is(s.hooks.Remove(s.Context(), s.Staff, id, seen), problem.Conflict)
	form.Version = 0 // whichever there is
	s.ok(s.hooks.Change(s.Context(), s.Staff, id, form))
	s.ok(s.hooks.Change(s.Context(), s.Staff, id, form)) // nothing changes
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action = 'webhook.change'"); n != 2 || s.endpoint(id).Version != seen+2 {
		t.Errorf("%d changes, version %d", n, s.endpoint(id).Version)
	}
	s.link()
}

func TestTheLogIsReadAPageAtATime(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	for n := range 5 {
		s.Open(s.mia, 1+n, "10:00", time.Hour)
	}
	s.tell()
	var seen []string
	q := webhooks.LogQuery{Limit: 2, State: webhooks.Delivered}
	for pages := 0; ; pages++ {
		l, err := s.hooks.Log(s.Context(), s.Tenant, id, q)
		s.ok(err)
		for _, d := range l.Deliveries {
			seen = append(seen, d.ID)
		}
		if q.Before = l.Older; l.Older == "" || pages > 5 {
			break
		}
	}
	_, err := s.hooks.Log(s.Context(), s.Tenant, id, webhooks.LogQuery{Before: "!"})
	s.is(err, problem.InvalidInput, "before")
	all := s.deliveries(id, "")
	if len(seen) != 5 || len(all) != 5 || seen[0] != all[0].ID || seen[4] != all[4].ID {
		t.Errorf("%v of %d", seen, len(all))
	}
}

func TestTheSamePressRotatesTestsAndSendsAgainOnce(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "slot.opened")
	rotation, test, again := seal.PublicID(), seal.PublicID(), seal.PublicID()
	fresh, err := s.hooks.RotateSecret(s.Context(), s.Staff, id, 0, rotation)
	s.ok(err)
	if repeated, err := s.hooks.RotateSecret(s.Context(), s.Staff, id, 0, rotation); repeated != fresh || s.secret(id) != fresh || err != nil {
		t.Errorf("pressed twice the secret is %q, then %q (%v)", fresh, repeated, err)
	}
	sent, err := s.hooks.SendTest(s.Context(), s.Staff, id, test)
	s.ok(err)
	s.send()
	if repeated, err := s.hooks.SendTest(s.Context(), s.Staff, id, test); repeated != sent || err != nil {
		t.Errorf("pressed twice the test is %s, then %s (%v)", sent, repeated, err)
	}
	for attempts := range 2 { // as the API does, which reads them anew
		s.ok(s.hooks.Again(s.Context(), s.Staff, sent, 1+attempts, again))
		s.send()
	}
	if n := len(r.taken()); n != 2 {
		t.Errorf("%d arrived, want the test and that once more", n)
	}
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action IN ('webhook.rotate', 'webhook.test', 'webhook.again')"); n != 3 {
		t.Errorf("noted %d times", n)
	}
	s.link()
}

func TestEventsOfATypeThatIsChosenWhileTheyAreReadAreTold(t *testing.T) {
	s, r := open(t), receive(t, nil)
	id := s.add(r.URL, "offer.made")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.link()
	read, err := s.DB.WebhookEndpointsBehind(s.Context())
	s.ok(err)
	s.ok(s.hooks.Change(s.Context(), s.Staff, id, webhooks.Form{Name: "Books", URL: r.URL, All: true}))
	s.ok(s.hooks.DispatchSome(s.Context(), read[0]))
	s.tell()
	if got := r.types(); got != "slot.opened" {
		t.Errorf("told %q", got)
	}
}

func TestAnEndpointThatIsFarBehindCatchesUpBitByBit(t *testing.T) {
	s := open(t)
	s.add("https://example.com/", "offer.made")
	before := s.one("SELECT after_sequence FROM webhook_endpoints")
	s.ok(s.DB.InTx(s.Context(), func(ctx context.Context, tx *db.Tx) error {
		for range 1200 {
			if err := audit.Note(ctx, tx, audit.Entry{TenantID: s.Tenant, By: s.Staff.Actor(), Action: "webhook.show_secret", Record: "webhook_endpoints", RecordID: 1}); err != nil {
				return err
			}
		}
		return nil
	}))
	for s.one("SELECT COUNT(*) FROM audit_entries WHERE chain_sequence IS NULL") > 0 {
		s.link()
	}
	for _, want := range []int{1000, 1201} {
		_, err := s.hooks.Dispatch(s.Context())
		s.ok(err)
		if got := s.one("SELECT after_sequence FROM webhook_endpoints") - before; got != want {
			t.Errorf("it has come %d entries far, want %d", got, want)
		}
	}
}

func TestThousandsAreSentAgainOrDroppedInSeveralTransactions(t *testing.T) {
	s := open(t)
	id := s.add("https://example.com/", "slot.opened")
	s.Open(s.mia, 1, "10:00", time.Hour)
	s.link()
	_, err := s.hooks.Dispatch(s.Context())
	s.ok(err)
	const columns = "endpoint_id, event_type, body, next_attempt_at, happened_at, created_at"
	for range 12 { // 4096
		s.exec("INSERT INTO webhook_deliveries (tenant_id, public_id, event_id, sequence, " + columns + ") SELECT tenant_id, LPAD(sequence + many, 22, 'x'), LPAD(sequence + many, 22, 'x'), " +
			"sequence + many, " + columns + " FROM webhook_deliveries, (SELECT COUNT(*) AS many FROM webhook_deliveries) AS present")
	}
	s.exec("UPDATE webhook_deliveries SET state = 'failed'")
	if n, err := s.hooks.AgainAll(s.Context(), s.Staff, id, webhooks.FailedOn{}); n != 4096 || err != nil || s.one("SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'pending'") != n {
		t.Errorf("%d are sent again (%v)", n, err)
	}
	s.ok(s.hooks.Pause(s.Context(), s.Staff, id, 0))
	s.ok(s.hooks.Resume(s.Context(), s.Staff, id, 0, true))
	if n := s.one("SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'pending'"); n != 0 {
		t.Errorf("%d were not dropped", n)
	}
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action IN ('webhook.again_all', 'webhook.resume')"); n != 2 {
		t.Errorf("noted %d times", n)
	}
	s.exec("DELETE FROM webhook_deliveries WHERE id > (SELECT MIN(id) FROM (SELECT id FROM webhook_deliveries) AS every)") // no trail tells of the copies
	s.link()
}
