-- name: CountAttempt :exec
INSERT INTO attempts (what, since, tries) VALUES (sqlc.arg(what), sqlc.arg(now), 1)
ON DUPLICATE KEY UPDATE tries = IF(since <= sqlc.arg(since_before), 1, tries + 1), since = IF(since <= sqlc.arg(since_before), sqlc.arg(now), since);

-- name: GetAttempts :one
SELECT tries FROM attempts WHERE what = ?;

-- name: ForgetAttempts :exec
DELETE FROM attempts WHERE what = ?;

-- name: DeleteAttemptsBefore :execrows
DELETE FROM attempts WHERE since < ? LIMIT 1000;
