package business

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/templates"
)

// templateVersions is how many versions the page of a template shows.
const templateVersions = 50

// TemplateForm is what is typed as the words of a kind in a language.
type TemplateForm struct {
	Language string `form:"language"`
	Subject  string `form:"subject"`
	Preview  string `form:"preview"`
	Heading  string `form:"heading"`
	Body     string `form:"body"`
	Version  string `form:"version"` // of what is sent, when the form was made
	Press    string `form:"press"`   // of a test
}

// Words are what was typed, clean.
func (f TemplateForm) Words() templates.Words {
	return templates.Clean(templates.Words{Subject: f.Subject, Preview: f.Preview, Heading: f.Heading, Body: f.Body})
}

func (f *TemplateForm) say(w templates.Words) {
	f.Subject, f.Preview, f.Heading, f.Body = w.Subject, w.Preview, w.Heading, w.Body
}

// TemplateVersion is what was once saved as the words of a kind in a language.
type TemplateVersion struct {
	ID      string
	Number  int
	Subject string
	Saved   time.Time
	By      string // empty: somebody who has no login any more
	Live    bool   // it is what is sent
}

// TemplatePage is what the page of one template shows.
type TemplatePage struct {
	Kind      templates.Kind
	Language  string
	Languages []TemplateLanguage
	Own       bool // the business's own words are sent
	Versions  []TemplateVersion
	Form      TemplateForm
	Zone      *time.Location
}

// TemplateFrom says which words the page of a template begins with; without a version or draft they are those that are sent.
type TemplateFrom struct {
	Language string `query:"language"` // empty: the business's own
	Version  string `query:"version"`  // id of a version
	Draft    string `query:"draft"`    // id of a draft that was sent as a test
}

// Template reads the words of a kind, for the page on which they are changed. Fails with problem.NotFound.
func (b *Business) Template(ctx context.Context, tenantID int64, kind templates.Kind, from TemplateFrom) (TemplatePage, error) {
	about, err := b.waitlist.Business(ctx, tenantID)
	if err != nil {
		return TemplatePage{}, err
	}
	if from.Language == "" {
		from.Language = i18n.For(about.Locale).Language()
	}
	if err := checkTemplate(kind, from.Language); err != nil {
		return TemplatePage{}, err
	}
	p := TemplatePage{Kind: kind, Language: from.Language, Zone: about.Zone}
	if p.Languages, err = b.templateLanguages(ctx, tenantID, about.Locale); err != nil {
		return p, err
	}
	live, err := readLive(ctx, b.db.Queries, tenantID, kind, from.Language)
	if err != nil {
		return p, err
	}
	p.Own = live.TemplateID != nil
	if err := b.readVersions(ctx, &p, tenantID, live); err != nil {
		return p, err
	}
	p.Form = TemplateForm{Language: from.Language, Version: strconv.Itoa(live.Version)}
	return p, b.beginWith(ctx, &p, tenantID, from)
}

// readLive is what is sent; a kind that nobody ever touched is at version 0.
func readLive(ctx context.Context, q *db.Queries, tenantID int64, kind templates.Kind, language string) (db.LiveTemplate, error) {
	live, err := q.GetLiveTemplate(ctx, db.GetLiveTemplateParams{TenantID: tenantID, Kind: string(kind), Language: language})
	if err != nil && !db.IsNone(err) {
		return live, db.Down(fmt.Errorf("reading which words are sent: %w", err))
	}
	return live, nil
}

func (b *Business) readVersions(ctx context.Context, p *TemplatePage, tenantID int64, live db.LiveTemplate) error {
	rows, err := b.db.MessageTemplateVersions(ctx, db.MessageTemplateVersionsParams{TenantID: tenantID, Kind: string(p.Kind), Language: p.Language, Limit: templateVersions})
	if err != nil {
		return db.Down(fmt.Errorf("reading the versions of a template: %w", err))
	}
	for _, row := range rows {
		v := TemplateVersion{ID: row.PublicID, Number: row.Number, Subject: row.Subject, Saved: row.CreatedAt, Live: live.TemplateID != nil && *live.TemplateID == row.ID}
		if v.By, err = b.userName(row.UserPublicID, row.UserName); err != nil {
			return err
		}
		p.Versions = append(p.Versions, v)
	}
	return nil
}

// beginWith puts words into the form: a draft's, a version's, those that are sent, or the default.
func (b *Business) beginWith(ctx context.Context, p *TemplatePage, tenantID int64, from TemplateFrom) error {
	if from.Draft != "" {
		row, err := b.db.GetTemplateDraftByPublicID(ctx, db.GetTemplateDraftByPublicIDParams{TenantID: tenantID, PublicID: from.Draft})
		if row, err = found(row, err, "letters.bad.none"); err != nil {
			return err
		}
		p.Form.say(templates.Words{Subject: row.Subject, Preview: row.Preview, Heading: row.Heading, Body: row.Body})
		p.Form.Version = strconv.Itoa(row.MadeFrom)
		return nil
	}
	id := from.Version
	for _, v := range p.Versions {
		if id == "" && v.Live {
			id = v.ID
		}
	}
	if id == "" {
		p.Form.say(templates.DefaultWords(p.Kind, i18n.For(p.Language)))
		return nil
	}
	row, err := b.db.GetMessageTemplate(ctx, db.GetMessageTemplateParams{TenantID: tenantID, PublicID: id})
	if row, err = found(row, err, "letters.bad.none"); err != nil {
		return err
	}
	p.Form.say(wordsOf(row))
	return nil
}

func wordsOf(row db.MessageTemplate) templates.Words {
	return templates.Words{Subject: row.Subject, Preview: row.Preview, Heading: row.Heading, Body: row.Body}
}
