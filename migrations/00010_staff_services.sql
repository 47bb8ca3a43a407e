-- +goose Up
CREATE TABLE staff_services (
  tenant_id BIGINT NOT NULL,
  staff_member_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, staff_member_id, service_id),
  KEY staff_services_service (tenant_id, service_id),
  CONSTRAINT staff_services_staff_member FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_members (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT staff_services_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff_services;
