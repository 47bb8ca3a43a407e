package mail

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"log/slog"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	askAtOnce   = 500 // messages or events of one query
	reportsSide = 4   // messages whose reports are taken in side by side
)

// Reports takes in what the provider tells of messages after it accepted them. The zero value believes nobody. It is safe for concurrent use.
type Reports struct {
	DB       *db.DB
	Waitlist *waitlist.Waitlist
	Keys     []*ecdsa.PublicKey // of the provider; any of them will do
	Log      *slog.Logger
}

// Receive takes in a request of SendGrid's event webhook: its two headers and its body as they came. It returns nil once all that matters in
// it is committed, and may be called with the same again and in any order: each event counts once. Fails with Forbidden when no key of ours
// signed it, with InvalidInput when it is no list of events, and with Unavailable while the database is away; then it is to be sent again.
func (r Reports) Receive(ctx context.Context, signature, timestamp string, body []byte) error {
	if !signed(r.Keys, signature, timestamp, body) {
		return problem.New(problem.Forbidden, "problem.next.forbidden")
	}
	list, all, err := readReports(body)
	if err != nil {
		return problem.New(problem.InvalidInput, "problem.unreadable_form").Because(err)
	}
	about, strangers, err := r.sort(ctx, list)
	if err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(reportsSide)
	for _, a := range about {
		group.Go(func() error {
			for _, one := range a.reports {
				if err := r.take(ctx, a.message, one); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return r.count(ctx, int64(all), int64(strangers))
}

// told is a message with what is new about it, in the order told.
type told struct {
	message owed
	reports []report
}

// sort puts reports to their messages, without those of events that are known. Strangers are reports about no message of ours.
func (r Reports) sort(ctx context.Context, list []report) (about []*told, strangers int, err error) {
	by := map[string]*told{}
	for chunk := range slices.Chunk(list, askAtOnce) {
		var events, ids []string
		for _, one := range chunk {
			events, ids = append(events, one.id), append(ids, one.messageID)
		}
		known, err := r.DB.MailEventsKnown(ctx, events)
		if err != nil {
			return nil, 0, wrap(err, "looking for known events")
		}
		found, err := r.messages(ctx, ids)
		if err != nil {
			return nil, 0, err
		}
		for _, one := range chunk {
			m, ours := found[one.messageID]
			switch {
			case !ours:
				strangers++
				continue
			case slices.Contains(known, one.id), one.kind == processed && m.settled():
				continue
			case by[one.messageID] == nil:
				by[one.messageID] = &told{message: m}
				about = append(about, by[one.messageID])
			}
			by[one.messageID].reports = append(by[one.messageID].reports, one)
		}
	}
	return about, strangers, nil
}

// messages finds messages of either queue by their random ids.
func (r Reports) messages(ctx context.Context, ids []string) (map[string]owed, error) {
	found := map[string]owed{}
	customers, err := r.DB.OutboxByMessageIDs(ctx, ids)
	if err != nil {
		return nil, wrap(err, "reading messages by their ids")
	}
	for _, m := range customers {
		found[m.MessageID] = owed{OutboxMessage: m}
	}
	users, err := r.DB.UserMessagesByMessageIDs(ctx, ids)
	if err != nil {
		return nil, wrap(err, "reading messages to users by their ids")
	}
	for _, m := range users {
		found[m.MessageID] = owedToUser(m)
	}
	return found, nil
}

// count keeps that the provider speaks to us, and how much of it is about strangers.
func (r Reports) count(ctx context.Context, events, strangers int64) error {
	now, err := r.DB.Now(ctx)
	if err != nil {
		return err
	}
	add := db.CountMailReportsParams{LastAt: now, Events: events, Strangers: strangers}
	n, err := r.DB.CountMailReports(ctx, add)
	if err == nil && n == 0 {
		if err = r.DB.AddMailReports(ctx, now); err == nil || db.IsDuplicate(err) {
			_, err = r.DB.CountMailReports(ctx, add)
		}
	}
	return wrap(err, "counting reports")
}

var (
	errMoved = errors.New("somebody else changed the message meanwhile")
	errKnown = errors.New("the event is known")
)
