package mail

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	dueAtOnce   = 200 // messages of one round
	claimAtOnce = 24  // of them claimed together
	sideBySide  = 24  // requests to the sender at once: a provider takes a tenth of a second or two for each
	lease       = time.Minute
	sendWithin  = 20 * time.Second // well within the lease
)

// Deliverer delivers the outbox, to customers and to users. Any number may work on one database at once. All fields are needed.
type Deliverer struct {
	DB       *db.DB
	Waitlist *waitlist.Waitlist
	Sender   Sender
	Base     paths.Base // what links in emails begin with
	Log      *slog.Logger

	troubled atomic.Bool // a failure was counted, or read, since the last success was
}

// outcome is what one round did with one message.
type outcome int

const (
	unsent   outcome = iota // it never got to the sender
	accepted                // by the sender
	rejected                // for good: the sender works, the message doesn't
	failed                  // the sender doesn't work, or didn't say
)

// DeliverDue hands over what is due and returns how many messages the sender accepted. While sending fails it only probes,
// every 15 s. Once ctx ends it takes up no further message, and finishes those it has begun.
func (d *Deliverer) DeliverDue(ctx context.Context) (int, error) {
	if err := d.reclaim(ctx); err != nil {
		return 0, err
	}
	status, err := d.status(ctx)
	if err != nil {
		return 0, err
	}
	if status.Failures > 0 {
		d.troubled.Store(true)
	}
	if status.FailingSince != nil {
		return d.probe(ctx)
	}
	due, err := d.due(ctx, dueAtOnce)
	if err != nil {
		return 0, err
	}
	return d.deliverAll(ctx, due)
}

// deliverAll works side by side and takes up no more once sending fails: what is claimed by then and not begun is given back.
func (d *Deliverer) deliverAll(ctx context.Context, due []ref) (int, error) {
	var (
		group errgroup.Group
		sent  atomic.Int32
		stop  atomic.Bool
	)
	group.SetLimit(sideBySide)
	over := func() bool { return stop.Load() || ctx.Err() != nil }
	var failure error
	for chunk := range slices.Chunk(due, claimAtOnce) {
		if over() {
			break
		}
		claimed, err := d.claimAll(ctx, chunk)
		failure = errors.Join(failure, err)
		for _, m := range claimed {
			group.Go(func() error {
				if over() {
					return d.giveBack(ctx, m)
				}
				got, err := d.deliverClaimed(ctx, m)
				switch got {
				case accepted:
					sent.Add(1)
				case failed:
					failing, err := d.failing(ctx)
					if failing || err != nil {
						stop.Store(true)
					}
				}
				return err
			})
		}
	}
	failure = errors.Join(failure, group.Wait())
	return int(sent.Load()), failure
}

// giveBack lets a message that was claimed and not begun be taken up again at once.
func (d *Deliverer) giveBack(ctx context.Context, m owed) error {
	return d.putBack(context.WithoutCancel(ctx), m, m.NextAttemptAt, m.ErrorClass)
}

// deliver takes one message from claim to settlement.
func (d *Deliverer) deliver(ctx context.Context, r ref) (outcome, error) {
	m, ok, err := d.claim(context.WithoutCancel(ctx), r)
	if err != nil || !ok {
		return unsent, err
	}
	return d.deliverClaimed(ctx, m)
}

// deliverClaimed takes a claimed message to its settlement. Nothing cuts it short: a request broken off would leave open whether the message
// went out.
func (d *Deliverer) deliverClaimed(ctx context.Context, m owed) (outcome, error) {
	ctx = context.WithoutCancel(ctx)
	message, err := d.prepare(ctx, m)
	if err != nil {
		return unsent, d.settleUnsent(ctx, m, err)
	}
	if ok, err := d.begin(ctx, m); err != nil || !ok {
		return unsent, err
	}
	sending, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := d.Sender.Send(sending, message); err != nil {
		f := failureOf(err)
		err := d.suppressRefused(ctx, m, f, message.To) // before the next customer is looked for, who may share the address
		got, settled := d.settleFailure(ctx, m, f)
		return got, errors.Join(err, settled)
	}
	return accepted, d.settleSent(ctx, m)
}
