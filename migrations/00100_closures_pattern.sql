-- +goose Up
ALTER TABLE closures
  ADD COLUMN from_minute INT NOT NULL DEFAULT 0 COMMENT 'local minute of each closed day',
  ADD COLUMN to_minute INT NOT NULL DEFAULT 1440 COMMENT 'local minute of each closed day, at most 1440',
  ADD COLUMN repeats VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'never' COMMENT 'never; weekly: weekdays of every every_weeks-th week from from_date on; yearly: from_date to to_date each year',
  ADD COLUMN every_weeks INT NOT NULL DEFAULT 1 COMMENT 'of a weekly one',
  ADD COLUMN weekdays INT NOT NULL DEFAULT 0 COMMENT 'of a weekly one: bit 0 Monday to bit 6 Sunday',
  ADD COLUMN until_date DATE NULL COMMENT 'local, the last day a repeating one can have; NULL: without end',
  ADD COLUMN version INT NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE closures
  DROP COLUMN from_minute, DROP COLUMN to_minute, DROP COLUMN repeats, DROP COLUMN every_weeks, DROP COLUMN weekdays, DROP COLUMN until_date, DROP COLUMN version;
