-- +goose Up
CREATE TABLE attempts (
  what BINARY(32) NOT NULL PRIMARY KEY COMMENT 'look-up HMAC of the act and who tried it: an account, an address or both',
  since DATETIME(6) NOT NULL COMMENT 'UTC; when the present window began',
  tries INT NOT NULL COMMENT 'in the present window',
  KEY attempts_since (since)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE attempts;
