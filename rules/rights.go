package rules

import "slices"

// Right is a kind of act that not everybody may do in a business. What each page and form asks for is listed in handlers/policy.
type Right string

const (
	OwnAccount   Right = "own_account"   // one's own login, and changing from one business to another
	WorkCounter  Right = "work_counter"  // the board, the day, slots, bookings, entries and customers one by one
	SeeFigures   Right = "see_figures"   // what the list brought in
	SetUp        Right = "set_up"        // profile, services, team, hours, closures, joining, offers
	ManageList   Right = "manage_list"   // the whole list: many entries at once, import, export, who is blocked
	SetWeights   Right = "set_weights"   // who goes first
	ManageLogins Right = "manage_logins" // who may come in, and as what
	ManageKeys   Right = "manage_keys"   // which other programs may act for the business, and are told what happens in it
	ReadAudit    Right = "read_audit"    // who did what
	HandOver     Right = "hand_over"     // giving the business to another owner
)

type grant struct {
	right Right
	roles []Role
}

// granted is the policy, in the order in which people are told of it.
var granted = []grant{
	{OwnAccount, []Role{RoleOwner, RoleAdmin, RoleStaff}},
	{WorkCounter, []Role{RoleOwner, RoleAdmin, RoleStaff}},
	{SeeFigures, []Role{RoleOwner, RoleAdmin}},
	{ManageList, []Role{RoleOwner, RoleAdmin}},
	{SetUp, []Role{RoleOwner, RoleAdmin}},
	{SetWeights, []Role{RoleOwner, RoleAdmin}},
	{ManageLogins, []Role{RoleOwner, RoleAdmin}},
	{ManageKeys, []Role{RoleOwner, RoleAdmin}},
	{ReadAudit, []Role{RoleOwner, RoleAdmin}},
	{HandOver, []Role{RoleOwner}},
}

// May says whether this role gives the right. An unknown role or right gives nothing.
func (r Role) May(right Right) bool {
	return slices.ContainsFunc(granted, func(g grant) bool { return g.right == right && slices.Contains(g.roles, r) })
}

// Rights are all there are, in the order in which people are told of them.
func Rights() []Right {
	list := make([]Right, len(granted))
	for i, g := range granted {
		list[i] = g.right
	}
	return list
}
