-- name: AddStaffMember :execlastid
INSERT INTO staff_members (tenant_id, public_id, name, user_id, position, created_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: GetStaffMember :one
SELECT * FROM staff_members WHERE tenant_id = ? AND id = ?;

-- name: GetStaffMemberByPublicID :one
SELECT * FROM staff_members WHERE tenant_id = ? AND public_id = ?;

-- name: ListStaffMembers :many
SELECT * FROM staff_members WHERE tenant_id = ? AND active ORDER BY position, id;

-- name: AllStaffMembers :many
SELECT * FROM staff_members WHERE tenant_id = ? ORDER BY position, id;

-- name: ListStaffServices :many
SELECT staff_member_id, service_id FROM staff_services WHERE tenant_id = ? ORDER BY staff_member_id, service_id;

-- name: ListOffering :many
SELECT ss.service_id, m.public_id, m.name FROM staff_services ss
JOIN staff_members m ON m.tenant_id = ss.tenant_id AND m.id = ss.staff_member_id AND m.active
WHERE ss.tenant_id = ? ORDER BY m.position, m.id;

-- name: AddStaffService :exec
INSERT INTO staff_services (tenant_id, staff_member_id, service_id) VALUES (?, ?, ?);

-- name: DeleteStaffServices :exec
DELETE FROM staff_services WHERE tenant_id = ? AND staff_member_id = ?;

-- name: ListOpeningHours :many
SELECT * FROM opening_hours WHERE tenant_id = ? ORDER BY weekday, from_minute;

-- name: StaffOfService :many
SELECT m.* FROM staff_members m
JOIN staff_services ss ON ss.tenant_id = m.tenant_id AND ss.staff_member_id = m.id
WHERE m.tenant_id = sqlc.arg(tenant_id) AND ss.service_id = sqlc.arg(service_id) AND m.active
ORDER BY m.position, m.id;
