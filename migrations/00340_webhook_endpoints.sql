-- +goose Up
CREATE TABLE webhook_endpoints (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL COMMENT 'what the business calls it; never about one person',
  url VARBINARY(4096) NOT NULL COMMENT 'sealed: it may hold a token',
  event_types VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'the types of events to tell, separated by spaces; empty: all of them, those of later programs too',
  secret VARBINARY(255) NOT NULL COMMENT 'sealed; signs',
  old_secret VARBINARY(255) NULL COMMENT 'sealed; signs too until old_secret_until; NULL: none',
  old_secret_until DATETIME(6) NULL COMMENT 'UTC; NULL with old_secret',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  stopped_because VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'failing or gone; empty unless stopped',
  after_sequence BIGINT NOT NULL COMMENT 'place in the audit chain of the business: what comes later is not looked at yet',
  failing_since DATETIME(6) NULL COMMENT 'UTC; the first failure since the last success; NULL: the last delivery arrived, or there was none',
  failures INT NOT NULL DEFAULT 0 COMMENT 'in a row',
  wait_until DATETIME(6) NULL COMMENT 'UTC; nothing is sent before, because the last delivery failed or the receiver asked for it; NULL: at once',
  last_at DATETIME(6) NULL COMMENT 'UTC; the last attempt; NULL: there was none',
  last_status INT NOT NULL DEFAULT 0 COMMENT 'HTTP status of the last attempt; 0: none came',
  last_class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'why the last attempt failed: one of our own words; empty: it did not',
  removed_at DATETIME(6) NULL COMMENT 'UTC; NULL: in use',
  created_by BIGINT NOT NULL COMMENT 'user',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1 COMMENT 'of what a person set',
  UNIQUE KEY webhook_endpoints_tenant_id (tenant_id, id),
  UNIQUE KEY webhook_endpoints_public_id (tenant_id, public_id),
  KEY webhook_endpoints_state (state, tenant_id),
  CONSTRAINT webhook_endpoints_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT webhook_endpoints_state_word CHECK (state IN ('active', 'paused', 'stopped')),
  CONSTRAINT webhook_endpoints_stopped CHECK ((state = 'stopped') = (stopped_because IN ('failing', 'gone'))),
  CONSTRAINT webhook_endpoints_old_secret CHECK ((old_secret IS NULL) = (old_secret_until IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE webhook_endpoints;
