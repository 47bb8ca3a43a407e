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

// OfferForm is what is typed about how offers are made.
type OfferForm struct {
	Hold            string `form:"hold"`                      // minutes that an offer stands
	HoldCap         string `form:"hold_cap"`                  // minutes by which late delivery may extend it
	MinimumNotice   string `form:"minimum_notice"`            // minutes between the end of an offer and the start of its slot
	ContactsPerDay  string `form:"contacts_per_day"`          // offers to one address on one day
	ContactGap      string `form:"contact_gap"`               // minutes between two offers to one address
	CountsFromStart string `form:"place_counts_from_joining"` // not empty: the place counts from joining, else from confirming the address
	Version         string `form:"version"`                   // of the settings that the form was made from
}

// OfferSettings is the form of the offer settings as saved.
func (b *Business) OfferSettings(ctx context.Context, tenantID int64) (OfferForm, error) {
	row, err := b.db.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return OfferForm{}, err
	}
	f := OfferForm{
		Hold: strconv.Itoa(row.HoldSeconds / 60), HoldCap: strconv.Itoa(row.HoldCapSeconds / 60), MinimumNotice: strconv.Itoa(row.MinimumNoticeMinutes),
		ContactsPerDay: strconv.Itoa(row.ContactsPerDay), ContactGap: strconv.Itoa(row.ContactGapMinutes), Version: strconv.Itoa(row.Version),
	}
	if row.PlaceCountsFromJoining {
		f.CountsFromStart = "on"
	}
	return f, nil
}

// ChangeOfferSettings changes how offers are made from now on; offers that are out keep their deadline. Refused fields are those of the
// form; problem.Conflict when the settings were changed since the form was made.
func (b *Business) ChangeOfferSettings(ctx context.Context, s waitlist.Staff, f OfferForm) error {
	read, err := f.read()
	if err != nil {
		return err
	}
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		before, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		row := db.UpdateOfferSettingsParams{
			HoldSeconds: int(read.Hold / time.Second), HoldCapSeconds: int(read.HoldCap / time.Second),
			MinimumNoticeMinutes: int(read.MinimumNotice / time.Minute), ContactsPerDay: read.ContactsPerDay,
			ContactGapMinutes:      int(read.ContactGap / time.Minute),
			PlaceCountsFromJoining: checked(f.CountsFromStart), UpdatedAt: now, TenantID: s.TenantID,
		}
		row.Version, _ = strconv.Atoi(f.Version) // a version that is no number matches no row
		n, err := tx.UpdateOfferSettings(ctx, row)
		if err := unlessStale(n, err); err != nil {
			return err
		}
		after, err := tx.GetSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		return note(ctx, tx, s, "offer_settings.change", "settings", s.TenantID, audit.Changes(offerFacts(before), offerFacts(after)))
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

// Rules are what the form says about offers; nothing else of them is set. Refused fields are those of the form.
func (f OfferForm) Rules() (rules.Settings, error) { return f.read() }

func (f OfferForm) read() (rules.Settings, error) {
	var r reading
	inMinutes := func(field, typed string) time.Duration { return minutes(r.whole(field, typed)) }
	read := rules.Settings{
		Hold: inMinutes("hold", f.Hold), HoldCap: inMinutes("hold_cap", f.HoldCap), MinimumNotice: inMinutes("minimum_notice", f.MinimumNotice),
		ContactsPerDay: r.whole("contacts_per_day", f.ContactsPerDay), ContactGap: inMinutes("contact_gap", f.ContactGap),
	}
	r.settings(read, strings.Fields("hold hold_cap minimum_notice contacts_per_day contact_gap"))
	return read, r.err()
}
