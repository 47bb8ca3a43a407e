-- +goose Up
ALTER TABLE outbox ADD COLUMN outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (
  CASE state WHEN 'pending' THEN 'waiting' WHEN 'sending' THEN 'waiting' WHEN 'unknown' THEN 'unclear' WHEN 'dropped' THEN 'not_sent' WHEN 'failed' THEN 'failed'
  ELSE CASE WHEN delivered_at IS NULL THEN 'sent' ELSE 'delivered' END END
) VIRTUAL COMMENT 'the state as people are told: waiting, sent, delivered, failed, unclear or not_sent';

-- +goose Down
ALTER TABLE outbox DROP COLUMN outcome;
