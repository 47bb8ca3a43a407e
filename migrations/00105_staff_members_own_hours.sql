-- +goose Up
ALTER TABLE staff_members
  ADD COLUMN own_hours BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'true: works by staff_hours, never when there are none; false: as the business is open',
  ADD COLUMN version INT NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE staff_members DROP COLUMN own_hours, DROP COLUMN version;
