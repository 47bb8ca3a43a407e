package rules

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// A noon in UTC, with an opening three hours later at staff member 7.
var (
	pickNow     = time.Date(2026, time.November, 5, 12, 0, 0, 0, time.UTC)
	pickOpening = Opening{7, pickNow.Add(3 * time.Hour), pickNow.Add(4 * time.Hour)}
	halfHour    = ServiceTime{ID: 1, Duration: 30 * time.Minute}
	fullHour    = ServiceTime{ID: 2, Duration: time.Hour}
	twoHours    = ServiceTime{ID: 3, Duration: 2 * time.Hour}
)

func waiting(id, key int64) Candidate {
	return Candidate{EntryID: id, CustomerID: id, OrderKey: key, State: EntryWaiting, JoinedAt: pickNow.Add(-time.Hour), Reachable: true, Consented: true}
}

func fond(c Candidate) Candidate { c.PreferredStaff = pickOpening.StaffID; return c }

func lapsed(c Candidate) Candidate { c.State = EntryExpired; return c }

func stream(candidates ...Candidate) Stream {
	return func() (c Candidate, ok bool, err error) {
		if len(candidates) == 0 {
			return c, false, nil
		}
		c, candidates = candidates[0], candidates[1:]
		return c, true, nil
	}
}

func pickSettings(staff, timeOfDay int) Settings {
	s := DefaultSettings(time.UTC)
	s.Weights.PreferredStaff, s.Weights.PreferredTime = staff, timeOfDay
	return s
}

func TestTheBestCandidateIsPicked(t *testing.T) {
	const point = 3600
	for _, c := range []struct {
		name   string
		queue  []Candidate
		winner int64 // 0: nobody
		passed []int64
		looked int
	}{
		{"nobody waits", nil, 0, nil, 0},
		{"the first in order", []Candidate{waiting(1, 0), waiting(2, 50*point)}, 1, nil, 1},
		{"the first that fits", []Candidate{lapsed(waiting(1, 0)), waiting(2, 50*point)}, 2, nil, 2},
		{"nobody fits", []Candidate{lapsed(waiting(1, 0)), lapsed(waiting(2, 1))}, 0, nil, 2},
		{"the lower number of two alike", []Candidate{waiting(4, 0), waiting(9, 0)}, 4, nil, 2},
		{"a bonus that is worth more", []Candidate{waiting(1, 0), fond(waiting(2, 10*point-1))}, 2, []int64{1}, 2},
		{"a bonus that draws level goes to who was ahead", []Candidate{waiting(1, 0), fond(waiting(2, 10*point))}, 1, nil, 2},
		{"a bonus too far back is not looked at", []Candidate{waiting(1, 0), fond(waiting(2, 10*point+1))}, 1, nil, 1},
		{"a bonus that is equal in both", []Candidate{fond(waiting(1, 0)), fond(waiting(2, 1))}, 1, nil, 1},
		{"the second of two bonuses", []Candidate{waiting(1, 0), fond(waiting(2, 5*point)), fond(waiting(3, 6*point))}, 2, []int64{1}, 2},
		{"those who do not fit are not passed over", []Candidate{waiting(1, 0), lapsed(waiting(2, 1)), waiting(3, 2), fond(waiting(4, 3))}, 4, []int64{1, 3}, 4},
		{"those behind the winner are not passed over", []Candidate{waiting(1, 0), fond(waiting(2, 1)), fond(waiting(3, 1))}, 2, []int64{1}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, found, more, err := Best(pickSettings(10, 0), pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{stream(c.queue...)}, 1000)
			if err != nil || more {
				t.Fatalf("more %v, %v", more, err)
			}
			if found != (c.winner != 0) || p.Candidate.EntryID != c.winner {
				t.Errorf("picked %d (found %v), want %d", p.Candidate.EntryID, found, c.winner)
			}
			if !slices.Equal(p.PassedOver, c.passed) {
				t.Errorf("passed over %v, want %v", p.PassedOver, c.passed)
			}
			// With a bonus in hand the next is read to see that it cannot win.
			if p.Looked != c.looked {
				t.Errorf("looked at %d, want %d", p.Looked, c.looked)
			}
		})
	}
}

