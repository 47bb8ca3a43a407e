-- +goose Up
ALTER TABLE settings
  ADD COLUMN offer_reminder_minutes INT NOT NULL DEFAULT 5 COMMENT 'before the end of an offer: its customer is reminded once; 0: never',
  ADD COLUMN reminder_hours INT NOT NULL DEFAULT 24 COMMENT 'before an appointment: its customer is asked whether they still come; 0: never',
  ADD COLUMN thanks_hours INT NOT NULL DEFAULT 2 COMMENT 'after an appointment: its customer is thanked and asked how it was; 0: never';

-- +goose Down
ALTER TABLE settings DROP COLUMN offer_reminder_minutes, DROP COLUMN reminder_hours, DROP COLUMN thanks_hours;
