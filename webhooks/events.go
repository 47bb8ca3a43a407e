package webhooks

import (
	"slices"
	"strings"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
)

// Event is a type of event that endpoints can be told of. What each says to people is webhooks.event.<type> in the catalogue.
type Event struct {
	Type  string // noun.participle, which never changes its meaning
	Group string // webhooks.group.<group> in the catalogue: on the form, neighbours stand together
	from  []source
}

// source is an action of the audit trail that is told as an event.
type source struct {
	action string
	by     audit.Actor // only where it was done by this kind of actor; empty: by anybody
}

func from(actions ...string) (list []source) {
	for _, action := range actions {
		list = append(list, source{action: action})
	}
	return list
}

// TestEvent is the type of what "Send a test" sends. Nobody chooses it: it goes where it is sent.
const TestEvent = "webhook.test"

// events is every type there is, in the order of the form and of docs/webhooks.md. One action may be told as several.
var events = []Event{
	{"entry.joined", "entries", from("entry.join", "entry.add", "entry.import")},
	{"entry.confirmed", "entries", from("entry.confirm")},
	{"entry.changed", "entries", from("entry.wishes", "entry.priority")},
	{"entry.paused", "entries", from("entry.pause")},
	{"entry.returned", "entries", from("entry.return", "entry.again", "entry.bring_back", "entry.restore")},
	{"entry.left", "entries", from("entry.leave")},
	{"entry.removed", "entries", from("entry.remove")},
	{"entry.expired", "entries", from("entry.expire")},

	{"slot.opened", "slots", from("slot.open", "slot.reopen", "slot.remain")},
	{"slot.withdrawn", "slots", from("slot.withdrawn")},
	{"slot.lapsed", "slots", from("slot.lapse")},

	{"offer.made", "offers", from("offer.make", "offer.choose")},
	{"offer.accepted", "offers", from("offer.accept")},
	{"offer.declined", "offers", from("offer.decline")},
	{"offer.expired", "offers", from("offer.expired")},
	{"offer.withdrawn", "offers", from("offer.withdrawn")},
	{"offer.undeliverable", "offers", from("offer.undeliverable")},

	{"booking.made", "bookings", from("booking.add", "offer.accept")},
	{"booking.coming", "bookings", from("booking.coming")},
	{"booking.cancelled", "bookings", append(from("booking.cancelled"), source{"booking.cancel", audit.Customer})},
	{"booking.completed", "bookings", from("booking.kept")},
	{"booking.no_show", "bookings", from("booking.missed")},

	{"service.added", "set_up", from("service.add")},
	{"service.changed", "set_up", from("service.change", "service.place")},
	{"service.removed", "set_up", from("service.remove")},
	{"service.restored", "set_up", from("service.restore")},
	{"staff_member.added", "set_up", from("staff_member.add")},
	{"staff_member.changed", "set_up", from("staff_member.change")},
	{"staff_member.removed", "set_up", from("staff_member.remove")},
	{"hours.changed", "set_up", from("hours.change", "staff_member.hours", "holidays.change", "closure.add", "closure.change", "closure.remove")},
	{"settings.changed", "set_up", from(
		"profile.change", "slug.change", "colour.change", "logo.put", "logo.remove", "logo.restore", "joining.change", "offer_settings.change", "weights.change",
		"message_times.change", "sending.change", "sender.change", "signature.change", "template.save", "template.reset", "template.restore",
		"category.add", "category.rename", "category.place", "category.remove",
	)},
}

// untold are the actions that no endpoint is told of, each with the reason. One that ends with a dot stands for all that begin so.
var untold = map[string]string{
	"audit.":      ofTheTrail,
	"webhook.":    "telling of webhooks by webhooks would go on for ever",
	"login.":      ofLogins,
	"session.":    ofLogins,
	"invitation.": ofLogins,
	"passkey.":    ofLogins, "second_factor.": ofLogins,
	"business.found": "before it nobody could have named an endpoint", "business.hand_over": ofLogins,
	"guide.": "only what the pages of set-up show", "hours.keep": "nothing changed",
	"template.test": "an email to whoever asked for it",

	"customer.": ofPeople, "person.": ofPeople, "suppression.": ofPeople, "message.": ofPeople, "entry.note": ofPeople,
	"booking.rate": ofPeople, "booking.comment": ofPeople,
	"tag.":       "a word of the list's pages; who bears it is " + ofPeople,
	"entry.stay": "only the time until which an entry stays has changed",

	"list.": "what it does to each entry is told as events of those entries",

	"booking.cancel": wish, "booking.completed": wish, "booking.no_show": wish, "offer.withdraw": wish, "slot.withdraw": wish,
	"booking.undo": unwished, "offer.restore": unwished, "slot.restore": unwished,
}

const (
	ofTheTrail = "about the trail itself"
	ofLogins   = "about the people who log in"
	ofPeople   = "about one person and their emails"
	wish       = "a wish that can be taken back for ten seconds: told once it is carried out, by an action of its own"
	unwished   = "a wish was taken back: nothing had been told"
)

// Events are all types of events in order.
func Events() []Event { return slices.Clone(events) }

// Known tells whether there is such a type.
func Known(eventType string) bool {
	return slices.ContainsFunc(events, func(e Event) bool { return e.Type == eventType })
}

// typesOf are the types that an entry of the trail is told as; none when it is not told.
func typesOf(e db.AuditEntry) (types []string) {
	for _, one := range events {
		if slices.ContainsFunc(one.from, func(s source) bool { return s.action == e.Action && (s.by == "" || string(s.by) == e.Actor) }) {
			types = append(types, one.Type)
		}
	}
	return types
}

// Told tells whether an action is told by some event, and if not why; a reason of "" is an action that nobody has decided about.
func Told(action string) (told bool, reason string) {
	for _, one := range events {
		if slices.ContainsFunc(one.from, func(s source) bool { return s.action == action }) {
			return true, ""
		}
	}
	if reason, ok := untold[action]; ok {
		return false, reason
	}
	noun, _, _ := strings.Cut(action, ".")
	return false, untold[noun+"."]
}

// Sources are the actions that the table names, told or not, for a test that looks whether each still exists.
func Sources() (actions []string) {
	for _, one := range events {
		for _, s := range one.from {
			actions = append(actions, s.action)
		}
	}
	for action := range untold {
		if !strings.HasSuffix(action, ".") {
			actions = append(actions, action)
		}
	}
	return actions
}
