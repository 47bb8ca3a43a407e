-- +goose Up
CREATE INDEX offers_remind_at ON offers (remind_at);

-- +goose Down
DROP INDEX offers_remind_at ON offers;
