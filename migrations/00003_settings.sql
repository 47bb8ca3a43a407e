-- +goose Up
CREATE TABLE settings (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'IANA name',
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ISO 4217',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BCP 47 tag: the language of pages and emails unless a person chose another',
  address VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'where customers come to; empty when not given',
  hold_seconds INT NOT NULL DEFAULT 600,
  hold_cap_seconds INT NOT NULL DEFAULT 1200 COMMENT 'how far a deadline may be raised beyond creation + hold',
  minimum_notice_minutes INT NOT NULL DEFAULT 30 COMMENT 'before a start: no offer may still be open then',
  contacts_per_day INT NOT NULL DEFAULT 3 COMMENT 'offers to one address on one local day',
  contact_gap_minutes INT NOT NULL DEFAULT 30 COMMENT 'between two offers to one address',
  quiet_from_minute INT NOT NULL DEFAULT 0 COMMENT 'local minute of day; equal to quiet_to_minute: no quiet hours',
  quiet_to_minute INT NOT NULL DEFAULT 0,
  place_counts_from_joining BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'false: the place counts from confirming the address',
  live_order_key CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'a' COMMENT 'a or b: which key column of entries ranks now',
  rekeying BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'the other key column is being written under new weights',
  rekey_since DATETIME(6) NULL COMMENT 'UTC; when the new weights were saved; NULL unless rekeying',
  rekey_after_id BIGINT NOT NULL DEFAULT 0 COMMENT 'entries up to this id carry the new key',
  updated_at DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1,
  CONSTRAINT settings_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE settings;