func TestServicesAreMergedInOneOrder(t *testing.T) {
	settings := pickSettings(0, 0)
	pick := func(services []ServiceTime, streams ...Stream) Pick {
		t.Helper()
		p, found, _, err := Best(settings, pickNow, pickOpening, services, streams, 1000)
		if err != nil || !found {
			t.Fatalf("found %v, %v", found, err)
		}
		return p
	}
	if p := pick([]ServiceTime{halfHour, fullHour}, stream(waiting(1, 5)), stream(waiting(2, 4))); p.Candidate.EntryID != 2 || p.Service != fullHour {
		t.Errorf("picked %d for %v", p.Candidate.EntryID, p.Service)
	}
	if p := pick([]ServiceTime{halfHour, fullHour}, stream(waiting(9, 4)), stream(waiting(2, 4))); p.Candidate.EntryID != 2 {
		t.Errorf("of two alike in two services %d was picked", p.Candidate.EntryID)
	}
	if p := pick([]ServiceTime{twoHours, halfHour}, stream(waiting(1, 1)), stream(waiting(2, 4))); p.Candidate.EntryID != 2 || len(p.PassedOver) != 0 {
		t.Errorf("picked %d, passed over %v, with a service that does not fit ahead", p.Candidate.EntryID, p.PassedOver)
	}
}

func TestAScanStopsAtItsLimitAndSaysWhere(t *testing.T) {
	const point = 3600
	queue := []Candidate{lapsed(waiting(1, 0)), lapsed(waiting(2, 1)), waiting(3, 2), fond(waiting(4, 3))}
	for _, c := range []struct {
		limit       int
		winner      int64
		found, more bool
		last        Cursor
	}{
		{0, 0, false, true, Cursor{}},
		{2, 0, false, true, Cursor{1, 2}},
		{3, 3, true, true, Cursor{2, 3}},
		{4, 4, true, false, Cursor{3, 4}},
		{5, 4, true, false, Cursor{3, 4}},
	} {
		p, found, more, err := Best(pickSettings(10, 0), pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{stream(queue...)}, c.limit)
		if err != nil || found != c.found || more != c.more || p.Candidate.EntryID != c.winner || p.Last != c.last {
			t.Errorf("limit %d: entry %d, found %v, more %v, last %v, %v", c.limit, p.Candidate.EntryID, found, more, p.Last, err)
		}
	}
	// The limit is reached, but the next one is too far back to win.
	p, found, more, err := Best(pickSettings(10, 0), pickNow, pickOpening, []ServiceTime{halfHour},
		[]Stream{stream(waiting(1, 0), fond(waiting(2, 10*point+1)))}, 1)
	if err != nil || !found || more || p.Candidate.EntryID != 1 {
		t.Errorf("entry %d, found %v, more %v, %v", p.Candidate.EntryID, found, more, err)
	}
}

func TestTheFirstContactBudgetToRenewIsReported(t *testing.T) {
	usedUp, soon, sooner := waiting(1, 0), waiting(2, 1), waiting(3, 2)
	usedUp.ContactsToday = 3
	soon.LastContact = pickNow.Add(-10 * time.Minute)
	sooner.LastContact = pickNow.Add(-25 * time.Minute)
	unfit := lapsed(waiting(4, 3))
	unfit.LastContact = pickNow.Add(-29 * time.Minute)

	look := func(queue ...Candidate) Pick {
		t.Helper()
		p, found, more, err := Best(pickSettings(0, 0), pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{stream(queue...)}, 10)
		if found || more || err != nil {
			t.Fatalf("found %v, more %v, %v", found, more, err)
		}
		return p
	}
	if p := look(usedUp, soon, sooner, unfit); !p.Contacts || !p.EarliestContact.Equal(pickNow.Add(5*time.Minute)) {
		t.Errorf("contacts %v, from %s", p.Contacts, p.EarliestContact)
	}
	if p := look(usedUp); !p.Contacts || !p.EarliestContact.Equal(pickNow.Add(12*time.Hour)) {
		t.Errorf("contacts %v, from %s", p.Contacts, p.EarliestContact)
	}
	if p := look(unfit); p.Contacts || !p.EarliestContact.IsZero() {
		t.Errorf("contacts %v, from %s, though nobody fits", p.Contacts, p.EarliestContact)
	}
}

