package waitlist_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// everybody is all that decides who is offered what, read anew with queries that know nothing of how the program reads it.
type everybody struct {
	settings waitlist.Settings
	weights  rules.Weights // those that rank
	now      time.Time

	entries    []db.Entry
	customers  map[int64]db.Customer
	services   map[int64]db.Service
	gives      map[[2]int64]bool // staff member and service
	only       map[int64][]int64
	windows    map[int64][]rules.Window
	suppressed map[string]bool
	offers     []db.Offer
	bookings   []db.Booking
}

func readEverybody(t *testing.T, s *waitlisttest.Scene) everybody {
	t.Helper()
	e := everybody{
		now: s.Now(), customers: map[int64]db.Customer{}, services: map[int64]db.Service{}, gives: map[[2]int64]bool{},
		only: map[int64][]int64{}, windows: map[int64][]rules.Window{}, suppressed: map[string]bool{},
	}
	var err error
	e.settings, err = waitlist.LoadSettings(s.Context(), s.DB.Queries, s.Tenant)
	ok(t, err)
	e.weights = e.settings.Weights
	var ids []int64
	each(t, s, "SELECT id FROM entries", func(scan func(...any)) {
		var id int64
		scan(&id)
		ids = append(ids, id)
	})
	e.entries, err = s.DB.EntriesByID(s.Context(), db.EntriesByIDParams{TenantID: s.Tenant, Ids: ids})
	ok(t, err)
	each(t, s, "SELECT id, email, phone, email_hash, visits, no_shows, offers_answered, offers_lapsed FROM customers", func(scan func(...any)) {
		var c db.Customer
		scan(&c.ID, &c.Email, &c.Phone, &c.EmailHash, &c.Visits, &c.NoShows, &c.OffersAnswered, &c.OffersLapsed)
		e.customers[c.ID] = c
	})
	each(t, s, "SELECT id, duration_minutes, buffer_minutes FROM services WHERE active", func(scan func(...any)) {
		var v db.Service
		scan(&v.ID, &v.DurationMinutes, &v.BufferMinutes)
		e.services[v.ID] = v
	})
	each(t, s, "SELECT staff_member_id, service_id FROM staff_services", func(scan func(...any)) {
		var pair [2]int64
		scan(&pair[0], &pair[1])
		e.gives[pair] = true
	})
	each(t, s, "SELECT entry_id, staff_member_id FROM entry_staff", func(scan func(...any)) {
		var entry, staff int64
		scan(&entry, &staff)
		e.only[entry] = append(e.only[entry], staff)
	})
	each(t, s, "SELECT entry_id, weekday, from_minute, to_minute, preferred FROM entry_windows", func(scan func(...any)) {
		var entry int64
		var w rules.Window
		scan(&entry, &w.Weekday, &w.From, &w.To, &w.Preferred)
		e.windows[entry] = append(e.windows[entry], w)
	})
	each(t, s, "SELECT email_hash FROM suppressions", func(scan func(...any)) {
		var hash []byte
		scan(&hash)
		e.suppressed[string(hash)] = true
	})
	each(t, s, "SELECT slot_id, customer_id, state, email_hash, created_at, sent_at, expires_at, ended_at FROM offers", func(scan func(...any)) {
		var o db.Offer
		scan(&o.SlotID, &o.CustomerID, &o.State, &o.EmailHash, &o.CreatedAt, &o.SentAt, &o.ExpiresAt, &o.EndedAt)
		e.offers = append(e.offers, o)
	})
	each(t, s, "SELECT slot_id, customer_id, state, starts_at, ends_at FROM bookings WHERE customer_id IS NOT NULL", func(scan func(...any)) {
		var b db.Booking
		scan(&b.SlotID, &b.CustomerID, &b.State, &b.StartsAt, &b.EndsAt)
		e.bookings = append(e.bookings, b)
	})
	return e
}

// each reads the rows of a query, one at a time.
func each(t *testing.T, s *waitlisttest.Scene, query string, row func(scan func(...any))) {
	t.Helper()
	found, err := s.DB.Pool().QueryContext(s.Context(), query)
	ok(t, err)
	defer found.Close()
	for found.Next() {
		row(func(to ...any) { ok(t, found.Scan(to...)) })
	}
	ok(t, found.Err())
}

