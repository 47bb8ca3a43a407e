package business

import (
	"context"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// ReadTemplate reads what was typed. Refused fields are subject, preview, heading and body, each fault with its line and placeholder;
// problem.NotFound for a kind or language that there is not.
func ReadTemplate(kind templates.Kind, f TemplateForm) (*templates.Template, error) {
	if err := checkTemplate(kind, f.Language); err != nil {
		return nil, err
	}
	words, faults := templates.Parse(kind, f.Words())
	if len(faults) == 0 {
		return words, nil
	}
	var bad []problem.Field
	for _, fault := range faults {
		key := "letters.bad." + fault.Code
		if fault.Line > 0 {
			key = "letters.bad.line." + fault.Code
			if fault.Field == templates.Body {
				key = "letters.bad.body." + fault.Code
			}
		}
		bad = append(bad, problem.Bad(fault.Field, key, "Line", fault.Line, "Name", fault.Name, "Most", fault.Max))
	}
	return nil, problem.Invalid(bad...)
}

// SaveTemplate makes what was typed the words that are sent from now on, as a new version unless they are sent already. Refused are what ReadTemplate refuses;
// problem.Conflict when somebody changed what is sent since the form was made.
func (b *Business) SaveTemplate(ctx context.Context, s waitlist.Staff, kind templates.Kind, f TemplateForm) error {
	if _, err := ReadTemplate(kind, f); err != nil {
		return err
	}
	words := f.Words()
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		live, err := lockLive(ctx, tx, s, kind, f.Language)
		if err != nil {
			return err
		}
		if same, err := saysAlready(ctx, tx, live, kind, words); err != nil || same {
			return err // pressed twice, or nothing was changed
		}
		if !madeFrom(f.Version, live.Version) {
			return otherWords()
		}
		last, err := tx.LastMessageTemplateNumber(ctx, db.LastMessageTemplateNumberParams{TenantID: s.TenantID, Kind: string(kind), Language: f.Language})
		if err != nil {
			return fmt.Errorf("numbering a version: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row, err := tx.AddMessageTemplate(ctx, db.AddMessageTemplateParams{
			TenantID: s.TenantID, PublicID: seal.PublicID(), Kind: string(kind), Language: f.Language, Number: int(last) + 1,
			Subject: words.Subject, Preview: words.Preview, Heading: words.Heading, Body: words.Body, UserID: s.UserID, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("keeping a version: %w", err)
		}
		if err := setLive(ctx, tx, s, live, &row); err != nil {
			return err
		}
		return note(ctx, tx, s, "template.save", "message_templates", row, detail{"kind": string(kind), "language": f.Language, "number": last + 1})
	})
}

// otherWords says that somebody else changed what is sent meanwhile.
func otherWords() error { return problem.New(problem.Conflict, "letters.bad.stale") }

// lockLive is the row that says what is sent, locked, and made if nobody touched the kind before.
func lockLive(ctx context.Context, tx *db.Tx, s waitlist.Staff, kind templates.Kind, language string) (db.LiveTemplate, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return db.LiveTemplate{}, err
	}
	err = tx.AddLiveTemplate(ctx, db.AddLiveTemplateParams{TenantID: s.TenantID, Kind: string(kind), Language: language, ChangedAt: now, ChangedBy: s.UserID})
	if err != nil {
		return db.LiveTemplate{}, fmt.Errorf("locking which words are sent: %w", err)
	}
	return readLive(ctx, tx.Queries, s.TenantID, kind, language)
}

// setLive changes which words are sent; nil: the default.
func setLive(ctx context.Context, tx *db.Tx, s waitlist.Staff, live db.LiveTemplate, id *int64) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	n, err := tx.SetLiveTemplate(ctx, db.SetLiveTemplateParams{
		TemplateID: id, ChangedAt: now, ChangedBy: s.UserID, TenantID: s.TenantID, Kind: live.Kind, Language: live.Language, Version: live.Version,
	})
	if err != nil {
		return fmt.Errorf("changing which words are sent: %w", err)
	}
	if n != 1 {
		return otherWords()
	}
	return nil
}

// saysAlready tells whether these very words are sent already.
func saysAlready(ctx context.Context, tx *db.Tx, live db.LiveTemplate, kind templates.Kind, words templates.Words) (bool, error) {
	if live.TemplateID == nil {
		return words == templates.DefaultWords(kind, i18n.For(live.Language)), nil
	}
	row, err := tx.GetMessageTemplateByID(ctx, db.GetMessageTemplateByIDParams{TenantID: live.TenantID, ID: *live.TemplateID})
	if err != nil {
		return false, fmt.Errorf("reading the words that are sent: %w", err)
	}
	return words == wordsOf(row), nil
}

// TemplateChoice names a version, from the page on which Version of what is sent was shown.
type TemplateChoice struct {
	Language string `form:"language"`
	ID       string `form:"id"` // of the version; empty: the default
	Version  string `form:"version"`
}

// RestoreTemplate makes an earlier version what is sent, or the default when it names none. before is what was sent until now, to come back
// to. One that is sent already stays so. problem.Conflict when somebody changed what is sent since the page was made.
func (b *Business) RestoreTemplate(ctx context.Context, s waitlist.Staff, kind templates.Kind, c TemplateChoice) (before TemplateChoice, err error) {
	if err := checkTemplate(kind, c.Language); err != nil {
		return before, err
	}
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		before = TemplateChoice{Language: c.Language}
		live, err := lockLive(ctx, tx, s, kind, c.Language)
		if err != nil {
			return err
		}
		target, err := chosenVersion(ctx, tx, s.TenantID, kind, c)
		if err != nil {
			return err
		}
		if live.TemplateID != nil {
			was, err := tx.GetMessageTemplateByID(ctx, db.GetMessageTemplateByIDParams{TenantID: s.TenantID, ID: *live.TemplateID})
			if err != nil {
				return fmt.Errorf("reading the words that are sent: %w", err)
			}
			before.ID = was.PublicID
		}
		if before.Version = strconv.Itoa(live.Version + 1); before.ID == target.PublicID {
			before.Version = strconv.Itoa(live.Version)
			return nil
		}
		if !madeFrom(c.Version, live.Version) {
			return otherWords()
		}
		if target.PublicID == "" {
			if err := setLive(ctx, tx, s, live, nil); err != nil {
				return err
			}
			return note(ctx, tx, s, "template.reset", "message_templates", *live.TemplateID, detail{"kind": string(kind), "language": c.Language})
		}
		if err := setLive(ctx, tx, s, live, &target.ID); err != nil {
			return err
		}
		return note(ctx, tx, s, "template.restore", "message_templates", target.ID, detail{"kind": string(kind), "language": c.Language, "number": target.Number})
	})
	return before, err
}

// chosenVersion is the version of this kind and language; none when the default was chosen.
func chosenVersion(ctx context.Context, tx *db.Tx, tenantID int64, kind templates.Kind, c TemplateChoice) (db.MessageTemplate, error) {
	if c.ID == "" {
		return db.MessageTemplate{}, nil
	}
	row, err := tx.GetMessageTemplate(ctx, db.GetMessageTemplateParams{TenantID: tenantID, PublicID: c.ID})
	if row, err = found(row, err, "letters.bad.none"); err != nil {
		return row, err
	}
	if row.Kind != string(kind) || row.Language != c.Language {
		return row, problem.New(problem.NotFound, "letters.bad.none")
	}
	return row, nil
}
