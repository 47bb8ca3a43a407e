-- name: BeginOpening :exec
INSERT INTO openings (tenant_id, slot_id, live_slot_id, origin, opened_at, starts_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: EndOpening :execrows
UPDATE openings SET live_slot_id = NULL, outcome = sqlc.arg(outcome), ended_at = sqlc.arg(at), booking_id = sqlc.narg(booking_id)
WHERE tenant_id = sqlc.arg(tenant_id) AND live_slot_id = sqlc.arg(slot_id);

-- name: CountOpenings :many
SELECT CAST(TIMESTAMPDIFF(SECOND, sqlc.arg(from_time), opened_at) DIV 900 AS SIGNED) AS quarter_hour, outcome,
  CAST(COALESCE(ended_at < sqlc.arg(ended_before), FALSE) AS SIGNED) AS ended, COUNT(*) AS openings FROM openings
WHERE tenant_id = sqlc.arg(tenant_id) AND opened_at >= sqlc.arg(from_time) AND opened_at < sqlc.arg(to_time)
GROUP BY quarter_hour, outcome, ended;

-- name: TimesToFill :many
SELECT CAST(TIMESTAMPDIFF(MICROSECOND, opened_at, ended_at) AS SIGNED) AS microseconds FROM openings
WHERE tenant_id = sqlc.arg(tenant_id) AND opened_at >= sqlc.arg(from_time) AND opened_at < sqlc.arg(to_time) AND outcome = 'filled' AND ended_at < sqlc.arg(ended_before)
ORDER BY microseconds LIMIT ? OFFSET ?;
