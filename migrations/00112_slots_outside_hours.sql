-- +goose Up
ALTER TABLE slots ADD COLUMN outside_hours BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'made for a time outside the hours by staff who knew: given away again when its booking is cancelled';

-- +goose Down
ALTER TABLE slots DROP COLUMN outside_hours;
