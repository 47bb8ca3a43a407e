package accounts

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
)

// SendInvitation emails an open invitation, by public id, again, and has its link last as long as a new one. Within a minute it does
// nothing more. problem.NotFound when it was accepted or taken back, Limited.
func (a *Accounts) SendInvitation(ctx context.Context, u User, id string) error {
	row, err := a.db.GetInvitation(ctx, db.GetInvitationParams{TenantID: u.TenantID, PublicID: id})
	if absent(err) {
		return noLogin()
	}
	if err != nil {
		return db.Down(fmt.Errorf("reading an invitation: %w", err))
	}
	if err := a.attemptAt(ctx, attempt{"invite", u.PublicID, invitationsMost}); err != nil {
		return err
	}
	p, err := a.invited(ctx, row)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockInvitation(ctx, db.LockInvitationParams{TenantID: u.TenantID, ID: row.ID}); err != nil {
			if absent(err) {
				return noLogin()
			}
			return fmt.Errorf("locking an invitation: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		until := now.Add(invitationLasts)
		if _, err := tx.RenewInvitation(ctx, db.RenewInvitationParams{ExpiresAt: until, TenantID: u.TenantID, ID: row.ID}); err != nil {
			return fmt.Errorf("renewing an invitation: %w", err)
		}
		cause := id + "/" + strconv.FormatInt(now.Unix()/60, 10)
		if err := oweInvitation(ctx, tx, u.TenantID, row.ID, p, cause, until); err != nil {
			return err
		}
		return note(ctx, tx, u, "invitation.send", "invitations", row.ID, nil)
	})
}

// oweInvitation owes the email with the link, in the language of the business.
func oweInvitation(ctx context.Context, tx *db.Tx, tenantID, rowID int64, p person, cause string, until time.Time) error {
	settings, err := tx.GetSettings(ctx, tenantID)
	if err != nil {
		return fmt.Errorf("reading the settings of business %d: %w", tenantID, err)
	}
	return outbox.EnqueueForUser(ctx, tx, outbox.UserMessage{
		TenantID: tenantID, Kind: outbox.Invitation, AboutID: rowID, Name: p.name, Email: p.email, Locale: settings.Locale, CauseKey: cause, UsefulUntil: until,
	})
}
