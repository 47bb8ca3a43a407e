package mail

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/email"
)

// sampleLetter shows a user what customers would get in the words of a draft. It is over once the draft is gone.
func (d *Deliverer) sampleLetter(ctx context.Context, m db.UserMessage, message *Message) (email.Letter, error) {
	draft, err := d.DB.GetTemplateDraft(ctx, db.GetTemplateDraftParams{TenantID: *m.TenantID, ID: *m.AboutID})
	if db.IsNone(err) {
		return email.Letter{}, over
	}
	if err != nil {
		return email.Letter{}, wrap(err, "reading a draft")
	}
	on, err := d.letterhead(ctx, *m.TenantID, i18n.For(draft.Language), message)
	if err != nil {
		return email.Letter{}, err
	}
	about, err := d.Waitlist.Example(ctx, *m.TenantID)
	if err != nil {
		return email.Letter{}, err
	}
	kind := templates.Kind(draft.Kind)
	words, faults := templates.Parse(kind, templates.Words{Subject: draft.Subject, Preview: draft.Preview, Heading: draft.Heading, Body: draft.Body})
	on.Own = map[templates.Kind]*templates.Template{kind: words}
	letter, known := email.Sample(on, kind, about)
	if len(faults) > 0 || !known {
		return letter, fmt.Errorf("a draft of kind %s can't be shown here", draft.Kind) // perhaps by a newer instance
	}
	letter.Subject = on.Locale.T("email.sample.subject", "Subject", letter.Subject)
	return letter, nil
}
