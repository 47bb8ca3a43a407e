-- name: AddFormPress :exec
INSERT INTO form_presses (tenant_id, press, result, created_at) VALUES (?, ?, ?, ?);

-- name: FormPressResult :one
SELECT result FROM form_presses WHERE tenant_id = ? AND press = ?;

-- name: DeleteFormPressesBefore :execrows
DELETE FROM form_presses WHERE created_at < ? LIMIT 1000;
