package business

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/templates"
)

// TemplateLanguage is a language that messages are written in.
type TemplateLanguage struct {
	Tag  string // such as "de"
	Name string // what its speakers call it
	Used bool   // the business's own, or that of a customer
}

// TemplateState tells whether the words of a kind in a language are a business's own.
type TemplateState struct {
	Language TemplateLanguage
	Own      bool
	Changed  time.Time // zero: never
	By       string    // empty: somebody who has no login any more
}

// TemplateRow is a kind with its states, in the order of TemplateList.Languages.
type TemplateRow struct {
	Kind   templates.Kind
	States []TemplateState
}

// TemplateList is what the page of all templates shows.
type TemplateList struct {
	Languages []TemplateLanguage // used ones, and those with words of the business's own
	Rows      []TemplateRow
	Zone      *time.Location
}

// Templates lists the kinds of messages in the languages that a business uses.
func (b *Business) Templates(ctx context.Context, tenantID int64) (TemplateList, error) {
	about, err := b.waitlist.Business(ctx, tenantID)
	if err != nil {
		return TemplateList{}, err
	}
	languages, err := b.templateLanguages(ctx, tenantID, about.Locale)
	if err != nil {
		return TemplateList{}, err
	}
	live, err := b.db.LiveTemplates(ctx, tenantID)
	if err != nil {
		return TemplateList{}, db.Down(fmt.Errorf("reading templates: %w", err))
	}
	list := TemplateList{Zone: about.Zone}
	for _, language := range languages {
		own := slices.ContainsFunc(live, func(row db.LiveTemplatesRow) bool { return row.TemplateID != nil && row.Language == language.Tag })
		if language.Used || own {
			list.Languages = append(list.Languages, language)
		}
	}
	for _, kind := range templates.Kinds() {
		row := TemplateRow{Kind: kind}
		for _, language := range list.Languages {
			state, err := b.templateState(live, kind, language)
			if err != nil {
				return TemplateList{}, err
			}
			row.States = append(row.States, state)
		}
		list.Rows = append(list.Rows, row)
	}
	return list, nil
}

func (b *Business) templateState(live []db.LiveTemplatesRow, kind templates.Kind, language TemplateLanguage) (TemplateState, error) {
	state := TemplateState{Language: language}
	i := slices.IndexFunc(live, func(row db.LiveTemplatesRow) bool { return row.Kind == string(kind) && row.Language == language.Tag })
	if i < 0 {
		return state, nil
	}
	row := live[i]
	state.Own, state.Changed = row.TemplateID != nil, row.ChangedAt
	by, err := b.userName(row.UserPublicID, row.UserName)
	state.By = by
	return state, err
}

// userName opens the name of a user; empty for one who is gone.
func (b *Business) userName(publicID *string, sealed []byte) (string, error) {
	if publicID == nil {
		return "", nil
	}
	name, err := b.db.SystemBox().Open(seal.Where{Table: "users", Column: "name", Row: *publicID}, sealed)
	if err != nil {
		return "", fmt.Errorf("opening a user's name: %w", err)
	}
	return name, nil
}

// templateLanguages are all that messages can be in, the business's own first, then those its customers read.
func (b *Business) templateLanguages(ctx context.Context, tenantID int64, locale string) ([]TemplateLanguage, error) {
	own := i18n.For(locale).Language()
	var list []TemplateLanguage
	for _, l := range i18n.Languages() {
		language := TemplateLanguage{Tag: l.Tag, Name: l.Name, Used: l.Tag == own}
		if !language.Used {
			spoken, err := b.db.CustomersSpeak(ctx, db.CustomersSpeakParams{TenantID: tenantID, Language: l.Tag, Regions: l.Tag + "-%"})
			if err != nil {
				return nil, db.Down(fmt.Errorf("looking for customers who read a language: %w", err))
			}
			language.Used = spoken
		}
		list = append(list, language)
	}
	rank := func(l TemplateLanguage) int {
		switch {
		case l.Tag == own:
			return 0
		case l.Used:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b TemplateLanguage) int { return rank(a) - rank(b) })
	return list, nil
}

// checkTemplate is problem.NotFound for a kind or a language that messages have not.
func checkTemplate(kind templates.Kind, language string) error {
	if !knownLanguage(language) || !kind.Known() {
		return problem.New(problem.NotFound, "letters.bad.none")
	}
	return nil
}
