-- +goose Up
ALTER TABLE bookings ADD COLUMN attend_as VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'completed or no_show, as staff recorded it a moment ago; empty: nothing recorded';

-- +goose Down
ALTER TABLE bookings DROP COLUMN attend_as;
