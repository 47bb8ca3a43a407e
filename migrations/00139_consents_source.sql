-- +goose Up
ALTER TABLE consents ADD COLUMN source VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'form' COMMENT 'form: given when joining; import: the business stated it for a list it brought';

-- +goose Down
ALTER TABLE consents DROP COLUMN source;
