-- +goose Up
UPDATE entries SET may_gain = CASE WHEN preferred_staff_id IS NULL THEN 0 ELSE 1 END
WHERE NOT EXISTS (SELECT 1 FROM entry_windows w WHERE w.tenant_id = entries.tenant_id AND w.entry_id = entries.id AND w.preferred);

-- +goose Down
UPDATE entries SET may_gain = 2;
