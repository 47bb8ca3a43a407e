package mail

import (
	"context"
	"errors"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	firstPause   = 5 * time.Second
	longestPause = 15 * time.Minute
	unclearPause = time.Minute // before a second hand-over: the provider may tell until then that it has the first
)

// dropped is the class of a message that must not be sent any more.
type dropped string

func (d dropped) Error() string { return "not to be sent: " + string(d) }

// postponed is the moment, in UTC, before which it isn't known whether a message is to be sent.
type postponed time.Time

func (postponed) Error() string { return "not to be sent yet" }

// settleSent keeps what the sender's acceptance means. The offer is locked before the message, as everywhere.
func (d *Deliverer) settleSent(ctx context.Context, m owed) error {
	err := d.DB.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if m.Kind == string(outbox.Offer) {
			if err := d.Waitlist.OfferSent(ctx, tx, m.TenantID, *m.OfferID); err != nil {
				return err
			}
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		return wrap(m.end(ctx, tx.Queries, "sent", &now, ""), "marking a message sent")
	})
	return errors.Join(err, d.countSuccess(ctx))
}

// settleFailure keeps what the sender's refusal means.
func (d *Deliverer) settleFailure(ctx context.Context, m owed, f *Failure) (outcome, error) {
	d.Log.WarnContext(ctx, "an email was not accepted", "message_id", m.MessageID, "tenant_id", m.TenantID, "kind", m.Kind,
		"class", f.Class, "attempt", m.Attempts, "error", f.Error())
	if f.Outcome == Rejected {
		err := d.end(ctx, m, "failed", f.Class)
		return rejected, errors.Join(err, d.giveUp(ctx, m))
	}
	failing, err := d.countFailure(ctx, f.Class)
	offer := m.Kind == string(outbox.Offer)
	switch {
	case f.Outcome == Unclear && m.ErrorClass == unclear:
		return failed, errors.Join(err, d.end(ctx, m, "unknown", unclearAgain))
	case f.Outcome == Unclear && offer:
		return failed, errors.Join(err, d.end(ctx, m, "unknown", unclear))
	}
	class, wait := f.Class, max(pause(m.Attempts, failing), f.Wait)
	if f.Outcome == Unclear || m.ErrorClass == unclear { // an unclear hand-over is never forgotten
		class = unclear
	}
	if f.Outcome == Unclear {
		wait = max(wait, unclearPause)
	}
	return failed, errors.Join(err, d.tryLater(ctx, m, wait, class))
}

// settleUnsent keeps why a message never got to the sender, and gives back only what was no decision.
func (d *Deliverer) settleUnsent(ctx context.Context, m owed, why error) error {
	var (
		drop dropped
		wait postponed
		held held
	)
	switch {
	case errors.As(why, &drop):
		err := d.end(ctx, m, "dropped", string(drop))
		if drop == noAddress || drop == suppressed {
			err = errors.Join(err, d.giveUp(ctx, m))
		}
		return err
	case errors.As(why, &wait):
		return d.putBack(ctx, m, time.Time(wait), m.ErrorClass)
	case errors.As(why, &held):
		class := held.class
		if m.ErrorClass == unclear {
			class = unclear
		}
		return d.putBack(ctx, m, held.until, class)
	}
	return errors.Join(why, d.tryLater(ctx, m, pause(m.Attempts, false), m.ErrorClass))
}

// suppressRefused keeps an address from being written to at which nobody is, as the sender says. A login with it is another matter and stays.
func (d *Deliverer) suppressRefused(ctx context.Context, m owed, f *Failure, to string) error {
	hash := d.DB.Lookup().Email(m.TenantID, to)
	if f.Class != addressRefused || m.user != nil || hash == nil {
		return nil
	}
	return d.Waitlist.SuppressReported(ctx, m.TenantID, m.CustomerID, hash, to, waitlist.SuppressedBounce)
}

// giveUp ends an offer whose email never arrives, so that the next customer is asked at once.
func (d *Deliverer) giveUp(ctx context.Context, m owed) error {
	if m.Kind != string(outbox.Offer) {
		return nil
	}
	return d.Waitlist.OfferUndeliverable(ctx, m.TenantID, *m.OfferID)
}

// pause grows with each attempt. While sending fails it is short: only one message at a time is tried then.
func pause(attempts int, failing bool) time.Duration {
	if failing {
		return probeEvery
	}
	return min(firstPause<<min(max(attempts-1, 0), 10), longestPause)
}

func (d *Deliverer) tryLater(ctx context.Context, m owed, after time.Duration, class string) error {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return err
	}
	return d.putBack(ctx, m, now.Add(after), class)
}

// putBack gives up the claim. What is no longer useful by then comes up when it stops being so, to be dropped.
func (d *Deliverer) putBack(ctx context.Context, m owed, next time.Time, class string) error {
	if next.After(m.UsefulUntil) {
		next = m.UsefulUntil
	}
	return wrap(d.untake(ctx, m, next, class), "putting a message back")
}

func (d *Deliverer) end(ctx context.Context, m owed, state, class string) error {
	return wrap(m.end(ctx, d.DB.Queries, state, nil, class), "ending a message")
}
