package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/listfile"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

// Names of the fields of acts on entries in the document.
var entryFields = []string{
	"service", "service_id", "customer", "customer_id", "windows", "wishes/windows", "notice", "wishes/notice_minutes", "only_staff", "wishes/only_staff_member_ids",
	"preferred_staff", "wishes/preferred_staff_member_id", "earliest_on", "wishes/earliest_on", "latest_on", "wishes/latest_on",
}

// ListEntries answers GET /entries.
func (d *door) ListEntries(c echo.Context, p spec.ListEntriesParams) error {
	f, err := listedBy(spec.ExportEntriesParams{
		ServiceID: p.ServiceID, State: p.State, Source: p.Source, TagID: p.TagID, StaffMemberID: p.StaffMemberID, JoinedFrom: p.JoinedFrom, JoinedTo: p.JoinedTo,
		PassedOver: p.PassedOver, NoAddress: p.NoAddress, Find: p.Find,
	})
	if err != nil {
		return err
	}
	data, next, err := d.listEntries(c, f, p.Order, p.Cursor, p.Limit)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.EntryList{Data: data, NextCursor: next})
}

// listedBy reads what the list and its file are asked for by.
func listedBy(p spec.ExportEntriesParams) (waitlist.ListFilter, error) {
	f, err := readFilter(spec.EntryFilter{
		ServiceID: p.ServiceID, State: p.State, Source: p.Source, TagID: p.TagID, StaffMemberID: p.StaffMemberID, JoinedFrom: p.JoinedFrom, JoinedTo: p.JoinedTo,
		PassedOver: p.PassedOver, NoAddress: p.NoAddress,
	})
	f.Find = or(p.Find, "")
	return f, err
}

// SearchEntries answers POST /entries/search.
func (d *door) SearchEntries(c echo.Context, _ spec.SearchEntriesParams) error {
	var asked spec.EntrySearch
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := d.filterOf(c, asked.Filter)
	if err != nil {
		return err
	}
	data, next, err := d.listEntries(c, f, asked.Order, asked.Cursor, asked.Limit)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.FoundEntries{Data: data, NextCursor: next, Find: orNull(f.Find)})
}

func (d *door) listEntries(c echo.Context, f waitlist.ListFilter, asked *spec.EntryOrder, from *spec.Cursor, limit *spec.Limit) ([]spec.Entry, nullable.Nullable[string], error) {
	after, err := placeOf(from)
	if err != nil {
		return nil, cursor(""), err
	}
	order := waitlist.ListOrder(or(asked, spec.EntryOrderPlace))
	if order == "place" {
		order = waitlist.ListByPlace
	}
	rows, next, err := d.Waitlist.ListFrom(c.Request().Context(), staffOf(c).TenantID, f, order, after, limitOf(limit))
	if err != nil {
		return nil, cursor(""), err
	}
	data := make([]spec.Entry, len(rows))
	for i, row := range rows {
		data[i] = entryOf(row)
	}
	return data, cursor(next), nil
}

// CountEntries answers GET /entries/counts.
func (d *door) CountEntries(c echo.Context) error {
	n, err := d.Waitlist.Counts(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.EntryCounts{Waiting: n.Waiting, OffersOut: n.OffersOut, OpenSlots: n.Open})
}

// ExportEntries answers POST /entries/export.
func (d *door) ExportEntries(c echo.Context, p spec.ExportEntriesParams) error {
	f, err := listedBy(p)
	if err != nil {
		return err
	}
	return listfile.Export(c, d.Waitlist, staffOf(c), f)
}

