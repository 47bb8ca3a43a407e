-- +goose Up
CREATE TABLE holiday_choices (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'ISO 3166-1, whose public holidays close the business; empty: none do',
  region VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'ISO 3166-2 without the country; empty: those of the whole country',
  version INT NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL COMMENT 'UTC',
  CONSTRAINT holiday_choices_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE holiday_choices;
