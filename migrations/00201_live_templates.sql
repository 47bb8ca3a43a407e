-- +goose Up
CREATE TABLE live_templates (
  tenant_id BIGINT NOT NULL,
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as in message_templates',
  language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  template_id BIGINT NULL COMMENT 'the version that is sent; NULL: the words by default',
  version INT NOT NULL DEFAULT 0 COMMENT 'grows with every change of template_id',
  changed_at DATETIME(6) NOT NULL COMMENT 'UTC; of template_id',
  changed_by BIGINT NOT NULL COMMENT 'user',
  PRIMARY KEY (tenant_id, kind, language),
  CONSTRAINT live_templates_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT live_templates_template FOREIGN KEY (tenant_id, template_id) REFERENCES message_templates (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE live_templates;