// parts are the fixed ones of an entry's score, under some weights.
func (e everybody) parts(w rules.Weights, entry db.Entry) rules.Parts {
	c := e.customers[entry.CustomerID]
	lifts := 0
	if w.PassOverLimit > 0 {
		lifts = entry.PassedOver / w.PassOverLimit
	}
	return rules.FixedParts(w, rules.EntryFacts{
		Priority: entry.Priority, Visits: c.Visits, NoShows: c.NoShows, OffersAnswered: c.OffersAnswered, OffersLapsed: c.OffersLapsed,
		FlexibleDays: daysOf(e.windows[entry.ID]), AnyStaff: len(e.only[entry.ID]) == 0, Lifts: lifts,
	})
}

func daysOf(windows []rules.Window) int {
	if len(windows) == 0 {
		return 7
	}
	days := map[int]bool{}
	for _, w := range windows {
		for day := 1; day <= 7; day++ {
			days[day] = days[day] || w.Weekday == 0 || w.Weekday == day
		}
	}
	n := 0
	for _, is := range days {
		if is {
			n++
		}
	}
	return n
}

func (e everybody) key(w rules.Weights, entry db.Entry) int64 {
	return int64(w.WaitPerHour)*entry.JoinedAt.Unix() - 3600*e.parts(w, entry).Fixed()
}

func (e everybody) candidate(slot db.Slot, entry db.Entry) rules.Candidate {
	customer := e.customers[entry.CustomerID]
	c := rules.Candidate{
		EntryID: entry.ID, CustomerID: customer.ID, ServiceID: entry.ServiceID, State: entry.State, JoinedAt: entry.JoinedAt,
		AllowedStaff: e.only[entry.ID], EarliestOn: entry.EarliestOn, LatestOn: entry.LatestOn,
		Notice: time.Duration(entry.NoticeMinutes) * time.Minute, Windows: e.windows[entry.ID],
		Reachable: customer.Email != nil || customer.Phone != nil, Consented: entry.Consented,
		Suppressed: e.suppressed[string(customer.EmailHash)],
	}
	if entry.PreferredStaffID != nil {
		c.PreferredStaff = *entry.PreferredStaffID
	}
	end := slot.StartsAt.Add(time.Duration(e.services[entry.ServiceID].DurationMinutes) * time.Minute)
	unsent := 0
	for _, o := range e.offers {
		c.HasLiveOffer = c.HasLiveOffer || o.CustomerID == customer.ID && o.State == rules.OfferPending
		if o.CustomerID == customer.ID && o.SlotID == slot.ID {
			if o.State == rules.OfferUndeliverable && !o.EndedAt.Before(o.ExpiresAt) { // nobody took the email in all its time
				unsent++
			} else {
				c.HadThisSlot = true
			}
			c.HadThisSlot = c.HadThisSlot || unsent > 1
		}
		reached := o.State == rules.OfferPending || o.SentAt != nil && o.State != rules.OfferUndeliverable
		if customer.EmailHash == nil || string(o.EmailHash) != string(customer.EmailHash) || !reached {
			continue
		}
		if rules.DateOf(o.CreatedAt, e.settings.Zone) == rules.DateOf(e.now, e.settings.Zone) {
			c.ContactsToday++
		}
		if o.CreatedAt.After(c.LastContact) {
			c.LastContact = o.CreatedAt
		}
	}
	for _, b := range e.bookings {
		if *b.CustomerID == customer.ID {
			c.HadThisSlot = c.HadThisSlot || b.SlotID == slot.ID
			c.HasOverlap = c.HasOverlap || b.State == rules.BookingConfirmed && b.StartsAt.Before(end) && b.EndsAt.After(slot.StartsAt)
		}
	}
	return c
}

// best is who should have the slot, by looking at everybody; nil: nobody fits.
func (e everybody) best(slot db.Slot) (winner *db.Entry, parts rules.Parts) {
	opening := rules.Opening{StaffID: slot.StaffMemberID, Start: slot.StartsAt, End: slot.EndsAt}
	var bestKey, ownKey int64
	for i, entry := range e.entries {
		service, active := e.services[entry.ServiceID]
		if !active || !e.gives[[2]int64{slot.StaffMemberID, entry.ServiceID}] || slot.ServiceID != nil && *slot.ServiceID != entry.ServiceID {
			continue
		}
		sv := rules.ServiceTime{
			ID: service.ID, Duration: time.Duration(service.DurationMinutes) * time.Minute, Buffer: time.Duration(service.BufferMinutes) * time.Minute,
		}
		c := e.candidate(slot, entry)
		if rules.Fits(e.settings.Settings, e.now, opening, sv, c) != "" {
			continue
		}
		staff, hour := rules.Bonus(e.settings.Settings, opening, sv, c)
		own := e.key(e.weights, entry)
		key := own - 3600*int64(staff+hour)
		if winner == nil || key < bestKey || key == bestKey && (own < ownKey || own == ownKey && entry.ID < winner.ID) {
			winner, bestKey, ownKey = &e.entries[i], key, own
			parts = e.parts(e.weights, entry)
			parts.PreferredStaff, parts.PreferredTime = staff, hour
		}
	}
	return winner, parts
}

