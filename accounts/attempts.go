package accounts

import (
	"bytes"
	"context"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const attemptWindow = 15 * time.Minute

// attempt is one act by one account, network address or both, of which a window takes at most so many.
type attempt struct {
	act, who string
	most     int
}

// attemptAt counts each attempt before it is made, so that many at once are not more than many one after the other, and refuses with
// problem.Limited once any of them was made too often. It works in MySQL, as all that must hold.
func (a *Accounts) attemptAt(ctx context.Context, attempts ...attempt) error {
	digest := func(one attempt) []byte { return a.db.Lookup().Attempt(one.act, one.who) }
	// One order for all: two transactions then never wait for each other.
	slices.SortFunc(attempts, func(x, y attempt) int { return bytes.Compare(digest(x), digest(y)) })
	tooOften := false
	err := a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		tooOften = false
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		for _, one := range attempts {
			what := digest(one)
			if err := tx.CountAttempt(ctx, db.CountAttemptParams{What: what, Now: now, SinceBefore: now.Add(-attemptWindow)}); err != nil {
				return fmt.Errorf("counting an attempt: %w", err)
			}
			tries, err := tx.GetAttempts(ctx, what)
			if err != nil {
				return fmt.Errorf("reading attempts: %w", err)
			}
			tooOften = tooOften || tries > one.most
		}
		return nil
	})
	if err == nil && tooOften {
		return problem.New(problem.Limited, "account.bad.too_often", "Minutes", int(attemptWindow.Minutes()))
	}
	return err
}

// logInAttempts count the guesses at one account from one place, from one place at any account, and at one account from anywhere; the last
// bound is high, or whoever likes could lock a person out.
func logInAttempts(email, address string) []attempt {
	email, address = seal.NormalEmail(email), network(address)
	return []attempt{
		{"log in", email + " " + address, 10},
		{"log in from", address, 60},
		{"log in as", email, 100},
	}
}

// network is the part of an address that one customer of a provider has to themselves: all of IPv4, 64 bits of IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}
