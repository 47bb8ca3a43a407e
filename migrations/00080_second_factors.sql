-- +goose Up
CREATE TABLE second_factors (
  user_id BIGINT NOT NULL PRIMARY KEY,
  secret VARBINARY(128) NULL COMMENT 'sealed under the system data key, base32: what the codes are made from; NULL: the second factor is off',
  next_secret VARBINARY(128) NULL COMMENT 'sealed likewise: takes the place of secret once a code of it was given; NULL: none is being set up',
  last_step BIGINT NOT NULL DEFAULT 0 COMMENT 'half minutes since 1970: the last whose code was used',
  since DATETIME(6) NULL COMMENT 'UTC; when secret was confirmed; NULL: off',
  CONSTRAINT second_factors_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT second_factors_on CHECK ((secret IS NULL) = (since IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE second_factors;
