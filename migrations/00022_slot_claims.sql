-- +goose Up
CREATE TABLE slot_claims (
  tenant_id BIGINT NOT NULL,
  slot_id BIGINT NOT NULL,
  offer_id BIGINT NULL COMMENT 'the live offer; NULL once booked',
  booking_id BIGINT NULL COMMENT 'the live booking; NULL while offered',
  PRIMARY KEY (tenant_id, slot_id),
  KEY slot_claims_offer (tenant_id, offer_id),
  KEY slot_claims_booking (tenant_id, booking_id),
  CONSTRAINT slot_claims_slot FOREIGN KEY (tenant_id, slot_id) REFERENCES slots (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT slot_claims_offer_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES offers (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT slot_claims_booking_fk FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE slot_claims;
