package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/migrations"
)

// mailLateAfter is how long an email may lie ready to be sent before the mail queue counts as stuck.
const mailLateAfter = 2 * time.Minute

// checks are what the program depends on. Offers wait while mail is down and Redis only makes things faster, so neither stops the rest.
func checks(d *db.DB, h *holds.Store) []handlers.Check {
	return []handlers.Check{
		{Name: "database", Needed: true, Do: d.Pool().PingContext},
		{Name: "migrations", Needed: true, Do: func(ctx context.Context) error { return migrated(ctx, d) }},
		{Name: "redis", Do: h.Ping},
		{Name: "mail queue", Do: func(ctx context.Context) error { return mailMoves(ctx, d) }},
	}
}

func migrated(ctx context.Context, d *db.DB) error {
	behind, err := migrations.Behind(ctx, d.Pool())
	if err == nil && behind {
		err = errors.New("the database lacks a migration")
	}
	return err
}

func mailMoves(ctx context.Context, d *db.DB) error {
	status, err := d.GetMailStatus(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if status.FailingSince != nil {
		return errors.New("sending fails")
	}
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	late, err := d.OutboxDue(ctx, db.OutboxDueParams{Now: now.Add(-mailLateAfter), Limit: 1})
	if err == nil && len(late) > 0 {
		err = errors.New("an email lies unsent for too long")
	}
	return err
}
