package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Invited is what somebody who opens the link of an invitation is shown.
type Invited struct {
	Business string
	Name     string
	Email    string
	Role     rules.Role
	Locale   string // BCP 47, of the business
}

// InvitationPage reads the invitation of a link: problem.Gone for a token that is unknown, accepted, taken back or too old.
func (a *Accounts) InvitationPage(ctx context.Context, token string) (Invited, error) {
	row, p, err := a.openInvitation(ctx, token)
	if err != nil {
		return Invited{}, err
	}
	settings, err := a.db.GetSettings(ctx, row.TenantID)
	if err != nil {
		return Invited{}, db.Down(fmt.Errorf("reading the name of business %d: %w", row.TenantID, err))
	}
	return Invited{Business: settings.Name, Name: p.name, Email: p.email, Role: row.Role, Locale: settings.Locale}, nil
}

func (a *Accounts) openInvitation(ctx context.Context, token string) (db.Invitation, person, error) {
	row, err := a.db.GetInvitationByToken(ctx, seal.HashToken(token))
	if absent(err) {
		return db.Invitation{}, person{}, invitationOver()
	}
	if err != nil {
		return db.Invitation{}, person{}, db.Down(fmt.Errorf("reading an invitation: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return db.Invitation{}, person{}, err
	}
	if !now.Before(row.ExpiresAt) {
		return db.Invitation{}, person{}, invitationOver()
	}
	p, err := a.invited(ctx, row)
	return row, p, err
}

func invitationOver() error { return problem.New(problem.Gone, "account.bad.invitation_over") }

// AcceptInvitation is what somebody types behind the link of an invitation.
type AcceptInvitation struct {
	Name     string
	Password string // a new one, or the present one of somebody who has a login with this address
	Locale   string // BCP 47, of the page
	Address  string // network address the request came from
}

// AcceptInvitation makes the person a member and lets them in. Errors are problem.InvalidInput with the fields name and password, Gone
// as in InvitationPage, Limited after too many tries.
func (a *Accounts) AcceptInvitation(ctx context.Context, token string, f AcceptInvitation) (LoggedIn, error) {
	row, p, err := a.openInvitation(ctx, token)
	if err != nil {
		return LoggedIn{}, err
	}
	if err := a.attemptAt(ctx, logInAttempts(p.email, f.Address)...); err != nil {
		return LoggedIn{}, err
	}
	user, known, err := a.accepting(ctx, row, p, f)
	if err != nil {
		return LoggedIn{}, err
	}
	var in LoggedIn
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		in = LoggedIn{}
		userID := known
		if err := takeInvitation(ctx, tx, row); err != nil {
			return err
		}
		if userID == 0 {
			if userID, err = addUser(ctx, tx, user); err != nil {
				return err
			}
		}
		if err := join(ctx, tx, row.TenantID, userID, row.Role); err != nil {
			return err
		}
		if row.StaffMemberID != nil {
			link := db.LinkStaffMemberParams{TenantID: row.TenantID, ID: *row.StaffMemberID, UserID: &userID}
			if _, err := tx.LinkStaffMember(ctx, link); err != nil {
				return fmt.Errorf("giving a staff member the login: %w", err)
			}
		}
		if in, err = enter(ctx, tx, userID, row.TenantID); err != nil {
			return err
		}
		return note(ctx, tx, User{ID: userID, TenantID: row.TenantID}, "invitation.accept", "invitations", row.ID, map[string]any{"role": row.Role})
	})
	if db.IsDuplicate(err) { // another invitation of the same person was accepted in this moment
		return LoggedIn{}, problem.New(problem.Conflict, "account.bad.again")
	}
	return in, err
}

// accepting checks what was typed: known is the user who has this address already and gave the right password, else 0 with user ready to be added.
func (a *Accounts) accepting(ctx context.Context, row db.Invitation, p person, f AcceptInvitation) (user newUser, known int64, err error) {
	existing, err := a.db.GetUserByEmail(ctx, row.EmailHash)
	if err == nil {
		ok, err := seal.CheckPassword(ctx, existing.PasswordHash, f.Password)
		if err != nil {
			return newUser{}, 0, fmt.Errorf("checking the password of user %d: %w", existing.ID, err)
		}
		if !ok {
			return newUser{}, 0, problem.Invalid(problem.Bad("password", "account.bad.present_password"))
		}
		return newUser{}, existing.ID, nil
	}
	if !absent(err) {
		return newUser{}, 0, db.Down(fmt.Errorf("reading a user: %w", err))
	}
	settings, err := a.db.GetSettings(ctx, row.TenantID)
	if err != nil {
		return newUser{}, 0, db.Down(fmt.Errorf("reading the name of business %d: %w", row.TenantID, err))
	}
	var r reading
	user = newUser{name: r.name("name", f.Name, nameMost), email: p.email}
	r.password(f.Password, f.Name, p.email, settings.Name)
	if err := r.err(); err != nil {
		return newUser{}, 0, err
	}
	if user.passwordHash, err = seal.HashPassword(ctx, f.Password); err != nil {
		return newUser{}, 0, fmt.Errorf("hashing a password: %w", err)
	}
	return user, 0, nil
}

// takeInvitation lets exactly one acceptance through.
func takeInvitation(ctx context.Context, tx *db.Tx, row db.Invitation) error {
	n, err := tx.DeleteInvitation(ctx, db.DeleteInvitationParams{TenantID: row.TenantID, ID: row.ID})
	if err != nil {
		return fmt.Errorf("taking an invitation: %w", err)
	}
	if n != 1 {
		return invitationOver()
	}
	return nil
}
