package paths

// The parts of an email in the local mailbox.
const (
	MailboxHTMLRoute       = "/mailbox/:id/html"
	MailboxAttachmentRoute = "/mailbox/:id/attachment"
)

// MailboxHTML is the HTML part of an email, to be shown in a frame.
func MailboxHTML(id string) string { return fill(MailboxHTMLRoute, id) }

// MailboxAttachment is a file that came with an email; the parameter n counts from 0.
func MailboxAttachment(id string) string { return fill(MailboxAttachmentRoute, id) }
