package accounts

import (
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// User is who is logged in, in the business they work in at the moment.
type User struct {
	ID       int64
	PublicID string
	Name     string
	Email    string
	Locale   string // BCP 47 tag; empty when none was ever chosen
	Role     rules.Role

	TenantID       int64
	Business       string // its name
	Slug           string
	BusinessLocale string
	Look           waitlist.Look // of the business
	Demo           bool          // the made-up business that a visitor looks around in

	SessionID  int64
	Businesses int // how many they work in

	// OwesFactor says that the business demands a second factor and the user has none: until they do they may only set one up.
	OwesFactor bool
}

// Staff is the user as one who acts in the business.
func (u User) Staff() waitlist.Staff { return waitlist.Staff{TenantID: u.TenantID, UserID: u.ID} }
