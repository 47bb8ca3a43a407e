-- +goose Up
CREATE TABLE mail_reports (
  id INT NOT NULL PRIMARY KEY COMMENT 'always 1: one provider for all businesses',
  last_at DATETIME(6) NOT NULL COMMENT 'UTC; when the provider last reported anything with a good signature',
  events BIGINT NOT NULL DEFAULT 0 COMMENT 'told so far, repeats and those that say nothing new included',
  strangers BIGINT NOT NULL DEFAULT 0 COMMENT 'of them about messages that are not known here'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE mail_reports;
