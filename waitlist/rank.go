package waitlist

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// facts are what an entry's fixed points come from, under one set of weights.
func facts(w rules.Weights, c db.Customer, e db.Entry) rules.EntryFacts {
	return rules.EntryFacts{
		Priority: e.Priority, Visits: c.Visits, NoShows: c.NoShows,
		OffersAnswered: c.OffersAnswered, OffersLapsed: c.OffersLapsed,
		FlexibleDays: e.FlexibleDays, AnyStaff: e.AnyStaff, Lifts: w.Lifts(e.PassedOver),
	}
}

// orderKeys are an entry's two places: under the weights that rank and under the other ones.
type orderKeys struct {
	a, b               int64
	versionA, versionB int
}

func (s Settings) orderKeys(c db.Customer, e db.Entry, joined time.Time) orderKeys {
	key := func(row db.Weight) int64 {
		w := points(row)
		return rules.OrderKey(w, joined, rules.FixedParts(w, facts(w, c, e)).Fixed())
	}
	return orderKeys{key(s.a), key(s.b), s.a.Version, s.b.Version}
}

// rerank writes the places of a customer's live entries anew after facts about them changed. The party is locked; its rows are
// read again for what the act has changed.
func rerank(ctx context.Context, tx *db.Tx, s Settings, p party) error {
	customer, err := tx.GetCustomer(ctx, db.GetCustomerParams{TenantID: p.customer.TenantID, ID: p.customer.ID})
	if err != nil {
		return fmt.Errorf("reading a customer again: %w", err)
	}
	entries, err := tx.LockLiveEntries(ctx, db.LockLiveEntriesParams{TenantID: customer.TenantID, CustomerID: customer.ID})
	if err != nil {
		return fmt.Errorf("reading a customer's entries again: %w", err)
	}
	for _, e := range entries {
		if err := writeKeys(ctx, tx, e, s.orderKeys(customer, e, e.JoinedAt)); err != nil {
			return err
		}
	}
	return nil
}

func writeKeys(ctx context.Context, tx *db.Tx, e db.Entry, k orderKeys) error {
	n, err := tx.SetEntryKeys(ctx, db.SetEntryKeysParams{
		OrderKeyA: k.a, OrderKeyB: k.b, OrderVersionA: k.versionA, OrderVersionB: k.versionB, TenantID: e.TenantID, ID: e.ID,
	})
	return must(n, err, "writing an entry's place")
}

// place is the key that ranks now.
func (s Settings) place(e db.Entry) int64 {
	if s.ranksByB() {
		return e.OrderKeyB
	}
	return e.OrderKeyA
}

// byRank sorts entries by the key that ranks now.
func byRank(s Settings, entries []db.Entry) {
	slices.SortFunc(entries, func(x, y db.Entry) int {
		return cmp.Or(cmp.Compare(s.place(x), s.place(y)), cmp.Compare(x.ID, y.ID))
	})
}
