-- +goose Up
ALTER TABLE entries
  ADD KEY entries_list_a (tenant_id, state, order_key_a, id),
  ADD KEY entries_list_b (tenant_id, state, order_key_b, id),
  ADD KEY entries_list_joined (tenant_id, state, joined_at, id),
  ADD KEY entries_list_changed (tenant_id, state, changed_at, id),
  ADD KEY entries_source (tenant_id, source),
  ADD KEY entries_passed_over (tenant_id, passed_over),
  ADD KEY entries_preferred_staff (tenant_id, preferred_staff_id);

-- +goose Down
ALTER TABLE entries
  DROP KEY entries_list_a,
  DROP KEY entries_list_b,
  DROP KEY entries_list_joined,
  DROP KEY entries_list_changed,
  DROP KEY entries_source,
  DROP KEY entries_passed_over,
  DROP KEY entries_preferred_staff;