func TestAPickTellsItsScore(t *testing.T) {
	c := fond(waiting(1, 0))
	c.Parts = Parts{Priority: 500, Wait: 99}
	p, _, _, err := Best(pickSettings(10, 0), pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{stream(c)}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Parts(Weights{WaitPerHour: 4}, pickNow), (Parts{Priority: 500, Wait: 4, PreferredStaff: 10}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAScanFailsRatherThanTrustABrokenStream(t *testing.T) {
	broken := errors.New("broken")
	failing := func(after ...Candidate) Stream {
		next := stream(after...)
		return func() (Candidate, bool, error) {
			if c, ok, _ := next(); ok {
				return c, true, nil
			}
			return Candidate{}, false, broken
		}
	}
	for _, c := range []struct {
		name    string
		streams []Stream
		want    error
	}{
		{"a stream fails at once", []Stream{failing()}, broken},
		{"a stream fails later", []Stream{failing(lapsed(waiting(1, 0)))}, broken},
		{"a second stream fails", []Stream{stream(waiting(1, 0)), failing()}, broken},
		{"keys fall", []Stream{stream(lapsed(waiting(1, 5)), waiting(2, 4))}, errOutOfOrder},
		{"numbers fall in one key", []Stream{stream(lapsed(waiting(2, 5)), waiting(1, 5))}, errOutOfOrder},
		{"an entry comes twice", []Stream{stream(lapsed(waiting(1, 5)), lapsed(waiting(1, 5)))}, errOutOfOrder},
	} {
		t.Run(c.name, func(t *testing.T) {
			services := []ServiceTime{halfHour, fullHour}[:len(c.streams)]
			if p, found, _, err := Best(pickSettings(10, 10), pickNow, pickOpening, services, c.streams, 10); !errors.Is(err, c.want) || found {
				t.Errorf("picked %d, found %v, %v", p.Candidate.EntryID, found, err)
			}
		})
	}
	if _, _, _, err := Best(pickSettings(0, 0), pickNow, pickOpening, []ServiceTime{halfHour, fullHour}, []Stream{stream()}, 10); err == nil {
		t.Error("two services with one stream went through")
	}
}

// someQueue is a random list of one service in order, with few keys, so that many are alike.
func someQueue(random *rand.Rand, serviceID int64, nextID *int64) []Candidate {
	queue := make([]Candidate, random.IntN(12))
	for i := range queue {
		*nextID++
		c := waiting(*nextID*31%97+100*serviceID, int64(random.IntN(8))*1800)
		c.ServiceID = serviceID
		switch random.IntN(8) {
		case 0:
			c.State = EntryPaused
		case 1:
			c.LastContact = pickNow.Add(-time.Duration(random.IntN(40)) * time.Minute)
		case 2:
			c.ContactsToday = random.IntN(5)
		case 3:
			c.AllowedStaff = []int64{int64(6 + random.IntN(3))}
		}
		c.PreferredStaff = int64(random.IntN(3) + 6)
		if random.IntN(2) == 0 {
			c.Windows = []Window{{0, 15 * 60, 15*60 + 15 + 30*random.IntN(3), random.IntN(2) == 0}}
		}
		queue[i] = c
	}
	slices.SortFunc(queue, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.OrderKey, b.OrderKey), cmp.Compare(a.EntryID, b.EntryID))
	})
	return slices.CompactFunc(queue, func(a, b Candidate) bool { return a.EntryID == b.EntryID })
}

// judged is a candidate that fits, as a scan of everybody sees it.
type judged struct {
	Candidate
	effective int64
}

func everybody(s Settings, services []ServiceTime, queues [][]Candidate) (fitting []judged, waitUntil time.Time) {
	for i, queue := range queues {
		for _, c := range queue {
			switch Fits(s, pickNow, pickOpening, services[i], c) {
			case "":
				staff, timeOfDay := Bonus(s, pickOpening, services[i], c)
				fitting = append(fitting, judged{c, c.OrderKey - 3600*int64(staff+timeOfDay)})
			case MisfitContactLimit:
				if at := NextContact(s, pickNow, c.ContactsToday, c.LastContact); waitUntil.IsZero() || at.Before(waitUntil) {
					waitUntil = at
				}
			}
		}
	}
	slices.SortFunc(fitting, func(a, b judged) int {
		return cmp.Or(cmp.Compare(a.effective, b.effective), cmp.Compare(a.OrderKey, b.OrderKey), cmp.Compare(a.EntryID, b.EntryID))
	})
	return fitting, waitUntil
}

