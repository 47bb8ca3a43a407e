package waitlisttest

import (
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// WithKey is the owner's API key of this name, as one who acts. Nobody knows its secret: package accounts makes keys that can be used.
func (s *Scene) WithKey(name string) waitlist.Staff {
	s.T.Helper()
	result, err := s.DB.Pool().ExecContext(s.Context(),
		"INSERT INTO api_keys (tenant_id, public_id, name, scopes, secret_hash, made_by, created_at) VALUES (?, ?, ?, 'list:read list:write', ?, ?, ?)",
		s.Tenant, seal.PublicID(), name, seal.HashToken(seal.RandomToken()), s.Staff.UserID, s.Now())
	s.ok(err)
	id, err := result.LastInsertId()
	s.ok(err)
	return waitlist.Staff{TenantID: s.Tenant, UserID: s.Staff.UserID, KeyID: id}
}
