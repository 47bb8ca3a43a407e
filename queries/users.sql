-- name: AddUser :execlastid
INSERT INTO users (public_id, name, email, email_hash, password_hash, locale, created_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: GetUser :one
SELECT * FROM users WHERE id = ?;

-- name: GetUserByEmail :one
SELECT * FROM users WHERE email_hash = ?;

-- name: LockUser :one
SELECT * FROM users WHERE id = ? FOR UPDATE;

-- name: SetPassword :execrows
UPDATE users SET password_hash = ? WHERE id = ?;

-- name: AddMembership :exec
INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?, ?, ?, ?);

-- name: MembershipsOfUser :many
SELECT m.tenant_id, m.role, t.public_id, t.slug, st.name AS business
FROM memberships m
JOIN tenants t ON t.id = m.tenant_id
JOIN settings st ON st.tenant_id = m.tenant_id
WHERE m.user_id = ?
ORDER BY m.created_at, m.tenant_id;

-- name: Members :many
SELECT m.role, m.created_at, u.id, u.public_id, u.name, u.email
FROM memberships m
JOIN users u ON u.id = m.user_id
WHERE m.tenant_id = ?
ORDER BY m.created_at, u.id;

-- name: LockMembers :many
SELECT m.user_id, m.role, u.public_id
FROM memberships m
JOIN users u ON u.id = m.user_id
WHERE m.tenant_id = ?
ORDER BY m.user_id
FOR UPDATE;

-- name: SetRole :execrows
UPDATE memberships SET role = sqlc.arg(role) WHERE tenant_id = sqlc.arg(tenant_id) AND user_id = sqlc.arg(user_id) AND role = sqlc.arg(role_before);

-- name: DeleteMembership :execrows
DELETE FROM memberships WHERE tenant_id = ? AND user_id = ?;

-- name: CountMemberships :one
SELECT COUNT(*) FROM memberships WHERE user_id = ?;

-- name: LinkStaffMember :execrows
UPDATE staff_members SET user_id = sqlc.arg(user_id) WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND user_id IS NULL;

-- name: UnlinkStaffMember :exec
UPDATE staff_members SET user_id = NULL WHERE tenant_id = ? AND user_id = ?;

-- name: LockInstallation :one
SELECT name FROM system_keys WHERE name = 'token' FOR UPDATE;

-- name: AddInvitation :execlastid
INSERT INTO invitations (tenant_id, public_id, name, email, email_hash, role, staff_member_id, token_hash, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetInvitationByToken :one
SELECT * FROM invitations WHERE token_hash = ?;

-- name: LockInvitation :one
SELECT * FROM invitations WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: ListInvitations :many
SELECT * FROM invitations WHERE tenant_id = ? ORDER BY created_at, id;

-- name: GetInvitation :one
SELECT * FROM invitations WHERE tenant_id = ? AND public_id = ?;

-- name: DeleteInvitation :execrows
DELETE FROM invitations WHERE tenant_id = ? AND id = ?;

-- name: DropPasswordLink :exec
DELETE FROM password_links WHERE user_id = ?;

-- name: AddPasswordLink :exec
INSERT INTO password_links (user_id, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?);

-- name: GetPasswordLink :one
SELECT * FROM password_links WHERE token_hash = ?;

-- name: UsePasswordLink :execrows
DELETE FROM password_links WHERE token_hash = ? AND expires_at > ?;

-- name: DropInvitationTo :exec
DELETE FROM invitations WHERE tenant_id = ? AND email_hash = ?;

-- name: PasswordLinkOfUser :one
SELECT * FROM password_links WHERE user_id = ?;

-- name: DeleteInvitationsBefore :execrows
DELETE FROM invitations WHERE expires_at < ? LIMIT 1000;

-- name: DeletePasswordLinksBefore :execrows
DELETE FROM password_links WHERE expires_at < ? LIMIT 1000;
