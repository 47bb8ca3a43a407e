-- +goose Up
ALTER TABLE audit_entries
  ADD COLUMN chain_sequence BIGINT NULL COMMENT 'place in the chain of the business, from 1; NULL: not linked yet',
  ADD COLUMN chain_hash BINARY(32) NULL COMMENT 'SHA-256 of this entry and the hash before it (docs/audit.md); NULL: not linked yet',
  ADD COLUMN reason_hash BINARY(32) NULL COMMENT 'SHA-256 of the sealed reason, which stays when the reason is erased; NULL: none was given, or not linked yet';

-- +goose Down
ALTER TABLE audit_entries DROP COLUMN chain_sequence, DROP COLUMN chain_hash, DROP COLUMN reason_hash;
