package business

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// The longest of each, in characters.
const (
	LongestSenderName = 80
	LongestSignature  = 500
)

// SenderForm is what is typed about whom messages come from.
type SenderForm struct {
	SenderName string `form:"sender_name"` // empty: the name of the business
	ReplyTo    string `form:"reply_to"`    // empty: the address in the profile
	Version    string `form:"version"`
}

// SignatureForm is what is typed as the end of messages in a language.
type SignatureForm struct {
	Language  string `form:"language"`
	Signature string `form:"signature"`
	Version   string `form:"version"`
}

// Sending is the page of how a business's messages are sent: who signs them.
type Sending struct {
	Business   waitlist.Business
	Sender     SenderForm
	Signature  SignatureForm
	Languages  []TemplateLanguage
	Signatures []string          // the languages that have one
	Texts      map[string]string // the signatures, by language
}

// Sending reads how messages are sent, with the signature in a language; an empty one is the business's own.
func (b *Business) Sending(ctx context.Context, tenantID int64, language string) (Sending, error) {
	about, err := b.waitlist.Business(ctx, tenantID)
	if err != nil {
		return Sending{}, err
	}
	row, err := b.db.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Sending{}, err
	}
	p := Sending{Business: about, Sender: SenderForm{SenderName: row.SenderName, ReplyTo: row.ReplyTo, Version: strconv.Itoa(row.Version)}}
	if p.Languages, err = b.templateLanguages(ctx, tenantID, about.Locale); err != nil {
		return p, err
	}
	if language == "" {
		language = p.Languages[0].Tag
	}
	if !knownLanguage(language) {
		return p, problem.New(problem.NotFound, "letters.bad.none")
	}
	rows, err := b.db.MessageSignatures(ctx, tenantID)
	if err != nil {
		return p, db.Down(fmt.Errorf("reading signatures: %w", err))
	}
	p.Signature, p.Texts = SignatureForm{Language: language, Version: "0"}, map[string]string{}
	for _, s := range rows {
		p.Texts[s.Language] = s.Signature
		if s.Signature != "" {
			p.Signatures = append(p.Signatures, s.Language)
		}
		if s.Language == language {
			p.Signature.Signature, p.Signature.Version = s.Signature, strconv.Itoa(s.Version)
		}
	}
	return p, nil
}

// Letterhead is whom a business's messages in a language come from.
type Letterhead struct{ From, ReplyTo, Signature string }

// Letterhead reads whom messages in a language, a tag such as "de", come from.
func (b *Business) Letterhead(ctx context.Context, tenantID int64, language string) (Letterhead, error) {
	row, err := b.db.LetterHead(ctx, db.LetterHeadParams{Language: language, TenantID: tenantID})
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Letterhead{}, err
	}
	return Letterhead{From: cmp.Or(row.SenderName, row.Name), ReplyTo: cmp.Or(row.ReplyTo, row.Contact), Signature: row.Signature}, nil
}

func knownLanguage(tag string) bool {
	return slices.ContainsFunc(i18n.Languages(), func(l i18n.Language) bool { return l.Tag == tag })
}

// ChangeSender changes whom messages come from. Refused fields are those of the form; problem.Conflict when the settings were changed since
// the form was made.
func (b *Business) ChangeSender(ctx context.Context, s waitlist.Staff, f SenderForm) error {
	var r reading
	name := r.line("sender_name", f.SenderName, LongestSenderName)
	to := r.address("reply_to", f.ReplyTo)
	if err := r.err(); err != nil {
		return err
	}
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := tx.LockSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading the settings: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		version, _ := strconv.Atoi(f.Version) // a version that is no number matches no row
		n, err := tx.UpdateSender(ctx, db.UpdateSenderParams{SenderName: name, ReplyTo: to, UpdatedAt: now, TenantID: s.TenantID, Version: version})
		if err := unlessStale(n, err); err != nil {
			return err
		}
		return note(ctx, tx, s, "sender.change", "settings", s.TenantID, audit.Change{}.Untold("sender_name", was.SenderName != name).Untold("reply_to", was.ReplyTo != to))
	})
}

// ChangeSignature changes how messages in a language end. Refused field is signature; problem.Conflict when it was changed since the form
// was made.
func (b *Business) ChangeSignature(ctx context.Context, s waitlist.Staff, f SignatureForm) error {
	if !knownLanguage(f.Language) {
		return problem.New(problem.NotFound, "letters.bad.none")
	}
	text := templates.CleanLines(f.Signature)
	switch {
	case utf8.RuneCountInString(text) > LongestSignature:
		return problem.Invalid(problem.Bad("signature", "problem.long", "Most", LongestSignature))
	case strings.Count(text, "\n") >= mostSignatureLines:
		return problem.Invalid(problem.Bad("signature", "letters.bad.lines", "Most", mostSignatureLines))
	}
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := tx.AddMessageSignature(ctx, db.AddMessageSignatureParams{TenantID: s.TenantID, Language: f.Language, UpdatedAt: now}); err != nil {
			return fmt.Errorf("adding a signature: %w", err)
		}
		version, err := strconv.Atoi(f.Version)
		if err != nil {
			version = -1 // matches no row
		}
		n, err := tx.SetMessageSignature(ctx, db.SetMessageSignatureParams{Signature: text, UpdatedAt: now, TenantID: s.TenantID, Language: f.Language, Version: version})
		if err := unlessStale(n, err); err != nil {
			return err
		}
		return note(ctx, tx, s, "signature.change", "settings", s.TenantID, detail{"language": f.Language})
	})
}

// mostSignatureLines keeps a signature shorter than the message.
const mostSignatureLines = 8
