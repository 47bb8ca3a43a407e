-- +goose Up
CREATE TABLE entry_staff (
  tenant_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  staff_member_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, entry_id, staff_member_id),
  CONSTRAINT entry_staff_entry FOREIGN KEY (tenant_id, entry_id) REFERENCES entries (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE entry_staff;
