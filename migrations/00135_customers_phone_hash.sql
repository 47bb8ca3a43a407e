-- +goose Up
ALTER TABLE customers ADD COLUMN phone_hash BINARY(32) NULL COMMENT 'look-up HMAC of the number; NULL: no number, or added before there was this column and not yet counted';

-- +goose Down
ALTER TABLE customers DROP COLUMN phone_hash;
