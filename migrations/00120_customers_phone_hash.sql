-- +goose Up
ALTER TABLE customers ADD COLUMN phone_hash BINARY(32) NULL COMMENT 'look-up HMAC of the number in E.164; NULL: no number, or one that an older program kept and the job of the same name has yet to fill in';

-- +goose Down
ALTER TABLE customers DROP COLUMN phone_hash;
