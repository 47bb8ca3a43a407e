package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListCustomers answers GET /customers.
func (d *door) ListCustomers(c echo.Context, p spec.ListCustomersParams) error {
	return d.customers(c, "", p.Cursor, p.Limit)
}

// SearchCustomers answers POST /customers/search.
func (d *door) SearchCustomers(c echo.Context, _ spec.SearchCustomersParams) error {
	var asked spec.CustomerSearch
	if err := read(c, &asked); err != nil {
		return err
	}
	return d.customers(c, asked.Search, asked.Cursor, asked.Limit)
}

func (d *door) customers(c echo.Context, typed string, from *spec.Cursor, limit *spec.Limit) error {
	after, err := placeOf(from)
	if err != nil {
		return err
	}
	files, next, err := d.Waitlist.CustomersFrom(c.Request().Context(), staffOf(c).TenantID, typed, after, limitOf(limit))
	if err != nil {
		return err
	}
	data := make([]spec.Customer, len(files))
	for i, f := range files {
		data[i] = customerOf(f)
	}
	return answer(c, http.StatusOK, spec.CustomerList{Data: data, NextCursor: cursor(next)})
}

// GetCustomer answers GET /customers/{customer_id}.
func (d *door) GetCustomer(c echo.Context, id spec.CustomerID) error {
	f, err := d.Waitlist.CustomerFile(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, customerOf(f))
}

func customerOf(f waitlist.CustomerFile) spec.Customer {
	return spec.Customer{
		ID: f.ID, Name: f.Name, Email: orNull(f.Email), Phone: orNull(f.Phone), Language: i18n.For(f.Locale).Tag(), AddedAt: f.Added.UTC(), Tags: borneTags(f.Tags),
		Blocked: f.Blocked, Unwritten: orNull(f.Unwritten),
	}
}

// ListCustomerEntries answers GET /customers/{customer_id}/entries.
func (d *door) ListCustomerEntries(c echo.Context, id spec.CustomerID, p spec.ListCustomerEntriesParams) error {
	rows, err := d.Waitlist.EntriesOfCustomer(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Entry, len(page))
	for i, row := range page {
		data[i] = entryOf(row)
	}
	return answer(c, http.StatusOK, spec.EntryList{Data: data, NextCursor: next})
}

// ListCustomerBookings answers GET /customers/{customer_id}/bookings.
func (d *door) ListCustomerBookings(c echo.Context, id spec.CustomerID, p spec.ListCustomerBookingsParams) error {
	rows, err := d.Waitlist.BookingsOfCustomer(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.CustomerBooking, len(page))
	for i, b := range page {
		data[i] = spec.CustomerBooking{ID: b.ID, ServiceName: b.ServiceName, State: spec.CustomerBookingState(b.State), StartsAt: b.Start.UTC()}
	}
	return answer(c, http.StatusOK, spec.CustomerBookingList{Data: data, NextCursor: next})
}

// TagCustomer answers POST /customers/{customer_id}/tags.
func (d *door) TagCustomer(c echo.Context, id spec.CustomerID, _ spec.TagCustomerParams) error {
	var asked spec.TagsGivenAndTaken
	if err := read(c, &asked); err != nil {
		return err
	}
	if err := d.Waitlist.TagCustomerOf(c.Request().Context(), staffOf(c), id, or(asked.GiveTagIds, nil), or(asked.TakeTagIds, nil)); err != nil {
		return named(err, "give", "give_tag_ids", "take", "take_tag_ids")
	}
	return d.GetCustomer(c, id)
}
