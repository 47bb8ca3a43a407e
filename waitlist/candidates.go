package waitlist

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// candidates adds to entries all that decides whether they fit the opening, in a handful of queries however many they are.
func (sc *scan) candidates(ctx context.Context, entries []db.Entry) ([]rules.Candidate, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	known, err := sc.read(ctx, entries)
	if err != nil {
		return nil, err
	}
	candidates := make([]rules.Candidate, 0, len(entries))
	for _, e := range entries {
		if !sc.skip[e.ID] {
			candidates = append(candidates, sc.candidate(e, known))
		}
	}
	return candidates, nil
}

// knowledge is what was read about a page of entries and their customers.
type knowledge struct {
	customers  map[int64]db.Customer
	staff      map[int64][]int64
	windows    map[int64][]rules.Window
	suppressed map[string]bool
	blocked    map[string]bool // by digest of an address or a number
	liveOffer  map[int64]bool
	bookings   map[int64][]rules.Span
	contacts   map[string][]time.Time
}

func (sc *scan) candidate(e db.Entry, k knowledge) rules.Candidate {
	customer := k.customers[e.CustomerID]
	address := string(customer.EmailHash)
	c := rules.Candidate{
		EntryID: e.ID, CustomerID: e.CustomerID, ServiceID: e.ServiceID,
		State: e.State, JoinedAt: e.JoinedAt, OrderKey: sc.settings.place(e),
		AllowedStaff: k.staff[e.ID], EarliestOn: e.EarliestOn, LatestOn: e.LatestOn,
		Notice: time.Duration(e.NoticeMinutes) * time.Minute, Windows: k.windows[e.ID],
		Reachable: customer.Email != nil || customer.Phone != nil, Consented: e.Consented, Suppressed: k.suppressed[address], Blocked: k.blocked[address] || k.blocked[string(customer.PhoneHash)],
		HasLiveOffer: k.liveOffer[e.CustomerID], HadThisSlot: sc.hadSlot[e.CustomerID],
		Parts: rules.FixedParts(sc.settings.Weights, facts(sc.settings.Weights, customer, e)),
	}
	if e.PreferredStaffID != nil {
		c.PreferredStaff = *e.PreferredStaffID
	}
	end := sc.slot.StartsAt.Add(serviceTime(sc.services[e.ServiceID]).Duration)
	for _, b := range k.bookings[e.CustomerID] {
		c.HasOverlap = c.HasOverlap || rules.Overlaps(b.Start, b.End, sc.slot.StartsAt, end)
	}
	dayStart, _ := rules.DayBounds(rules.DateOf(sc.now, sc.settings.Zone), sc.settings.Zone)
	for _, at := range k.contacts[address] {
		if !at.Before(dayStart) {
			c.ContactsToday++
		}
		if at.After(c.LastContact) {
			c.LastContact = at
		}
	}
	return c
}

func (sc *scan) read(ctx context.Context, entries []db.Entry) (knowledge, error) {
	k := knowledge{
		customers: map[int64]db.Customer{}, staff: map[int64][]int64{}, windows: map[int64][]rules.Window{},
		suppressed: map[string]bool{}, liveOffer: map[int64]bool{}, bookings: map[int64][]rules.Span{}, contacts: map[string][]time.Time{},
	}
	entryIDs := make([]int64, len(entries))
	customerIDs := make([]int64, len(entries))
	for i, e := range entries {
		entryIDs[i], customerIDs[i] = e.ID, e.CustomerID
	}
	for _, step := range []func(context.Context, *knowledge, []int64, []int64) error{
		sc.readWishes, sc.readCustomers, sc.readAddresses, sc.readEngagements,
	} {
		if err := step(ctx, &k, entryIDs, customerIDs); err != nil {
			return k, err
		}
	}
	return k, nil
}

