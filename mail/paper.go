package mail

import (
	"cmp"
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/email"
)

// paper is what a letter of a kind to a customer of the business is written on, and says in the message whom it comes from. A business's own
// words are those in the customer's language; without any, the letter stays in that language and says what it does by default.
func (d *Deliverer) paper(ctx context.Context, tenantID int64, l i18n.Locale, kind string, message *Message) (email.Paper, error) {
	on, err := d.letterhead(ctx, tenantID, l, message)
	if err != nil {
		return on, err
	}
	kinds := []string{kind}
	if kind == string(templates.Join) {
		kinds = append(kinds, string(templates.Joined))
	}
	rows, err := d.DB.LiveWords(ctx, db.LiveWordsParams{TenantID: tenantID, Language: l.Language(), Kinds: kinds})
	if err != nil {
		return on, wrap(err, "reading a business's own words")
	}
	on.Own = map[templates.Kind]*templates.Template{}
	for _, row := range rows {
		k := templates.Kind(row.Kind)
		own, faults := templates.Parse(k, templates.Words{Subject: row.Subject, Preview: row.Preview, Heading: row.Heading, Body: row.Body})
		if len(faults) > 0 { // they were right once: a placeholder is no more
			d.Log.ErrorContext(ctx, "a business's own words can't be read any more: the default is sent", "tenant_id", tenantID, "kind", row.Kind, "language", l.Language(), "fault", faults[0].Code)
			continue
		}
		on.Own[k] = own
	}
	return on, nil
}

// letterhead is a paper without words.
func (d *Deliverer) letterhead(ctx context.Context, tenantID int64, l i18n.Locale, message *Message) (email.Paper, error) {
	head, err := d.DB.LetterHead(ctx, db.LetterHeadParams{Language: l.Language(), TenantID: tenantID})
	if err != nil {
		return email.Paper{}, wrap(err, "reading whom letters come from")
	}
	message.FromName, message.ReplyTo = cmp.Or(head.SenderName, head.Name), cmp.Or(head.ReplyTo, head.Contact)
	return email.Paper{Locale: l, Base: d.Base, Signature: head.Signature, Unsubscribe: message.Unsubscribe}, nil
}
