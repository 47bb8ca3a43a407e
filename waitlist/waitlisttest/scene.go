// Package waitlisttest sets scenes for tests: a business with staff, services and people who wait, on a real database and a
// real Redis, with the one clock that tests move.
package waitlisttest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/invariants"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// Scene is one business and the program that serves it.
type Scene struct {
	T        testing.TB
	DB       *db.DB
	Holds    *holds.Store
	Boards   *live.Boards // of this instance alone: Run does not run
	W        *waitlist.Waitlist
	Tenant   int64
	Slug     string
	Staff    waitlist.Staff // an owner, who acts at the counter
	Zone     *time.Location
	Log      *strings.Builder
	started  time.Time
	lastName int
}

// New sets a scene at 09:00 on a Monday in Berlin, with no services, staff members or customers yet. When the test ends every
// invariant is checked.
func New(t testing.TB) *Scene {
	t.Helper()
	return On(t, dbtest.Open(t))
}

// On is New in a database that the test brings.
func On(t testing.TB, d *db.DB) *Scene {
	t.Helper()
	s := Unchecked(t, d)
	t.Cleanup(func() { s.Check() })
	return s
}

// Unchecked is On without the look at every invariant, for a list so long that it would take minutes.
func Unchecked(t testing.TB, d *db.DB) *Scene {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := &Scene{T: t, DB: d, Zone: zone, Log: &strings.Builder{}}
	client, prefix, log := redistest.Start(t), redistest.Prefix(t), slog.New(slog.NewTextHandler(&lockedWriter{to: s.Log}, nil))
	s.Holds, s.Boards = holds.New(client, prefix), live.New(client, prefix, log)
	s.W = waitlist.New(d, s.Holds, s.Boards, log)
	s.StartAt(time.Date(2027, 3, 1, 9, 0, 0, 0, zone))
	s.addBusiness("studio-nord", "Studio Nord")
	return s
}

// Another is a second business that the same program serves, at the same moment.
func (s *Scene) Another(slug, name string) *Scene {
	s.T.Helper()
	other := &Scene{T: s.T, DB: s.DB, Holds: s.Holds, Boards: s.Boards, W: s.W, Zone: s.Zone, Log: s.Log, started: s.started}
	other.addBusiness(slug, name)
	return other
}

// StartAt moves the clock to a moment.
func (s *Scene) StartAt(at time.Time) {
	s.T.Helper()
	s.DB.MoveClock(at.Sub(s.Now()))
	s.started = at
}

// Now is the moment on the clock that the program goes by.
func (s *Scene) Now() time.Time {
	s.T.Helper()
	now, err := s.DB.Now(s.Context())
	if err != nil {
		s.T.Fatal(err)
	}
	return now
}

// Pass lets time go by without any job running.
func (s *Scene) Pass(d time.Duration) { s.DB.MoveClock(d) }

// Check fails the test when an invariant is broken, whatever the test itself is about.
func (s *Scene) Check() {
	s.T.Helper()
	violations, err := invariants.Check(s.Context(), s.DB, s.Now().Add(-time.Second))
	if err != nil {
		s.T.Errorf("checking invariants: %v", err)
	}
	for _, v := range violations {
		s.T.Errorf("broken: %s: %s", v.Invariant, v.Row)
	}
}

func (s *Scene) addBusiness(slug, name string) {
	s.T.Helper()
	ctx, now := s.Context(), s.Now()
	s.Slug = slug
	var err error
	s.Tenant, err = s.DB.AddTenant(ctx, db.AddTenantParams{PublicID: seal.PublicID(), Slug: slug, WrappedKey: s.DB.WrapNewKey(), CreatedAt: now})
	s.ok(err)
	s.ok(s.DB.AddSettings(ctx, db.AddSettingsParams{
		TenantID: s.Tenant, Name: name, Zone: s.Zone.String(), Currency: "EUR", Locale: "de-DE", Address: "Torgasse 12, Berlin", UpdatedAt: now,
	}))
	for _, key := range []string{"a", "b"} {
		w := rules.DefaultWeights()
		s.ok(s.DB.AddWeights(ctx, db.AddWeightsParams{
			TenantID: s.Tenant, OrderKey: key, WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel, LoyaltyPerVisit: w.LoyaltyPerVisit,
			LoyaltyMost: w.LoyaltyMost, Reliability: w.Reliability, Flexibility: w.Flexibility, NoShow: w.NoShow, NoShowMost: w.NoShowMost,
			PreferredStaff: w.PreferredStaff, PreferredTime: w.PreferredTime, PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift, Version: 1,
		}))
	}
	user := seal.PublicID()
	result, err := s.DB.Pool().ExecContext(ctx, `INSERT INTO users (public_id, name, email, email_hash, password_hash, created_at) VALUES (?, ?, ?, ?, '', ?)`,
		user, s.DB.SystemBox().Seal(seal.Where{Table: "users", Column: "name", Row: user}, "Olga Owner"), []byte("sealed"), s.DB.Lookup().Email(0, slug+"@example.org"), now)
	s.ok(err)
	userID, err := result.LastInsertId()
	s.ok(err)
	_, err = s.DB.Pool().ExecContext(ctx, `INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?, ?, 'owner', ?)`, s.Tenant, userID, now)
	s.ok(err)
	s.Staff = waitlist.Staff{TenantID: s.Tenant, UserID: userID}
	for weekday := 1; weekday <= 7; weekday++ {
		_, err = s.DB.Pool().ExecContext(ctx, `INSERT INTO opening_hours (tenant_id, weekday, from_minute, to_minute) VALUES (?, ?, 480, 1200)`, s.Tenant, weekday)
		s.ok(err)
	}
}

func (s *Scene) ok(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

func (s *Scene) nextName() string {
	s.lastName++
	return fmt.Sprintf("Customer %d", s.lastName)
}

// Context lasts through the test's clean-up, which checks the invariants.
func (s *Scene) Context() context.Context { return context.WithoutCancel(s.T.Context()) }
