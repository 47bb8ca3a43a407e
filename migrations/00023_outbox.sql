-- +goose Up
CREATE TABLE outbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  message_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'random; travels with the message as a custom argument',
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'join, offer, confirmed, cancelled, moved_on or still_waiting',
  customer_id BIGINT NOT NULL,
  entry_id BIGINT NULL,
  offer_id BIGINT NULL,
  booking_id BIGINT NULL,
  cause_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what the message is about; one message per kind and cause',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'pending, sending, sent, unknown, failed or dropped',
  attempts INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NOT NULL COMMENT 'UTC',
  useful_until DATETIME(6) NOT NULL COMMENT 'UTC; not sent later than this',
  claim_token VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'random, of the sender at work; NULL: nobody',
  lease_until DATETIME(6) NULL COMMENT 'UTC; while sending',
  sent_at DATETIME(6) NULL COMMENT 'UTC; accepted by the sender',
  error_class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'of the last failure; never the text of an answer',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY outbox_tenant_id (tenant_id, id),
  UNIQUE KEY outbox_message (message_id),
  UNIQUE KEY outbox_cause (tenant_id, kind, cause_key),
  KEY outbox_due (state, next_attempt_at),
  KEY outbox_lease (state, lease_until),
  KEY outbox_customer (tenant_id, customer_id),
  KEY outbox_offer (tenant_id, offer_id),
  CONSTRAINT outbox_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT outbox_state CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'dropped'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE outbox;
