package waitlist

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// Outcome is what became of a message, as people are told.
type Outcome string

// The outcomes.
const (
	OutcomeWaiting   Outcome = "waiting"
	OutcomeSent      Outcome = "sent"      // the provider has taken it
	OutcomeDelivered Outcome = "delivered" // so has the recipient's server
	OutcomeFailed    Outcome = "failed"
	OutcomeUnclear   Outcome = "unclear"  // handed over, but nobody knows whether it was taken
	OutcomeNotSent   Outcome = "not_sent" // it had no use any more, or nobody to go to
)

// Outcomes are all of them, in the order in which people are asked to choose.
func Outcomes() []Outcome {
	return []Outcome{OutcomeWaiting, OutcomeSent, OutcomeDelivered, OutcomeFailed, OutcomeUnclear, OutcomeNotSent}
}

// messageKinds are the kinds of messages to customers.
var messageKinds = []string{
	string(outbox.Join), string(outbox.Offer), string(outbox.OfferReminder), string(outbox.Confirmed), string(outbox.Cancelled), string(outbox.MovedOn),
	string(outbox.Withdrawn), string(outbox.Expired), string(outbox.StillWaiting), string(outbox.Reminder), string(outbox.Thanks),
}

// userKinds are the kinds of messages to users that speak of a business: what they are told about their login alone is nobody else's.
var userKinds = []string{string(outbox.Invitation), string(outbox.OwnershipGiven), string(outbox.OwnershipTaken)}

// MessageKinds are the kinds of messages that a business sees.
func MessageKinds() []string { return slices.Concat(messageKinds, userKinds) }

// ToUsers tells of a kind that its messages go to users.
func ToUsers(kind string) bool { return slices.Contains(userKinds, kind) }

// MessageFilter is which messages of a business are asked for. The zero value is all of them.
type MessageFilter struct {
	Outcome  Outcome
	Kind     string // one of MessageKinds
	Customer string // public id of the customer it went to
	Find     string // the address it went to, sealed by SealAddress
	From, To rules.Date
	Older    string // MessagePage.Older of another page
	Newer    string // likewise
	Limit    int    // how many at most; 0: as many as a page shows
}

// Filtered tells that less than everything is asked for.
func (f MessageFilter) Filtered() bool {
	f.Older, f.Newer, f.Limit = "", "", 0
	return f != MessageFilter{}
}

// ReadMessageFilter reads what Values wrote, or a form of the same names. What no such filter can be is named and left out.
func ReadMessageFilter(v url.Values) (MessageFilter, []problem.Field) {
	f := MessageFilter{Customer: v.Get("customer"), Find: v.Get("find"), Older: v.Get("older"), Newer: v.Get("newer")}
	var bad []problem.Field
	if outcome := Outcome(v.Get("state")); slices.Contains(Outcomes(), outcome) {
		f.Outcome = outcome
	} else if outcome != "" {
		bad = append(bad, problem.Bad("state", "list.problem.choose"))
	}
	if kind := v.Get("kind"); slices.Contains(MessageKinds(), kind) {
		f.Kind = kind
	} else if kind != "" {
		bad = append(bad, problem.Bad("kind", "list.problem.choose"))
	}
	for _, day := range []struct {
		name string
		to   *rules.Date
	}{{"from", &f.From}, {"to", &f.To}} {
		if typed := v.Get(day.name); typed != "" {
			var err error
			if *day.to, err = rules.ParseDate(typed); err != nil {
				*day.to, bad = rules.Date{}, append(bad, problem.Bad(day.name, "list.problem.day"))
			}
		}
	}
	if !f.To.IsZero() && f.To.Before(f.From) {
		f.To, bad = rules.Date{}, append(bad, problem.Bad("to", "problem.before_start"))
	}
	return f, bad
}

