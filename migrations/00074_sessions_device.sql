-- +goose Up
ALTER TABLE sessions ADD COLUMN device VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'browser and system in a few words, such as "Firefox/Linux"; empty: not known';

-- +goose Down
ALTER TABLE sessions DROP COLUMN device;
