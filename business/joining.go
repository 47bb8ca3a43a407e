package business

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// How joining stands, as the form has it.
const (
	JoiningOpen   = "open"
	JoiningPaused = "paused"
	JoiningUntil  = "until" // paused, and open again by itself on a day
)

const (
	mostPlaces = 100_000
	// LongestPauseReason is in letters.
	LongestPauseReason = 200
)

// JoiningForm is what is typed about how people join.
type JoiningForm struct {
	State   string            `form:"state"`
	Until   string            `form:"until"`  // the day on which joining is open again, like 2027-03-01
	Reason  string            `form:"reason"` // as customers read it
	Cap     string            `form:"cap"`    // of the whole list; empty: no limit
	Caps    map[string]string // of services, by public id
	Expiry  string            `form:"expiry"` // days, one of rules.StayDays
	Version string            `form:"version"`
}

// JoiningPage is what the form is surrounded by.
type JoiningPage struct {
	Services []waitlist.ServiceChoice
	Places   map[string]int // live entries, by public id of the service
	Taken    int            // in all
	Today    rules.Date
	Slug     string
}

// CapField is the name of the field for the limit of a service.
func CapField(service string) string { return "cap_" + service }

// ReadCaps takes the limits of services from what was sent.
func (f *JoiningForm) ReadCaps(values url.Values) {
	f.Caps = map[string]string{}
	for name := range values {
		if id, ok := strings.CutPrefix(name, CapField("")); ok {
			f.Caps[id] = values.Get(name)
		}
	}
}

// Joining is the form of how people join as saved, with what it is about.
func (b *Business) Joining(ctx context.Context, tenantID int64) (JoiningPage, JoiningForm, error) {
	page, f := JoiningPage{Places: map[string]int{}}, JoiningForm{State: JoiningOpen, Caps: map[string]string{}, Expiry: "0", Version: "0"}
	about, err := b.waitlist.Business(ctx, tenantID)
	if err != nil {
		return page, f, err
	}
	page.Slug = about.Slug
	now, err := b.db.Now(ctx)
	if err != nil {
		return page, f, err
	}
	page.Today = rules.DateOf(now, about.Zone)
	if page.Services, err = b.waitlist.JoinChoices(ctx, tenantID); err != nil {
		return page, f, err
	}
	if err := b.countPlaces(ctx, tenantID, &page); err != nil {
		return page, f, err
	}
	row, err := b.db.GetJoining(ctx, tenantID)
	if db.IsNone(err) {
		return page, f, nil
	}
	if err != nil {
		return page, f, db.Down(fmt.Errorf("reading how people join: %w", err))
	}
	caps, err := b.db.ListCaps(ctx, tenantID)
	if err != nil {
		return page, f, db.Down(fmt.Errorf("reading limits: %w", err))
	}
	return page, joiningForm(row, caps, now, about.Zone), nil
}

func joiningForm(row db.Joining, caps []db.ListCapsRow, now time.Time, zone *time.Location) JoiningForm {
	f := JoiningForm{State: JoiningOpen, Reason: row.PauseReason, Caps: map[string]string{}, Expiry: strconv.Itoa(row.ExpiryDays), Version: strconv.Itoa(row.Version)}
	if row.Paused && (row.PausedUntil == nil || row.PausedUntil.After(now)) {
		f.State = JoiningPaused
		if row.PausedUntil != nil {
			f.State, f.Until = JoiningUntil, rules.DateOf(*row.PausedUntil, zone).String()
		}
	}
	if row.ListCap > 0 {
		f.Cap = strconv.Itoa(row.ListCap)
	}
	for _, c := range caps {
		f.Caps[c.PublicID] = strconv.Itoa(c.ListCap)
	}
	return f
}

func (b *Business) countPlaces(ctx context.Context, tenantID int64, page *JoiningPage) error {
	counts, err := b.db.CountPlacesByService(ctx, tenantID)
	if err != nil {
		return db.Down(fmt.Errorf("counting places: %w", err))
	}
	services, err := b.db.AllServices(ctx, tenantID)
	if err != nil {
		return db.Down(fmt.Errorf("reading services: %w", err))
	}
	for _, c := range counts {
		page.Taken += int(c.Places)
		for _, s := range services {
			if s.ID == c.ServiceID {
				page.Places[s.PublicID] = int(c.Places)
			}
		}
	}
	return nil
}

