package waitlist

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	// PreviewMost is how many of the list, by its present order, a preview ranks anew.
	PreviewMost = 100_000

	previewFirst    = 25  // shown of a list
	previewServices = 8   // shown with a list of their own
	previewFarthest = 5   // climbers, and as many fallers
	previewSlots    = 4   // for which the next is looked for
	previewLooked   = 100 // entries of each service looked at for one of them
)

// Preview is what other weights would do to the list as it stands.
type Preview struct {
	OnList   int // live entries, whatever their state
	Ranked   int // of them, ranked anew: the first PreviewMost, or all
	Moved    int // of those, with another place
	First    []PreviewMove
	Services []PreviewService // those with most entries
	Others   int              // services with entries that are not listed
	Climbers []PreviewMove
	Fallers  []PreviewMove
	Slots    []PreviewSlot // the next open and held ones
}

// PreviewService is the list of one service.
type PreviewService struct {
	ID, Name      string
	OnList, Moved int
	First         []PreviewMove
}

// PreviewMove is somebody on the list with both places.
type PreviewMove struct {
	rules.Move
	Entry       string // public id
	Name        string
	ServiceName string
	State       rules.EntryState
	Waited      time.Duration
}

// PreviewSlot is who would be asked next about a slot, if it were free now: by the weights that rank, and by the others.
type PreviewSlot struct {
	StaffSlot
	Now, Then PreviewNext
}

// PreviewNext is who would be asked.
type PreviewNext struct {
	Entry string // public id; empty: nobody that was looked at fits
	Name  string
	Sure  bool // nobody further back could be it
}

// Preview ranks the list anew under other weights, and changes nothing. What it says is what happens when they are saved, as long as the
// list stays as it is. What else would be asked of the weights, such as their bounds, is not checked here.
func (w *Waitlist) Preview(ctx context.Context, tenantID int64, weights rules.Weights) (Preview, error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return Preview{}, err
	}
	b := &previewing{w: w, settings: settings, weights: weights, states: map[int64]rules.EntryState{}}
	list, err := b.read(ctx)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{OnList: len(list), Ranked: len(list)}
	if len(list) == PreviewMost {
		onList, err := w.db.CountEntriesOnList(ctx, tenantID)
		if err != nil {
			return Preview{}, db.Down(fmt.Errorf("counting entries: %w", err))
		}
		p.OnList = int(onList)
	}
	all := rules.Rerank(list, settings.Weights, weights)
	p.Moved = all.Moved()
	return p, b.tell(ctx, &p, all)
}

// previewing is a preview being made.
type previewing struct {
	w        *Waitlist
	settings Settings
	weights  rules.Weights
	now      time.Time
	states   map[int64]rules.EntryState
	services map[int64]db.Service
}

func (b *previewing) read(ctx context.Context) ([]rules.Standing, error) {
	var rows []db.RankFactsARow
	var err error
	if b.settings.ranksByB() {
		var other []db.RankFactsBRow
		other, err = b.w.db.RankFactsB(ctx, db.RankFactsBParams{TenantID: b.settings.Row.TenantID, Limit: PreviewMost})
		rows = make([]db.RankFactsARow, len(other))
		for i, r := range other {
			rows[i] = db.RankFactsARow(r)
		}
	} else {
		rows, err = b.w.db.RankFactsA(ctx, db.RankFactsAParams{TenantID: b.settings.Row.TenantID, Limit: PreviewMost})
	}
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading what places come from: %w", err))
	}
	list := make([]rules.Standing, len(rows))
	for i, r := range rows {
		list[i] = rules.Standing{
			EntryID: r.ID, ServiceID: r.ServiceID, JoinedUnix: r.JoinedAt.Unix(), PassedOver: r.PassedOver, OrderKey: r.OrderKey,
			Facts: rules.EntryFacts{
				Priority: r.Priority, Visits: r.Visits, NoShows: r.NoShows, OffersAnswered: r.OffersAnswered, OffersLapsed: r.OffersLapsed,
				FlexibleDays: r.FlexibleDays, AnyStaff: r.AnyStaff,
			},
		}
		b.states[r.ID] = r.State
	}
	return list, nil
}

// tell fills in what is shown: places, names, and who would be next.
func (b *previewing) tell(ctx context.Context, p *Preview, all rules.Reranking) (err error) {
	if b.now, err = b.w.db.Now(ctx); err != nil {
		return err
	}
	if b.services, err = b.w.services(ctx, b.settings.Row.TenantID); err != nil {
		return err
	}
	first, climbers, fallers := all.First(previewFirst), all.Climbers(previewFarthest), all.Fallers(previewFarthest)
	shown := slices.Concat(first, climbers, fallers)
	largest := all.Services()
	lists := make([]rules.Reranking, min(len(largest), previewServices))
	for i := range lists {
		lists[i] = all.Of(largest[i])
		shown = append(shown, lists[i].First(previewFirst)...)
	}
	people, err := b.people(ctx, shown)
	if err != nil {
		return err
	}
	p.First, p.Climbers, p.Fallers = people.of(first), people.of(climbers), people.of(fallers)
	p.Others = len(largest) - len(lists)
	for i, list := range lists {
		service := b.services[largest[i]]
		p.Services = append(p.Services, PreviewService{
			ID: service.PublicID, Name: service.Name, OnList: list.Len(), Moved: list.Moved(), First: people.of(list.First(previewFirst)),
		})
	}
	p.Slots, err = b.slots(ctx, all)
	return err
}

