package apitest

import "net/http"

// furnishWebhooks adds a webhook to which a test was sent.
func furnishWebhooks(f Furnished) {
	f.T.Helper()
	f.Known["webhook_id"] = f.Add("/webhooks", map[string]any{"name": "Till", "url": "https://till.example.com/waitlist"})
	f.Known["delivery_id"] = f.Add("/webhooks/"+f.Known["webhook_id"]+"/tests", nil)
}

var ofWebhooks = map[string]func(Furnished){
	"restoreWebhook": func(f Furnished) { f.Delete("/webhooks/"+f.Known["webhook_id"]).Want(http.StatusNoContent, nil) },
	"resumeWebhook":  func(f Furnished) { f.Post("/webhooks/"+f.Known["webhook_id"]+"/pause", nil).Want(http.StatusOK, nil) },
}
