package invariants

var audit = []invariant{
	{"an act that was noted is linked into the audit trail within a minute", `
SELECT CONCAT('audit entry ', id) FROM audit_entries WHERE chain_sequence IS NULL AND at < ? AND ? > ?`, overdue},
	{"the head of an audit trail stands at its last entry", `
SELECT CONCAT('audit trail of business ', h.tenant_id) FROM audit_heads h
LEFT JOIN audit_entries e ON e.tenant_id = h.tenant_id AND e.chain_sequence = h.length
WHERE (h.length > 0 AND (e.id IS NULL OR e.chain_hash <> h.hash))
   OR EXISTS (SELECT 1 FROM audit_entries b WHERE b.tenant_id = h.tenant_id AND b.chain_sequence > h.length)
UNION ALL
SELECT CONCAT('audit trail of business ', e.tenant_id) FROM audit_entries e
LEFT JOIN audit_heads h ON h.tenant_id = e.tenant_id
WHERE e.chain_sequence = 1 AND h.tenant_id IS NULL`, none},
}
