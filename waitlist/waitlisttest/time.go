package waitlisttest

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// Tick runs every job once, as the program does each second.
func (s *Scene) Tick() {
	s.T.Helper()
	for _, job := range []func(context.Context) (int, error){
		s.W.ExpireDue, s.W.ExpireOverdue, s.W.CarryOutWishes, s.W.LapseSlots, s.W.FillDue, s.W.ExpireEntries, s.W.RemindOffers, s.W.RemindBookings, s.W.ThankCustomers, s.W.Rekey,
	} {
		_, err := job(s.Context())
		s.ok(err)
	}
}

// Live lets time go by in steps, with emails sent and jobs running as they would.
func (s *Scene) Live(d, step time.Duration) {
	s.T.Helper()
	for ; d > 0; d -= step {
		s.Send()
		s.Pass(min(step, d))
		s.Tick()
	}
	s.Send()
}

// Send hands every due message that is of use still to a sender that accepts all.
func (s *Scene) Send() {
	s.T.Helper()
	ctx, now := s.Context(), s.Now()
	due, err := s.DB.OutboxDue(ctx, db.OutboxDueParams{Now: now, Limit: 1000})
	s.ok(err)
	for _, row := range due {
		token := seal.PublicID()
		until := now.Add(time.Minute)
		n, err := s.DB.ClaimOutboxMessage(ctx, db.ClaimOutboxMessageParams{ClaimToken: &token, LeaseUntil: &until, TenantID: row.TenantID, ID: row.ID, Now: now})
		s.ok(err)
		if n == 0 {
			continue
		}
		message, err := s.DB.GetOutboxMessage(ctx, db.GetOutboxMessageParams{TenantID: row.TenantID, ID: row.ID})
		s.ok(err)
		if !now.Before(message.UsefulUntil) {
			_, err := s.DB.EndOutboxMessage(ctx, db.EndOutboxMessageParams{ToState: "dropped", ErrorClass: "late", TenantID: row.TenantID, ID: row.ID, ClaimToken: &token})
			s.ok(err)
			continue
		}
		s.ok(s.DB.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			if message.OfferID != nil && message.Kind == "offer" {
				if err := s.W.OfferSent(ctx, tx, row.TenantID, *message.OfferID); err != nil {
					return err
				}
			}
			_, err := tx.EndOutboxMessage(ctx, db.EndOutboxMessageParams{
				ToState: "sent", SentAt: &now, TenantID: row.TenantID, ID: row.ID, ClaimToken: &token,
			})
			return err
		}))
	}
}

// OfferTo is the token of the live offer to somebody; "" when none is out.
func (s *Scene) OfferTo(who Waiter) string {
	s.T.Helper()
	page, err := s.W.EntryPage(s.Context(), who.Token)
	s.ok(err)
	return page.OfferToken
}

// Slot reads a slot's row.
func (s *Scene) Slot(id string) db.Slot {
	s.T.Helper()
	slot, err := s.DB.GetSlotByPublicID(s.Context(), db.GetSlotByPublicIDParams{TenantID: s.Tenant, PublicID: id})
	s.ok(err)
	return slot
}