// keysHold checks that every live entry carries the places that its facts make, under both sets of weights.
func keysHold(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	e := readEverybody(t, s)
	a, b := weights(t, s, "a"), weights(t, s, "b")
	for _, entry := range e.entries {
		if entry.State.Live() && (entry.OrderKeyA != e.key(a, entry) || entry.OrderKeyB != e.key(b, entry)) {
			t.Errorf("entry %d (%s) has keys %d and %d, its facts make %d and %d",
				entry.ID, entry.State, entry.OrderKeyA, entry.OrderKeyB, e.key(a, entry), e.key(b, entry))
		}
	}
}

func weights(t *testing.T, s *waitlisttest.Scene, key string) rules.Weights {
	t.Helper()
	found, err := s.DB.GetWeights(s.Context(), s.Tenant)
	ok(t, err)
	w := found[slices.IndexFunc(found, func(w db.Weight) bool { return w.OrderKey == key })]
	return rules.Weights{
		WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel, LoyaltyPerVisit: w.LoyaltyPerVisit, LoyaltyMost: w.LoyaltyMost,
		Reliability: w.Reliability, Flexibility: w.Flexibility, NoShow: w.NoShow, NoShowMost: w.NoShowMost,
		PreferredStaff: w.PreferredStaff, PreferredTime: w.PreferredTime, PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift,
	}
}

// town is a random business with its customers.
type town struct {
	*waitlisttest.Scene
	t        *testing.T
	random   *rand.Rand
	services []string
	staff    []string
	staffIDs []int64
	gives    map[string][]string // who gives a service
	waiters  []waitlisttest.Waiter
	opened   int
}

func newTown(t *testing.T, seed uint64) *town {
	t.Helper()
	w := &town{Scene: race(t), t: t, random: rand.New(rand.NewPCG(seed, 7)), gives: map[string][]string{}}
	for i, length := range []time.Duration{30, 45, 60, 90} {
		w.services = append(w.services, w.AddService(fmt.Sprintf("Service %d", i), length*time.Minute, time.Duration(w.random.IntN(2)*15)*time.Minute))
	}
	for i := range 3 {
		var gives []string
		for n, service := range w.services {
			if n == i || w.random.IntN(2) == 0 {
				gives = append(gives, service)
			}
		}
		member := w.AddStaffMember(fmt.Sprintf("Staff %d", i), gives...)
		w.staff = append(w.staff, member)
		for _, service := range gives {
			w.gives[service] = append(w.gives[service], member)
		}
		row, err := w.DB.GetStaffMemberByPublicID(w.Context(), db.GetStaffMemberByPublicIDParams{TenantID: w.Tenant, PublicID: member})
		ok(t, err)
		w.staffIDs = append(w.staffIDs, row.ID)
	}
	w.populate(44)
	return w
}

