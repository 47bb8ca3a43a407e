-- +goose Up
UPDATE entries SET changed_at = COALESCE(ended_at, confirmed_at, joined_at);

-- +goose Down
UPDATE entries SET changed_at = joined_at;
