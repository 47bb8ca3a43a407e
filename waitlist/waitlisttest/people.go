package waitlisttest

import (
	"strings"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddService adds a service that costs 50 euros and returns its public id.
func (s *Scene) AddService(name string, duration, buffer time.Duration) string {
	s.T.Helper()
	id := seal.PublicID()
	_, err := s.DB.AddService(s.Context(), db.AddServiceParams{
		TenantID: s.Tenant, PublicID: id, Name: name, DurationMinutes: int(duration / time.Minute), BufferMinutes: int(buffer / time.Minute),
		PriceKind: rules.PriceAmount, PriceMinor: 5000, CreatedAt: s.Now(),
	})
	s.ok(err)
	return id
}

// AddStaffMember adds a staff member who offers the services given and returns their public id.
func (s *Scene) AddStaffMember(name string, services ...string) string {
	s.T.Helper()
	ctx, id := s.Context(), seal.PublicID()
	staffID, err := s.DB.AddStaffMember(ctx, db.AddStaffMemberParams{TenantID: s.Tenant, PublicID: id, Name: name, CreatedAt: s.Now()})
	s.ok(err)
	for _, publicID := range services {
		service, err := s.DB.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: s.Tenant, PublicID: publicID})
		s.ok(err)
		s.ok(s.DB.AddStaffService(ctx, db.AddStaffServiceParams{TenantID: s.Tenant, StaffMemberID: staffID, ServiceID: service.ID}))
	}
	return id
}

// Waiter is somebody on the list.
type Waiter struct {
	Name, Email string
	Entry       string // public id
	Token       string // of /w/{token}
}

// Wait puts somebody with an address of their own on the list, confirmed, and lets a second go by so that joining has an order.
func (s *Scene) Wait(service string, wishes waitlist.Wishes) Waiter {
	s.T.Helper()
	name := s.nextName()
	return s.WaitAs(name, strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@example.org", service, wishes)
}

// WaitAs is Wait for somebody in particular.
func (s *Scene) WaitAs(name, email, service string, wishes waitlist.Wishes) Waiter {
	s.T.Helper()
	who := s.Join(name, email, service, wishes)
	s.ok(s.W.ConfirmEntry(s.Context(), who.Token))
	s.Pass(time.Second)
	return who
}

// Join puts somebody on the list as the public page does; their address is not confirmed yet.
func (s *Scene) Join(name, email, service string, wishes waitlist.Wishes) Waiter {
	s.T.Helper()
	ctx := s.Context()
	s.ok(s.W.Join(ctx, s.Tenant, waitlist.Join{
		Service: service, Name: name, Email: email, Locale: "de", Consent: true, Wording: "Ja, bitte schreibt mir.", Wishes: wishes,
	}))
	customerID, err := s.DB.FindCustomerByIdentity(ctx, db.FindCustomerByIdentityParams{
		TenantID: s.Tenant, IdentityHash: s.DB.Lookup().Identity(s.Tenant, email, name),
	})
	s.ok(err)
	row, err := s.DB.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: s.Tenant, PublicID: service})
	s.ok(err)
	entry, err := s.DB.FindLiveEntry(ctx, db.FindLiveEntryParams{TenantID: s.Tenant, CustomerID: customerID, LiveServiceID: &row.ID})
	s.ok(err)
	return Waiter{Name: name, Email: email, Entry: entry.PublicID, Token: s.DB.Tokens().Make(seal.TokenEntry, entry.PublicID, entry.TokenVersion)}
}

// Open opens one slot at a local time today plus days, and returns its public id.
func (s *Scene) Open(staffMember string, days int, clock string, length time.Duration) string {
	s.T.Helper()
	at, err := time.Parse("15:04", clock)
	s.ok(err)
	ids, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
		StaffMember: staffMember, Date: rules.DateOf(s.Now(), s.Zone).AddDays(days), FromMinute: at.Hour()*60 + at.Minute(),
		Minutes: int(length / time.Minute), Count: 1, Weeks: 1, OutsideHours: true,
	})
	s.ok(err)
	return ids[0]
}

// lockedWriter lets goroutines log into one builder.
type lockedWriter struct {
	mu sync.Mutex
	to *strings.Builder
}

func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}

// Unsubscribe is the token of the link to unsubscribe in the emails to somebody, good from now on as after the first of them.
func (s *Scene) Unsubscribe(who Waiter) string {
	s.T.Helper()
	id, err := s.DB.FindCustomerByIdentity(s.Context(), db.FindCustomerByIdentityParams{TenantID: s.Tenant, IdentityHash: s.DB.Lookup().Identity(s.Tenant, who.Email, who.Name)})
	s.ok(err)
	c, err := s.DB.GetCustomer(s.Context(), db.GetCustomerParams{TenantID: s.Tenant, ID: id})
	s.ok(err)
	token := s.DB.Tokens().Make(seal.TokenUnsubscribe, c.PublicID, c.UnsubscribeVersion)
	_, err = s.DB.KeepUnsubscribeLink(s.Context(), db.KeepUnsubscribeLinkParams{UnsubscribeHash: seal.HashToken(token), TenantID: s.Tenant, ID: id, UnsubscribeVersion: c.UnsubscribeVersion})
	s.ok(err)
	return token
}
