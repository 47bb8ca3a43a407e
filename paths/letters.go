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

// TemplateRestoration takes the POST that makes an earlier version the one that is sent, or the words by default.
func TemplateRestoration(kind string) string { return fill(TemplateRestorationRoute, kind) }

// RestoreTemplate is TemplateRestoration with all that it needs: id is of the version, version of what is sent now.
func RestoreTemplate(kind, language, id, version string) string {
	return TemplateRestoration(kind) + "?" + url.Values{"language": {language}, "id": {id}, "version": {version}}.Encode()
}

// SignatureIn is where the signature in a language is changed.
func SignatureIn(language string) string {
	return MessagesSending + "?language=" + url.QueryEscape(language)
}

// TemplateDraft is where the words of a kind are changed, beginning with a draft that was sent as a test.
func TemplateDraft(kind, language, draft string) string {
	return Template(kind) + "?" + url.Values{"language": {language}, "draft": {draft}}.Encode()
}

// TemplateFromVersion is where the words of a kind are changed, beginning with an earlier version.
func TemplateFromVersion(kind, language, version string) string {
	return Template(kind) + "?" + url.Values{"language": {language}, "version": {version}}.Encode()
}

// TemplatePreviewOf shows the words that a page of a template begins with; empty arguments are left out.
func TemplatePreviewOf(kind, language, version, draft string) string {
	query := url.Values{"language": {language}}
	for name, value := range map[string]string{"version": version, "draft": draft} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return TemplatePreview(kind) + "?" + query.Encode()
}
