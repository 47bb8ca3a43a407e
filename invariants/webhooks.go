package invariants

import "time"

// webhooks is what must be true of what other programs are told.
var webhooks = []invariant{
	{"no event is being sent to a webhook long past its lease", `
SELECT CONCAT('webhook delivery ', id) FROM webhook_deliveries WHERE lease_until < ? AND ? > ?`, overdue},
	{"no webhook has looked beyond the end of its audit trail", `
SELECT CONCAT('webhook ', e.id) FROM webhook_endpoints e LEFT JOIN audit_heads h ON h.tenant_id = e.tenant_id
WHERE e.after_sequence > COALESCE(h.length, 0)`, none},
	{"what a webhook is told of it has looked at", `
SELECT CONCAT('webhook delivery ', d.id) FROM webhook_deliveries d JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id
WHERE d.sequence > e.after_sequence`, none},
	{"a webhook that has not failed is left alone for nothing", `
SELECT CONCAT('webhook ', id) FROM webhook_endpoints
WHERE (failing_since IS NULL) <> (failures = 0) OR (failing_since IS NULL AND wait_until IS NOT NULL)`, none},
	{"what was sent to a webhook is forgotten in time", `
SELECT CONCAT('webhook delivery ', id) FROM webhook_deliveries WHERE created_at < ? AND ? > ?`, monthOver},
}

// monthOver is a month and a day ago, for a program that has run for a day.
func monthOver(now, since time.Time) []any {
	return []any{now.Add(-31 * 24 * time.Hour), now, since.Add(24 * time.Hour)}
}
