-- +goose Up
CREATE TABLE mail_events (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NULL COMMENT 'the business of the message; NULL: a message to a user that speaks of none',
  event_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the id that the provider gave the event',
  outbox_id BIGINT NULL COMMENT 'the message to a customer that it is about; NULL: to a user',
  user_message_id BIGINT NULL COMMENT 'the message to a user, whose row may be gone by now; NULL: to a customer',
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'processed, deferred, delivered, bounced, dropped, complained or unsubscribed',
  class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'why, of those that failed: one of our own words, never the text of the provider',
  happened_at DATETIME(6) NOT NULL COMMENT 'UTC, to the second, by the clock of the provider',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC; received',
  UNIQUE KEY mail_events_event (event_id),
  UNIQUE KEY mail_events_tenant_id (tenant_id, id),
  KEY mail_events_outbox (tenant_id, outbox_id),
  KEY mail_events_user_message (user_message_id),
  KEY mail_events_age (created_at),
  CONSTRAINT mail_events_tenant_fk FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT mail_events_outbox_fk FOREIGN KEY (tenant_id, outbox_id) REFERENCES outbox (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT mail_events_kind CHECK (kind IN ('processed', 'deferred', 'delivered', 'bounced', 'dropped', 'complained', 'unsubscribed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE mail_events;
