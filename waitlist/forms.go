package waitlist

import (
	"time"

	"github.com/your-org/waitlist-management/rules"
)

// Staff is a user of a business who acts in it, or a program with one of its API keys. TenantID is the business of their session, or of
// the key. Columns that keep a user keep UserID; who acted is Actor.
type Staff struct {
	TenantID int64
	UserID   int64 // with a key: who made it
	KeyID    int64 // 0: a person at a page
}

// keyID is the key for a column; nil for a person.
func (s Staff) keyID() *int64 {
	if s.KeyID == 0 {
		return nil
	}
	return &s.KeyID
}

// staffOf is who did what is kept with a user and a key, such as an act on many.
func staffOf(tenantID, userID int64, keyID *int64) Staff {
	s := Staff{TenantID: tenantID, UserID: userID}
	if keyID != nil {
		s.KeyID = *keyID
	}
	return s
}

// Wishes are when and with whom a customer would come.
type Wishes struct {
	OnlyStaff      []string // public ids of staff members; empty: anyone
	PreferredStaff string   // public id; empty: nobody in particular
	EarliestOn     rules.Date
	LatestOn       rules.Date // zero: no end
	Windows        []rules.Window
	Notice         time.Duration // the customer needs at least this long before a start, up to 30 days
}

// Join is what a customer asks for on the public page.
type Join struct {
	Service string // public id
	Name    string
	Email   string
	Phone   string // optional; read in the region of the business's locale, kept in E.164
	Locale  string // of the page, and so of the emails
	Consent bool
	Wording string // the exact text consented to
	Wishes  Wishes
}

// AddEntry is what staff enter for a customer at the counter. Without an email staff are asked to call.
type AddEntry struct {
	Service  string // public id
	Customer string // public id of a known customer; then Name, Email and Phone are not read
	Name     string
	Email    string
	Phone    string
	Consent  bool // the customer agreed to emails; needed with an email
	Wording  string
	Locale   string
	Priority int // -3 to 3
	Note     string
	Wishes   Wishes
	Despite  bool // staff saw the warning that this person is blocked, or the list full
	Press    string
}

// OpenSlots is one or several intervals of a staff member's time to be given away.
type OpenSlots struct {
	StaffMember  string // public id
	Service      string // public id; empty: whatever the staff member offers that fits
	Date         rules.Date
	FromMinute   int  // local minute of day
	Minutes      int  // length of each slot, buffer included, 5 to 1440
	Count        int  // slots one after the other, 1 to 50
	Weeks        int  // the same again in the following weeks, 1 to 26 in all
	OutsideHours bool // staff saw the warning that the business is closed then
	Press        string
}

// Book is an appointment, or busy time, that staff enter directly.
type Book struct {
	StaffMember  string // public id
	Busy         bool   // nobody's appointment: only Minutes and Note are read beside the time
	Service      string // public id
	Minutes      int    // of busy time, 5 to 1440
	Date         rules.Date
	FromMinute   int
	Customer     string // public id of a known customer; then Name, Email and Phone are not read
	Name         string
	Email        string
	Phone        string
	Locale       string
	Note         string
	OutsideHours bool
	Press        string
}
