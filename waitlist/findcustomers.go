package waitlist

import (
	"context"
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/db"
)

const peopleShown = 20

// FindCustomers finds customers by exactly their address, or by the beginnings of the words of their name; with nothing typed,
// those who were added last. Nothing is decrypted but who is found.
func (w *Waitlist) FindCustomers(ctx context.Context, tenantID int64, typed string) ([]Person, error) {
	rows, err := w.findCustomers(ctx, tenantID, strings.TrimSpace(typed))
	if err != nil {
		return nil, db.Down(fmt.Errorf("looking customers up: %w", err))
	}
	people := make([]Person, 0, len(rows))
	for _, c := range rows {
		p, err := w.person(ctx, c)
		if err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	return people, nil
}

func (w *Waitlist) findCustomers(ctx context.Context, tenantID int64, typed string) ([]db.Customer, error) {
	if typed == "" {
		return w.db.RecentCustomers(ctx, db.RecentCustomersParams{TenantID: tenantID, Limit: peopleShown})
	}
	if strings.Contains(typed, "@") {
		return w.db.CustomersByEmail(ctx, db.CustomersByEmailParams{TenantID: tenantID, EmailHash: w.db.Lookup().Email(tenantID, typed)})
	}
	words := w.db.Lookup().Query(tenantID, typed)
	if len(words) == 0 {
		return nil, nil
	}
	return w.db.CustomersByPrefixes(ctx, db.CustomersByPrefixesParams{TenantID: tenantID, Hashes: words, Words: int64(len(words)), Limit: peopleShown})
}
