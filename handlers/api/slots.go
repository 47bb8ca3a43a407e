package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Names of the fields of waitlist.OpenSlots and waitlist.Book in the document.
var timeFields = []string{
	"staff_member", "staff_member_id", "service", "service_id", "from", "time", "minutes", "duration_minutes", "customer", "customer_id",
	"name", "customer/name", "email", "customer/email", "phone", "customer/phone",
}

// Names of the fields of the filters of lists that go by time.
var filterFields = []string{"staff_member", "staff_member_id", "customer", "customer_id", "slot", "slot_id", "entry", "entry_id"}

// ListSlots answers GET /slots.
func (d *door) ListSlots(c echo.Context, p spec.ListSlotsParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	slots, next, err := d.Waitlist.Slots(c.Request().Context(), staffOf(c).TenantID, waitlist.SlotFilter{
		Period: periodOf(p.From, p.To), StaffMember: or(p.StaffMemberID, ""), State: rules.SlotState(or(p.State, "")), After: after, Limit: limitOf(p.Limit),
	})
	if err != nil {
		return named(err, filterFields...)
	}
	return answer(c, http.StatusOK, spec.SlotList{Data: slotsOf(slots), NextCursor: cursor(next)})
}

// OpenSlots answers POST /slots.
func (d *door) OpenSlots(c echo.Context, _ spec.OpenSlotsParams) error {
	var asked spec.NewSlots
	if err := read(c, &asked); err != nil {
		return err
	}
	service, _ := asked.ServiceID.Get() // null: whatever fits
	ids, err := d.Waitlist.OpenSlots(c.Request().Context(), staffOf(c), waitlist.OpenSlots{
		StaffMember: asked.StaffMemberID, Service: service, Date: askedDay(&asked.Date), FromMinute: windowMinute(asked.Time), Minutes: asked.DurationMinutes,
		Count: or(asked.Count, 1), Weeks: or(asked.Weeks, 1), OutsideHours: or(asked.OutsideHours, false), Press: pressOf(c),
	})
	if err != nil {
		return named(err, timeFields...)
	}
	slots, err := d.Waitlist.SlotsNamed(c.Request().Context(), staffOf(c).TenantID, ids)
	if err != nil {
		return err
	}
	return answer(c, http.StatusCreated, spec.OpenedSlots{Data: slotsOf(slots)})
}

// GetSlot answers GET /slots/{slot_id}.
func (d *door) GetSlot(c echo.Context, id spec.SlotID) error {
	s, err := d.Waitlist.SlotDetail(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, slotDetailOf(s))
}

// WithdrawSlot answers POST /slots/{slot_id}/withdrawal.
func (d *door) WithdrawSlot(c echo.Context, id spec.SlotID, _ spec.WithdrawSlotParams) error {
	if err := d.Waitlist.WithdrawSlot(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetSlot(c, id)
}

// RestoreSlot answers POST /slots/{slot_id}/restoration.
func (d *door) RestoreSlot(c echo.Context, id spec.SlotID, _ spec.RestoreSlotParams) error {
	if err := d.Waitlist.RestoreSlot(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetSlot(c, id)
}

// OfferSlot answers POST /slots/{slot_id}/offer.
func (d *door) OfferSlot(c echo.Context, id spec.SlotID, _ spec.OfferSlotParams) error {
	var asked spec.Choice
	if err := read(c, &asked); err != nil {
		return err
	}
	if err := d.Waitlist.OfferTo(c.Request().Context(), staffOf(c), id, asked.EntryID, asked.Reason); err != nil {
		return err
	}
	return d.GetSlot(c, id)
}

// ListCandidates answers GET /slots/{slot_id}/candidates.
func (d *door) ListCandidates(c echo.Context, id spec.SlotID, p spec.ListCandidatesParams) error {
	rows, err := d.Waitlist.CandidatesFor(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Candidate, len(page))
	for i, row := range page {
		e := row.Entry
		data[i] = spec.Candidate{
			EntryID: e.ID, Customer: contactOf(e.Person), Service: spec.Reference{ID: e.ServiceID, Name: e.ServiceName}, JoinedAt: e.JoinedAt.UTC(),
			Misfit: orNull(spec.Misfit(row.Misfit)), Score: scoreOf(row.Parts),
		}
	}
	return answer(c, http.StatusOK, spec.CandidateList{Data: data, NextCursor: next})
}

// ListSlotsForEntry answers GET /entries/{entry_id}/slots.
func (d *door) ListSlotsForEntry(c echo.Context, id spec.ID, p spec.ListSlotsForEntryParams) error {
	rows, err := d.Waitlist.SlotsFor(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.FittingSlot, len(page))
	for i, row := range page {
		data[i] = spec.FittingSlot{Slot: slotOf(row.StaffSlot), Misfit: orNull(spec.Misfit(row.Misfit))}
	}
	return answer(c, http.StatusOK, spec.FittingSlotList{Data: data, NextCursor: next})
}
