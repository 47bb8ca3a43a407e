package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Names of the fields of business.ServiceForm in the document.
var serviceFields = []string{
	"duration", "duration_minutes", "buffer", "buffer_minutes", "price", "price/amount", "price_kind", "price/kind", "category", "category_id", "staff", "staff_member_ids",
}

// ListServices answers GET /services.
func (d *door) ListServices(c echo.Context, p spec.ListServicesParams) error {
	list, err := d.Business.Services(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	removed := p.Removed != nil && *p.Removed
	rows := list.Active
	if removed {
		rows = list.Removed
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Service, len(page))
	for i, row := range page {
		data[i] = serviceOf(row, removed)
	}
	return answer(c, http.StatusOK, spec.ServiceList{Data: data, NextCursor: next})
}

// AddService answers POST /services.
func (d *door) AddService(c echo.Context, _ spec.AddServiceParams) error {
	var asked spec.NewService
	if err := read(c, &asked); err != nil {
		return err
	}
	page, f, err := d.Business.NewService(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f.Name, f.Duration, f.Press, f.Locale = asked.Name, strconv.Itoa(asked.DurationMinutes), pressOf(c), formLocale
	fillService(&f, &asked.Price, asked.BufferMinutes, asked.CategoryID, asked.StaffMemberIds, page.Currency)
	id, err := d.Business.AddService(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return named(err, serviceFields...)
	}
	s, _, err := d.serviceByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/services/"+id, s)
}

// GetService answers GET /services/{service_id}.
func (d *door) GetService(c echo.Context, id spec.ServiceID) error {
	s, _, err := d.serviceByID(c, id)
	if err != nil {
		return err
	}
	return one(c, s)
}

// ChangeService answers PATCH /services/{service_id}.
func (d *door) ChangeService(c echo.Context, id spec.ServiceID, p spec.ChangeServiceParams) error {
	var asked spec.ServiceChange
	if err := read(c, &asked); err != nil {
		return err
	}
	s, row, err := d.serviceByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, s); err != nil {
		return err
	}
	f := serviceForm(row)
	if asked.Name != nil {
		f.Name = *asked.Name
	}
	if asked.DurationMinutes != nil {
		f.Duration = strconv.Itoa(*asked.DurationMinutes)
	}
	fillService(&f, asked.Price, asked.BufferMinutes, asked.CategoryID, asked.StaffMemberIds, row.Price.Currency)
	f.Seen = seenOf(p.Seen)
	touched, err := d.Business.ChangeService(c.Request().Context(), staffOf(c), id, f)
	if err != nil {
		return overtaken(c, named(err, serviceFields...))
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetService(c, id)
}

// RemoveService answers DELETE /services/{service_id}.
func (d *door) RemoveService(c echo.Context, id spec.ServiceID, p spec.RemoveServiceParams) error {
	s, row, err := d.serviceByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, s); err != nil {
		return err
	}
	_, touched, err := d.Business.RemoveService(c.Request().Context(), staffOf(c), id, strconv.Itoa(row.Version), seenOf(p.Seen))
	if err != nil {
		return overtaken(c, err)
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return done(c)
}

// RestoreService answers POST /services/{service_id}/restoration.
func (d *door) RestoreService(c echo.Context, id spec.ServiceID, _ spec.RestoreServiceParams) error {
	if err := d.Business.RestoreService(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetService(c, id)
}

func (d *door) serviceByID(c echo.Context, id string) (spec.Service, business.ServiceRow, error) {
	list, err := d.Business.Services(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return spec.Service{}, business.ServiceRow{}, err
	}
	for i, row := range append(list.Active, list.Removed...) {
		if row.ID == id {
			return serviceOf(row, i >= len(list.Active)), row, nil
		}
	}
	return spec.Service{}, business.ServiceRow{}, problem.New(problem.NotFound, "admin.bad.no_service")
}

func serviceOf(row business.ServiceRow, removed bool) spec.Service {
	s := spec.Service{
		ID: row.ID, Name: row.Name, DurationMinutes: int(row.Duration.Minutes()), BufferMinutes: int(row.Buffer.Minutes()), Price: priceOf(row.Price),
		CategoryID: orNull(row.CategoryID), StaffMemberIds: []spec.ID{}, Removed: removed,
	}
	for _, m := range row.Staff {
		s.StaffMemberIds = append(s.StaffMemberIds, m.ID)
	}
	return s
}

// formLocale is how amounts are written in forms that come from here.
var formLocale = i18n.For("en")

// serviceForm is a saved service as a form.
func serviceForm(row business.ServiceRow) business.ServiceForm {
	f := business.ServiceForm{
		Name: row.Name, Duration: strconv.Itoa(int(row.Duration.Minutes())), Buffer: strconv.Itoa(int(row.Buffer.Minutes())),
		PriceKind: string(row.Price.Kind), Category: row.CategoryID, Version: strconv.Itoa(row.Version), Locale: formLocale,
	}
	if row.Price.Kind == rules.PriceAmount {
		f.Price = business.PriceText(row.Price.Minor, row.Price.Currency, formLocale)
	}
	for _, m := range row.Staff {
		f.Staff = append(f.Staff, m.ID)
	}
	return f
}

// fillService writes what was asked for into a form; nil and what wasn't sent leave it as it is.
func fillService(f *business.ServiceForm, price *spec.NewPrice, buffer *int, category nullable.Nullable[string], staff *[]spec.ID, currency string) {
	if price != nil {
		f.PriceKind, f.Price = string(price.Kind), ""
		if minor, err := price.Amount.Get(); err == nil && price.Kind == spec.PriceKindAmount {
			f.Price = business.PriceText(minor, currency, formLocale)
		}
	}
	if buffer != nil {
		f.Buffer = strconv.Itoa(*buffer)
	}
	if category.IsSpecified() {
		f.Category, _ = category.Get() // null: none
	}
	if staff != nil {
		f.Staff = *staff
	}
}

func priceOf(p waitlist.Price) spec.Price {
	price := spec.Price{Kind: spec.PriceKind(p.Kind), Currency: p.Currency, Amount: nullable.NewNullNullable[int64]()}
	if p.Kind == rules.PriceAmount {
		price.Amount = nullable.NewNullableWithValue(p.Minor)
	}
	return price
}