// AddEntry answers POST /entries.
func (d *door) AddEntry(c echo.Context, _ spec.AddEntryParams) error {
	var asked spec.NewEntry
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx, s := c.Request().Context(), staffOf(c)
	b, err := d.Waitlist.Business(ctx, s.TenantID)
	if err != nil {
		return err
	}
	wishes, err := wishesOf(waitlist.Wishes{}, asked.Wishes)
	if err != nil {
		return err
	}
	f := waitlist.AddEntry{
		Service: asked.ServiceID, Customer: or(asked.CustomerID, ""), Name: or(asked.Name, ""), Email: or(asked.Email, ""), Phone: or(asked.Phone, ""),
		Consent: or(asked.Consent, false), Wording: or(asked.Wording, public.Wording(i18n.For(b.Locale), b)), Locale: languageOf(asked.Language, b.Locale),
		Priority: or(asked.Priority, 0), Wishes: wishes, Despite: or(asked.Despite, false), Press: pressOf(c),
	}
	f.Note, _ = asked.Note.Get() // null: none
	id, err := d.Waitlist.AddEntry(ctx, s, f)
	if err != nil {
		return named(err, entryFields...)
	}
	row, err := d.Waitlist.Entry(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	return made(c, "/entries/"+id, entryOf(row))
}

// languageOf is the language that was asked for if there is one such, else that of the business.
func languageOf(asked *spec.Language, business string) string {
	if tag, ok := i18n.LanguageOf(or(asked, "")); ok {
		return tag
	}
	return business
}

// GetEntry answers GET /entries/{entry_id}.
func (d *door) GetEntry(c echo.Context, id spec.EntryID) error {
	row, err := d.Waitlist.Entry(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, entryOf(row))
}

// ChangeEntry answers PATCH /entries/{entry_id}.
func (d *door) ChangeEntry(c echo.Context, id spec.EntryID, _ spec.ChangeEntryParams) error {
	var asked spec.EntryChange
	if err := read(c, &asked); err != nil {
		return err
	}
	row, version, err := d.entryToChange(c, id)
	if err != nil {
		return err
	}
	f := waitlist.EntryChange{Version: version, Priority: asked.Priority, Reason: or(asked.Reason, "")}
	if asked.Wishes != nil {
		wishes, err := wishesOf(row.Wishes, asked.Wishes)
		if err != nil {
			return err
		}
		f.Version, f.Wishes = row.Version, &wishes // what isn't sent is as it was read
	}
	if asked.Note.IsSpecified() {
		note, _ := asked.Note.Get() // null: none
		f.Note = &note
	}
	if err := d.Waitlist.ChangeEntry(c.Request().Context(), staffOf(c), id, f); err != nil {
		return overtaken(c, named(err, entryFields...))
	}
	return d.GetEntry(c, id)
}

// entryToChange is an entry that is to be changed, and the version of it that If-Match demands; 0: none.
func (d *door) entryToChange(c echo.Context, id string) (row waitlist.ListRow, version int, err error) {
	if row, err = d.Waitlist.Entry(c.Request().Context(), staffOf(c).TenantID, id); err != nil {
		return row, 0, err
	}
	if err := unchanged(c, entryOf(row)); err != nil {
		return row, 0, err
	}
	if c.Request().Header.Get("If-Match") != "" {
		version = row.Version
	}
	return row, version, nil
}

// RemoveEntry answers DELETE /entries/{entry_id}.
func (d *door) RemoveEntry(c echo.Context, id spec.EntryID, _ spec.RemoveEntryParams) error {
	_, version, err := d.entryToChange(c, id)
	if err != nil {
		return err
	}
	if err := d.Waitlist.RemoveEntryAt(c.Request().Context(), staffOf(c), id, version); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// ConfirmEntry answers POST /entries/{entry_id}/confirmation.
func (d *door) ConfirmEntry(c echo.Context, id spec.EntryID, _ spec.ConfirmEntryParams) error {
	return d.moveEntry(c, id, d.Waitlist.StaffConfirmEntry)
}

// PauseEntry answers POST /entries/{entry_id}/pause.
func (d *door) PauseEntry(c echo.Context, id spec.EntryID, _ spec.PauseEntryParams) error {
	return d.moveEntry(c, id, d.Waitlist.StaffPauseEntry)
}

// ReturnEntry answers POST /entries/{entry_id}/return.
func (d *door) ReturnEntry(c echo.Context, id spec.EntryID, _ spec.ReturnEntryParams) error {
	return d.moveEntry(c, id, d.Waitlist.StaffReturnEntry)
}

// StayEntry answers POST /entries/{entry_id}/stay.
func (d *door) StayEntry(c echo.Context, id spec.EntryID, _ spec.StayEntryParams) error {
	return d.moveEntry(c, id, d.Waitlist.StaffStayEntry)
}

// RestoreEntry answers POST /entries/{entry_id}/restoration.
func (d *door) RestoreEntry(c echo.Context, id spec.EntryID, _ spec.RestoreEntryParams) error {
	return d.moveEntry(c, id, d.Waitlist.BringBackEntry)
}

func (d *door) moveEntry(c echo.Context, id string, act func(context.Context, waitlist.Staff, string) error) error {
	if err := act(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetEntry(c, id)
}
