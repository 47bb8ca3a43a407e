-- +goose Up
CREATE TABLE ratings (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  booking_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  stars INT NOT NULL COMMENT '1 is bad, 5 is good',
  comment VARBINARY(4096) NULL COMMENT 'sealed under the public id of the booking; NULL: none',
  given_at DATETIME(6) NOT NULL COMMENT 'UTC; it can be changed for 14 days from here',
  changed_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY ratings_tenant_id (tenant_id, id),
  UNIQUE KEY ratings_booking (tenant_id, booking_id),
  KEY ratings_customer (tenant_id, customer_id),
  KEY ratings_given (tenant_id, given_at),
  CONSTRAINT ratings_booking_fk FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT ratings_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT ratings_stars CHECK (stars BETWEEN 1 AND 5)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE ratings;
