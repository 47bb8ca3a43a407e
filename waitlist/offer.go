package waitlist

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// errClaimed says that a slot which its own row calls open is claimed: the last guard held.
var errClaimed = errors.New("the slot is claimed already")

// offer holds the slot for a locked, re-checked customer. staff is who chose them; nil: the rank did.
func (w *Waitlist) offer(ctx context.Context, tx *db.Tx, sc *scan, p party, pick rules.Pick, staff *Staff) error {
	entry, _ := p.entry(pick.Candidate.EntryID)
	service, slot, now := sc.services[entry.ServiceID], sc.slot, sc.now
	n, err := tx.HoldSlot(ctx, db.HoldSlotParams{At: &now, TenantID: slot.TenantID, ID: slot.ID})
	if err := must(n, err, "holding a slot"); err != nil {
		return err
	}
	if err := moveEntry(ctx, tx, entry, rules.EntryWaiting, rules.EntryOffered, "offering to an entry"); err != nil {
		return err
	}
	row := sc.offerRow(tx, p, entry, service, pick)
	if staff != nil {
		row.ChosenBy = &staff.UserID
	}
	offerID, err := tx.AddOffer(ctx, row)
	if err != nil {
		return fmt.Errorf("adding an offer: %w", err)
	}
	err = tx.AddClaim(ctx, db.AddClaimParams{TenantID: slot.TenantID, SlotID: slot.ID, OfferID: &offerID})
	if db.IsDuplicate(err) {
		return errClaimed
	}
	if err != nil {
		return fmt.Errorf("claiming a slot: %w", err)
	}
	if row.EmailHash != nil {
		err := outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: slot.TenantID, Kind: outbox.Offer, CustomerID: p.customer.ID,
			EntryID: &entry.ID, OfferID: &offerID, CauseKey: row.PublicID, UsefulUntil: row.ExpiresAt,
		})
		if err != nil {
			return err
		}
	}
	if staff == nil {
		if err := theProgram.did(ctx, tx, "offer.make", slot.TenantID, "offers", offerID, nil); err != nil {
			return err
		}
	} else {
		err := audit.Note(ctx, tx, audit.Entry{
			TenantID: slot.TenantID, By: staff.Actor(), Action: "offer.choose", Record: "offers", RecordID: offerID,
			Reason: sc.chosenReason,
		})
		if err != nil {
			return err
		}
	}
	tx.AfterCommit(func() {
		w.boards.Changed(slot.TenantID)
		err := w.holds.Hold(ctx, slot.ID, offerID, row.ExpiresAt, now)
		w.afterwards(ctx, "holding in Redis", err, "offer_id", offerID)
		w.countPassedOver(ctx, slot.TenantID, pick.PassedOver)
	})
	return nil
}

func (sc *scan) offerRow(tx *db.Tx, p party, entry db.Entry, service db.Service, pick rules.Pick) db.AddOfferParams {
	s, now := sc.settings, sc.now
	id := seal.PublicID()
	row := db.AddOfferParams{
		TenantID: sc.slot.TenantID, PublicID: id, SlotID: sc.slot.ID, EntryID: entry.ID,
		CustomerID: p.customer.ID, LiveCustomerID: &p.customer.ID, ServiceID: service.ID, StaffMemberID: sc.slot.StaffMemberID,
		CauseOfferID: sc.slot.CauseOfferID, CreatedAt: now, HoldSeconds: s.Row.HoldSeconds,
		ExpiresAt:    rules.FirstDeadline(now, s.Hold),
		ExpiresCapAt: rules.DeadlineCap(s.Settings, now, sc.slot.StartsAt),
		StartsAt:     sc.slot.StartsAt, EndsAt: sc.slot.StartsAt.Add(time.Duration(service.DurationMinutes) * time.Minute),
		ServiceName: service.Name, DurationMinutes: service.DurationMinutes, BufferMinutes: service.BufferMinutes,
		PriceKind: service.PriceKind, PriceMinor: service.PriceMinor, Currency: s.Row.Currency,
		Score:     pick.Parts(s.Weights, now).Encode(),
		TokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenOffer, id, 1)), TokenVersion: 1, RemindMinutes: s.Row.OfferReminderMinutes,
	}
	if p.customer.Email != nil && entry.Consented {
		row.EmailHash = p.customer.EmailHash
	}
	return row
}

// countPassedOver remembers who fitted and lost to a bonus only, and lifts whoever lost so often enough. A crash before it
// costs one count.
func (w *Waitlist) countPassedOver(ctx context.Context, tenantID int64, entryIDs []int64) {
	slices.Sort(entryIDs)
	for _, id := range entryIDs {
		err := w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error { return passOver(ctx, tx, tenantID, id) })
		w.afterwards(ctx, "counting who was passed over", err, "entry_id", id)
	}
}

func passOver(ctx context.Context, tx *db.Tx, tenantID, entryID int64) error {
	e, err := tx.GetEntry(ctx, db.GetEntryParams{TenantID: tenantID, ID: entryID})
	if err != nil {
		return fmt.Errorf("reading an entry: %w", err)
	}
	p, err := lockParty(ctx, tx, tenantID, e.CustomerID)
	if err != nil {
		return err
	}
	if _, live := p.entry(entryID); !live {
		return nil
	}
	settings, err := LoadSettings(ctx, tx.Queries, tenantID)
	if err != nil {
		return err
	}
	n, err := tx.PassOverEntry(ctx, db.PassOverEntryParams{TenantID: tenantID, ID: entryID})
	if err := must(n, err, "counting a pass"); err != nil {
		return err
	}
	return rerank(ctx, tx, settings, p)
}
