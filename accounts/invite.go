package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	invitationLasts = 7 * 24 * time.Hour
	invitationsMost = 60 // emails in a window that one user has sent
)

// Invite is a login that an owner or admin makes for somebody.
type Invite struct {
	Name        string
	Email       string
	Role        string // admin or staff
	StaffMember string // public id of the staff member whose login it will be; empty: nobody's
	Press       string
}

// Invite makes the invitation and owes the email with its link, which whoever made it is shown too (see Logins), for people who get no
// email; an earlier one to the same address is no longer good. It gives the public id. Whether the address has a login elsewhere is not
// told. Errors are problem.InvalidInput with the fields name, email, role, staff_member, Limited.
func (a *Accounts) Invite(ctx context.Context, u User, f Invite) (id string, err error) {
	var r reading
	name, email := r.name("name", f.Name, nameMost), r.email(f.Email)
	role := rules.Role(f.Role)
	if role != rules.RoleAdmin && role != rules.RoleStaff {
		r.refuse("role", "problem.required")
	}
	if err := r.err(); err != nil {
		return "", err
	}
	if err := a.attemptAt(ctx, attempt{"invite", u.PublicID, invitationsMost}); err != nil {
		return "", err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id = seal.PublicID()
		earlier, fresh, err := tx.Press(ctx, u.TenantID, f.Press, id)
		if err != nil || !fresh {
			id = earlier
			return err
		}
		if err := a.notYetMember(ctx, tx, u.TenantID, email); err != nil {
			return err
		}
		staffMember, err := withoutLogin(ctx, tx, u.TenantID, f.StaffMember)
		if err != nil {
			return err
		}
		return a.addInvitation(ctx, tx, u, id, role, person{name, email}, staffMember)
	})
	return id, err
}

// notYetMember refuses an address whose user belongs to the business already.
func (a *Accounts) notYetMember(ctx context.Context, tx *db.Tx, tenantID int64, email string) error {
	user, err := tx.GetUserByEmail(ctx, tx.Lookup().Email(0, email))
	if absent(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading a user: %w", err)
	}
	rows, err := tx.MembershipsOfUser(ctx, user.ID)
	if err != nil {
		return fmt.Errorf("reading the businesses of user %d: %w", user.ID, err)
	}
	for _, row := range rows {
		if row.TenantID == tenantID {
			return problem.Invalid(problem.Bad("email", "account.bad.already_member"))
		}
	}
	return nil
}

// withoutLogin finds an active staff member who has no login yet; nil when none is named.
func withoutLogin(ctx context.Context, tx *db.Tx, tenantID int64, publicID string) (*int64, error) {
	if publicID == "" {
		return nil, nil
	}
	row, err := tx.GetStaffMemberByPublicID(ctx, db.GetStaffMemberByPublicIDParams{TenantID: tenantID, PublicID: publicID})
	switch {
	case absent(err), err == nil && (!row.Active || row.UserID != nil):
		return nil, problem.Invalid(problem.Bad("staff_member", "account.bad.staff_member"))
	case err != nil:
		return nil, fmt.Errorf("reading a staff member: %w", err)
	}
	return &row.ID, nil
}

func (a *Accounts) addInvitation(ctx context.Context, tx *db.Tx, u User, id string, role rules.Role, p person, staffMember *int64) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	box, err := tx.Box(ctx, u.TenantID)
	if err != nil {
		return err
	}
	digest := tx.Lookup().Email(0, p.email)
	if err := tx.DropInvitationTo(ctx, db.DropInvitationToParams{TenantID: u.TenantID, EmailHash: digest}); err != nil {
		return fmt.Errorf("dropping an earlier invitation: %w", err)
	}
	rowID, err := tx.AddInvitation(ctx, db.AddInvitationParams{
		TenantID: u.TenantID, PublicID: id, Role: role, StaffMemberID: staffMember,
		Name: box.Seal(invitationColumn(u.TenantID, "name", id), p.name), Email: box.Seal(invitationColumn(u.TenantID, "email", id), p.email),
		EmailHash: digest, TokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenInvite, id, 1)),
		CreatedAt: now, ExpiresAt: now.Add(invitationLasts),
	})
	if err != nil {
		return fmt.Errorf("adding an invitation: %w", err)
	}
	if err := oweInvitation(ctx, tx, u.TenantID, rowID, p, id, now.Add(invitationLasts)); err != nil {
		return err
	}
	return note(ctx, tx, u, "invitation.make", "invitations", rowID, map[string]any{"role": role})
}

// TakeBack ends an invitation by public id: problem.NotFound when it was accepted or taken back before.
func (a *Accounts) TakeBack(ctx context.Context, u User, id string) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.GetInvitation(ctx, db.GetInvitationParams{TenantID: u.TenantID, PublicID: id})
		if absent(err) {
			return noLogin()
		}
		if err != nil {
			return fmt.Errorf("reading an invitation: %w", err)
		}
		n, err := tx.DeleteInvitation(ctx, db.DeleteInvitationParams{TenantID: u.TenantID, ID: row.ID})
		if err != nil {
			return fmt.Errorf("taking an invitation back: %w", err)
		}
		if n != 1 {
			return noLogin()
		}
		return note(ctx, tx, u, "invitation.take_back", "invitations", row.ID, nil)
	})
}

// note writes the act of u into the audit trail.
func note(ctx context.Context, tx *db.Tx, u User, action, record string, recordID int64, detail any) error {
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: u.TenantID, By: audit.ByUser(u.ID), Action: action, Record: record, RecordID: recordID, Detail: detail,
	})
}

// WithoutLogin are the active staff members of u's business who have no login yet.
func (a *Accounts) WithoutLogin(ctx context.Context, u User) ([]waitlist.StaffChoice, error) {
	rows, err := a.db.ListStaffMembers(ctx, u.TenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	var list []waitlist.StaffChoice
	for _, row := range rows {
		if row.UserID == nil {
			list = append(list, waitlist.StaffChoice{ID: row.PublicID, Name: row.Name})
		}
	}
	return list, nil
}
