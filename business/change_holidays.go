package business

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeHolidays chooses whose public holidays close the business, this year and every other. What they newly close is touched; it stays as it is,
// but for what f.Withdraw chooses. The refused field is country; problem.Conflict when the choice was changed since the form was made.
// Saving what is saved changes nothing.
func (b *Business) ChangeHolidays(ctx context.Context, s waitlist.Staff, f HolidayForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		today := rules.DateOf(now, a.zone)
		choice, err := f.read(today)
		if err != nil {
			return err
		}
		version, err := holidayVersion(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		before, err := waitlist.ReadHolidayChoice(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		if version > 0 && reflect.DeepEqual(choice, before) {
			return nil
		}
		if !madeFrom(f.Version, version) {
			return stale()
		}
		last := today.AddDays(holidaysKnown)
		t, err := a.newlyClosed(choice.Closures(today, last), before.Closures(today, last))
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t.offering(f.Withdraw)
			return nil
		}
		withdrawn, err := withdraw(ctx, tx, s.TenantID, t.choosing(f.Withdraw))
		if err != nil {
			return err
		}
		if err := keepHolidays(ctx, tx, s.TenantID, version, choice, now); err != nil {
			return err
		}
		return note(ctx, tx, s, "holidays.change", "holiday_choices", s.TenantID, detail{
			"country": choice.Country, "region": choice.Region, "worked": choice.Worked, "open_on": choice.OpenDays(), "withdrawn": withdrawn,
		})
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}

// holidayVersion is that of the choice, 0 before the first.
func holidayVersion(ctx context.Context, q *db.Queries, tenantID int64) (int, error) {
	row, err := q.GetHolidayChoice(ctx, tenantID)
	if err != nil && !db.IsNone(err) {
		return 0, fmt.Errorf("reading the choice of holidays: %w", err)
	}
	return row.Version, nil
}

// keepHolidays writes the choice over the one of a version.
func keepHolidays(ctx context.Context, tx *db.Tx, tenantID int64, version int, choice waitlist.HolidayChoice, now time.Time) error {
	if version == 0 {
		err := tx.AddHolidayChoice(ctx, db.AddHolidayChoiceParams{TenantID: tenantID, Country: choice.Country, Region: choice.Region, UpdatedAt: now})
		if db.IsDuplicate(err) {
			return stale()
		}
		if err != nil {
			return fmt.Errorf("adding a choice of holidays: %w", err)
		}
	} else {
		n, err := tx.ChangeHolidayChoice(ctx, db.ChangeHolidayChoiceParams{
			Country: choice.Country, Region: choice.Region, UpdatedAt: now, TenantID: tenantID, Version: version,
		})
		if err != nil {
			return fmt.Errorf("changing a choice of holidays: %w", err)
		}
		if n != 1 {
			return stale()
		}
	}
	if err := tx.DeleteOpenHolidays(ctx, tenantID); err != nil {
		return fmt.Errorf("clearing the open holidays: %w", err)
	}
	for _, name := range choice.Worked {
		if err := tx.AddOpenHoliday(ctx, db.AddOpenHolidayParams{TenantID: tenantID, Name: name}); err != nil {
			return fmt.Errorf("adding a holiday that is worked on: %w", err)
		}
	}
	for _, on := range choice.OpenDays() {
		if err := tx.AddOpenHoliday(ctx, db.AddOpenHolidayParams{TenantID: tenantID, Name: choice.Open[on], OnDate: on}); err != nil {
			return fmt.Errorf("adding a holiday's opening: %w", err)
		}
	}
	return nil
}
