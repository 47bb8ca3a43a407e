-- +goose Up
ALTER TABLE settings
  ADD COLUMN messages_per_hour INT NOT NULL DEFAULT 0 COMMENT 'messages to customers within any hour; 0: no limit',
  ADD COLUMN messages_per_day INT NOT NULL DEFAULT 20 COMMENT 'messages to one address on one local day, but for what an appointment hangs on',
  ADD COLUMN night_openings VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'wait'
    COMMENT 'an opening in quiet hours: wait until they end, or ask at once when that would be too late';

-- +goose Down
ALTER TABLE settings DROP COLUMN messages_per_hour, DROP COLUMN messages_per_day, DROP COLUMN night_openings;
