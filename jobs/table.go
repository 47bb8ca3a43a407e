package jobs

import (
	"context"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

// Table is every job of the program.
func Table(w *waitlist.Waitlist, d *mail.Deliverer, a *accounts.Accounts, t *audit.Trail, c idempotency.Calls, h *webhooks.Webhooks) []Job {
	return []Job{
		{"expire due offers", "@every 1s", w.ExpireDue},
		{"expire overdue offers", "@every 5s", w.ExpireOverdue},
		{"carry out wishes", "@every 1s", w.CarryOutWishes},
		{"fill open slots", "@every 1s", w.FillDue},
		{"lapse slots", "@every 10s", w.LapseSlots},
		{"put holds back", "@every 30s", w.Reconcile},
		{"expire entries", "@every 1m", w.ExpireEntries},
		{"ask who still waits", "@every 1m", w.AskWhoStays},
		{"expire who does not", "@every 1m", w.ExpireStays},
		{"remind of offers", "@every 5s", w.RemindOffers},
		{"remind of appointments", "@every 1m", w.RemindBookings},
		{"thank customers", "@every 1m", w.ThankCustomers},
		{"import lists", "@every 1s", w.RunImports},
		{"forget imports", "@every 10m", w.ForgetImports},
		{"hash phone numbers", "@every 1m", w.HashPhones},
		{"re-key entries", "@every 5s", w.Rekey},
		{"carry out acts on many", "@every 1s", w.CarryOutBulk},
		{"send password links", "@every 1s", a.SendPasswordLinks},
		{"deliver emails", "@every 1s", d.DeliverDue},
		{"forget what is over", "@every 10m", a.Forget},
		{"link audit entries", "@every 2s", t.Link},
		{"check audit trails", "@every 1s", t.Check},
		{"tell audit heads", "@every 10m", t.TellHeads},
		{"tell webhooks", "@every 1s", h.Dispatch},
		{"deliver webhooks", "@every 1s", h.Deliver},
		{"forget webhook deliveries", "@every 10m", h.Forget},
		{"forget presses", "@every 10m", w.ForgetPresses},
		{"forget calls", "@every 10m", c.Forget},
		{"forget mail events", "@every 10m", d.ForgetEvents},
	}
}

// DeliverNudged delivers emails, or webhooks, as soon as one is owed, without waiting for the next second, until ctx ends.
func DeliverNudged(ctx context.Context, nudges <-chan struct{}, deliver func(context.Context) (int, error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-nudges:
			_, _ = deliver(ctx) // the job of the same name meets the same failure and logs it
		}
	}
}
