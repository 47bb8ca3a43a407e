package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/email"
)

// taken drops a letter that would confirm an address which somebody else logs in with by now. Whoever asked is not told.
const taken dropped = "taken"

// prepareForUser renders a message to a user or somebody invited.
func (d *Deliverer) prepareForUser(ctx context.Context, m db.UserMessage, now time.Time) (Message, error) {
	message := Message{ID: m.MessageID, Date: now}
	box := d.DB.SystemBox()
	var err error
	if message.To, err = box.Open(outbox.UserColumn("email", m.MessageID), m.Email); err != nil {
		return Message{}, fmt.Errorf("opening the address of message %d to a user: %w", m.ID, err)
	}
	if message.ToName, err = box.Open(outbox.UserColumn("name", m.MessageID), m.Name); err != nil {
		return Message{}, fmt.Errorf("opening the name of message %d to a user: %w", m.ID, err)
	}
	home, err := d.home(ctx, m)
	if err != nil {
		return Message{}, err
	}
	to := email.Login{Locale: i18n.For(m.Locale), Name: message.ToName, Zone: home.zone, Base: d.Base}
	letter, err := d.userLetter(ctx, m, to, home, now, &message)
	if err != nil {
		return Message{}, err
	}
	err = fill(ctx, &message, letter)
	return message, err
}

// home is a business whose clock a letter goes by, and which it may speak of.
type home struct {
	business string
	zone     *time.Location
}

func (d *Deliverer) home(ctx context.Context, m db.UserMessage) (home, error) {
	var name, zone string
	switch {
	case m.TenantID != nil:
		settings, err := d.DB.GetSettings(ctx, *m.TenantID)
		if err != nil {
			return home{}, wrap(err, "reading the business that a message speaks of")
		}
		name, zone = settings.Name, settings.Zone
	case m.UserID != nil:
		row, err := d.DB.HomeOfUser(ctx, *m.UserID)
		if err != nil && !db.IsNone(err) {
			return home{}, wrap(err, "reading where a user works")
		}
		zone = row.Zone
	}
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		location = time.UTC
	}
	return home{name, location}, nil
}

func (d *Deliverer) userLetter(ctx context.Context, m db.UserMessage, to email.Login, at home, now time.Time, message *Message) (email.Letter, error) {
	switch outbox.UserKind(m.Kind) {
	case outbox.PasswordLink:
		return d.passwordLink(ctx, m, to, now)
	case outbox.Invitation:
		return d.invitation(ctx, m, to, at, now)
	case outbox.EmailNew, outbox.EmailOld:
		return d.emailChange(ctx, m, to, now)
	case outbox.TemplateTest:
		return d.sampleLetter(ctx, m, message)
	}
	letter, known := email.Notice(to, m.Kind, at.business, m.CreatedAt)
	if !known {
		return email.Letter{}, fmt.Errorf("a message to a user of kind %s is unknown here", m.Kind) // perhaps not to a newer instance
	}
	return letter, nil
}

// passwordLink is over once the link was used, has run out or gave way to a newer one.
func (d *Deliverer) passwordLink(ctx context.Context, m db.UserMessage, to email.Login, now time.Time) (email.Letter, error) {
	link, err := d.DB.PasswordLinkOfUser(ctx, *m.UserID)
	if db.IsNone(err) || err == nil && (!link.CreatedAt.Equal(m.CreatedAt) || !now.Before(link.ExpiresAt)) {
		return email.Letter{}, over
	}
	if err != nil {
		return email.Letter{}, wrap(err, "reading a password link")
	}
	user, err := d.DB.GetUser(ctx, *m.UserID)
	if err != nil {
		return email.Letter{}, wrap(err, "reading a user")
	}
	return email.PasswordLink(to, paths.NewPassword(d.DB.Tokens().Reset(user.PublicID, link.CreatedAt)), link.ExpiresAt), nil
}

// invitation is over once it was accepted or taken back.
func (d *Deliverer) invitation(ctx context.Context, m db.UserMessage, to email.Login, at home, now time.Time) (email.Letter, error) {
	row, err := d.DB.GetInvitationByID(ctx, db.GetInvitationByIDParams{TenantID: *m.TenantID, ID: *m.AboutID})
	if db.IsNone(err) || err == nil && !now.Before(row.ExpiresAt) {
		return email.Letter{}, over
	}
	if err != nil {
		return email.Letter{}, wrap(err, "reading an invitation")
	}
	link := paths.Invitation(d.DB.Tokens().Make(seal.TokenInvite, row.PublicID, 1))
	return email.Invitation(to, at.business, string(row.Role), link, row.ExpiresAt), nil
}

// emailChange is over once it was made, stopped or has run out.
func (d *Deliverer) emailChange(ctx context.Context, m db.UserMessage, to email.Login, now time.Time) (email.Letter, error) {
	change, err := d.DB.GetEmailChange(ctx, *m.AboutID)
	if db.IsNone(err) || err == nil && !now.Before(change.ExpiresAt) {
		return email.Letter{}, over
	}
	if err != nil {
		return email.Letter{}, wrap(err, "reading a change of address")
	}
	if m.Kind == string(outbox.EmailNew) {
		if _, err := d.DB.GetUserByEmail(ctx, change.NewEmailHash); !db.IsNone(err) {
			if err == nil {
				return email.Letter{}, taken
			}
			return email.Letter{}, wrap(err, "looking for a login with an address")
		}
		return email.EmailNew(to, paths.EmailChange(d.DB.Tokens().Make(seal.TokenNew, change.PublicID, 1)), change.ExpiresAt), nil
	}
	fresh, err := d.DB.SystemBox().Open(seal.Where{Table: "email_changes", Column: "new_email", Row: change.PublicID}, change.NewEmail)
	if err != nil {
		return email.Letter{}, fmt.Errorf("opening the address of change %d: %w", change.ID, err)
	}
	return email.EmailOld(to, fresh, paths.EmailChange(d.DB.Tokens().Make(seal.TokenOld, change.PublicID, 1)), change.ExpiresAt), nil
}
