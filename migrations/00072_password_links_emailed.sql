-- +goose Up
ALTER TABLE password_links ADD COLUMN emailed BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'the user asked for it and got it by email: nobody else is shown it';

-- +goose Down
ALTER TABLE password_links DROP COLUMN emailed;