func (w *town) populate(n int) {
	w.t.Helper()
	for i := range n {
		service := w.oneOf(w.services)
		for len(w.gives[service]) == 0 {
			service = w.oneOf(w.services)
		}
		name, email := fmt.Sprintf("Customer %d", w.random.IntN(n)), fmt.Sprintf("family%d@example.org", w.random.IntN(n/2))
		if w.random.IntN(5) == 0 { // to be called
			_, err := w.W.AddEntry(w.Context(), w.Staff, waitlist.AddEntry{
				Service: service, Name: name, Phone: "+49 30 901820", Priority: w.random.IntN(3) - 1, Wishes: w.wishes(service), Press: press(i),
			})
			ok(w.t, err)
			continue
		}
		if w.known(name, email, service) {
			continue
		}
		who := w.Join(name, email, service, waitlist.Wishes{})
		w.waiters = append(w.waiters, who)
		sql(w.t, w.Scene, `UPDATE customers SET visits = ?, no_shows = ?, offers_answered = ?, offers_lapsed = ? WHERE identity_hash = ?`,
			w.random.IntN(5), w.random.IntN(3), w.random.IntN(4), w.random.IntN(4), w.DB.Lookup().Identity(w.Tenant, email, name))
		if w.random.IntN(8) > 0 {
			ok(w.t, w.W.ConfirmEntry(w.Context(), who.Token))
		}
		if w.random.IntN(3) == 0 {
			ok(w.t, w.W.SetPriority(w.Context(), w.Staff, who.Entry, w.random.IntN(7)-3, "so it is"))
		}
		w.Pass(time.Duration(w.random.IntN(90)) * time.Minute)
	}
	for _, who := range w.waiters { // facts set past the program count from the next act on
		page, err := w.W.EntryPage(w.Context(), who.Token)
		ok(w.t, err)
		ok(w.t, w.W.ChangeWishes(w.Context(), who.Token, w.wishes(page.Service.ID)))
		if w.random.IntN(10) == 0 && page.State == rules.EntryWaiting {
			ok(w.t, w.W.PauseEntry(w.Context(), who.Token))
		}
		if w.random.IntN(15) == 0 {
			sql(w.t, w.Scene, "INSERT IGNORE INTO suppressions (tenant_id, email_hash, reason, created_at) VALUES (?, ?, 'bounce', ?)",
				w.Tenant, w.DB.Lookup().Email(w.Tenant, who.Email), w.Now())
		}
	}
}

// known tells whether somebody waits for a service already: then joining would make no entry.
func (w *town) known(name, email, service string) bool {
	return number(w.t, w.Scene, `SELECT COUNT(*) FROM entries e JOIN customers c ON c.id = e.customer_id JOIN services v ON v.id = e.service_id
		WHERE c.identity_hash = ? AND v.public_id = ?`, w.DB.Lookup().Identity(w.Tenant, email, name), service) > 0
}

func (w *town) oneOf(list []string) string { return list[w.random.IntN(len(list))] }

func (w *town) wishes(service string) waitlist.Wishes {
	var wishes waitlist.Wishes
	today := rules.DateOf(w.Now(), w.Zone)
	if w.random.IntN(4) == 0 {
		wishes.OnlyStaff = []string{w.oneOf(w.gives[service])}
	}
	if w.random.IntN(3) == 0 {
		wishes.PreferredStaff = w.oneOf(w.gives[service])
	}
	if w.random.IntN(5) == 0 {
		wishes.EarliestOn = today.AddDays(w.random.IntN(5))
	}
	if w.random.IntN(5) == 0 {
		wishes.LatestOn = today.AddDays(6 + w.random.IntN(5))
	}
	if w.random.IntN(6) == 0 {
		wishes.Notice = time.Duration(w.random.IntN(72)) * time.Hour
	}
	for range w.random.IntN(4) {
		from := 60 * w.random.IntN(18)
		wishes.Windows = append(wishes.Windows, rules.Window{
			Weekday: w.random.IntN(8), From: from, To: from + 60*(1+w.random.IntN(6)), Preferred: w.random.IntN(2) == 0,
		})
	}
	return wishes
}

// openSome opens slots that nobody is asked about yet, no two at one time.
func (w *town) openSome(n int) {
	w.t.Helper()
	now := w.Now()
	for range n {
		w.opened++
		start, _ := rules.LocalAt(rules.DateOf(now, w.Zone).AddDays(1+w.opened/8), 60*(8+w.opened%8), w.Zone)
		id, err := w.DB.AddSlot(w.Context(), db.AddSlotParams{
			TenantID: w.Tenant, PublicID: seal.PublicID(), StaffMemberID: w.staffIDs[w.random.IntN(len(w.staffIDs))],
			StartsAt: start, EndsAt: start.Add(time.Duration(30+15*w.random.IntN(3)) * time.Minute), State: rules.SlotOpen, Origin: "staff", NextTryAt: &now, CreatedAt: now,
		})
		ok(w.t, err)
		ok(w.t, w.DB.BeginOpening(w.Context(), db.BeginOpeningParams{TenantID: w.Tenant, SlotID: id, LiveSlotID: &id, Origin: "staff", OpenedAt: now, StartsAt: start}))
	}
}

// answerSome has offers answered in every way, with nobody asked next for as long as mail fails.
func (w *town) answerSome() {
	w.t.Helper()
	_, err := w.W.ExpireOverdue(w.Context())
	ok(w.t, err)
	out, err := w.DB.PendingOffersOf(w.Context(), w.Tenant)
	ok(w.t, err)
	for _, offer := range out {
		token := w.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
		switch w.random.IntN(6) {
		case 0, 1:
			ok(w.t, w.W.Accept(w.Context(), token))
		case 2:
			ok(w.t, w.W.Decline(w.Context(), token, true))
		case 3:
			ok(w.t, w.W.OfferUndeliverable(w.Context(), w.Tenant, offer.ID))
		}
	}
	if w.random.IntN(2) == 0 {
		w.Pass(31 * time.Minute)
		_, err := w.W.ExpireOverdue(w.Context())
		ok(w.t, err)
	}
}

