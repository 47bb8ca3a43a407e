-- +goose Up
CREATE TABLE profiles (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  street VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'with the number; settings.address has the whole address on one line',
  postcode VARCHAR(16) NOT NULL DEFAULT '',
  town VARCHAR(80) NOT NULL DEFAULT '',
  country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'ISO 3166-1 alpha-2; empty when not given',
  phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'E.164; shown to customers; empty when not given',
  email VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'shown to customers; empty when not given',
  website VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'http or https; shown to customers; empty when not given',
  privacy VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'where the business says what it does with personal data; empty when not given',
  colour CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'as the business chose it, #rrggbb; empty: the colour of the program',
  guide_dismissed_at DATETIME(6) NULL COMMENT 'UTC; NULL: the first-run guide is shown until all of it is done',
  version INT NOT NULL DEFAULT 1 COMMENT 'of colour and logo; the rest goes by settings.version',
  CONSTRAINT profiles_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE profiles;
