// Package templates knows what the letters to customers are made of: the kinds of letters, the placeholders of each, how words with
// placeholders are read, checked and filled, and the words a kind has as long as a business wrote none of its own.
package templates

import "slices"

// Kind is an occasion on which customers get a letter. All but Joined are also kinds of messages (outbox.Kind).
type Kind string

const (
	Join          Kind = "join"           // asks to confirm a place
	Joined        Kind = "joined"         // goes out instead of Join when there is nothing to confirm
	Offer         Kind = "offer"          // a time is held
	OfferReminder Kind = "offer_reminder" // and was not answered yet
	Confirmed     Kind = "confirmed"      // it is booked
	Reminder      Kind = "reminder"       // the appointment is near: still coming?
	Thanks        Kind = "thanks"         // it is over: how was it?
	Cancelled     Kind = "cancelled"      // the business cancelled
	MovedOn       Kind = "moved_on"       // an offer ended without an answer; the customer keeps waiting
	Withdrawn     Kind = "withdrawn"      // the business took an offer back
	StillWaiting  Kind = "still_waiting"  // asks whoever has waited for long
	Expired       Kind = "expired"        // the place on the list ended
)

// Names of blocks: each stands on a line of its own, which becomes what the name says.
const (
	Highlight = "highlight" // the one line nobody should miss
	Facts     = "facts"     // the table of what it is about
	Button    = "button"    // the link that is the point
	Other     = "other"     // the lesser link
	Rating    = "rating"    // one link per mark
)

// Placeholder is a name that stands between two braces on either side, such as {{customer}}.
type Placeholder struct {
	Name     string
	Block    bool // stands on a line of its own, in the body only
	Required bool // without it the letter would have no point
}

// Code is how the placeholder is written into a template.
func (p Placeholder) Code() string { return "{{" + p.Name + "}}" }

// definition is what a kind is made of. In body a code is a block, "greeting" is how every letter begins, and any other word ends the
// key of a text.
type definition struct {
	kind   Kind
	key    string // begins the keys of its texts in the catalogue
	inline []string
	blocks []string // those that must be there first
	needed int      // how many of blocks must be there
	body   []string // nil: it has no words yet
}

// definitions are in the order in which a customer gets to know the letters.
var definitions = []definition{
	{Join, "email.join.", []string{"customer", "business", "service"}, []string{Button, Facts}, 1,
		[]string{"greeting", "lead", "{{facts}}", "{{button}}", "next", "ignore"}},
	{Joined, "email.joined.", []string{"customer", "business", "service"}, []string{Button, Facts}, 1,
		[]string{"greeting", "lead", "{{facts}}", "{{button}}", "change"}},
	{Offer, "email.offer.", []string{"customer", "business", "service", "staff", "when", "until", "price"}, []string{Button, Highlight, Facts, Other}, 1,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "{{other}}", "unbooked", "after"}},
	{OfferReminder, "email.offer_reminder.", []string{"customer", "business", "service", "staff", "when", "until", "price"}, []string{Button, Highlight, Facts, Other}, 1,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "{{other}}", "after"}},
	{Confirmed, "email.confirmed.", []string{"customer", "business", "service", "staff", "when", "price"}, []string{Button, Facts}, 1,
		[]string{"greeting", "lead", "{{facts}}", "{{button}}", "calendar", "cancel"}},
	{Reminder, "email.reminder.", []string{"customer", "business", "service", "staff", "when", "price"}, []string{Button, Facts, Other}, 1,
		[]string{"greeting", "lead", "{{facts}}", "{{button}}", "{{other}}", "why"}},
	{Thanks, "email.thanks.", []string{"customer", "business", "service", "staff", "when"}, []string{Rating, Facts}, 1,
		[]string{"greeting", "lead", "{{facts}}", "ask", "{{rating}}", "counts"}},
	{Cancelled, "email.cancelled.", []string{"customer", "business", "service", "staff", "when", "next"}, []string{Highlight, Facts, Button}, 0,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "{{next}}"}},
	{MovedOn, "email.moved_on.", []string{"customer", "business", "service", "staff", "when"}, []string{Highlight, Facts, Button}, 0,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "page"}},
	{Withdrawn, "email.withdrawn.", []string{"customer", "business", "service", "staff", "when"}, []string{Highlight, Facts, Button}, 0,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "page"}},
	{StillWaiting, "email.stay.", []string{"customer", "business", "service", "date"}, []string{Button, Highlight, Facts}, 1,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "{{button}}", "ignore"}},
	{Expired, "email.expired.", []string{"customer", "business", "service"}, []string{Highlight, Facts, Button}, 0,
		[]string{"greeting", "lead", "{{highlight}}", "{{facts}}", "again", "{{button}}", "ignore"}},
}

func define(k Kind) (definition, bool) {
	i := slices.IndexFunc(definitions, func(d definition) bool { return d.kind == k })
	if i < 0 {
		return definition{}, false
	}
	return definitions[i], true
}

// Kinds are all that have words, in the order in which a customer gets to know them.
func Kinds() (kinds []Kind) {
	for _, d := range definitions {
		if d.body != nil {
			kinds = append(kinds, d.kind)
		}
	}
	return kinds
}

// Known tells whether k is one of Kinds.
func (k Kind) Known() bool { return slices.Contains(Kinds(), k) }

// Placeholders are what may stand in the words of k, inline ones first.
func (k Kind) Placeholders() (list []Placeholder) {
	d, _ := define(k)
	for _, name := range d.inline {
		list = append(list, Placeholder{Name: name})
	}
	for i, name := range d.blocks {
		list = append(list, Placeholder{Name: name, Block: true, Required: i < d.needed})
	}
	return list
}

func (k Kind) placeholder(name string) (Placeholder, bool) {
	list := k.Placeholders()
	i := slices.IndexFunc(list, func(p Placeholder) bool { return p.Name == name })
	if i < 0 {
		return Placeholder{}, false
	}
	return list[i], true
}