func TestWhoIsOfferedIsTheBestOfEverybodyAndNobodyFittingIsLeftOut(t *testing.T) {
	offered, nobody := 0, 0
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("town %d", seed), func(t *testing.T) {
			w := newTown(t, seed)
			for range 4 {
				mailFails(t, w.Scene)
				w.openSome(6)
				w.answerSome()
				keysHold(t, w.Scene)
				mailWorks(t, w.Scene)
				o, n := w.fillAll()
				offered, nobody = offered+o, nobody+n
				w.nobodyLeft()
				if w.random.IntN(3) > 0 {
					w.send()
				}
				w.Pass(time.Duration(w.random.IntN(180)) * time.Minute)
			}
		})
	}
	t.Logf("%d offered, %d times nobody fitted", offered, nobody)
	if offered < 30 || nobody < 5 {
		t.Errorf("%d offered and %d times nobody: too few to tell", offered, nobody)
	}
}

// send is Send by a sender that keeps to the suppressions.
func (w *town) send() {
	w.t.Helper()
	sql(w.t, w.Scene, `UPDATE outbox SET state = 'dropped' WHERE state = 'pending' AND customer_id IN
		(SELECT c.id FROM customers c JOIN suppressions x ON x.email_hash = c.email_hash)`)
	w.Send()
}

// fillAll fills every open slot, each after asking everybody.
func (w *town) fillAll() (offered, nobody int) {
	w.t.Helper()
	for _, slot := range w.openSlots() {
		want, parts := readEverybody(w.t, w.Scene).best(slot)
		made, err := w.W.Fill(w.Context(), w.Tenant, slot.ID)
		ok(w.t, err)
		if !made {
			nobody++
			if want != nil && w.gated(slot) == "" {
				w.t.Errorf("slot %d was offered to nobody, entry %d fits", slot.ID, want.ID)
			}
			continue
		}
		offered++
		offer, err := w.DB.FindPendingOfferOfSlot(w.Context(), db.FindPendingOfferOfSlotParams{TenantID: w.Tenant, SlotID: slot.ID})
		ok(w.t, err)
		if want == nil || want.ID != offer.EntryID {
			w.t.Errorf("slot %d was offered to entry %d, the best is %+v", slot.ID, offer.EntryID, want)
			continue
		}
		stored, err := rules.DecodeParts(offer.Score)
		ok(w.t, err)
		if stored.Wait = 0; stored != parts {
			w.t.Errorf("the score of offer %d is kept as %+v, it was %+v", offer.ID, stored, parts)
		}
	}
	return offered, nobody
}

func (w *town) openSlots() (slots []db.Slot) {
	w.t.Helper()
	var ids []int64
	each(w.t, w.Scene, "SELECT id FROM slots WHERE state = 'open'", func(scan func(...any)) {
		var id int64
		scan(&id)
		ids = append(ids, id)
	})
	for _, i := range w.random.Perm(len(ids)) {
		slot, err := w.DB.GetSlot(w.Context(), db.GetSlotParams{TenantID: w.Tenant, ID: ids[i]})
		ok(w.t, err)
		slots = append(slots, slot)
	}
	return slots
}

func (w *town) gated(slot db.Slot) rules.UnfilledReason {
	e := readEverybody(w.t, w.Scene)
	reason, _ := rules.OfferGate(e.settings.Settings, e.now, rules.Opening{StaffID: slot.StaffMemberID, Start: slot.StartsAt, End: slot.EndsAt})
	return reason
}

// nobodyLeft checks that after the job no open slot has anybody who fits.
func (w *town) nobodyLeft() {
	w.t.Helper()
	w.Pass(31 * time.Second)
	_, err := w.W.FillDue(w.Context())
	ok(w.t, err)
	e := readEverybody(w.t, w.Scene)
	for _, slot := range w.openSlots() {
		if want, _ := e.best(slot); want != nil && w.gated(slot) == "" {
			w.t.Errorf("slot %d stands open (%s), entry %d fits", slot.ID, slot.UnfilledReason, want.ID)
		}
	}
}
