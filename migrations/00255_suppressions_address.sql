-- +goose Up
ALTER TABLE suppressions
  ADD COLUMN email VARBINARY(1024) NULL COMMENT 'sealed, under the digest in base64url as row; NULL: not known when it was suppressed',
  ADD COLUMN note VARBINARY(1024) NULL COMMENT 'sealed; why, as given by a person; NULL: nobody of the business suppressed it',
  ADD COLUMN user_id BIGINT NULL COMMENT 'who suppressed it; NULL: nobody of the business';

-- +goose Down
ALTER TABLE suppressions DROP COLUMN email, DROP COLUMN note, DROP COLUMN user_id;
