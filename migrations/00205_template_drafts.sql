-- +goose Up
CREATE TABLE template_drafts (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as in message_templates',
  language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(255) NOT NULL COMMENT 'this and the following as in message_templates',
  preview VARCHAR(255) NOT NULL,
  heading VARCHAR(255) NOT NULL,
  body TEXT NOT NULL,
  made_from INT NOT NULL COMMENT 'live_templates.version that the form was made from',
  user_id BIGINT NOT NULL COMMENT 'who wrote it, and got it as a test',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY template_drafts_tenant_id (tenant_id, id),
  UNIQUE KEY template_drafts_public_id (tenant_id, public_id),
  KEY template_drafts_age (tenant_id, created_at),
  CONSTRAINT template_drafts_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE template_drafts;
