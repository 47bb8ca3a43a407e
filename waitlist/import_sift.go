package waitlist

import (
	"bytes"
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// sifted is a row that says what it should, with the customer that it names if the business knows them.
type sifted struct {
	listed
	key      string // tells one person from another
	identity []byte // nil without an address
	phone    []byte // nil without a number
	customer *db.Customer
}

// sieve tells good rows from others. seen are the people and services of the rows before, so that one is not taken twice.
type sieve struct {
	q        *db.Queries
	lookup   seal.Lookup
	box      *seal.Box
	tenantID int64
	liner    *liner
	seen     map[string]bool
}

// sift looks at some rows at once: a handful of queries however many they are. It gives the good ones and the lines of the others.
func (sv *sieve) sift(ctx context.Context, rows []sheet.Row) (good []sifted, others map[rules.ImportRowState][]int, err error) {
	others = map[rules.ImportRowState][]int{}
	var list []sifted
	for _, row := range rows {
		p, bad := sv.liner.read(row)
		if len(bad) > 0 {
			others[rules.RowBad] = append(others[rules.RowBad], row.Line)
			continue
		}
		r := sv.identify(p)
		waits := fmt.Sprintf("%s/%d", r.key, p.service.ID)
		if sv.seen[waits] {
			others[rules.RowDouble] = append(others[rules.RowDouble], row.Line)
			continue
		}
		sv.seen[waits] = true
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, others, nil
	}
	blocked, err := sv.blocked(ctx, list)
	if err != nil {
		return nil, nil, err
	}
	if err := sv.recognise(ctx, list); err != nil {
		return nil, nil, err
	}
	waits, err := sv.waiting(ctx, list)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range list {
		switch {
		case blocked[r.line]:
			others[rules.RowBlocked] = append(others[rules.RowBlocked], r.line)
		case r.customer != nil && waits[[2]int64{r.customer.ID, r.service.ID}]:
			others[rules.RowListed] = append(others[rules.RowListed], r.line)
		default:
			good = append(good, r)
		}
	}
	return good, others, nil
}

func (sv *sieve) identify(p listed) sifted {
	r := sifted{listed: p, phone: sv.lookup.Phone(sv.tenantID, p.phone)}
	if p.email != "" {
		r.identity = sv.lookup.Identity(sv.tenantID, p.email, p.name)
		r.key = string(r.identity)
		return r
	}
	r.key = string(r.phone) + seal.NormalName(p.name)
	return r
}

// blocked are the lines whose person the business blocked.
func (sv *sieve) blocked(ctx context.Context, list []sifted) (map[int]bool, error) {
	addresses := make([][]byte, 0, len(list))
	var phones [][]byte
	for _, r := range list {
		if r.email != "" {
			addresses = append(addresses, sv.lookup.Email(sv.tenantID, r.email))
		}
		if r.phone != nil {
			phones = append(phones, r.phone)
		}
	}
	barred, err := blockedAmong(ctx, sv.q, sv.tenantID, addresses, phones)
	if err != nil || len(barred) == 0 {
		return nil, err
	}
	lines := map[int]bool{}
	for _, r := range list {
		lines[r.line] = barred[string(r.phone)] || r.email != "" && barred[string(sv.lookup.Email(sv.tenantID, r.email))]
	}
	return lines, nil
}

// recognise finds the customers whom the business knows: by address and name or, without an address, by number and name.
func (sv *sieve) recognise(ctx context.Context, list []sifted) error {
	var identities, phones [][]byte
	for _, r := range list {
		if r.identity != nil {
			identities = append(identities, r.identity)
		} else if r.phone != nil {
			phones = append(phones, r.phone)
		}
	}
	known := map[string]db.Customer{}
	if len(identities) > 0 {
		customers, err := sv.q.CustomersByIdentities(ctx, db.CustomersByIdentitiesParams{TenantID: sv.tenantID, IdentityHashes: identities})
		if err != nil {
			return wrap(err, "looking customers up")
		}
		for _, c := range customers {
			known[string(c.IdentityHash)] = c
		}
	}
	if len(phones) > 0 {
		customers, err := sv.q.CustomersByPhones(ctx, db.CustomersByPhonesParams{TenantID: sv.tenantID, PhoneHashes: phones})
		if err != nil {
			return wrap(err, "looking customers up by number")
		}
		for _, c := range customers {
			name, err := sv.box.Open(seal.Where{Tenant: sv.tenantID, Table: "customers", Column: "name", Row: c.PublicID}, c.Name)
			if err != nil {
				return fmt.Errorf("opening the name of customer %d: %w", c.ID, err)
			}
			known[string(c.PhoneHash)+seal.NormalName(name)] = c
		}
	}
	for i := range list {
		if c, ok := known[list[i].key]; ok {
			list[i].customer = &c
		}
	}
	return nil
}

// waiting are the pairs of customer and service that have a live entry.
func (sv *sieve) waiting(ctx context.Context, list []sifted) (map[[2]int64]bool, error) {
	var ids []int64
	for _, r := range list {
		if r.customer != nil {
			ids = append(ids, r.customer.ID)
		}
	}
	waits := map[[2]int64]bool{}
	if len(ids) == 0 {
		return waits, nil
	}
	entries, err := sv.q.LiveEntriesOfCustomers(ctx, db.LiveEntriesOfCustomersParams{TenantID: sv.tenantID, CustomerIds: ids})
	for _, e := range entries {
		waits[[2]int64{e.CustomerID, e.ServiceID}] = true
	}
	return waits, wrap(err, "reading who waits already")
}

// blockedAmong are the digests, of addresses and numbers, that the business blocked.
func blockedAmong(ctx context.Context, q *db.Queries, tenantID int64, addresses, phones [][]byte) (map[string]bool, error) {
	barred := map[string]bool{}
	read := func(hashes [][]byte, err error) error {
		for _, hash := range hashes {
			barred[string(bytes.Clone(hash))] = true
		}
		return wrap(err, "reading who is blocked")
	}
	if len(addresses) > 0 {
		if err := read(q.BlockedAddresses(ctx, db.BlockedAddressesParams{TenantID: tenantID, EmailHashes: addresses})); err != nil {
			return nil, err
		}
	}
	if len(phones) > 0 {
		if err := read(q.BlockedPhones(ctx, db.BlockedPhonesParams{TenantID: tenantID, PhoneHashes: phones})); err != nil {
			return nil, err
		}
	}
	return barred, nil
}
