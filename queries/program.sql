-- name: AddProgramStart :exec
INSERT INTO program_starts (started_at) VALUES (?);
