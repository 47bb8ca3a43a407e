package db_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

var everyState = []rules.EntryState{
	rules.EntryWaiting, rules.EntryOffered, rules.EntryPaused, rules.EntryUnconfirmed, rules.EntryBooked, rules.EntryLeft, rules.EntryExpired, rules.EntryRemoved,
}

// listed is an entry with all that a list can be asked by.
type listed struct {
	db.Entry
	email, phone []byte
	prefixes     [][]byte
	staff, tags  []int64
}

// crowd is a list of which every filter lets some through, with many keys and moments alike, made without the acts that would take
// minutes. It breaks invariants: nothing is offered.
type crowd struct {
	*waitlisttest.Scene
	services, staff, tags []int64
	all                   []listed
}

func newCrowd(t *testing.T, n int) *crowd {
	t.Helper()
	c := &crowd{Scene: waitlisttest.Unchecked(t, dbtest.Open(t))}
	ctx, q := c.Context(), c.DB
	for _, name := range []string{"Cut", "Colour", "Shave"} {
		cut, err := q.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: c.Tenant, PublicID: c.AddService(name, time.Hour, 0)})
		must(t, err)
		m, err := q.GetStaffMemberByPublicID(ctx, db.GetStaffMemberByPublicIDParams{TenantID: c.Tenant, PublicID: c.AddStaffMember(name)})
		must(t, err)
		tag := db.AddTagParams{TenantID: c.Tenant, PublicID: seal.PublicID(), Name: name, LiveName: &name, Colour: "grey", CreatedAt: c.Now()}
		must(t, q.AddTag(ctx, tag))
		row, err := q.GetTagByPublicID(ctx, db.GetTagByPublicIDParams{TenantID: c.Tenant, PublicID: tag.PublicID})
		must(t, err)
		c.services, c.staff, c.tags = append(c.services, cut.ID), append(c.staff, m.ID), append(c.tags, row.ID)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range n {
		c.add(t, dice)
	}
	return c
}

