package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

// What the provider says became of a message.
const (
	processed    = "processed"    // it has taken it
	deferred     = "deferred"     // it goes on trying
	delivered    = "delivered"    // the recipient's server has taken it
	bounced      = "bounced"      // the recipient's server has refused it for good
	droppedThere = "dropped"      // the provider didn't try
	complained   = "complained"   // the recipient called it spam
	unsubscribed = "unsubscribed" // the recipient wants no more
)

// Why a message failed, in the class of its event.
const (
	hardBounce  = "bounced"        // the address is no good
	softBounce  = "blocked"        // the server wouldn't take this one: full, content, reputation
	onBounces   = "bounced_once"   // not tried: it bounced before
	onSpam      = "complained"     // not tried: its owner called one spam
	onUnsub     = "unsubscribed"   // not tried: its owner wants none
	notAddress  = "invalid"        // not tried: no address
	likeSpam    = "spam_content"   // not tried: the text
	overPackage = "over_package"   // not tried: the provider's account is used up
	otherReason = "other"          // not tried: anything else
	eventIDMost = 100              // characters; a longer one is kept as its digest
	clockStarts = int64(946684800) // 2000-01-01: an event from before it has no time
)

// report is one event of the provider that matters here. Nothing in it but address is about a person, and that is not kept.
type report struct {
	id        string // of the event
	messageID string
	kind      string
	class     string    // why it failed; empty: it didn't
	at        time.Time // to the second, by the provider's clock
	address   string    // that the provider wrote to
	suppress  string    // why the address is not to be written to any more; empty: it may be
}

// event is SendGrid's, as far as it is read.
type event struct {
	ID             string      `json:"sg_event_id"`
	Event          string      `json:"event"`
	Type           string      `json:"type"`
	Reason         string      `json:"reason"`
	Classification string      `json:"bounce_classification"`
	Email          string      `json:"email"`
	Timestamp      json.Number `json:"timestamp"`
	MessageID      string      `json:"message_id"` // our custom argument
}

var errNoList = errors.New("not a list of events")

// readReports reads a request of SendGrid's event webhook: those events that matter here, in the order told, and how many there were in all.
// An event that can't be read, or says nothing that matters, such as an open or a click, is counted only: machines open emails, too.
func readReports(body []byte) (list []report, all int, err error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, 0, errNoList // the error itself repeats what stood there
	}
	for _, one := range raw {
		var e event
		if json.Unmarshal(one, &e) != nil {
			continue
		}
		if r, ok := e.report(one); ok {
			list = append(list, r)
		}
	}
	return list, len(raw), nil
}

func (e event) report(raw []byte) (r report, ok bool) {
	r = report{id: e.eventID(raw), messageID: e.MessageID, address: e.Email}
	if seconds, err := e.Timestamp.Int64(); err == nil && seconds >= clockStarts {
		r.at = time.Unix(seconds, 0).UTC()
	}
	switch e.Event {
	case "processed", "deferred", "delivered":
		r.kind = e.Event
	case "bounce":
		r.kind = bounced
		r.class, r.suppress = e.bounce()
	case "blocked": // as some accounts are still told
		r.kind, r.class = bounced, softBounce
	case "dropped":
		r.kind = droppedThere
		r.class, r.suppress = e.drop()
	case "spamreport":
		r.kind, r.suppress = complained, waitlist.SuppressedComplaint
	case "unsubscribe", "group_unsubscribe":
		r.kind, r.suppress = unsubscribed, waitlist.SuppressedUnsubscribed
	}
	return r, r.kind != "" && r.messageID != ""
}

// eventID is the provider's id of the event, or where that is none we can keep, the digest of the event.
func (e event) eventID(raw []byte) string {
	plain := len(e.ID) > 0 && len(e.ID) <= eventIDMost
	for _, c := range []byte(e.ID) {
		plain = plain && c > ' ' && c < 0x7f
	}
	if plain {
		return e.ID
	}
	of := []byte(e.ID)
	if len(of) == 0 {
		of = bytes.TrimSpace(raw)
	}
	sum := sha256.Sum256(of)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// bounce tells an address that is no good, which SendGrid gives the type "bounce", from a server that would not take this one message.
func (e event) bounce() (class, suppress string) {
	if e.Type == "blocked" && e.Classification != "Invalid Address" || e.Type == "expired" {
		return softBounce, ""
	}
	return hardBounce, waitlist.SuppressedBounce
}

// drop sorts the reasons that SendGrid documents for a message it didn't try to deliver.
func (e event) drop() (class, suppress string) {
	switch reason := strings.ToLower(e.Reason); {
	case strings.HasPrefix(reason, "bounced address"):
		return onBounces, waitlist.SuppressedBounce
	case strings.HasPrefix(reason, "spam reporting address"):
		return onSpam, waitlist.SuppressedComplaint
	case strings.HasPrefix(reason, "unsubscribed address"):
		return onUnsub, waitlist.SuppressedUnsubscribed
	case strings.HasPrefix(reason, "invalid smtpapi"):
		return otherReason, ""
	case strings.HasPrefix(reason, "invalid"):
		return notAddress, waitlist.SuppressedBounce
	case strings.HasPrefix(reason, "spam content"):
		return likeSpam, ""
	case strings.Contains(reason, "over package quota"):
		return overPackage, ""
	}
	return otherReason, ""
}
