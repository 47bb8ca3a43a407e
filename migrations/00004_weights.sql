-- +goose Up
CREATE TABLE weights (
  tenant_id BIGINT NOT NULL,
  order_key CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'a or b: the key column of entries that these weights make',
  wait_per_hour INT NOT NULL COMMENT 'points',
  priority_per_level INT NOT NULL COMMENT 'points',
  loyalty_per_visit INT NOT NULL COMMENT 'points',
  loyalty_most INT NOT NULL COMMENT 'points at most for visits',
  reliability INT NOT NULL COMMENT 'points at most',
  flexibility INT NOT NULL COMMENT 'points at most',
  no_show INT NOT NULL COMMENT 'points taken for each',
  no_show_most INT NOT NULL COMMENT 'points taken at most',
  preferred_staff INT NOT NULL COMMENT 'bonus points',
  preferred_time INT NOT NULL COMMENT 'bonus points',
  pass_over_limit INT NOT NULL COMMENT 'times passed over for a bonus before a lift; 0: never',
  pass_over_lift INT NOT NULL COMMENT 'points of one lift',
  version INT NOT NULL COMMENT 'entries carry it beside the key they were given',
  PRIMARY KEY (tenant_id, order_key),
  CONSTRAINT weights_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE weights;
