package business

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// LimitsForm is what is typed about how many messages go out.
type LimitsForm struct {
	PerHour string `form:"messages_per_hour"` // empty or 0: no limit
	PerDay  string `form:"messages_per_day"`  // to one address
	Version string `form:"version"`           // of the settings that the form was made from
}

// QuietForm is what is typed about when messages wait.
type QuietForm struct {
	From    string `form:"quiet_from"` // time of day like 21:00; both empty: never quiet
	To      string `form:"quiet_to"`
	Night   string `form:"night_openings"` // a rules.NightOpenings
	Version string `form:"version"`
}

// MessageLimits is how much of a business's messages goes out, and when.
type MessageLimits struct {
	Limits  LimitsForm // as saved
	Quiet   QuietForm
	Use     waitlist.HourlyUse
	Dropped int            // links to confirm a place that were not sent today, because their address had got as much as it may
	Rules   rules.Settings // as saved, for what the forms come to
}

// MessageLimits reads how much of a business's messages goes out, and when.
func (b *Business) MessageLimits(ctx context.Context, tenantID int64) (MessageLimits, error) {
	s, err := waitlist.LoadSettings(ctx, b.db.Queries, tenantID)
	if err != nil {
		return MessageLimits{}, err
	}
	m := MessageLimits{Limits: limitsForm(s.Row), Quiet: quietForm(s.Row), Rules: s.Settings}
	now, err := b.db.Now(ctx)
	if err != nil {
		return m, err
	}
	if m.Use, err = waitlist.ReadHourlyUse(ctx, b.db.Queries, tenantID, s.MessagesPerHour, now); err != nil {
		return m, err
	}
	today, _ := rules.DayBounds(rules.DateOf(now, s.Zone), s.Zone)
	dropped, err := b.db.CountDropped(ctx, db.CountDroppedParams{TenantID: tenantID, Since: today, Class: "day_limit"})
	if err != nil {
		return m, db.Down(fmt.Errorf("counting what was not sent: %w", err))
	}
	m.Dropped = int(dropped)
	return m, nil
}

func limitsForm(row db.Setting) LimitsForm {
	f := LimitsForm{PerDay: strconv.Itoa(row.MessagesPerDay), Version: strconv.Itoa(row.Version)}
	if row.MessagesPerHour > 0 {
		f.PerHour = strconv.Itoa(row.MessagesPerHour)
	}
	return f
}

func quietForm(row db.Setting) QuietForm {
	f := QuietForm{Night: string(row.NightOpenings), Version: strconv.Itoa(row.Version)}
	if row.QuietFromMinute != row.QuietToMinute {
		f.From, f.To = clockText(row.QuietFromMinute), clockText(row.QuietToMinute)
	}
	return f
}

// ChangeMessageLimits changes how many messages go out from now on; those that waited for room look again at once. Refused fields are
// those of the form; problem.Conflict when the settings were changed since the form was made.
func (b *Business) ChangeMessageLimits(ctx context.Context, s waitlist.Staff, f LimitsForm) error {
	read, err := f.Rules()
	if err != nil {
		return err
	}
	return b.changeSending(ctx, s, limitFacts, func(ctx context.Context, tx *db.Tx, now time.Time) (int64, error) {
		return tx.UpdateLimits(ctx, db.UpdateLimitsParams{
			MessagesPerHour: read.MessagesPerHour, MessagesPerDay: read.MessagesPerDay, UpdatedAt: now, TenantID: s.TenantID, Version: versionOf(f.Version),
		})
	})
}

// ChangeQuietHours changes when messages wait; those that wait now look again at once. Errors are those of ChangeMessageLimits.
func (b *Business) ChangeQuietHours(ctx context.Context, s waitlist.Staff, f QuietForm) error {
	read, err := f.Rules()
	if err != nil {
		return err
	}
	return b.changeSending(ctx, s, quietFacts, func(ctx context.Context, tx *db.Tx, now time.Time) (int64, error) {
		return tx.UpdateQuietHours(ctx, db.UpdateQuietHoursParams{
			QuietFromMinute: read.Quiet.From, QuietToMinute: read.Quiet.To, NightOpenings: read.Night, UpdatedAt: now,
			TenantID: s.TenantID, Version: versionOf(f.Version),
		})
	})
}

func (b *Business) changeSending(
	ctx context.Context, s waitlist.Staff, facts func(db.Setting) detail, change func(context.Context, *db.Tx, time.Time) (int64, error),
) error {
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		before, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		n, err := change(ctx, tx, now)
		if err := unlessStale(n, err); err != nil {
			return err
		}
		if _, err := tx.WakeMessagesOf(ctx, db.WakeMessagesOfParams{Now: now, TenantID: s.TenantID}); err != nil {
			return fmt.Errorf("waking messages: %w", err)
		}
		after, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		return note(ctx, tx, s, "sending.change", "settings", s.TenantID, audit.Changes(facts(before), facts(after)))
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// versionOf is the version that a form was made from; one that is no number matches no row.
func versionOf(typed string) int {
	version, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return version
}

// Rules are what the form says about how many messages go out; nothing else of them is set. Refused fields are those of the form.
func (f LimitsForm) Rules() (rules.Settings, error) {
	var r reading
	var read rules.Settings
	if strings.TrimSpace(f.PerHour) != "" {
		read.MessagesPerHour = r.whole("messages_per_hour", f.PerHour)
	}
	read.MessagesPerDay = r.whole("messages_per_day", f.PerDay)
	r.settings(read, []string{"messages_per_hour", "messages_per_day"})
	return read, r.err()
}

// Rules are what the form says about quiet hours; nothing else of them is set. Refused fields are those of the form.
func (f QuietForm) Rules() (rules.Settings, error) {
	var r reading
	from, begins := r.clock("quiet_from", f.From)
	to, ends := r.clock("quiet_to", f.To)
	switch {
	case r.refused("quiet_from"), r.refused("quiet_to"):
	case begins && !ends:
		r.refuse("quiet_to", "admin.bad.until")
	case ends && !begins:
		r.refuse("quiet_from", "admin.bad.from")
	case begins && from == to:
		r.refuse("quiet_to", "admin.bad.quiet_same")
	}
	read := rules.Settings{Quiet: rules.QuietHours{From: from, To: to}, Night: rules.NightOpenings(f.Night)}
	if read.Night != rules.NightWait && read.Night != rules.NightAsk {
		r.refuse("night_openings", "problem.required")
	}
	r.settings(read, []string{"quiet_from", "quiet_to"})
	return read, r.err()
}
