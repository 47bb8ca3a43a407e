package mail

import (
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/mail/sendgridtest"
)

func TestWhatSendGridDocumentsIsSorted(t *testing.T) {
	for _, c := range []struct{ about, event, kind, class, suppress string }{
		{"taken", `{"event":"processed"}`, processed, "", ""},
		{"tried again", `{"event":"deferred","response":"451 later"}`, deferred, "", ""},
		{"delivered", `{"event":"delivered"}`, delivered, "", ""},
		{"a hard bounce", `{"event":"bounce","type":"bounce","reason":"550 no such user"}`, bounced, "bounced", "bounce"},
		{"a bounce of no type, as long ago", `{"event":"bounce"}`, bounced, "bounced", "bounce"},
		{"a block", `{"event":"bounce","type":"blocked","bounce_classification":"Reputation"}`, bounced, "blocked", ""},
		{"a block by a name of its own", `{"event":"blocked"}`, bounced, "blocked", ""},
		{"a block because there is no such address", `{"event":"bounce","type":"blocked","bounce_classification":"Invalid Address"}`, bounced, "bounced", "bounce"},
		{"tried in vain for three days", `{"event":"bounce","type":"expired"}`, bounced, "blocked", ""},
		{"dropped: bounced before", `{"event":"dropped","reason":"Bounced Address"}`, droppedThere, "bounced_once", "bounce"},
		{"dropped: called spam before", `{"event":"dropped","reason":"Spam Reporting Address"}`, droppedThere, "complained", "complaint"},
		{"dropped: unsubscribed", `{"event":"dropped","reason":"Unsubscribed Address"}`, droppedThere, "unsubscribed", "unsubscribed"},
		{"dropped: no address", `{"event":"dropped","reason":"Invalid"}`, droppedThere, "invalid", "bounce"},
		{"dropped: our header", `{"event":"dropped","reason":"Invalid SMTPAPI header"}`, droppedThere, "other", ""},
		{"dropped: like spam", `{"event":"dropped","reason":"Spam Content"}`, droppedThere, "spam_content", ""},
		{"dropped: the account is used up", `{"event":"dropped","reason":"Recipient List over Package Quota"}`, droppedThere, "over_package", ""},
		{"dropped: something new", `{"event":"dropped","reason":"Whatever"}`, droppedThere, "other", ""},
		{"called spam", `{"event":"spamreport"}`, complained, "", "complaint"},
		{"unsubscribed", `{"event":"unsubscribe"}`, unsubscribed, "", "unsubscribed"},
		{"unsubscribed from a group", `{"event":"group_unsubscribe"}`, unsubscribed, "", "unsubscribed"},
		{"opened", `{"event":"open"}`, "", "", ""},
		{"opened by a machine", `{"event":"open","sg_machine_open":true}`, "", "", ""},
		{"clicked", `{"event":"click"}`, "", "", ""},
		{"back in a group", `{"event":"group_resubscribe"}`, "", "", ""},
		{"something new", `{"event":"account_status_change"}`, "", "", ""},
		{"an event whose kind is no text", `{"event":7}`, "", "", ""},
	} {
		body := strings.Replace(c.event, "{", `{"message_id":"m","sg_event_id":"e","email":"amara@example.org","timestamp":1803888000,`, 1)
		list, all, err := readReports([]byte("[" + body + "]"))
		if err != nil || all != 1 || (len(list) == 1) != (c.kind != "") {
			t.Errorf("%s: %+v of %d (%v)", c.about, list, all, err)
			continue
		}
		if c.kind == "" {
			continue
		}
		if r := list[0]; r.kind != c.kind || r.class != c.class || r.suppress != c.suppress || r.id != "e" || r.messageID != "m" ||
			r.address != "amara@example.org" || !r.at.Equal(time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", c.about, r)
		}
	}
	for _, body := range []string{"", "{}", "null!", `"text"`, `[{"event":`} {
		if _, _, err := readReports([]byte(body)); err == nil {
			t.Errorf("%q is a list of events", body)
		}
	}
	list, all, err := readReports([]byte(`[{"event":"delivered","sg_event_id":"no message of ours"}, 7, {"event":"delivered","message_id":"m","timestamp":"1803888000"}]`))
	if err != nil || all != 3 || len(list) != 1 || list[0].at.IsZero() {
		t.Errorf("%+v of %d (%v)", list, all, err)
	}
}

