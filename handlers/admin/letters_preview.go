package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/email"
	"github.com/your-org/waitlist-management/views/ui"
)

// preview shows the words that the page of a template begins with.
func (d letterDoor) preview(c echo.Context) error {
	var from business.TemplateFrom
	if err := c.Bind(&from); err != nil {
		return err
	}
	p, err := d.business.Template(c.Request().Context(), tenant(c), kindOf(c), from)
	if err != nil {
		return err
	}
	return d.showPreview(c, p.Form)
}

// previewTyped shows words as they are being typed.
func (d letterDoor) previewTyped(c echo.Context) error {
	var f business.TemplateForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	return d.showPreview(c, f)
}

func (d letterDoor) showPreview(c echo.Context, f business.TemplateForm) error {
	scheme := email.Light
	if c.FormValue("scheme") == string(email.Dark) {
		scheme = email.Dark
	}
	shown, err := d.sample(c, f, scheme)
	if problem.KindOf(err) == problem.InvalidInput {
		shown, err = email.Unshown(c.Request().Context(), middleware.Locale(c), reasons(c, err), scheme)
	}
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Security-Policy", previewPolicy+"; img-src 'self' "+string(d.base))
	header.Set("X-Frame-Options", "SAMEORIGIN")
	return c.HTML(http.StatusOK, shown)
}

// previewPolicy lets a letter have its own styles and open links, and nothing else: no script, no form. Its logo is the business's. Being of
// the same origin, which without script is worth nothing to it, lets the page around it keep the place it is scrolled to.
const previewPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
	"sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

// sample is a made-up letter in the words of f, as a page.
func (d letterDoor) sample(c echo.Context, f business.TemplateForm, scheme email.Scheme) (string, error) {
	ctx, kind := c.Request().Context(), kindOf(c)
	words, err := business.ReadTemplate(kind, f)
	if err != nil {
		return "", err
	}
	head, err := d.business.Letterhead(ctx, tenant(c), f.Language)
	if err != nil {
		return "", err
	}
	about, err := d.waitlist.Example(ctx, tenant(c))
	if err != nil {
		return "", err
	}
	on := email.Paper{Locale: i18n.For(f.Language), Base: d.base, Own: map[templates.Kind]*templates.Template{kind: words}, Signature: head.Signature}
	letter, _ := email.Sample(on, kind, about)
	return letter.PreviewHTML(ctx, email.Inbox{From: head.From, At: on.Locale.Time(about.Now)}, scheme)
}

// reasons are what is wrong with words, in words.
func reasons(c echo.Context, err error) (list []string) {
	for _, one := range ui.ErrorsOf(middleware.Locale(c), err) {
		list = append(list, text(c, "letters.field."+one.Name)+": "+one.Text)
	}
	return list
}
