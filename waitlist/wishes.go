package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const noticeMost = 30 * 24 * time.Hour

// wishRows are wishes with the ids of their staff members.
type wishRows struct {
	Wishes
	staff     []int64
	preferred *int64
}

// readWishes checks wishes for a service and finds their staff members. today is local.
func readWishes(ctx context.Context, q *db.Queries, tenantID, serviceID int64, today rules.Date, wishes Wishes) (wishRows, []problem.Field, error) {
	rows := wishRows{Wishes: wishes}
	bad := badDates(wishes, today)
	if len(wishes.Windows) > wordsMost {
		bad = append(bad, problem.Bad("windows", "problem.too_many", "Most", wordsMost))
	}
	for _, window := range wishes.Windows {
		if !window.Valid() {
			bad = append(bad, problem.Bad("windows", "problem.window"))
			break
		}
	}
	if wishes.Notice < 0 || wishes.Notice > noticeMost {
		bad = append(bad, problem.Bad("notice", "problem.bounds", "Least", 0, "Most", minutes(noticeMost)))
	}
	offering, err := q.StaffOfService(ctx, db.StaffOfServiceParams{TenantID: tenantID, ServiceID: serviceID})
	if err != nil {
		return rows, nil, fmt.Errorf("reading who offers a service: %w", err)
	}
	ids := map[string]int64{}
	for _, m := range offering {
		ids[m.PublicID] = m.ID
	}
	for _, publicID := range wishes.OnlyStaff {
		id, ok := ids[publicID]
		if !ok {
			bad = append(bad, problem.Bad("only_staff", "problem.staff_for_service"))
			break
		}
		rows.staff = append(rows.staff, id)
	}
	if wishes.PreferredStaff != "" {
		id, ok := ids[wishes.PreferredStaff]
		if !ok {
			bad = append(bad, problem.Bad("preferred_staff", "problem.staff_for_service"))
		}
		rows.preferred = &id
	}
	return rows, bad, nil
}

func badDates(wishes Wishes, today rules.Date) []problem.Field {
	var bad []problem.Field
	if !wishes.LatestOn.IsZero() && wishes.LatestOn.Before(today) {
		bad = append(bad, problem.Bad("latest_on", "problem.past"))
	} else if !wishes.LatestOn.IsZero() && wishes.LatestOn.Before(wishes.EarliestOn) {
		bad = append(bad, problem.Bad("latest_on", "problem.before_start"))
	}
	far := today.AddDays(2 * 366)
	if wishes.EarliestOn.After(far) {
		bad = append(bad, problem.Bad("earliest_on", "problem.too_far"))
	}
	if wishes.LatestOn.After(far) {
		bad = append(bad, problem.Bad("latest_on", "problem.too_far"))
	}
	return bad
}

// writeWishes adds an entry's windows and staff members.
func writeWishes(ctx context.Context, tx *db.Tx, tenantID, entryID int64, rows wishRows) error {
	for _, id := range rows.staff {
		err := tx.AddEntryStaff(ctx, db.AddEntryStaffParams{TenantID: tenantID, EntryID: entryID, StaffMemberID: id})
		if err != nil && !db.IsDuplicate(err) {
			return fmt.Errorf("adding a wished staff member: %w", err)
		}
	}
	for _, w := range rows.Windows {
		err := tx.AddEntryWindow(ctx, db.AddEntryWindowParams{
			TenantID: tenantID, EntryID: entryID, Weekday: w.Weekday, FromMinute: w.From, ToMinute: w.To, Preferred: w.Preferred,
		})
		if err != nil {
			return fmt.Errorf("adding a window: %w", err)
		}
	}
	return nil
}

// ChangeWishes replaces the wishes of the entry behind the customer's link. The place stays, but for flexibility points.
// Fails with Invalid naming the field, Gone when the entry has ended.
func (w *Waitlist) ChangeWishes(ctx context.Context, token string, wishes Wishes) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.changeWishes(ctx, customer(entry.CustomerID), entry, wishes)
}

// StaffChangeWishes is ChangeWishes at the counter.
func (w *Waitlist) StaffChangeWishes(ctx context.Context, s Staff, entryID string, wishes Wishes) error {
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.changeWishes(ctx, s.actor(), entry, wishes)
}

func (w *Waitlist) changeWishes(ctx context.Context, who actor, entry db.Entry, wishes Wishes) error {
	return w.inTx(ctx, entry.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, entry.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		if _, live := p.entry(entry.ID); !live {
			return problem.New(problem.Gone, "problem.entry_ended")
		}
		return w.rewish(ctx, tx, who, p, entry, wishes)
	})
}

// rewish replaces the wishes of a locked live entry.
func (w *Waitlist) rewish(ctx context.Context, tx *db.Tx, who actor, p party, entry db.Entry, wishes Wishes) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	settings, err := LoadSettings(ctx, tx.Queries, entry.TenantID)
	if err != nil {
		return err
	}
	rows, bad, err := readWishes(ctx, tx.Queries, entry.TenantID, entry.ServiceID, rules.DateOf(now, settings.Zone), wishes)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return problem.Invalid(bad...)
	}
	if err := replaceWishes(ctx, tx, entry, rows, now); err != nil {
		return err
	}
	tx.AfterCommit(func() { w.Wake(ctx, entry.TenantID) })
	if err := rerank(ctx, tx, settings, p); err != nil {
		return err
	}
	return who.did(ctx, tx, "entry.wishes", entry.TenantID, "entries", entry.ID, nil)
}

func replaceWishes(ctx context.Context, tx *db.Tx, entry db.Entry, rows wishRows, now time.Time) error {
	n, err := tx.ChangeEntryWishes(ctx, db.ChangeEntryWishesParams{
		FlexibleDays: flexibleDays(rows.Windows), AnyStaff: len(rows.staff) == 0, PreferredStaffID: rows.preferred, MayGain: mayGain(rows),
		EarliestOn: rows.EarliestOn, LatestOn: rows.LatestOn, NoticeMinutes: minutes(rows.Notice), ChangedAt: now, TenantID: entry.TenantID, ID: entry.ID,
	})
	if err := must(n, err, "changing wishes"); err != nil {
		return err
	}
	if err := tx.DeleteEntryStaff(ctx, db.DeleteEntryStaffParams{TenantID: entry.TenantID, EntryID: entry.ID}); err != nil {
		return fmt.Errorf("replacing wished staff members: %w", err)
	}
	if err := tx.DeleteEntryWindows(ctx, db.DeleteEntryWindowsParams{TenantID: entry.TenantID, EntryID: entry.ID}); err != nil {
		return fmt.Errorf("replacing windows: %w", err)
	}
	return writeWishes(ctx, tx, entry.TenantID, entry.ID, rows)
}