func (sc *scan) readWishes(ctx context.Context, k *knowledge, entryIDs, _ []int64) error {
	staff, err := sc.q.EntryStaffOf(ctx, db.EntryStaffOfParams{TenantID: sc.slot.TenantID, EntryIds: entryIDs})
	if err != nil {
		return wrap(err, "reading allowed staff")
	}
	for _, row := range staff {
		k.staff[row.EntryID] = append(k.staff[row.EntryID], row.StaffMemberID)
	}
	windows, err := sc.q.EntryWindowsOf(ctx, db.EntryWindowsOfParams{TenantID: sc.slot.TenantID, EntryIds: entryIDs})
	for _, row := range windows {
		k.windows[row.EntryID] = append(k.windows[row.EntryID], window(row))
	}
	return wrap(err, "reading windows")
}

func window(row db.EntryWindow) rules.Window {
	return rules.Window{Weekday: row.Weekday, From: row.FromMinute, To: row.ToMinute, Preferred: row.Preferred}
}

func (sc *scan) readCustomers(ctx context.Context, k *knowledge, _, customerIDs []int64) error {
	customers, err := sc.q.CustomersByID(ctx, db.CustomersByIDParams{TenantID: sc.slot.TenantID, Ids: customerIDs})
	for _, c := range customers {
		k.customers[c.ID] = c
	}
	return wrap(err, "reading customers")
}

func (sc *scan) readAddresses(ctx context.Context, k *knowledge, _, _ []int64) error {
	var addresses, phones [][]byte
	for _, c := range k.customers {
		if c.PhoneHash != nil {
			phones = append(phones, c.PhoneHash)
		}
		if c.EmailHash != nil {
			addresses = append(addresses, c.EmailHash)
		}
	}
	var err error
	if k.blocked, err = blockedAmong(ctx, sc.q, sc.slot.TenantID, addresses, phones); err != nil || len(addresses) == 0 {
		return err
	}
	suppressed, err := sc.q.SuppressedAddresses(ctx, db.SuppressedAddressesParams{TenantID: sc.slot.TenantID, EmailHashes: addresses})
	if err != nil {
		return wrap(err, "reading suppressions")
	}
	for _, hash := range suppressed {
		k.suppressed[string(hash)] = true
	}
	since, _ := rules.DayBounds(rules.DateOf(sc.now, sc.settings.Zone), sc.settings.Zone)
	if gap := sc.now.Add(-sc.settings.ContactGap); gap.Before(since) {
		since = gap
	}
	contacts, err := sc.q.ContactsSince(ctx, db.ContactsSinceParams{TenantID: sc.slot.TenantID, Since: since, EmailHashes: addresses})
	for _, row := range contacts {
		k.contacts[string(row.EmailHash)] = append(k.contacts[string(row.EmailHash)], row.CreatedAt)
	}
	return wrap(err, "reading contacts")
}

func (sc *scan) readEngagements(ctx context.Context, k *knowledge, _, customerIDs []int64) error {
	ids := pointers(customerIDs)
	offered, err := sc.q.CustomersWithLiveOffer(ctx, db.CustomersWithLiveOfferParams{TenantID: sc.slot.TenantID, CustomerIds: ids})
	if err != nil {
		return wrap(err, "reading live offers")
	}
	for _, id := range offered {
		k.liveOffer[id] = true
	}
	booked, err := sc.q.BookedCustomersBetween(ctx, db.BookedCustomersBetweenParams{
		TenantID: sc.slot.TenantID, StartsAt: sc.slot.StartsAt, EndsAt: sc.slot.EndsAt,
		StartsAfter: sc.slot.StartsAt.Add(-longest), CustomerIds: ids,
	})
	for _, row := range booked {
		k.bookings[*row.CustomerID] = append(k.bookings[*row.CustomerID], rules.Span{Start: row.StartsAt, End: row.EndsAt})
	}
	return wrap(err, "reading bookings")
}

func pointers(ids []int64) []*int64 {
	list := make([]*int64, len(ids))
	for i := range ids {
		list[i] = &ids[i]
	}
	return list
}
