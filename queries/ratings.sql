-- name: GetRating :one
SELECT * FROM ratings WHERE tenant_id = ? AND booking_id = ?;

-- name: AddRating :exec
INSERT INTO ratings (tenant_id, booking_id, customer_id, stars, given_at, changed_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: ChangeRating :execrows
UPDATE ratings SET stars = sqlc.arg(stars), changed_at = sqlc.arg(at)
WHERE tenant_id = sqlc.arg(tenant_id) AND booking_id = sqlc.arg(booking_id) AND given_at > sqlc.arg(given_after);

-- name: CommentRating :execrows
UPDATE ratings SET comment = sqlc.arg(comment), changed_at = sqlc.arg(at)
WHERE tenant_id = sqlc.arg(tenant_id) AND booking_id = sqlc.arg(booking_id) AND given_at > sqlc.arg(given_after);

-- name: SumRatings :one
SELECT COUNT(*) AS ratings, CAST(COALESCE(SUM(stars), 0) AS SIGNED) AS stars FROM ratings
WHERE tenant_id = sqlc.arg(tenant_id) AND given_at >= sqlc.arg(from_time) AND given_at < sqlc.arg(to_time);

-- name: RatingsOfBookings :many
SELECT * FROM ratings WHERE tenant_id = sqlc.arg(tenant_id) AND booking_id IN (sqlc.slice(booking_ids));
