package paths

import "strconv"

// Where owners and admins set the business up. A list page takes the POST of
// the form for a new one, a thing's own page the POST of its changes, and its
// removal page shows first what goes with it.
const (
	Admin          = "/admin"
	Welcome        = "/admin/welcome"
	Poster         = "/admin/poster"
	Settings       = "/admin/settings"
	Weights        = "/admin/weights"
	Profile        = "/admin/settings/profile"
	Hours          = "/admin/hours"
	Services       = "/admin/services"
	NewService     = "/admin/services/new"
	StaffMembers   = "/admin/staff"
	NewStaffMember = "/admin/staff/new"
	Closures       = "/admin/closures"
	NewClosure     = "/admin/closures/new"
	WelcomeService = "/admin/welcome/service"
	WelcomeStaff   = "/admin/welcome/staff"
	Users          = "/admin/users"
	NewUser        = "/admin/users/new"

	ServiceRoute            = "/admin/services/:id"
	ServiceRemovalRoute     = "/admin/services/:id/removal"
	ServiceRestorationRoute = "/admin/services/:id/restoration"
	StaffMemberRoute        = "/admin/staff/:id"
	StaffMemberHoursRoute   = "/admin/staff/:id/hours"
	StaffMemberRemovalRoute = "/admin/staff/:id/removal"
	ClosureRoute            = "/admin/closures/:id"
	ClosureRemovalRoute     = "/admin/closures/:id/removal"
	UserRoute               = "/admin/users/:id"
	UserPasswordRoute       = "/admin/users/:id/password"
	UserRemovalRoute        = "/admin/users/:id/removal"
	InvitationRemovalRoute  = "/admin/invitations/:id/removal"
)

// Figures are the overview with the figures of so many days.
func Figures(days int) string { return Admin + "?days=" + strconv.Itoa(days) }

// Service is one service and its form.
func Service(id string) string { return fill(ServiceRoute, id) }

// ServiceRemoval shows what removing a service touches, and takes its POST.
func ServiceRemoval(id string) string { return fill(ServiceRemovalRoute, id) }

// ServiceRestoration takes the POST that brings a removed service back.
func ServiceRestoration(id string) string { return fill(ServiceRestorationRoute, id) }

// StaffMember is one staff member with the services they offer.
func StaffMember(id string) string { return fill(StaffMemberRoute, id) }

// StaffMemberHours are the hours of one staff member.
func StaffMemberHours(id string) string { return fill(StaffMemberHoursRoute, id) }

// StaffMemberRemoval shows what removing a staff member touches, and takes its
// POST.
func StaffMemberRemoval(id string) string { return fill(StaffMemberRemovalRoute, id) }

// Closure is one closure and its form.
func Closure(id string) string { return fill(ClosureRoute, id) }

// ClosureRemoval takes the POST that removes a closure.
func ClosureRemoval(id string) string { return fill(ClosureRemovalRoute, id) }

// User is one login of the business, with its role.
func User(id string) string { return fill(UserRoute, id) }

// UserPassword takes the POST that sets another password for a login.
func UserPassword(id string) string { return fill(UserPasswordRoute, id) }

// UserRemoval takes the POST that takes a login's access away.
func UserRemoval(id string) string { return fill(UserRemovalRoute, id) }

// InvitationRemoval takes the POST that takes an invitation back.
func InvitationRemoval(id string) string { return fill(InvitationRemovalRoute, id) }
