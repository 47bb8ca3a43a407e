-- +goose Up
CREATE TABLE message_templates (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of package templates: which letter to customers',
  language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'one the catalogue is written in, such as de',
  number INT NOT NULL COMMENT 'of the version, from 1 for each kind and language',
  subject VARCHAR(255) NOT NULL COMMENT 'this and the following hold placeholders like {{customer}}',
  preview VARCHAR(255) NOT NULL COMMENT 'what an inbox shows behind the subject; may be empty',
  heading VARCHAR(255) NOT NULL,
  body TEXT NOT NULL COMMENT 'lines end in \\n; a line that is a block alone becomes that block',
  user_id BIGINT NOT NULL COMMENT 'who wrote it',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY message_templates_tenant_id (tenant_id, id),
  UNIQUE KEY message_templates_public_id (tenant_id, public_id),
  UNIQUE KEY message_templates_number (tenant_id, kind, language, number),
  CONSTRAINT message_templates_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE message_templates;