// previewPeople are entries as they are shown, by id.
type previewPeople map[int64]PreviewMove

func (people previewPeople) of(moves []rules.Move) []PreviewMove {
	list := make([]PreviewMove, len(moves))
	for i, m := range moves {
		list[i] = people[m.EntryID]
		list[i].Move = m
	}
	return list
}

func (b *previewing) people(ctx context.Context, moves []rules.Move) (previewPeople, error) {
	people := previewPeople{}
	if len(moves) == 0 {
		return people, nil
	}
	tenantID := b.settings.Row.TenantID
	ids := make([]int64, len(moves))
	for i, m := range moves {
		ids[i] = m.EntryID
	}
	entries, err := b.w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil || len(entries) == 0 {
		return people, db.Down(wrap(err, "reading who is shown"))
	}
	customers, err := b.w.customersOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	box, err := b.w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		c := customers[e.CustomerID]
		name, err := box.Open(seal.Where{Tenant: tenantID, Table: "customers", Column: "name", Row: c.PublicID}, c.Name)
		if err != nil {
			return nil, fmt.Errorf("opening the name of customer %d: %w", c.ID, err)
		}
		people[e.ID] = PreviewMove{Entry: e.PublicID, Name: name, ServiceName: b.services[e.ServiceID].Name, State: e.State, Waited: b.now.Sub(e.JoinedAt)}
	}
	return people, nil
}

// slots looks for who would be next for the slots that come up, in both orders.
func (b *previewing) slots(ctx context.Context, all rules.Reranking) ([]PreviewSlot, error) {
	tenantID := b.settings.Row.TenantID
	slots, err := b.w.db.SlotsToGiveNext(ctx, db.SlotsToGiveNextParams{TenantID: tenantID, StartsAt: b.now, Limit: previewSlots})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading slots to give away: %w", err))
	}
	described, err := b.w.whoseSlots(ctx, tenantID, slots)
	if err != nil {
		return nil, err
	}
	list := make([]PreviewSlot, len(slots))
	for i, slot := range slots {
		sc, err := newScan(ctx, b.w.db.Queries, b.settings, slot, b.now)
		if err != nil {
			return nil, db.Down(err)
		}
		list[i].StaffSlot = described[i]
		if list[i].Now, err = b.next(ctx, sc, b.settings.Weights, all.Now); err != nil {
			return nil, err
		}
		if list[i].Then, err = b.next(ctx, sc, b.weights, all.Then); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// inOrder are the first places of an order that are wanted.
type inOrder func(n int, wanted func(rules.Standing) bool) []rules.Cursor

// next is who of the first on the list would be asked about a slot under some weights.
func (b *previewing) next(ctx context.Context, sc *scan, weights rules.Weights, order inOrder) (PreviewNext, error) {
	under := *sc
	under.settings.Weights = weights
	var times []rules.ServiceTime
	var streams []rules.Stream
	for _, service := range sc.services {
		places := order(previewLooked+1, func(s rules.Standing) bool {
			return s.ServiceID == service.ID && b.states[s.EntryID] == rules.EntryWaiting
		})
		times, streams = append(times, serviceTime(service)), append(streams, under.at(ctx, places))
	}
	pick, found, more, err := rules.Best(under.settings.Settings, b.now, under.opening, times, streams, previewLooked)
	if err != nil || !found {
		return PreviewNext{Sure: !more}, db.Down(err)
	}
	people, err := b.people(ctx, []rules.Move{{EntryID: pick.Candidate.EntryID}})
	who := people[pick.Candidate.EntryID]
	return PreviewNext{Entry: who.Entry, Name: who.Name, Sure: !more}, err
}

// at yields the candidates who stand at places, whatever place their entry keeps, and reads as many as are asked for. Who left meanwhile is
// passed over.
func (sc *scan) at(ctx context.Context, places []rules.Cursor) rules.Stream {
	var page []rules.Candidate
	return func() (next rules.Candidate, ok bool, err error) {
		for len(page) == 0 {
			if len(places) == 0 {
				return next, false, nil
			}
			n := min(len(places), scanPage)
			if page, err = sc.standingAt(ctx, places[:n]); err != nil {
				return next, false, err
			}
			places = places[n:]
		}
		next, page = page[0], page[1:]
		return next, true, nil
	}
}

func (sc *scan) standingAt(ctx context.Context, places []rules.Cursor) ([]rules.Candidate, error) {
	ids := make([]int64, len(places))
	key := map[int64]int64{}
	for i, p := range places {
		ids[i], key[p.EntryID] = p.EntryID, p.OrderKey
	}
	entries, err := sc.q.EntriesByID(ctx, db.EntriesByIDParams{TenantID: sc.slot.TenantID, Ids: ids})
	if err != nil {
		return nil, wrap(err, "reading entries")
	}
	candidates, err := sc.candidates(ctx, entries)
	for i, c := range candidates {
		candidates[i].OrderKey = key[c.EntryID]
	}
	slices.SortFunc(candidates, func(a, b rules.Candidate) int {
		return cmp.Or(cmp.Compare(a.OrderKey, b.OrderKey), cmp.Compare(a.EntryID, b.EntryID))
	})
	return candidates, err
}
