package invariants

var imports = []invariant{
	{"a row of an import has its entry exactly when one was made of it", `
SELECT CONCAT('line ', line, ' of import ', import_id) FROM import_rows
WHERE (state IN ('added', 'undone', 'kept')) <> (entry_id IS NOT NULL)`, none},
	{"an import has counted what it did, and leaves nothing when it is done", `
SELECT CONCAT('import ', i.id) FROM imports i
JOIN (
  SELECT tenant_id, import_id, SUM(CASE WHEN entry_id IS NOT NULL THEN 1 ELSE 0 END) AS made, SUM(CASE WHEN state = 'good' THEN 1 ELSE 0 END) AS good
  FROM import_rows GROUP BY tenant_id, import_id
) r ON r.tenant_id = i.tenant_id AND r.import_id = i.id
WHERE (i.state IN ('running', 'undoing') AND r.made <> i.rows_added) OR r.made > i.rows_added OR (i.state IN ('done', 'undoing', 'undone') AND r.good > 0)`, none},
}