func TestTheScanFindsWhomAComparisonOfEverybodyFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	services := []ServiceTime{halfHour, fullHour, twoHours}
	var winners, limited, passed, contacts, stoppedEarly int
	for range 20000 {
		s := pickSettings(random.IntN(3), random.IntN(3))
		var nextID int64
		var queues [][]Candidate
		var streams []Stream
		total := 0
		for i := range 1 + random.IntN(3) {
			queue := someQueue(random, services[i].ID, &nextID)
			queues, streams, total = append(queues, queue), append(streams, stream(queue...)), total+len(queue)
		}
		limit := 1000
		if random.IntN(3) == 0 {
			limit = random.IntN(10)
		}
		fitting, waitUntil := everybody(s, services, queues)
		p, found, more, err := Best(s, pickNow, pickOpening, services[:len(queues)], streams, limit)
		if err != nil {
			t.Fatal(err)
		}
		if p.Looked > limit || more && p.Looked != limit {
			t.Fatalf("looked at %d with limit %d, more %v", p.Looked, limit, more)
		}
		if more {
			limited++
			continue
		}
		if found != (len(fitting) > 0) {
			t.Fatalf("found %v, and %d fit", found, len(fitting))
		}
		if !found {
			if p.Contacts != !waitUntil.IsZero() || !p.EarliestContact.Equal(waitUntil) {
				t.Fatalf("contacts %v from %s, want %s", p.Contacts, p.EarliestContact, waitUntil)
			}
			if p.Contacts {
				contacts++
			}
			continue
		}
		winners++
		if p.Looked < total {
			stoppedEarly++
		}
		best := fitting[0]
		if p.Candidate.EntryID != best.EntryID || p.Service.ID != best.ServiceID || p.Candidate.OrderKey-3600*int64(p.StaffBonus+p.TimeBonus) != best.effective {
			t.Fatalf("picked %d, want %d, of %+v", p.Candidate.EntryID, best.EntryID, fitting)
		}
		var ahead []int64
		for _, c := range fitting {
			if cmp.Or(cmp.Compare(c.OrderKey, best.OrderKey), cmp.Compare(c.EntryID, best.EntryID)) < 0 {
				ahead = append(ahead, c.EntryID)
			}
		}
		slices.Sort(ahead)
		got := slices.Sorted(slices.Values(p.PassedOver))
		if !slices.Equal(got, ahead) {
			t.Fatalf("passed over %v, want %v", got, ahead)
		}
		if len(ahead) > 0 {
			passed++
		}
	}
	for what, n := range map[string]int{"winners": winners, "stopped at the limit": limited, "passed over": passed, "contacts": contacts, "stopped early": stoppedEarly} {
		if n < 100 {
			t.Errorf("only %d cases of %s: the lists are not varied enough", n, what)
		}
	}
}

func TestAScanThatStoppedGoesOnAfterItsCursor(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	services := []ServiceTime{halfHour, fullHour}
	for range 2000 {
		s := pickSettings(0, 0) // without a bonus the first that fits is the best
		var nextID int64
		queues := [][]Candidate{someQueue(random, 1, &nextID), someQueue(random, 2, &nextID)}
		fitting, _ := everybody(s, services, queues)
		var after Cursor
		var winner int64
		for more := true; more && winner == 0; {
			var streams []Stream
			for _, queue := range queues {
				streams = append(streams, stream(slices.DeleteFunc(slices.Clone(queue), func(c Candidate) bool {
					return !after.before(Cursor{c.OrderKey, c.EntryID})
				})...))
			}
			p, found, unfinished, err := Best(s, pickNow, pickOpening, services, streams, 2)
			if err != nil {
				t.Fatal(err)
			}
			if found {
				winner = p.Candidate.EntryID
			}
			more, after = unfinished, p.Last
		}
		var want int64
		if len(fitting) > 0 {
			want = fitting[0].EntryID
		}
		if winner != want {
			t.Fatalf("in steps %d was picked, want %d", winner, want)
		}
	}
}

// A million wait; the one at the front fits, and a few score behind it could have won by a bonus.
func BenchmarkBestOfAMillion(b *testing.B) {
	s := pickSettings(60, 60)
	queue := make([]Candidate, 1_000_000)
	for i := range queue {
		queue[i] = fond(waiting(int64(i+1), int64(i)*3600))
	}
	queue[0].PreferredStaff = 0
	b.ReportAllocs()
	looked := 0
	for b.Loop() {
		at := 0
		next := func() (c Candidate, ok bool, err error) {
			if at == len(queue) {
				return c, false, nil
			}
			at++
			return queue[at-1], true, nil
		}
		p, found, more, err := Best(s, pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{next}, len(queue))
		if err != nil || !found || more {
			b.Fatal(found, more, err)
		}
		looked = p.Looked
	}
	b.ReportMetric(float64(looked), "looked")
}

// Of a million nobody fits their windows: the worst scan there is.
func BenchmarkBestOfAMillionUnfit(b *testing.B) {
	s := DefaultSettings(zone(b, "Europe/Berlin"))
	windows := []Window{{1, 540, 720, false}, {3, 540, 720, true}}
	for b.Loop() {
		at := int64(0)
		next := func() (c Candidate, ok bool, err error) {
			if at++; at > 1_000_000 {
				return c, false, nil
			}
			c = waiting(at, at)
			c.Windows = windows
			return c, true, nil
		}
		if _, found, more, err := Best(s, pickNow, pickOpening, []ServiceTime{halfHour}, []Stream{next}, 2_000_000); found || more || err != nil {
			b.Fatal(found, more, err)
		}
	}
}
