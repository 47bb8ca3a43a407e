-- name: ListStaffHours :many
SELECT m.id AS staff_member_id, CAST(COALESCE(h.weekday, 0) AS SIGNED) AS weekday, CAST(COALESCE(h.from_minute, 0) AS SIGNED) AS from_minute,
  CAST(COALESCE(h.to_minute, 0) AS SIGNED) AS to_minute FROM staff_members m
LEFT JOIN staff_hours h ON h.tenant_id = m.tenant_id AND h.staff_member_id = m.id
WHERE m.tenant_id = ? AND m.own_hours ORDER BY m.id, h.weekday, h.from_minute;

-- name: StaffHoursOf :many
SELECT * FROM staff_hours WHERE tenant_id = ? AND staff_member_id = ? ORDER BY weekday, from_minute;

-- name: AddStaffHours :exec
INSERT INTO staff_hours (tenant_id, staff_member_id, weekday, from_minute, to_minute) VALUES (?, ?, ?, ?, ?);

-- name: DeleteStaffHours :exec
DELETE FROM staff_hours WHERE tenant_id = ? AND staff_member_id = ?;

-- name: ClosuresBetween :many
SELECT * FROM closures
WHERE tenant_id = sqlc.arg(tenant_id) AND from_date <= sqlc.arg(to_date)
  AND ((repeats = 'never' AND to_date >= sqlc.arg(from_date)) OR (repeats <> 'never' AND (until_date IS NULL OR until_date >= sqlc.arg(from_date))))
ORDER BY from_date, id;

-- name: ClosureSkips :many
SELECT closure_id, on_date FROM closure_skips WHERE tenant_id = ? ORDER BY closure_id, on_date;

-- name: ClosureSkipsOf :many
SELECT on_date FROM closure_skips WHERE tenant_id = ? AND closure_id = ? ORDER BY on_date;

-- name: AddClosureSkip :exec
INSERT INTO closure_skips (tenant_id, closure_id, on_date) VALUES (?, ?, ?);

-- name: DeleteClosureSkips :exec
DELETE FROM closure_skips WHERE tenant_id = ? AND closure_id = ?;

-- name: GetHolidayChoice :one
SELECT * FROM holiday_choices WHERE tenant_id = ?;

-- name: AddHolidayChoice :exec
INSERT INTO holiday_choices (tenant_id, country, region, updated_at) VALUES (?, ?, ?, ?);

-- name: ChangeHolidayChoice :execrows
UPDATE holiday_choices SET country = sqlc.arg(country), region = sqlc.arg(region), updated_at = sqlc.arg(updated_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND version = sqlc.arg(version);

-- name: HolidaysOf :many
SELECT c.country, c.region, o.name, o.on_date FROM holiday_choices c
LEFT JOIN open_holidays o ON o.tenant_id = c.tenant_id
WHERE c.tenant_id = ? ORDER BY o.id;

-- name: AddOpenHoliday :exec
INSERT INTO open_holidays (tenant_id, name, on_date) VALUES (?, ?, ?);

-- name: DeleteOpenHolidays :exec
DELETE FROM open_holidays WHERE tenant_id = ?;
