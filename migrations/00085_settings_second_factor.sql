-- +goose Up
ALTER TABLE settings ADD COLUMN second_factor VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'nobody'
  COMMENT 'who must have a second factor: nobody, managers (owners and admins) or everybody';

-- +goose Down
ALTER TABLE settings DROP COLUMN second_factor;