func (c *crowd) add(t *testing.T, dice *rand.Rand) {
	t.Helper()
	ctx, look := c.Context(), c.DB.Lookup()
	e := listed{}
	some := func(of []int64, share int) []int64 {
		return slices.DeleteFunc(slices.Clone(of), func(int64) bool { return dice.IntN(share) > 0 })
	}
	name := []string{"Anna", "Bela", "Carla", "Dora"}[dice.IntN(4)] + " " + []string{"Anders", "Blum", "Cohn"}[dice.IntN(3)]
	who := db.AddCustomerParams{TenantID: c.Tenant, PublicID: seal.PublicID(), Name: []byte("sealed"), Locale: "de", CreatedAt: c.Now()}
	if dice.IntN(4) > 0 {
		e.email = look.Email(c.Tenant, fmt.Sprintf("%d@example.org", dice.IntN(40)))
		who.EmailHash = e.email
	}
	if dice.IntN(3) > 0 {
		e.phone = look.Phone(c.Tenant, fmt.Sprintf("+493012345%d", dice.IntN(20)))
		who.PhoneHash = e.phone
	}
	customer, err := c.DB.AddCustomer(ctx, who)
	must(t, err)
	e.prefixes = look.Prefixes(c.Tenant, name)
	for _, p := range e.prefixes {
		_, err := c.DB.Pool().ExecContext(ctx, "INSERT INTO customer_prefixes (tenant_id, prefix_hash, customer_id) VALUES (?, ?, ?)", c.Tenant, p, customer)
		must(t, err)
	}
	for _, tag := range some(c.tags, 3) {
		e.tags = append(e.tags, tag)
		must(t, c.DB.GiveTag(ctx, db.GiveTagParams{TenantID: c.Tenant, TagID: tag, CustomerID: customer, GivenAt: c.Now()}))
	}
	joined := c.Now().Add(-time.Duration(dice.IntN(60)) * time.Hour)
	row := db.AddEntryParams{
		TenantID: c.Tenant, PublicID: seal.PublicID(), CustomerID: customer, ServiceID: c.services[dice.IntN(3)], State: everyState[dice.IntN(8)],
		Source: []string{"public", "staff"}[dice.IntN(2)], JoinedAt: joined, OrderKeyA: int64(dice.IntN(30) - 15), OrderKeyB: int64(dice.IntN(30) - 15),
		TokenHash: seal.HashToken(seal.PublicID()), CreatedAt: joined, ChangedAt: joined.Add(time.Duration(dice.IntN(40)) * time.Hour),
	}
	if row.State == rules.EntryWaiting || row.State == rules.EntryOffered {
		row.LiveServiceID = &row.ServiceID
	}
	if staff := some(c.staff, 4); len(staff) > 0 {
		row.PreferredStaffID, e.staff = &staff[0], staff[:1]
	}
	id, err := c.DB.AddEntry(ctx, row)
	must(t, err)
	for _, m := range some(c.staff, 4) {
		e.staff = append(e.staff, m)
		must(t, c.DB.AddEntryStaff(ctx, db.AddEntryStaffParams{TenantID: c.Tenant, EntryID: id, StaffMemberID: m}))
	}
	if dice.IntN(5) == 0 {
		_, err := c.DB.PassOverEntry(ctx, db.PassOverEntryParams{TenantID: c.Tenant, ID: id})
		must(t, err)
	}
	e.Entry, err = c.DB.GetEntry(ctx, db.GetEntryParams{TenantID: c.Tenant, ID: id})
	must(t, err)
	c.all = append(c.all, e)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what a list has to give, by looking at everybody.
func (c *crowd) answer(l db.EntryList) []db.EntryPlace {
	var places []db.EntryPlace
	has := func(digests [][]byte, d []byte) bool {
		return slices.ContainsFunc(digests, func(x []byte) bool { return bytes.Equal(x, d) })
	}
	for _, e := range c.all {
		fits := slices.Contains(l.States, e.State) && (l.ServiceID == 0 || e.ServiceID == l.ServiceID) && (l.Source == "" || e.Source == l.Source) &&
			(l.TagID == 0 || slices.Contains(e.tags, l.TagID)) && (l.StaffID == 0 || slices.Contains(e.staff, l.StaffID)) &&
			(l.JoinedFrom.IsZero() || !e.JoinedAt.Before(l.JoinedFrom)) && (l.JoinedTo.IsZero() || e.JoinedAt.Before(l.JoinedTo)) &&
			(!l.PassedOver || e.PassedOver > 0) && (!l.NoAddress || e.email == nil) &&
			(l.EmailHash == nil || bytes.Equal(e.email, l.EmailHash)) && (l.PhoneHash == nil || bytes.Equal(e.phone, l.PhoneHash))
		for _, p := range l.Prefixes {
			fits = fits && has(e.prefixes, p)
		}
		if fits {
			key := map[db.EntryOrder]int64{
				db.ByPlaceA: e.OrderKeyA, db.ByPlaceB: e.OrderKeyB, db.ByJoined: e.JoinedAt.UnixMicro(), db.ByJoinedNew: e.JoinedAt.UnixMicro(), db.ByChanged: e.ChangedAt.UnixMicro(),
			}[l.Order]
			places = append(places, db.EntryPlace{Key: key, ID: e.ID})
		}
	}
	slices.SortFunc(places, func(x, y db.EntryPlace) int {
		order := cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.ID, y.ID))
		if l.Order == db.ByJoinedNew || l.Order == db.ByChanged {
			return -order
		}
		return order
	})
	return places
}

// questions are each filter alone, some together, and none, for those on the list, those off it, and everybody.
func (c *crowd) questions() []db.EntryList {
	look := c.DB.Lookup()
	day := c.Now().Add(-24 * time.Hour)
	with := func(change func(*db.EntryList)) db.EntryList {
		l := db.EntryList{TenantID: c.Tenant}
		change(&l)
		return l
	}
	filters := []db.EntryList{
		with(func(*db.EntryList) {}),
		with(func(l *db.EntryList) { l.ServiceID = c.services[1] }),
		with(func(l *db.EntryList) { l.Source = "staff" }),
		with(func(l *db.EntryList) { l.Source = "import" }),
		with(func(l *db.EntryList) { l.TagID = c.tags[0] }),
		with(func(l *db.EntryList) { l.StaffID = c.staff[2] }),
		with(func(l *db.EntryList) { l.JoinedFrom = day }),
		with(func(l *db.EntryList) { l.JoinedTo = day }),
		with(func(l *db.EntryList) { l.JoinedFrom, l.JoinedTo = day.Add(-9*time.Hour), day }),
		with(func(l *db.EntryList) { l.PassedOver = true }),
		with(func(l *db.EntryList) { l.NoAddress = true }),
		with(func(l *db.EntryList) { l.EmailHash = look.Email(c.Tenant, "7@example.org") }),
		with(func(l *db.EntryList) { l.PhoneHash = look.Phone(c.Tenant, "+4930123457") }),
		with(func(l *db.EntryList) { l.Prefixes = look.Query(c.Tenant, "An") }),
		with(func(l *db.EntryList) { l.Prefixes = look.Query(c.Tenant, "an and") }),
		with(func(l *db.EntryList) { l.Prefixes = look.Query(c.Tenant, "zebra") }),
		with(func(l *db.EntryList) {
			l.ServiceID, l.TagID, l.StaffID, l.Prefixes = c.services[0], c.tags[1], c.staff[0], look.Query(c.Tenant, "bel")
		}),
		with(func(l *db.EntryList) { l.Source, l.NoAddress, l.JoinedFrom, l.PassedOver = "public", true, day, true }),
	}
	var all []db.EntryList
	for _, states := range [][]rules.EntryState{everyState[:4], everyState[4:], everyState, everyState[:1]} {
		for _, l := range filters {
			l.States = states
			all = append(all, l)
		}
	}
	return all
}

