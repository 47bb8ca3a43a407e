-- +goose Up
ALTER TABLE customers
  ADD COLUMN unsubscribe_hash BINARY(32) NULL COMMENT 'SHA-256 of the token in the link to unsubscribe; NULL: no email with one went out yet',
  ADD COLUMN unsubscribe_version INT NOT NULL DEFAULT 1 COMMENT 'of that token: raising it, and clearing the hash, revokes the links that went out';

-- +goose Down
ALTER TABLE customers DROP COLUMN unsubscribe_hash, DROP COLUMN unsubscribe_version;
