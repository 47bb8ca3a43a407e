-- +goose Up
CREATE TABLE password_requests (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC, business 0, of an address that may have no login',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BCP 47, of the page it was asked on',
  asked_at DATETIME(6) NOT NULL COMMENT 'UTC',
  KEY password_requests_asked (asked_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='asked for on the log-in page and not looked at yet';

-- +goose Down
DROP TABLE password_requests;
