-- +goose Up
CREATE TABLE user_messages (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NULL COMMENT 'the business it speaks of; NULL: none, only the login',
  message_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'random; travels with the message as a custom argument',
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'password_link, invitation, email_new, email_old, or what the user is told about their login',
  user_id BIGINT NULL COMMENT 'NULL: somebody invited, who may have no login yet',
  about_id BIGINT NULL COMMENT 'the invitation or change of address, by kind; that row may be gone by now; NULL: only the user',
  email VARBINARY(1024) NOT NULL COMMENT 'sealed under the system data key; the address at the moment it was owed',
  name VARBINARY(512) NOT NULL COMMENT 'sealed under the system data key',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BCP 47, of the letter',
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
  UNIQUE KEY user_messages_message (message_id),
  UNIQUE KEY user_messages_cause (kind, cause_key),
  KEY user_messages_due (state, next_attempt_at),
  KEY user_messages_lease (state, lease_until),
  KEY user_messages_user (user_id),
  KEY user_messages_tenant (tenant_id),
  KEY user_messages_age (created_at),
  CONSTRAINT user_messages_tenant_fk FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT user_messages_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT user_messages_state CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'dropped'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE user_messages;
