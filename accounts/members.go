package accounts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Member is a user of the business.
type Member struct {
	ID    string // public id of the user
	Name  string
	Email string
	Role  rules.Role
	Since time.Time // UTC
	You   bool
	// Mine says that the one who asks may change or remove this login: never their own, and an owner's only as an owner.
	Mine bool
	// PasswordLink is the path of the open link that sets a new password; empty when there is none.
	PasswordLink string
	// SecondFactor says that it is switched on, Elsewhere that they work in another business too, whose people have a say in it; both are read
	// for one member only.
	SecondFactor, Elsewhere bool
	// Unreached says that the last email to them did not arrive.
	Unreached bool
}

// Invitation is a login that its person has not accepted yet.
type Invitation struct {
	ID      string // public id
	Name    string
	Email   string
	Role    rules.Role
	Link    string    // token of the link to give to the person
	Until   time.Time // UTC
	Expired bool

	Unreached bool // the last email about it did not arrive
}

// Logins are the members of u's business and the invitations still open, the oldest first.
func (a *Accounts) Logins(ctx context.Context, u User) ([]Member, []Invitation, error) {
	now, err := a.db.Now(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := a.db.Members(ctx, u.TenantID)
	if err != nil {
		return nil, nil, db.Down(fmt.Errorf("reading members: %w", err))
	}
	users, invited, err := a.unreached(ctx, u.TenantID)
	if err != nil {
		return nil, nil, err
	}
	members := make([]Member, len(rows))
	for i, row := range rows {
		who, err := a.open(row.PublicID, row.Name, row.Email)
		if err != nil {
			return nil, nil, err
		}
		members[i] = Member{
			ID: row.PublicID, Name: who.name, Email: who.email, Role: row.Role, Since: row.CreatedAt,
			You: row.ID == u.ID, Mine: mayChange(u, row.ID, row.Role), Unreached: slices.Contains(users, row.ID),
		}
	}
	open, err := a.db.ListInvitations(ctx, u.TenantID)
	if err != nil {
		return nil, nil, db.Down(fmt.Errorf("reading invitations: %w", err))
	}
	invitations := make([]Invitation, len(open))
	for i, row := range open {
		if invitations[i], err = a.invitation(ctx, row, now); err != nil {
			return nil, nil, err
		}
		invitations[i].Unreached = slices.Contains(invited, row.ID)
	}
	return members, invitations, nil
}

// unreached are the users of a business, and its invitations, the last email to whom did not arrive.
func (a *Accounts) unreached(ctx context.Context, tenantID int64) (users, invitations []int64, err error) {
	of, err := a.db.UsersNotReached(ctx, tenantID)
	if err != nil {
		return nil, nil, db.Down(fmt.Errorf("reading which users are not reached: %w", err))
	}
	about, err := a.db.InvitationsNotReached(ctx, &tenantID)
	if err != nil {
		return nil, nil, db.Down(fmt.Errorf("reading which invitations are not reached: %w", err))
	}
	return known(of), known(about), nil
}

func known(ids []*int64) (list []int64) {
	for _, id := range ids {
		if id != nil {
			list = append(list, *id)
		}
	}
	return list
}

func mayChange(u User, memberID int64, role rules.Role) bool {
	return u.ID != memberID && (u.Role == rules.RoleOwner || u.Role == rules.RoleAdmin && role != rules.RoleOwner)
}

// Member is one member of u's business by public id, with the open password link; problem.NotFound for anybody else.
func (a *Accounts) Member(ctx context.Context, u User, id string) (Member, error) {
	members, _, err := a.Logins(ctx, u)
	if err != nil {
		return Member{}, err
	}
	for _, m := range members {
		if m.ID == id {
			if m.PasswordLink, err = a.openPasswordLink(ctx, u, m); err != nil {
				return Member{}, err
			}
			return a.withSecondFactor(ctx, m)
		}
	}
	return Member{}, noLogin()
}

func noLogin() error { return problem.New(problem.NotFound, "account.bad.no_login") }

// lockedMember is a row of the members of a business, all of which are locked: who is an owner is decided by one at a time.
type lockedMember = db.LockMembersRow

// lockMember finds the member that u means and may change, and says what u is by now, which may be less than when the session was read:
// problem.NotFound, or Forbidden.
func lockMember(ctx context.Context, tx *db.Tx, u User, id string) (member lockedMember, as rules.Role, err error) {
	rows, err := tx.LockMembers(ctx, u.TenantID)
	if err != nil {
		return lockedMember{}, "", fmt.Errorf("locking members: %w", err)
	}
	for _, row := range rows {
		if row.UserID == u.ID {
			as = row.Role
		}
		if row.PublicID == id {
			member = row
		}
	}
	u.Role = as
	switch {
	case member.UserID == 0:
		return lockedMember{}, "", noLogin()
	case !mayChange(u, member.UserID, member.Role):
		return lockedMember{}, "", problem.New(problem.Forbidden, "account.bad.not_yours")
	}
	return member, as, nil
}

// invitation opens a row.
func (a *Accounts) invitation(ctx context.Context, row db.Invitation, now time.Time) (Invitation, error) {
	who, err := a.invited(ctx, row)
	return Invitation{
		ID: row.PublicID, Name: who.name, Email: who.email, Role: row.Role,
		Link: a.db.Tokens().Make(seal.TokenInvite, row.PublicID, 1), Until: row.ExpiresAt, Expired: !now.Before(row.ExpiresAt),
	}, err
}

// invited opens the sealed columns of an invitation, which belong to the business until they are accepted.
func (a *Accounts) invited(ctx context.Context, row db.Invitation) (p person, err error) {
	box, err := a.db.Box(ctx, row.TenantID)
	if err != nil {
		return person{}, err
	}
	if p.name, err = box.Open(invitationColumn(row.TenantID, "name", row.PublicID), row.Name); err != nil {
		return person{}, err
	}
	p.email, err = box.Open(invitationColumn(row.TenantID, "email", row.PublicID), row.Email)
	return p, err
}

func invitationColumn(tenantID int64, column, publicID string) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "invitations", Column: column, Row: publicID}
}

// absent tells "no such row" from a failure.
func absent(err error) bool { return db.IsNone(err) }
