-- +goose Up
CREATE INDEX entry_staff_member ON entry_staff (tenant_id, staff_member_id, entry_id);

-- +goose Down
DROP INDEX entry_staff_member ON entry_staff;
