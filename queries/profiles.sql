-- name: GetProfile :one
SELECT * FROM profiles WHERE tenant_id = ?;

-- name: AddProfile :exec
INSERT INTO profiles (tenant_id) VALUES (?);

-- name: UpdateProfileDetails :execrows
UPDATE profiles SET street = ?, postcode = ?, town = ?, country = ?, phone = ?, email = ?, website = ?, privacy = ? WHERE tenant_id = ?;

-- name: SetColour :execrows
UPDATE profiles SET colour = ?, version = version + 1 WHERE tenant_id = ? AND version = ?;

-- name: DismissGuide :execrows
UPDATE profiles SET guide_dismissed_at = sqlc.arg(at) WHERE tenant_id = sqlc.arg(tenant_id) AND guide_dismissed_at IS NULL;

-- name: RecallGuide :execrows
UPDATE profiles SET guide_dismissed_at = NULL WHERE tenant_id = ? AND guide_dismissed_at IS NOT NULL;

-- name: GuideSkips :many
SELECT step FROM guide_skips WHERE tenant_id = ?;

-- name: SkipGuideStep :exec
INSERT INTO guide_skips (tenant_id, step, skipped_at) VALUES (?, ?, ?);

-- name: ForgetGuideSkips :execrows
DELETE FROM guide_skips WHERE tenant_id = ?;

-- name: SettledActs :many
SELECT DISTINCT action FROM audit_entries
WHERE tenant_id = sqlc.arg(tenant_id) AND record IN ('settings', 'opening_hours') AND record_id = sqlc.arg(record_id);

-- name: AnyPublicEntry :one
SELECT CAST(EXISTS (
  SELECT 1 FROM consents c JOIN entries e ON e.tenant_id = c.tenant_id AND e.id = c.entry_id WHERE c.tenant_id = ? AND e.source = 'public'
) AS SIGNED);

-- name: AnyAcceptedOffer :one
SELECT CAST(EXISTS (SELECT 1 FROM bookings WHERE tenant_id = ? AND offer_id > 0) AS SIGNED);

-- name: AnySentMessage :one
SELECT CAST(EXISTS (
  SELECT 1 FROM outbox WHERE tenant_id = ? AND kind IN ('join', 'offer', 'confirmed') AND state = 'sent'
) AS SIGNED);

-- name: CountOwners :one
SELECT COUNT(*) FROM memberships WHERE tenant_id = ? AND role = 'owner';

-- name: CountOwnersWithoutSecondFactor :one
SELECT COUNT(*) FROM memberships m
WHERE m.tenant_id = ? AND m.role = 'owner'
  AND NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = m.user_id AND f.since IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = m.user_id);
