package webhooks

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// payload is what a request says. It names things by their public ids, so that a receiver asks for what it may know; it never holds
// anything about a person.
type payload struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	CreatedAt time.Time `json:"created_at"` // when it happened, UTC
	Sequence  *int64    `json:"sequence"`   // place in the business's audit trail, which grows; null: a test
	Business  string    `json:"business"`
	Data      data      `json:"data"`
}

type data struct {
	Entry       *ref        `json:"entry,omitempty"`
	Slot        *times      `json:"slot,omitempty"`
	Offer       *offerRef   `json:"offer,omitempty"`
	Booking     *bookingRef `json:"booking,omitempty"`
	Service     *ref        `json:"service,omitempty"`
	StaffMember *ref        `json:"staff_member,omitempty"`
	Settings    *area       `json:"settings,omitempty"`
}

type ref struct {
	ID string `json:"id"`
}

type times struct {
	ID       string    `json:"id"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
}

type offerRef struct {
	ID    string `json:"id"`
	State string `json:"state"` // that the event brought it into
}

type bookingRef struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"` // appointment or busy
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
}

type area struct {
	Area string `json:"area"` // of the set-up
}

func optional(id *string) *ref {
	if id == nil {
		return nil
	}
	return &ref{*id}
}

// offerState is the state that an event finds or brings an offer in: a booking has the offer that made it.
func offerState(eventType string) string {
	noun, participle, _ := strings.Cut(eventType, ".")
	switch {
	case eventType == "offer.made":
		return "pending"
	case noun == "offer":
		return participle
	}
	return "accepted"
}

// eventID is the id of an event: the same for every endpoint and on every instance.
func (w *Webhooks) eventID(tenantID, sequence int64, eventType string) string {
	digest := w.db.Signer().Sign("webhook event", strconv.FormatInt(tenantID, 10), strconv.FormatInt(sequence, 10), eventType)
	return "evt_" + base64.RawURLEncoding.EncodeToString(digest[:16])
}

// about knows what entries of the trail were about, by the record's table and id.
type about map[string]map[int64]data

func (a about) of(e db.AuditEntry, eventType string) data {
	d := a[e.Record][e.RecordID]
	if d.Offer != nil {
		offer := *d.Offer
		offer.State = offerState(eventType)
		d.Offer = &offer
	}
	if eventType == "settings.changed" {
		noun, _, _ := strings.Cut(e.Action, ".")
		d.Settings = &area{noun}
	}
	return d
}

// lookUp reads what entries of one business's trail were about, a query for each kind of record.
func (w *Webhooks) lookUp(ctx context.Context, tenantID int64, entries []db.AuditEntry) (about, error) {
	ids := map[string][]int64{}
	seen := map[string]map[int64]bool{}
	for _, e := range entries {
		if seen[e.Record] == nil {
			seen[e.Record] = map[int64]bool{}
		}
		if !seen[e.Record][e.RecordID] {
			seen[e.Record][e.RecordID] = true
			ids[e.Record] = append(ids[e.Record], e.RecordID)
		}
	}
	a := about{}
	for record, find := range map[string]func(context.Context, int64, []int64) (map[int64]data, error){
		"entries": w.entries, "slots": w.slots, "offers": w.offers, "bookings": w.bookings, "services": w.services, "staff_members": w.staffMembers,
	} {
		if len(ids[record]) == 0 {
			continue
		}
		found, err := find(ctx, tenantID, ids[record])
		if err != nil {
			return nil, db.Down(fmt.Errorf("reading what events are about: %w", err))
		}
		a[record] = found
	}
	return a, nil
}

func (w *Webhooks) entries(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookEntries(ctx, db.WebhookEntriesParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		found[r.ID] = data{Entry: &ref{r.PublicID}, Service: &ref{r.ServicePublicID}}
	}
	return found, err
}

func (w *Webhooks) slots(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookSlots(ctx, db.WebhookSlotsParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		found[r.ID] = data{Slot: &times{r.PublicID, r.StartsAt, r.EndsAt}, StaffMember: &ref{r.StaffPublicID}, Service: optional(r.ServicePublicID)}
	}
	return found, err
}

func (w *Webhooks) offers(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookOffers(ctx, db.WebhookOffersParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		d := data{
			Offer: &offerRef{ID: r.PublicID}, Slot: &times{r.SlotPublicID, r.SlotStartsAt, r.SlotEndsAt}, Entry: &ref{r.EntryPublicID},
			Service: &ref{r.ServicePublicID}, StaffMember: &ref{r.StaffPublicID},
		}
		if r.BookingPublicID != nil {
			d.Booking = &bookingRef{*r.BookingPublicID, "appointment", r.StartsAt, r.EndsAt}
		}
		found[r.ID] = d
	}
	return found, err
}

func (w *Webhooks) bookings(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookBookings(ctx, db.WebhookBookingsParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		d := data{
			Booking: &bookingRef{r.PublicID, r.Kind, r.StartsAt, r.EndsAt}, Slot: &times{r.SlotPublicID, r.SlotStartsAt, r.SlotEndsAt},
			StaffMember: &ref{r.StaffPublicID}, Service: optional(r.ServicePublicID), Entry: optional(r.EntryPublicID),
		}
		if r.OfferPublicID != nil {
			d.Offer = &offerRef{ID: *r.OfferPublicID}
		}
		found[r.ID] = d
	}
	return found, err
}

func (w *Webhooks) services(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookServices(ctx, db.WebhookServicesParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		found[r.ID] = data{Service: &ref{r.PublicID}}
	}
	return found, err
}

func (w *Webhooks) staffMembers(ctx context.Context, tenantID int64, ids []int64) (map[int64]data, error) {
	rows, err := w.db.WebhookStaffMembers(ctx, db.WebhookStaffMembersParams{TenantID: tenantID, Ids: ids})
	found := map[int64]data{}
	for _, r := range rows {
		found[r.ID] = data{StaffMember: &ref{r.PublicID}}
	}
	return found, err
}

func (p payload) bytes() ([]byte, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("writing an event: %w", err)
	}
	return body, nil
}
