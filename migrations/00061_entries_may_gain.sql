-- +goose Up
ALTER TABLE entries ADD COLUMN may_gain INT NOT NULL DEFAULT 2 COMMENT 'which bonus a slot can add: 0 none, 1 for a preferred staff member only, 2 for a preferred time, or not known';

-- +goose Down
ALTER TABLE entries DROP COLUMN may_gain;