// Values is the filter as it stands in an address.
func (f MessageFilter) Values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"state": string(f.Outcome), "kind": f.Kind, "customer": f.Customer, "find": f.Find, "from": dateText(f.From), "to": dateText(f.To), "older": f.Older, "newer": f.Newer,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// Message is a message as a list of them tells of it.
type Message struct {
	ID          string
	Kind        string
	ToUser      bool // to a user of the business, or somebody invited
	Name        string
	Customer    string // public id; empty: to a user
	Outcome     Outcome
	Class       string // why it failed, was not sent or waits; empty: nothing is in the way
	Owed        time.Time
	SentAt      *time.Time
	DeliveredAt *time.Time
	NextTry     time.Time // of one that waits
}

// MessagePage is some messages, the newest first.
type MessagePage struct {
	List     []Message
	Older    string // MessageFilter.Older for what comes before; empty: nothing does
	Newer    string // likewise for what came after
	Customer string // name of the customer that is asked for
	Typed    string // the address that was searched for
	Failing  Failing
	Zone     *time.Location
	Now      time.Time
}

// Failing tells since when no email goes out at all, and why. The zero value: emails go out.
type Failing struct {
	Since time.Time
	Class string
}

const messagesShown = 50

// Messages is a page of what was sent, or is to be. Fails with Invalid for an Older or Newer that no page gave.
func (w *Waitlist) Messages(ctx context.Context, tenantID int64, f MessageFilter) (p MessagePage, err error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return p, err
	}
	p.Zone = b.Zone
	if p.Now, err = w.db.Now(ctx); err != nil {
		return p, err
	}
	if p.Failing, err = w.failing(ctx); err != nil {
		return p, err
	}
	search, err := w.messageSearch(ctx, tenantID, f, &p)
	if err != nil {
		return p, err
	}
	rows, err := w.db.ListMessages(ctx, search)
	if err != nil {
		return p, db.Down(err)
	}
	most := search.Limit - 1
	more, backwards := len(rows) > most, !search.After.At.IsZero()
	if more && backwards {
		rows = rows[1:]
	} else if more {
		rows = rows[:most]
	}
	if len(rows) > 0 {
		if more || backwards {
			p.Older = messagePlace(rows[len(rows)-1].MessagePlace)
		}
		if more && backwards || !search.Before.At.IsZero() {
			p.Newer = messagePlace(rows[0].MessagePlace)
		}
	}
	p.List, err = w.openMessages(ctx, tenantID, rows)
	return p, err
}

func (w *Waitlist) failing(ctx context.Context) (f Failing, err error) {
	status, is, err := maybe(w.db.GetMailStatus(ctx))
	if err != nil {
		return f, db.Down(fmt.Errorf("reading whether sending works: %w", err))
	}
	if is && status.FailingSince != nil {
		f = Failing{*status.FailingSince, status.ErrorClass}
	}
	return f, nil
}

// messageSearch turns a filter into a search, and has the page name whom it is about.
func (w *Waitlist) messageSearch(ctx context.Context, tenantID int64, f MessageFilter, p *MessagePage) (db.MessageList, error) {
	l := db.MessageList{
		TenantID: tenantID, Outcome: string(f.Outcome), Kinds: messageKinds, UserKinds: userKinds, AllKinds: true, Limit: cmp.Or(f.Limit, messagesShown) + 1,
	}
	var err error
	if l.Before, err = readMessagePlace(f.Older); err != nil {
		return l, err
	}
	if l.After, err = readMessagePlace(f.Newer); err != nil {
		return l, err
	}
	if f.Kind != "" {
		l.AllKinds, l.Kinds, l.UserKinds = false, only(messageKinds, f.Kind), only(userKinds, f.Kind)
	}
	if !f.From.IsZero() {
		l.From = f.From.In(0, p.Zone)
	}
	if !f.To.IsZero() {
		l.Until = f.To.AddDays(1).In(0, p.Zone)
	}
	switch {
	case f.Customer != "":
		l.CustomerIDs = []int64{}
		c, is, err := maybe(w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: f.Customer}))
		if err != nil || !is {
			return l, db.Down(wrap(err, "reading a customer"))
		}
		person, err := w.person(ctx, c)
		l.CustomerIDs, p.Customer = append(l.CustomerIDs, c.ID), person.Name
		return l, err
	case f.Find != "":
		return l, w.messagesTo(ctx, f.Find, &l, p)
	}
	return l, nil
}

