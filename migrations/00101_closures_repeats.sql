-- +goose Up
ALTER TABLE closures ADD CONSTRAINT closures_repeats CHECK (repeats IN ('never', 'weekly', 'yearly'));

-- +goose Down
ALTER TABLE closures DROP CONSTRAINT closures_repeats;
