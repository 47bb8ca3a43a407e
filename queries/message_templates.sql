-- name: AddMessageTemplate :execlastid
INSERT INTO message_templates (tenant_id, public_id, kind, language, number, subject, preview, heading, body, user_id, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetMessageTemplate :one
SELECT * FROM message_templates WHERE tenant_id = ? AND public_id = ?;

-- name: GetMessageTemplateByID :one
SELECT * FROM message_templates WHERE tenant_id = ? AND id = ?;

-- name: MessageTemplateVersions :many
SELECT t.id, t.public_id, t.number, t.subject, t.created_at, u.public_id AS user_public_id, u.name AS user_name
FROM message_templates t LEFT JOIN users u ON u.id = t.user_id
WHERE t.tenant_id = ? AND t.kind = ? AND t.language = ? ORDER BY t.number DESC LIMIT ?;

-- name: LastMessageTemplateNumber :one
SELECT CAST(COALESCE(MAX(number), 0) AS SIGNED) AS number FROM message_templates WHERE tenant_id = ? AND kind = ? AND language = ?;

-- name: AddTemplateDraft :execlastid
INSERT INTO template_drafts (tenant_id, public_id, kind, language, subject, preview, heading, body, made_from, user_id, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetTemplateDraft :one
SELECT * FROM template_drafts WHERE tenant_id = ? AND id = ?;

-- name: GetTemplateDraftByPublicID :one
SELECT * FROM template_drafts WHERE tenant_id = ? AND public_id = ?;

-- name: CountTemplateDrafts :one
SELECT COUNT(*) FROM template_drafts WHERE tenant_id = ? AND user_id = ? AND created_at > ?;

-- name: DeleteOldTemplateDrafts :exec
DELETE FROM template_drafts WHERE tenant_id = ? AND created_at < ?;

-- name: AddLiveTemplate :exec
INSERT INTO live_templates (tenant_id, kind, language, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id);

-- name: GetLiveTemplate :one
SELECT * FROM live_templates WHERE tenant_id = ? AND kind = ? AND language = ?;

-- name: SetLiveTemplate :execrows
UPDATE live_templates SET template_id = ?, version = version + 1, changed_at = ?, changed_by = ?
WHERE tenant_id = ? AND kind = ? AND language = ? AND version = ?;

-- name: LiveTemplates :many
SELECT l.kind, l.language, l.template_id, l.changed_at, u.public_id AS user_public_id, u.name AS user_name
FROM live_templates l LEFT JOIN users u ON u.id = l.changed_by WHERE l.tenant_id = ? AND l.version > 0;

-- name: LiveWords :many
SELECT t.kind, t.subject, t.preview, t.heading, t.body FROM live_templates l
JOIN message_templates t ON t.tenant_id = l.tenant_id AND t.id = l.template_id
WHERE l.tenant_id = ? AND l.language = ? AND l.kind IN (sqlc.slice(kinds));

-- name: LetterHead :one
SELECT s.name, s.sender_name, s.reply_to, s.locale, COALESCE(p.email, '') AS contact, COALESCE(g.signature, '') AS signature
FROM settings s
LEFT JOIN profiles p ON p.tenant_id = s.tenant_id
LEFT JOIN message_signatures g ON g.tenant_id = s.tenant_id AND g.language = sqlc.arg(language)
WHERE s.tenant_id = sqlc.arg(tenant_id);

-- name: MessageSignatures :many
SELECT * FROM message_signatures WHERE tenant_id = ?;

-- name: AddMessageSignature :exec
INSERT INTO message_signatures (tenant_id, language, signature, updated_at) VALUES (?, ?, '', ?)
ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id);

-- name: SetMessageSignature :execrows
UPDATE message_signatures SET signature = ?, updated_at = ?, version = version + 1 WHERE tenant_id = ? AND language = ? AND version = ?;

-- name: UpdateSender :execrows
UPDATE settings SET sender_name = ?, reply_to = ?, updated_at = ?, version = version + 1 WHERE tenant_id = ? AND version = ?;

-- name: CustomersSpeak :one
SELECT EXISTS (SELECT 1 FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND (locale = sqlc.arg(language) OR locale LIKE sqlc.arg(regions))) AS spoken;
