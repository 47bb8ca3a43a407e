-- +goose Up
ALTER TABLE entries
  ADD COLUMN stays_from DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'UTC; expiry counts from here: joining, or the last time the customer said they still wait',
  ADD COLUMN stay_asked_at DATETIME(6) NULL COMMENT 'UTC; when they were asked, or would have been if they could be mailed; NULL: not since stays_from';

-- +goose Down
ALTER TABLE entries DROP COLUMN stays_from, DROP COLUMN stay_asked_at;
