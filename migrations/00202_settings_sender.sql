-- +goose Up
ALTER TABLE settings
  ADD COLUMN sender_name VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'whom messages to customers come from; empty: the name of the business',
  ADD COLUMN reply_to VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'where answers to messages go; empty: the address in the profile, if any';

-- +goose Down
ALTER TABLE settings DROP COLUMN sender_name, DROP COLUMN reply_to;