var orders = []db.EntryOrder{db.ByPlaceA, db.ByPlaceB, db.ByJoined, db.ByJoinedNew, db.ByChanged}

func TestEveryListIsWhatLookingAtEverybodyGivesInBothWaysOfReadingIt(t *testing.T) {
	c := newCrowd(t, 200)
	const page = 7
	for _, few := range []int{-1, 2000} { // walked, and sorted
		again := db.Few(few)
		for i, l := range c.questions() {
			n, more, err := c.DB.CountEntries(t.Context(), l)
			if want := c.answer(l); err != nil || n != len(want) && few > 0 || more && few > 0 {
				t.Fatalf("question %d, few %d: counted %d and more %v (%v), want %d", i, few, n, more, err, len(want))
			}
			ids, err := c.DB.EntryIDs(t.Context(), l)
			if err != nil || len(ids) != len(c.answer(l)) || !slices.IsSorted(ids) {
				t.Fatalf("question %d: %d ids (%v), want %d", i, len(ids), err, len(c.answer(l)))
			}
			for _, l.Order = range orders {
				c.readThrough(t, l, page, fmt.Sprintf("question %d, few %d, order %d", i, few, l.Order))
			}
		}
		again()
	}
}

// readThrough reads a list page by page to its end and back.
func (c *crowd) readThrough(t *testing.T, l db.EntryList, page int, what string) {
	t.Helper()
	want := c.answer(l)
	var got []db.EntryPlace
	var after *db.EntryPlace
	for {
		next, err := c.DB.ListEntries(t.Context(), l, after, false, page)
		must(t, err)
		got = append(got, next...)
		if len(next) < page {
			break
		}
		after = &next[page-1]
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
	if len(want) < 2*page {
		return
	}
	before, err := c.DB.ListEntries(t.Context(), l, &want[2*page-1], true, page)
	must(t, err)
	if !slices.Equal(before, want[page-1:2*page-1]) {
		t.Fatalf("%s: before %v there are %v, want %v", what, want[2*page-1], before, want[page-1:2*page-1])
	}
}

func TestAListIsCountedByStateWithPriorityAndTag(t *testing.T) {
	c := newCrowd(t, 60)
	_, err := c.DB.Pool().ExecContext(t.Context(), "UPDATE entries SET priority = 2 WHERE id % 3 = 0")
	must(t, err)
	for _, l := range c.questions()[:18] {
		fit := map[int64]bool{}
		for _, p := range c.answer(l) {
			fit[p.ID] = true
		}
		want := map[rules.EntryState]db.EntryGroup{}
		var ids = []int64{}
		for _, e := range c.all {
			if !fit[e.ID] {
				continue
			}
			ids = append(ids, e.ID)
			g := want[e.State]
			g.State, g.Entries = e.State, g.Entries+1
			if e.ID%3 == 0 {
				g.Priority++
			}
			if slices.Contains(e.tags, c.tags[1]) {
				g.Tagged++
			}
			want[e.State] = g
		}
		for _, only := range [][]int64{nil, ids} {
			groups, err := c.DB.GroupEntries(t.Context(), l, only, 2, c.tags[1])
			must(t, err)
			if len(groups) != len(want) {
				t.Fatalf("%d groups, want %d", len(groups), len(want))
			}
			for _, g := range groups {
				if g != want[g.State] {
					t.Errorf("%+v, want %+v", g, want[g.State])
				}
			}
		}
	}
}
