// Package layout is the frame around every page: the head of the document and a shell per door (public, counter,
// admin) or none. A shell is written @layout.Counter(page) { … }; the page's content goes inside.
package layout

import (
	"time"

	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// Page is what the frame shows around the content. Title is needed, the rest as the shell uses it.
type Page struct {
	Title    string // translated; the business's or the program's name is put behind it
	Business string // name of the business; empty on the program's own pages
	Slug     string // its public address, without which it has no look
	Look     waitlist.Look
	Nav      string // what is current: the key of one of adminPlaces; at the counter board or day
	User     User   // who is logged in
	Flash    ui.Flash
	Banner   Banner

	// MailStays shows that emails are kept in the local mailbox, with the way to read them.
	MailStays bool
	// Private keeps the page out of search engines: every page whose address holds a token. No other site is told the
	// address of any page: the header Referrer-Policy sees to that.
	Private bool
	// Here is the path of this page with its query but without lang, for the language links; empty when it
	// can't be asked for again, as after a form that was refused: there are none then.
	Here string
	// Now is the clock of the counter, in the zone of the business.
	Now time.Time
	// Stream is the path of the counter's stream of changes; empty for a page that doesn't follow them.
	Stream string
	// Act is the counter's main act, at the top right.
	Act ui.Link
	// Pace is how fast the customers of the demo business act; empty in any other business.
	Pace string
	// Foot stands under a public page: why the customer sees it.
	Foot string
	// Contact stands under a public page, too.
	Contact Contact
}

// User is who is logged in. The zero value is nobody.
type User struct {
	Name    string
	Role    string // owner, admin or staff
	Email   string
	Several bool // works in several businesses, and may change to another
}

// Banner is a line above everything. The zero value is none.
type Banner struct {
	Text string
	Href string
	Link string
}