// messagesTo asks for those who have the address that was searched for.
func (w *Waitlist) messagesTo(ctx context.Context, sealed string, l *db.MessageList, p *MessagePage) (err error) {
	l.CustomerIDs = []int64{}
	if p.Typed, err = w.openAddress(ctx, l.TenantID, sealed); err != nil || p.Typed == "" {
		return err
	}
	customers, err := w.db.CustomersByEmail(ctx, db.CustomersByEmailParams{TenantID: l.TenantID, EmailHash: w.db.Lookup().Email(l.TenantID, p.Typed)})
	for _, c := range customers {
		l.CustomerIDs = append(l.CustomerIDs, c.ID)
	}
	return db.Down(wrap(err, "looking for an address"))
}

func only(list []string, one string) []string {
	if slices.Contains(list, one) {
		return []string{one}
	}
	return nil
}

// openMessages opens the names of the rows that are shown.
func (w *Waitlist) openMessages(ctx context.Context, tenantID int64, rows []db.ListedMessage) ([]Message, error) {
	var ids []int64
	for _, row := range rows {
		if row.CustomerID != 0 {
			ids = append(ids, row.CustomerID)
		}
	}
	customers, err := w.customers(ctx, tenantID, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Message, len(rows))
	for i, row := range rows {
		m := Message{
			ID: row.MessageID, Kind: row.Kind, ToUser: row.ToUser, Outcome: Outcome(row.Outcome), Class: row.ErrorClass, Owed: row.At,
			SentAt: row.SentAt, DeliveredAt: row.DeliveredAt, NextTry: row.NextAttemptAt,
		}
		if row.ToUser {
			if m.Name, err = w.db.SystemBox().Open(outbox.UserColumn("name", row.MessageID), row.UserName); err != nil {
				return nil, fmt.Errorf("opening the name of message %d to a user: %w", row.ID, err)
			}
		} else {
			c := customers[row.CustomerID]
			person, err := w.person(ctx, c)
			if err != nil {
				return nil, err
			}
			m.Name, m.Customer = person.Name, c.PublicID
		}
		list[i] = m
	}
	return list, nil
}

// messagePlace writes where a message stands, for the address of the next page.
func messagePlace(p db.MessagePlace) string {
	kind := "c"
	if p.ToUser {
		kind = "u"
	}
	return strconv.FormatInt(p.At.UnixMicro(), 36) + "." + kind + "." + strconv.FormatInt(p.ID, 36)
}

// readMessagePlace is zero for no place. Fails with Invalid for what messagePlace didn't write.
func readMessagePlace(text string) (db.MessagePlace, error) {
	if text == "" {
		return db.MessagePlace{}, nil
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 || parts[1] != "c" && parts[1] != "u" {
		return db.MessagePlace{}, badCursor()
	}
	moment, ok := readMicros(parts[0])
	id, err := strconv.ParseInt(parts[2], 36, 64)
	if !ok || err != nil {
		return db.MessagePlace{}, badCursor()
	}
	return db.MessagePlace{At: moment, ToUser: parts[1] == "u", ID: id}, nil
}

// readMicros reads an instant that stands in a place as microseconds since 1970, to the base of 36; false unless the database may have it.
func readMicros(text string) (time.Time, bool) {
	micros, err := strconv.ParseInt(text, 36, 64)
	at := time.UnixMicro(micros).UTC()
	return at, err == nil && at.Year() >= 2000 && at.Year() <= 9998
}
