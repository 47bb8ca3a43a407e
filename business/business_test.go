package business_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// shop is a scene with the acts of this package.
type shop struct {
	*waitlisttest.Scene
	b *business.Business
}

func open(t *testing.T) shop {
	t.Helper()
	s := waitlisttest.New(t)
	return shop{s, business.New(s.DB, s.W)}
}

func (s shop) must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// book makes an appointment some days from now, on a day that the scene's Monday counts from.
func (s shop) book(staff, service, name string, days int, clock string) string {
	s.T.Helper()
	at, err := time.Parse("15:04", clock)
	s.must(err)
	id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: staff, Service: service, Date: s.day(days), FromMinute: at.Hour()*60 + at.Minute(), Name: name, Locale: "de", OutsideHours: true,
	})
	s.must(err)
	return id
}

func (s shop) day(days int) rules.Date { return rules.DateOf(s.Now(), s.Zone).AddDays(days) }

// noted counts the acts of a kind in the audit trail.
func (s shop) noted(action string) int {
	s.T.Helper()
	var n int
	s.must(s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM audit_entries WHERE tenant_id = ? AND action = ?", s.Tenant, action).Scan(&n))
	return n
}

// wantField fails unless err refuses exactly this field.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.InvalidInput || len(p.Fields) == 0 {
		t.Fatalf("got %v, want %s refused", err, field)
	}
	for _, f := range p.Fields {
		if f.Name != field {
			t.Errorf("%s is refused too: %s", f.Name, f.Key)
		}
		for _, tag := range i18n.Tags() {
			if !strings.HasPrefix(f.Key, "admin.") && !strings.HasPrefix(f.Key, "hours.") {
				continue // said by another package
			}
			i18n.For(tag).Fill(f.Key, f.Args) // panics on a text that is missing or lacks an argument
		}
	}
}

func wantKind(t *testing.T, err error, kind problem.Kind) {
	t.Helper()
	if problem.KindOf(err) != kind {
		t.Fatalf("got %v, want %s", err, kind)
	}
}

var hostileNames = map[string]string{
	"empty":                "",
	"blanks":               " \u00a0\u2003 ",
	"nothing visible":      "\u200b\u200d",
	"too long":             strings.Repeat("ü", 121),
	"huge":                 strings.Repeat("x", 1<<20),
	"a line break":         "Cut\r\nBcc: everybody",
	"a null":               "Cut\x00",
	"invalid UTF-8":        "Cut \xff\xfe",
	"turned to the left":   "Cut \u202etuc",
	"a line separator":     "Cut\u2028and",
	"an isolate left open": "Cut \u2067",
}

var fineNames = []string{"Cut", "<script>alert(1)</script>", "👩‍👩‍👧 family", "قص الشعر", "O’Brien & Söhne", strings.Repeat("ü", 80)}

func (s shop) serviceForm(name string) business.ServiceForm {
	return business.ServiceForm{Name: name, Duration: "30", Buffer: "0", PriceKind: "free", Version: "1", Locale: i18n.For("de")}
}

// other is a second business in the same database.
func (s shop) other() shop {
	s.T.Helper()
	ctx := s.Context()
	for _, q := range []string{
		"INSERT INTO tenants (public_id, slug, wrapped_key, created_at) SELECT 'other-business', 'other', wrapped_key, created_at FROM tenants LIMIT 1",
		"INSERT INTO settings (tenant_id, name, zone, currency, locale, updated_at) SELECT id, 'Other', 'Europe/Paris', 'EUR', 'en', created_at FROM tenants WHERE slug = 'other'",
		"INSERT INTO weights SELECT t.id, w.order_key, w.wait_per_hour, w.priority_per_level, w.loyalty_per_visit, w.loyalty_most, w.reliability, w.flexibility, w.no_show, w.no_show_most, w.preferred_staff, w.preferred_time, w.pass_over_limit, w.pass_over_lift, 1 FROM tenants t, weights w WHERE t.slug = 'other'",
	} {
		_, err := s.DB.Pool().ExecContext(ctx, q)
		s.must(err)
	}
	there := *s.Scene
	s.must(s.DB.Pool().QueryRowContext(ctx, "SELECT id FROM tenants WHERE slug = 'other'").Scan(&there.Tenant))
	there.Staff = waitlist.Staff{TenantID: there.Tenant, UserID: s.Staff.UserID}
	return shop{&there, s.b}
}

func (s shop) names(list business.ServiceList) (active, removed []string) {
	for _, row := range list.Active {
		active = append(active, row.Name)
	}
	for _, row := range list.Removed {
		removed = append(removed, row.Name)
	}
	return active, removed
}

func (s shop) services() business.ServiceList {
	s.T.Helper()
	list, err := s.b.Services(s.Context(), s.Tenant)
	s.must(err)
	return list
}

func (s shop) withdrawn(slot string) bool {
	s.T.Helper()
	return s.Slot(slot).State == rules.SlotWithdrawn
}

func (s shop) bookingState(id string) string {
	s.T.Helper()
	var state string
	s.must(s.DB.Pool().QueryRowContext(s.Context(), "SELECT state FROM bookings WHERE tenant_id = ? AND public_id = ?", s.Tenant, id).Scan(&state))
	return state
}

func ids[T any](list []T, id func(T) string) []string {
	var all []string
	for _, one := range list {
		all = append(all, id(one))
	}
	slices.Sort(all)
	return all
}

func bookingIDs(t business.Touched) []string {
	return ids(t.Bookings, func(b business.TouchedBooking) string { return b.ID })
}

func slotIDs(t business.Touched) []string {
	return ids(t.Slots, func(s business.TouchedSlot) string { return s.ID })
}

func entryIDs(t business.Touched) []string {
	return ids(t.Entries, func(e business.TouchedEntry) string { return e.ID })
}

func sorted(list ...string) []string {
	slices.Sort(list)
	return list
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
