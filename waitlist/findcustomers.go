package waitlist

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
)

const peopleShown = 20

// CustomerFile is what staff see of a customer.
type CustomerFile struct {
	Person
	Locale    string
	Added     time.Time
	Tags      []Tag
	Blocked   bool
	Unwritten string // as WaitingEntry.Unwritten
}

// FindCustomers finds customers by exactly their address or number, or by the beginnings of the words of their name; with nothing typed,
// those who were added last. Nothing is decrypted but who is found.
func (w *Waitlist) FindCustomers(ctx context.Context, tenantID int64, typed string) ([]Person, error) {
	rows, err := w.findCustomers(ctx, tenantID, strings.TrimSpace(typed), math.MaxInt64, peopleShown)
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

// CustomersFrom is FindCustomers for programs: at most limit customers behind the one that after names, who was added last first, and next for
// those behind them, empty at the end. Fails with Invalid for an after that names nobody.
func (w *Waitlist) CustomersFrom(ctx context.Context, tenantID int64, typed, after string, limit int) (files []CustomerFile, next string, err error) {
	before, err := behind(after, func() (int64, error) {
		c, err := w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: after})
		return c.ID, err
	})
	if err != nil {
		return nil, "", err
	}
	rows, err := w.findCustomers(ctx, tenantID, strings.TrimSpace(typed), before, limit+1)
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("looking customers up: %w", err))
	}
	rows, more := firstOf(rows, limit)
	if more {
		next = rows[limit-1].PublicID
	}
	files, err = w.customerFiles(ctx, tenantID, rows)
	return files, next, err
}

// CustomerFile is one customer. Fails with NotFound.
func (w *Waitlist) CustomerFile(ctx context.Context, tenantID int64, customerID string) (CustomerFile, error) {
	c, err := w.customerOf(ctx, tenantID, customerID)
	if err != nil {
		return CustomerFile{}, err
	}
	files, err := w.customerFiles(ctx, tenantID, []db.Customer{c})
	if err != nil {
		return CustomerFile{}, err
	}
	return files[0], nil
}

func (w *Waitlist) customerOf(ctx context.Context, tenantID int64, customerID string) (db.Customer, error) {
	c, err := w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: customerID})
	return found(c, err, "problem.no_such_customer")
}

// EntriesOfCustomer are the last entries of a customer, the newest first, as ListFrom gives them. Fails with NotFound.
func (w *Waitlist) EntriesOfCustomer(ctx context.Context, tenantID int64, customerID string) ([]ListRow, error) {
	c, err := w.customerOf(ctx, tenantID, customerID)
	if err != nil {
		return nil, err
	}
	entries, err := w.db.EntriesOfCustomer(ctx, db.EntriesOfCustomerParams{TenantID: tenantID, CustomerID: c.ID})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading a customer's entries: %w", err))
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, err
	}
	places := make([]db.EntryPlace, len(entries))
	for i, e := range entries {
		places[i].ID = e.ID
	}
	rows, err := w.listRows(ctx, settings, places)
	if err != nil {
		return nil, err
	}
	return rows, w.complete(ctx, tenantID, rows)
}

// BookingsOfCustomer are the last appointments of a customer, the latest first. Fails with NotFound.
func (w *Waitlist) BookingsOfCustomer(ctx context.Context, tenantID int64, customerID string) ([]EntryBooking, error) {
	c, err := w.customerOf(ctx, tenantID, customerID)
	if err != nil {
		return nil, err
	}
	rows, err := w.db.BookingsOfCustomer(ctx, db.BookingsOfCustomerParams{TenantID: tenantID, CustomerID: &c.ID})
	list := make([]EntryBooking, len(rows))
	for i, b := range rows {
		list[i] = EntryBooking{ID: b.PublicID, ServiceName: b.ServiceName, State: b.State, Start: b.StartsAt}
	}
	return list, db.Down(wrap(err, "reading a customer's bookings"))
}

// findCustomers finds at most limit customers with ids below before, the greatest first.
func (w *Waitlist) findCustomers(ctx context.Context, tenantID int64, typed string, before int64, limit int) ([]db.Customer, error) {
	if typed == "" {
		return w.db.RecentCustomers(ctx, db.RecentCustomersParams{TenantID: tenantID, BeforeID: before, Limit: int32(limit)})
	}
	if strings.Contains(typed, "@") {
		rows, err := w.db.CustomersByEmail(ctx, db.CustomersByEmailParams{TenantID: tenantID, EmailHash: w.db.Lookup().Email(tenantID, typed)})
		return newestFirst(rows, before, limit), err
	}
	if strings.ContainsAny(typed, "0123456789") {
		b, err := w.Business(ctx, tenantID)
		if err != nil {
			return nil, err
		}
		if number, ok := readPhone(typed, b.Locale); ok {
			rows, err := w.db.CustomersByContact(ctx, db.CustomersByContactParams{TenantID: tenantID, PhoneHash: w.db.Lookup().Phone(tenantID, number)})
			return newestFirst(rows, before, limit), err
		}
	}
	words := w.db.Lookup().Query(tenantID, typed)
	if len(words) == 0 {
		return nil, nil
	}
	return w.db.CustomersByPrefixes(ctx, db.CustomersByPrefixesParams{TenantID: tenantID, Hashes: words, Words: int64(len(words)), BeforeID: before, Limit: int32(limit)})
}

// newestFirst is a page of the few who share an address or a number.
func newestFirst(rows []db.Customer, before int64, limit int) []db.Customer {
	rows = slices.DeleteFunc(rows, func(c db.Customer) bool { return c.ID >= before })
	slices.SortFunc(rows, func(x, y db.Customer) int { return cmp.Compare(y.ID, x.ID) })
	return rows[:min(limit, len(rows))]
}

func (w *Waitlist) customerFiles(ctx context.Context, tenantID int64, rows []db.Customer) ([]CustomerFile, error) {
	files := make([]CustomerFile, len(rows))
	if len(rows) == 0 {
		return files, nil
	}
	ids := make([]int64, len(rows))
	var addresses, phones [][]byte
	for i, c := range rows {
		ids[i] = c.ID
		files[i].Locale, files[i].Added = c.Locale, c.CreatedAt
		var err error
		if files[i].Person, err = w.person(ctx, c); err != nil {
			return nil, err
		}
		addresses = append(addresses, nonNil(c.EmailHash)...)
		phones = append(phones, nonNil(w.db.Lookup().Phone(tenantID, files[i].Phone))...)
	}
	tags, err := w.tagsBorne(ctx, tenantID, ids)
	if err != nil {
		return nil, err
	}
	barred, err := blockedAmong(ctx, w.db.Queries, tenantID, addresses, phones)
	if err != nil {
		return nil, db.Down(err)
	}
	unwritten, err := w.unwritten(ctx, tenantID, addresses)
	if err != nil {
		return nil, err
	}
	for i, c := range rows {
		files[i].Tags, files[i].Unwritten = tags[c.ID], unwritten[string(c.EmailHash)]
		files[i].Blocked = barred[string(c.EmailHash)] || barred[string(w.db.Lookup().Phone(tenantID, files[i].Phone))]
	}
	return files, nil
}
