-- name: GetInvitationByID :one
SELECT * FROM invitations WHERE tenant_id = ? AND id = ?;

-- name: RenewInvitation :execrows
UPDATE invitations SET expires_at = sqlc.arg(expires_at) WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id);
