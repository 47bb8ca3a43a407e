package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// UserKind says what an email to a user is about.
type UserKind string

// Emails that hold a link which is good for something; AboutID names its row.
const (
	PasswordLink UserKind = "password_link" // the user lost their password
	Invitation   UserKind = "invitation"    // AboutID: the invitation
	EmailNew     UserKind = "email_new"     // to the address a user changes to; AboutID: the change
	EmailOld     UserKind = "email_old"     // to the address they have; AboutID: the change
)

// TemplateTest shows a user what a message to customers says in their words; AboutID: the draft, of the business of TenantID.
const TemplateTest UserKind = "template_test"

// What users are told about their login.
const (
	PasswordChanged  UserKind = "password_changed"
	EmailChanged     UserKind = "email_changed"
	FactorOn         UserKind = "factor_on"       // the second factor was switched on
	FactorOff        UserKind = "factor_off"      // and off
	PasskeyAdded     UserKind = "passkey_added"   // a way to log in more
	PasskeyRemoved   UserKind = "passkey_removed" // and one fewer
	RecoveryCodesNew UserKind = "recovery_codes"  // the old ones are worth nothing
	RecoveryCodeUsed UserKind = "recovery_used"   // somebody came in with one
	OwnershipGiven   UserKind = "ownership_given" // the user gave the business of TenantID to somebody else
	OwnershipTaken   UserKind = "ownership_taken" // the user owns the business of TenantID from now on
)

// UserMessage is one email owed to a login, or to somebody who is to have one. Other than a customer's it keeps its address: what is told
// about a change must arrive where the user was before it.
type UserMessage struct {
	TenantID    int64 // the business it speaks of; 0: none
	Kind        UserKind
	UserID      int64 // 0: somebody invited
	AboutID     int64 // row of the invitation or change; 0: none
	Name, Email string
	Locale      string    // BCP 47, of the letter
	CauseKey    string    // at most 64 ASCII characters: one email per kind and cause
	UsefulUntil time.Time // UTC; not sent later than this
}

// EnqueueForUser adds m to be sent as soon as tx is committed, as Enqueue does for customers.
func EnqueueForUser(ctx context.Context, tx *db.Tx, m UserMessage) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	id := seal.PublicID()
	err = tx.AddUserMessage(ctx, db.AddUserMessageParams{
		TenantID: orNone(m.TenantID), MessageID: id, Kind: string(m.Kind), UserID: orNone(m.UserID), AboutID: orNone(m.AboutID),
		Email: tx.SystemBox().Seal(UserColumn("email", id), m.Email), Name: tx.SystemBox().Seal(UserColumn("name", id), m.Name),
		Locale: m.Locale, CauseKey: m.CauseKey, NextAttemptAt: now, UsefulUntil: m.UsefulUntil, CreatedAt: now,
	})
	if db.IsDuplicate(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("enqueuing a message %s: %w", m.Kind, err)
	}
	tx.AfterCommit(nudge)
	return nil
}

// UserColumn is the place of a sealed column of the message with this random id.
func UserColumn(column, messageID string) seal.Where {
	return seal.Where{Table: "user_messages", Column: column, Row: messageID}
}

func orNone(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
