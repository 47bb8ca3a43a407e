package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
)

// look takes a colour to be looked at before it is saved.
func (d door) look(c echo.Context) error {
	l, err := d.business.Look(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	if query := c.QueryParams(); query.Has("colour") {
		l.Form.Colour, l.Form.Picked = query.Get("colour"), query.Get("picked")
	}
	return respond.NewForm(showColour(c, l))
}

func (d door) changeColour(c echo.Context) error {
	var f business.ColourForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeColour(ctx, user.Staff(), f); err != nil {
		l, readErr := d.business.Look(ctx, user.TenantID)
		if problem.KindOf(err) == problem.Conflict {
			f.Version = l.Form.Version
		}
		l.Form = f
		return respond.Form(c, errors.Join(err, readErr), showColour(c, l))
	}
	respond.Flash(c, "profile.colour.saved")
	return respond.Leave(c, paths.Look) // the whole page takes the colour
}

func showColour(c echo.Context, l business.Look) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := admin.Look(page(c, "profile", text(c, "profile.look")), l, nil, errs)
		return respond.HTML(c, status, whole,
			respond.Part{ID: admin.ColourFormID, Component: admin.ColourForm(l.Form, errs)},
			respond.Part{ID: admin.ColourPreviewID, Component: admin.ColourPreview(l.Form)})
	}
}

// previewSheet has the shades of any colour for the preview alone.
func previewSheet(c echo.Context) error {
	colour, ok := rules.ParseColour(c.QueryParam("colour"))
	if !ok {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(layout.BrandSheet(".wl-sample,.wl-sample-fill", colour)))
}

func (d door) putLogo(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	file, err := uploaded(c, "logo")
	if err != nil {
		return err
	}
	if err := d.business.PutLogo(ctx, user.Staff(), file, nil); err != nil {
		l, readErr := d.business.Look(ctx, user.TenantID)
		return respond.Form(c, errors.Join(err, readErr), func(status int, errs ui.Errors) error {
			return respond.HTML(c, status, admin.Look(page(c, "profile", text(c, "profile.look")), l, errs, nil))
		})
	}
	respond.Flash(c, "profile.logo.saved")
	return respond.SeeOther(c, paths.Look)
}

// uploaded is the file of a form's field, empty when none was chosen.
func uploaded(c echo.Context, field string) ([]byte, error) {
	file, _, err := c.Request().FormFile(field)
	switch {
	case errors.Is(err, http.ErrMissingFile), errors.Is(err, http.ErrNotMultipart):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading an uploaded file: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("reading an uploaded file: %w", err)
	}
	return content, nil
}

func (d door) removeLogo(c echo.Context) error {
	hash := c.FormValue("hash")
	if err := d.business.RemoveLogo(c.Request().Context(), middleware.MustUser(c).Staff(), hash); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.RestoreLogo(hash), "profile.logo.removed")
	return respond.SeeOther(c, paths.Look)
}

func (d door) restoreLogo(c echo.Context) error {
	if err := d.business.RestoreLogo(c.Request().Context(), middleware.MustUser(c).Staff(), c.FormValue("hash")); err != nil {
		return err
	}
	respond.Flash(c, "profile.logo.restored")
	return respond.Leave(c, paths.Look)
}
