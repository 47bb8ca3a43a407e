package paths

// Webhooks: the page of all takes the POST of a new one, that of one the POST that changes it.
const (
	Webhooks   = "/admin/webhooks"
	NewWebhook = "/admin/webhooks/new"

	WebhookRoute            = "/admin/webhooks/:id"
	WebhookSettingsRoute    = "/admin/webhooks/:id/settings"
	WebhookSecretRoute      = "/admin/webhooks/:id/secret"
	WebhookRotationRoute    = "/admin/webhooks/:id/rotation"
	WebhookTestRoute        = "/admin/webhooks/:id/test"
	WebhookPauseRoute       = "/admin/webhooks/:id/pause"
	WebhookResumptionRoute  = "/admin/webhooks/:id/resumption"
	WebhookRemovalRoute     = "/admin/webhooks/:id/removal"
	WebhookRestorationRoute = "/admin/webhooks/:id/restoration"
	WebhookRepetitionRoute  = "/admin/webhooks/:id/repetition"
	WebhookDeliveryRoute    = "/admin/webhooks/deliveries/:id"
	DeliveryRepetitionRoute = "/admin/webhooks/deliveries/:id/repetition"
)

// Webhook is one endpoint with its log.
func Webhook(id string) string { return fill(WebhookRoute, id) }

// WebhookSettings is the form that changes it.
func WebhookSettings(id string) string { return fill(WebhookSettingsRoute, id) }

// WebhookSecret takes the POST that shows its secret.
func WebhookSecret(id string) string { return fill(WebhookSecretRoute, id) }

// WebhookRotation takes the POST that makes a new secret.
func WebhookRotation(id string) string { return fill(WebhookRotationRoute, id) }

// WebhookTest takes the POST that sends it a test.
func WebhookTest(id string) string { return fill(WebhookTestRoute, id) }

// WebhookPause takes the POST that lets it be told nothing.
func WebhookPause(id string) string { return fill(WebhookPauseRoute, id) }

// WebhookResumption takes the POST that lets it be told again.
func WebhookResumption(id string) string { return fill(WebhookResumptionRoute, id) }

// WebhookRemoval takes the POST that takes it out of use.
func WebhookRemoval(id string) string { return fill(WebhookRemovalRoute, id) }

// WebhookRestoration takes the POST that takes that back.
func WebhookRestoration(id string) string { return fill(WebhookRestorationRoute, id) }

// WebhookRepetition takes the POST that has all failed events of some days sent again.
func WebhookRepetition(id string) string { return fill(WebhookRepetitionRoute, id) }

// WebhookDelivery is what was sent and answered.
func WebhookDelivery(id string) string { return fill(WebhookDeliveryRoute, id) }

// DeliveryRepetition takes the POST that has it sent again.
func DeliveryRepetition(id string) string { return fill(DeliveryRepetitionRoute, id) }
