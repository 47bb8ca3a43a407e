-- name: AddAPICall :exec
INSERT INTO api_calls (tenant_id, key_id, name_hash, request_hash, claim, claimed_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: GetAPICall :one
SELECT * FROM api_calls WHERE tenant_id = ? AND key_id = ? AND name_hash = ?;

-- name: TakeOverAPICall :execrows
UPDATE api_calls SET claim = sqlc.arg(claim), claimed_until = sqlc.arg(claimed_until)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND claim = sqlc.arg(dead) AND claimed_until <= sqlc.arg(now) AND answer IS NULL;

-- name: AnswerAPICall :execrows
UPDATE api_calls SET answer = sqlc.arg(answer)
WHERE tenant_id = sqlc.arg(tenant_id) AND key_id = sqlc.arg(key_id) AND name_hash = sqlc.arg(name_hash) AND claim = sqlc.arg(claim) AND answer IS NULL;

-- name: ReleaseAPICall :execrows
UPDATE api_calls SET claimed_until = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND key_id = sqlc.arg(key_id) AND name_hash = sqlc.arg(name_hash) AND claim = sqlc.arg(claim) AND answer IS NULL;

-- name: ForgetAPICalls :execrows
DELETE FROM api_calls WHERE created_at < sqlc.arg(before) LIMIT ?;
