package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// letterDoor is the part of the door where a business says what its messages say.
type letterDoor struct {
	business *business.Business
	waitlist *waitlist.Waitlist
	base     paths.Base
}

// LetterRoutes adds the pages about the words of messages to a group that asks the policy.
func LetterRoutes(pages *echo.Group, b *business.Business, w *waitlist.Waitlist, base paths.Base) {
	d := letterDoor{business: b, waitlist: w, base: base}
	pages.GET(paths.Messages, d.templates)
	pages.GET(paths.TemplateRoute, d.template)
	pages.POST(paths.TemplateRoute, d.saveTemplate)
	pages.GET(paths.TemplatePreviewRoute, d.preview)
	pages.POST(paths.TemplatePreviewRoute, d.previewTyped)
	pages.POST(paths.TemplateTestRoute, d.testTemplate)
	pages.POST(paths.TemplateRestorationRoute, d.restoreTemplate)
}

func kindOf(c echo.Context) templates.Kind { return templates.Kind(c.Param("kind")) }

func (d letterDoor) templates(c echo.Context) error {
	list, err := d.business.Templates(c.Request().Context(), tenant(c))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.Templates(page(c, "messages", text(c, "common.nav.messages")), list))
}

func (d letterDoor) template(c echo.Context) error {
	var from business.TemplateFrom
	if err := c.Bind(&from); err != nil {
		return err
	}
	p, err := d.business.Template(c.Request().Context(), tenant(c), kindOf(c), from)
	if err != nil {
		return err
	}
	p.Form.Press = seal.PublicID()
	return respond.NewForm(d.showTemplate(c, p, from))
}

func (d letterDoor) saveTemplate(c echo.Context) error {
	var f business.TemplateForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if err := d.business.SaveTemplate(c.Request().Context(), middleware.MustUser(c).Staff(), kindOf(c), f); err != nil {
		return d.refuseTemplate(c, f, err)
	}
	respond.Flash(c, "letters.saved")
	return respond.SeeOther(c, paths.TemplateIn(string(kindOf(c)), f.Language))
}

func (d letterDoor) testTemplate(c echo.Context) error {
	var f business.TemplateForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	user := middleware.MustUser(c)
	draft, err := d.business.TestTemplate(c.Request().Context(), user.Staff(), kindOf(c), f, business.TestTo{Name: user.Name, Email: user.Email})
	if err != nil {
		return d.refuseTemplate(c, f, err)
	}
	respond.Flash(c, "letters.test.sent", "Address", user.Email)
	return respond.SeeOther(c, paths.TemplateDraft(string(kindOf(c)), f.Language, draft))
}

// refuseTemplate shows what was typed again. Whoever reads what somebody else saved meanwhile may save over it.
func (d letterDoor) refuseTemplate(c echo.Context, f business.TemplateForm, why error) error {
	from := business.TemplateFrom{Language: f.Language}
	p, err := d.business.Template(c.Request().Context(), tenant(c), kindOf(c), from)
	if err != nil {
		return err
	}
	if problem.KindOf(why) == problem.Conflict {
		f.Version = p.Form.Version
	}
	p.Form = f
	return respond.Form(c, why, d.showTemplate(c, p, from))
}

func (d letterDoor) showTemplate(c echo.Context, p business.TemplatePage, from business.TemplateFrom) respond.Show {
	return func(status int, errs ui.Errors) error {
		header := c.Response().Header()
		header.Set("Content-Security-Policy", header.Get("Content-Security-Policy")+"; frame-src 'self'")
		return respond.HTML(c, status, admin.Template(page(c, "messages", text(c, "letters.kind."+string(p.Kind))), p, from, errs))
	}
}

func (d letterDoor) restoreTemplate(c echo.Context) error {
	choice := business.TemplateChoice{Language: c.FormValue("language"), ID: c.FormValue("id"), Version: c.FormValue("version")}
	before, err := d.business.RestoreTemplate(c.Request().Context(), middleware.MustUser(c).Staff(), kindOf(c), choice)
	if err != nil {
		return err
	}
	said := "letters.restored"
	if choice.ID == "" {
		said = "letters.was_reset"
	}
	respond.FlashUndo(c, paths.RestoreTemplate(string(kindOf(c)), before.Language, before.ID, before.Version), said)
	return respond.Leave(c, paths.TemplateIn(string(kindOf(c)), choice.Language))
}
