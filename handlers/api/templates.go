package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/email"
)

// ListMessageTemplates answers GET /message-templates.
func (d *door) ListMessageTemplates(c echo.Context, p spec.ListMessageTemplatesParams) error {
	list, err := d.Business.Templates(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	var rows []spec.MessageTemplateRow
	for _, row := range list.Rows {
		for _, s := range row.States {
			rows = append(rows, spec.MessageTemplateRow{
				Kind: spec.TemplateKind(row.Kind), Language: s.Language.Tag, Own: s.Own, ChangedAt: momentOrNull(&s.Changed), ChangedBy: orNull(s.By),
			})
		}
	}
	page, next, err := pageOf(rows, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.MessageTemplateList{Data: page, NextCursor: next})
}

// GetMessageTemplate answers GET /message-templates/{kind}/{language}.
func (d *door) GetMessageTemplate(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage) error {
	p, err := d.Business.Template(c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind), business.TemplateFrom{Language: language})
	if err != nil {
		return err
	}
	return one(c, messageTemplateOf(p))
}

// SetMessageTemplate answers PUT /message-templates/{kind}/{language}.
func (d *door) SetMessageTemplate(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage, _ spec.SetMessageTemplateParams) error {
	var asked spec.TemplateWords
	if err := read(c, &asked); err != nil {
		return err
	}
	p, err := d.Business.Template(c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind), business.TemplateFrom{Language: language})
	if err != nil {
		return err
	}
	if err := unchanged(c, messageTemplateOf(p)); err != nil {
		return err
	}
	if err := d.Business.SaveTemplate(c.Request().Context(), staffOf(c), p.Kind, templateForm(asked, language, p.Form.Version)); err != nil {
		return overtaken(c, err)
	}
	return d.GetMessageTemplate(c, kind, language)
}

func templateForm(asked spec.TemplateWords, language, version string) business.TemplateForm {
	return business.TemplateForm{Language: language, Subject: asked.Subject, Preview: asked.Preview, Heading: asked.Heading, Body: asked.Body, Version: version}
}

// RestoreMessageTemplate answers POST /message-templates/{kind}/{language}/restoration.
func (d *door) RestoreMessageTemplate(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage, _ spec.RestoreMessageTemplateParams) error {
	var asked spec.TemplateRestoration
	if err := read(c, &asked); err != nil {
		return err
	}
	p, err := d.Business.Template(c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind), business.TemplateFrom{Language: language})
	if err != nil {
		return err
	}
	choice := business.TemplateChoice{Language: language, Version: p.Form.Version}
	patchOrClear(&choice.ID, asked.VersionID)
	if _, err := d.Business.RestoreTemplate(c.Request().Context(), staffOf(c), p.Kind, choice); err != nil {
		return err
	}
	return d.GetMessageTemplate(c, kind, language)
}

// ListTemplateVersions answers GET /message-templates/{kind}/{language}/versions.
func (d *door) ListTemplateVersions(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage, p spec.ListTemplateVersionsParams) error {
	t, err := d.Business.Template(c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind), business.TemplateFrom{Language: language})
	if err != nil {
		return err
	}
	page, next, err := pageOf(t.Versions, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.TemplateVersion, len(page))
	for i, v := range page {
		data[i] = spec.TemplateVersion{ID: v.ID, Number: v.Number, Subject: v.Subject, SavedAt: v.Saved.UTC(), SavedBy: orNull(v.By), Sent: v.Live}
	}
	return answer(c, http.StatusOK, spec.TemplateVersionList{Data: data, NextCursor: next})
}

// GetTemplateVersion answers GET /message-templates/{kind}/{language}/versions/{version_id}.
func (d *door) GetTemplateVersion(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage, id spec.VersionID) error {
	from := business.TemplateFrom{Language: language, Version: id}
	p, err := d.Business.Template(c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind), from)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Versions, func(v business.TemplateVersion) bool { return v.ID == id }) {
		return problem.New(problem.NotFound, "letters.bad.none")
	}
	f := p.Form
	return answer(c, http.StatusOK, spec.SavedTemplateWords{Subject: f.Subject, Preview: f.Preview, Heading: f.Heading, Body: f.Body})
}

func messageTemplateOf(p business.TemplatePage) spec.MessageTemplate {
	t := spec.MessageTemplate{
		Kind: spec.TemplateKind(p.Kind), Language: p.Language, Own: p.Own, Subject: p.Form.Subject, Preview: p.Form.Preview, Heading: p.Form.Heading,
		Body: p.Form.Body,
	}
	for _, one := range p.Kind.Placeholders() {
		t.Placeholders = append(t.Placeholders, spec.TemplatePlaceholder{Name: one.Name, Block: one.Block, Required: one.Required})
	}
	return t
}

// PreviewMessageTemplate answers POST /message-templates/{kind}/{language}/preview.
func (d *door) PreviewMessageTemplate(c echo.Context, kind spec.TemplateKind, language spec.MessageLanguage, _ spec.PreviewMessageTemplateParams) error {
	var asked spec.TemplateWords
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx, tenantID, of := c.Request().Context(), staffOf(c).TenantID, templates.Kind(kind)
	words, err := business.ReadTemplate(of, templateForm(asked, language, ""))
	if err != nil {
		return err
	}
	head, err := d.Business.Letterhead(ctx, tenantID, language)
	if err != nil {
		return err
	}
	about, err := d.Waitlist.Example(ctx, tenantID)
	if err != nil {
		return err
	}
	on := email.Paper{Locale: i18n.For(language), Base: d.Around.Base, Own: map[templates.Kind]*templates.Template{of: words}, Signature: head.Signature}
	letter, _ := email.Sample(on, of, about)
	html, err := letter.HTML(ctx)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.TemplatePreview{From: head.From, Subject: letter.Subject, HTML: html, Text: letter.Text()})
}