func TestAnEventWithoutAnIDThatCanBeKeptGetsOneThatIsTheSameEachTime(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []string{"", strings.Repeat("x", 101), "ä", "a b", strings.Repeat("y", 100)} {
		e := event{ID: id, Event: "delivered", MessageID: "m"}
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		first, _ := e.report(raw)
		again, _ := e.report(raw)
		if first.id != again.id || seen[first.id] || len(first.id) > eventIDMost || len(id) == 100 && first.id != id {
			t.Errorf("%q becomes %q and %q", id, first.id, again.id)
		}
		seen[first.id] = true
	}
}

func TestOnlyWhatTheProviderSignedIsBelieved(t *testing.T) {
	p, old := sendgridtest.New(t), sendgridtest.New(t)
	signature, timestamp, body := p.Signed(time.Unix(1, 0), sendgridtest.Event{Event: "delivered"}) // however old
	both := []*ecdsa.PublicKey{old.Public(), p.Public()}
	changed := append([]byte(" "), body...)
	for name, c := range map[string]struct {
		keys                 []*ecdsa.PublicKey
		signature, timestamp string
		body                 []byte
		want                 bool
	}{
		"as it came":                {both[1:], signature, timestamp, body, true},
		"while the key is changed":  {both, signature, timestamp, body, true},
		"by another key":            {both[:1], signature, timestamp, body, false},
		"without a key of ours":     {nil, signature, timestamp, body, false},
		"with another body":         {both, signature, timestamp, changed, false},
		"with another time":         {both, signature, timestamp + "0", body, false},
		"with the time in the body": {both, signature, "", append([]byte(timestamp), body...), false},
		"without a signature":       {both, "", timestamp, body, false},
		"with something else":       {both, "!", timestamp, body, false},
		"with no signature's bytes": {both, "AAAA", timestamp, body, false},
	} {
		if got := signed(c.keys, c.signature, c.timestamp, c.body); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Every order of what can be told about one message, each told twice, from every standing it can have.
func TestTheEndIsTheSameInWhateverOrderTheProviderTells(t *testing.T) {
	at := func(seconds int) time.Time { return time.Date(2027, 3, 1, 9, 0, seconds, 0, time.UTC) }
	starts := []standing{{state: "sent"}, {state: "sending", class: unclear}, {state: "unknown", class: unclear}, {state: "pending", class: unclear}, {state: "failed", class: "rejected_400"}, {state: "dropped", class: "late"}}
	events := []struct {
		report
		at time.Time
	}{
		{report{kind: processed}, at(1)}, {report{kind: deferred}, at(2)}, {report{kind: delivered}, at(3)}, {report{kind: delivered}, at(9)},
		{report{kind: bounced, class: softBounce}, at(4)}, {report{kind: bounced, class: hardBounce}, at(5)}, {report{kind: droppedThere, class: onUnsub}, at(6)},
		{report{kind: complained}, at(7)}, {report{kind: unsubscribed}, at(8)},
	}
	ends := map[string]string{ // by what is told
		"delivered": "sent ", "processed": "sent ", "deferred": "sent ", "unsubscribed": "sent ", "bounced blocked": "failed blocked", "bounced bounced": "failed bounced",
		"dropped unsubscribed": "failed dropped", "complained": "failed complained",
	}
	for _, start := range starts {
		for set := 1; set < 1<<len(events); set++ {
			var chosen []int
			for i := range events {
				if set&(1<<i) != 0 {
					chosen = append(chosen, i)
				}
			}
			if len(chosen) > 4 {
				continue
			}
			want := ""
			permute(chosen, func(order []int) {
				s := start
				for range 2 {
					for _, i := range order {
						s = s.after(events[i].report, events[i].at)
					}
				}
				got := fmt.Sprint(s.state, " ", s.class, " ", s.deliveredAt)
				if want == "" {
					want = got
				}
				if got != want || s.sentAt == nil {
					t.Fatalf("from %+v by %v: %s, and %s by another order", start, order, got, want)
				}
			})
			if e := events[chosen[0]]; len(chosen) == 1 {
				name := strings.TrimSpace(e.kind + " " + e.class)
				if !strings.HasPrefix(want, ends[name]) {
					t.Errorf("%s of %+v: %s", name, start, want)
				}
			}
		}
	}
}

// permute calls do with every order of list.
func permute(list []int, do func([]int)) {
	var rest func(int)
	rest = func(k int) {
		if k == len(list) {
			do(list)
			return
		}
		for i := k; i < len(list); i++ {
			list[k], list[i] = list[i], list[k]
			rest(k + 1)
			list[k], list[i] = list[i], list[k]
		}
	}
	rest(0)
}