// ChangeJoining changes how people join from now on. Who is on the list stays there. Refused fields are those of the form;
// problem.Conflict when it was changed since the form was made.
func (b *Business) ChangeJoining(ctx context.Context, s waitlist.Staff, f JoiningForm) error {
	about, err := b.waitlist.Business(ctx, s.TenantID)
	if err != nil {
		return err
	}
	rows, err := b.db.ListServices(ctx, s.TenantID)
	if err != nil {
		return db.Down(fmt.Errorf("reading services: %w", err))
	}
	services := make([]db.Service, len(rows))
	for i, row := range rows {
		services[i] = row.Service
	}
	now, err := b.db.Now(ctx)
	if err != nil {
		return err
	}
	row, caps, err := f.read(services, now, about.Zone)
	if err != nil {
		return err
	}
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := tx.AddJoining(ctx, db.AddJoiningParams{TenantID: s.TenantID, UpdatedAt: now}); err != nil {
			return fmt.Errorf("adding how people join: %w", err)
		}
		row.TenantID, row.UpdatedAt = s.TenantID, now
		row.Version, err = strconv.Atoi(f.Version)
		if err != nil {
			row.Version = -1 // matches no row
		}
		n, err := tx.UpdateJoining(ctx, row)
		if err := unlessStale(n, err); err != nil {
			return err
		}
		for _, service := range services {
			if err := setCap(ctx, tx, service, caps[service.ID]); err != nil {
				return err
			}
		}
		return note(ctx, tx, s, "joining.change", "joining", s.TenantID, detail{
			"state": f.State, "until": row.PausedUntil, "cap": row.ListCap, "service_caps": len(caps), "expiry_days": row.ExpiryDays,
		})
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}

func setCap(ctx context.Context, tx *db.Tx, service db.Service, limit int) error {
	var err error
	if limit == 0 {
		err = tx.DeleteListCap(ctx, db.DeleteListCapParams{TenantID: service.TenantID, ServiceID: service.ID})
	} else {
		err = tx.SetListCap(ctx, db.SetListCapParams{TenantID: service.TenantID, ServiceID: service.ID, ListCap: limit})
	}
	if err != nil {
		return fmt.Errorf("setting a limit: %w", err)
	}
	return nil
}

func (f JoiningForm) read(services []db.Service, now time.Time, zone *time.Location) (row db.UpdateJoiningParams, caps map[int64]int, err error) {
	var r reading
	switch f.State {
	case JoiningOpen:
	case JoiningPaused:
		row.Paused = true
	case JoiningUntil:
		row.Paused = true
		until := r.date("until", f.Until)
		switch {
		case r.refused("until"):
		case !until.After(rules.DateOf(now, zone)):
			r.refuse("until", "problem.joining.until")
		case until.After(rules.DateOf(now, zone).AddDays(2 * 366)):
			r.refuse("until", "problem.too_far")
		}
		from, _ := rules.DayBounds(until, zone)
		from = from.UTC()
		row.PausedUntil = &from
	default:
		r.refuse("state", "problem.required")
	}
	row.PauseReason = r.line("reason", f.Reason, LongestPauseReason)
	limit := func(field, typed string) int {
		if strings.TrimSpace(typed) == "" {
			return 0
		}
		return r.number(field, typed, 0, mostPlaces)
	}
	row.ListCap = limit("cap", f.Cap)
	caps = map[int64]int{}
	for _, s := range services {
		if n := limit(CapField(s.PublicID), f.Caps[s.PublicID]); n > 0 {
			caps[s.ID] = n
		}
	}
	row.ExpiryDays, err = strconv.Atoi(f.Expiry)
	if err != nil || !slices.Contains(rules.StayDays(), row.ExpiryDays) {
		r.refuse("expiry", "problem.required")
	}
	return row, caps, r.err()
}
