package waitlisttest

import (
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
)

// Messages are all of a kind, oldest first.
func (s *Scene) Messages(kind outbox.Kind) (list []db.OutboxMessage) {
	s.T.Helper()
	rows, err := s.DB.Pool().QueryContext(s.Context(), "SELECT tenant_id, id FROM outbox WHERE kind = ? ORDER BY id", string(kind))
	s.ok(err)
	defer rows.Close()
	for rows.Next() {
		var of db.GetOutboxMessageParams
		s.ok(rows.Scan(&of.TenantID, &of.ID))
		m, err := s.DB.GetOutboxMessage(s.Context(), of)
		s.ok(err)
		list = append(list, m)
	}
	s.ok(rows.Err())
	return list
}
