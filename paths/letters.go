package paths

import "net/url"

// The messages to customers: what they say, what was sent, who is not written to, and how sending goes.
const (
	Messages            = "/admin/messages"
	MessagesSent        = "/admin/messages/sent"
	MessageSuppressions = "/admin/messages/suppressions"
	MessagesSending     = "/admin/messages/sending"
)

// The words of one kind of message: :kind is a templates.Kind. The language is in the query.
const (
	TemplateRoute            = "/admin/messages/templates/:kind"
	TemplatePreviewRoute     = "/admin/messages/templates/:kind/preview"
	TemplateTestRoute        = "/admin/messages/templates/:kind/test"
	TemplateResetRoute       = "/admin/messages/templates/:kind/reset"
	TemplateRestorationRoute = "/admin/messages/templates/:kind/restoration"
	MessagesSender           = "/admin/messages/sending/sender"
	MessagesSignature        = "/admin/messages/sending/signature"
)

// Template is where the words of a kind are changed.
func Template(kind string) string { return fill(TemplateRoute, kind) }

// TemplateIn is Template in a language, a tag such as "de".
func TemplateIn(kind, language string) string {
	return Template(kind) + "?language=" + url.QueryEscape(language)
}

// TemplatePreview shows words as a letter.
func TemplatePreview(kind string) string { return fill(TemplatePreviewRoute, kind) }

// TemplateTest takes the POST that sends words to whoever wrote them.
func TemplateTest(kind string) string { return fill(TemplateTestRoute, kind) }

// TemplateReset takes the POST that goes back to the words by default.
func TemplateReset(kind string) string { return fill(TemplateResetRoute, kind) }

// TemplateRestoration takes the POST that makes an earlier version the live one.
func TemplateRestoration(kind string) string { return fill(TemplateRestorationRoute, kind) }
