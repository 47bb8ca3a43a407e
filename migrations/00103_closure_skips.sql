-- +goose Up
CREATE TABLE closure_skips (
  tenant_id BIGINT NOT NULL,
  closure_id BIGINT NOT NULL,
  on_date DATE NOT NULL COMMENT 'local, a day of the repetition on which it does not close',
  PRIMARY KEY (tenant_id, closure_id, on_date),
  CONSTRAINT closure_skips_closure FOREIGN KEY (tenant_id, closure_id) REFERENCES closures (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE closure_skips;
