-- name: GetSettings :one
SELECT * FROM settings WHERE tenant_id = ?;

-- name: LockSettings :one
SELECT * FROM settings WHERE tenant_id = ? FOR UPDATE;

-- name: GetWeights :many
SELECT * FROM weights WHERE tenant_id = ? ORDER BY order_key;

-- name: AddSettings :exec
INSERT INTO settings (tenant_id, name, zone, currency, locale, address, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: AddWeights :exec
INSERT INTO weights (tenant_id, order_key, wait_per_hour, priority_per_level, loyalty_per_visit, loyalty_most, reliability,
  flexibility, no_show, no_show_most, preferred_staff, preferred_time, pass_over_limit, pass_over_lift, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: UpdateWeights :execrows
UPDATE weights SET wait_per_hour = ?, priority_per_level = ?, loyalty_per_visit = ?, loyalty_most = ?, reliability = ?,
  flexibility = ?, no_show = ?, no_show_most = ?, preferred_staff = ?, preferred_time = ?, pass_over_limit = ?, pass_over_lift = ?,
  version = version + 1
WHERE tenant_id = ? AND order_key = ?;

-- name: UpdateProfile :execrows
UPDATE settings SET name = ?, zone = ?, currency = ?, locale = ?, address = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;

-- name: UpdateOfferSettings :execrows
UPDATE settings SET hold_seconds = ?, hold_cap_seconds = ?, minimum_notice_minutes = ?, contacts_per_day = ?, contact_gap_minutes = ?,
  place_counts_from_joining = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;
