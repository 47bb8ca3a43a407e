-- +goose Up
ALTER TABLE slots ADD COLUMN waits_until DATETIME(6) NULL
  COMMENT 'UTC; until when the reason that it is not filled holds, as of tried_at; NULL: not known';

-- +goose Down
ALTER TABLE slots DROP COLUMN waits_until;
