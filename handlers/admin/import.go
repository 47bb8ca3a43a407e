package admin

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/listfile"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

func (d listDoor) imports(c echo.Context) error { return respond.NewForm(d.showImports(c)) }

func (d listDoor) showImports(c echo.Context) respond.Show {
	return func(status int, errs ui.Errors) error {
		earlier, err := d.waitlist.Imports(c.Request().Context(), tenant(c))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, admin.Imports(page(c, "waitlist", text(c, "admin.import.title")), seal.PublicID(), earlier, errs))
	}
}

func (d listDoor) upload(c echo.Context) error {
	u, err := readUpload(c)
	var id string
	if err == nil {
		id, err = d.waitlist.UploadImport(c.Request().Context(), middleware.MustUser(c).Staff(), u)
	}
	if err != nil {
		return respond.Form(c, err, d.showImports(c))
	}
	return respond.SeeOther(c, paths.ListImportOf(id))
}

func readUpload(c echo.Context) (waitlist.Upload, error) {
	u := waitlist.Upload{Press: c.FormValue("press")}
	head, err := c.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return u, problem.Invalid(problem.Bad("file", "problem.import.choose"))
	}
	if err != nil {
		return u, err
	}
	file, err := head.Open()
	if err != nil {
		return u, err
	}
	defer file.Close()
	u.FileName = head.Filename
	u.Content, err = io.ReadAll(file)
	return u, err
}

func (d listDoor) importPage(c echo.Context) error {
	after, err := strconv.Atoi(c.QueryParam("after"))
	if err != nil || after < 0 {
		after = 0
	}
	i, err := d.waitlist.ImportPage(c.Request().Context(), tenant(c), c.Param("id"), after)
	if err != nil {
		return err
	}
	return showImport(c, i)(http.StatusOK, nil)
}

// showImport shows an import as far as it has come.
func showImport(c echo.Context, i waitlist.ImportPage) respond.Show {
	return func(status int, errs ui.Errors) error {
		p := page(c, "waitlist", text(c, "admin.import.title"))
		switch i.State {
		case rules.ImportStaged:
			return showMapping(c, i)(status, errs)
		case rules.ImportChecked:
			wording := wording(c, middleware.Locale(c))
			return respond.HTML(c, status, admin.ImportCheck(p, i, wording, errs), respond.Part{ID: "start-form", Component: admin.ImportStartForm(i, wording, errs)})
		}
		return respond.HTML(c, status, admin.ImportResult(p, i), respond.Part{ID: admin.ImportStateID, Component: admin.ImportState(i)})
	}
}

// wording is what a user states by saying that people agreed to emails.
func wording(c echo.Context, l i18n.Locale) string {
	return l.T("admin.import.consent_wording", "Business", middleware.MustUser(c).Business)
}

func (d listDoor) mapping(c echo.Context) error {
	i, err := d.waitlist.ImportPage(c.Request().Context(), tenant(c), c.Param("id"), 0)
	if err != nil {
		return err
	}
	if !i.State.Open() {
		return respond.SeeOther(c, paths.ListImportOf(i.ID))
	}
	return respond.NewForm(showMapping(c, i))
}

func showMapping(c echo.Context, i waitlist.ImportPage) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, admin.ImportMapping(page(c, "waitlist", text(c, "admin.import.title")), i, errs),
			respond.Part{ID: "mapping-form", Component: admin.ImportMappingForm(i, errs)})
	}
}

func (d listDoor) check(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	i, err := d.waitlist.ImportPage(ctx, tenant(c), id, 0)
	if err != nil {
		return err
	}
	if !i.State.Open() {
		return leadToImport(c, id, problem.New(problem.Conflict, "problem.import.moved"))
	}
	var seen int
	i.Mapping, seen = readMapping(c, len(i.Mapping.Columns))
	if err := d.waitlist.CheckImport(ctx, middleware.MustUser(c).Staff(), id, i.Mapping, seen); err != nil {
		return respond.Form(c, err, showMapping(c, i))
	}
	return respond.SeeOther(c, paths.ListImportOf(id))
}

func readMapping(c echo.Context, columns int) (m waitlist.Mapping, version int) {
	for n := range columns {
		m.Columns = append(m.Columns, sheet.Field(c.FormValue(waitlist.ColumnField(n))))
	}
	m.Head, m.DayFirst, m.Service = c.FormValue("head") == "on", c.FormValue("order") != "month", c.FormValue("service")
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		version = -1
	}
	return m, version
}

// leadToImport shows how an import stands that was taken further elsewhere, with a note that it was.
func leadToImport(c echo.Context, id string, err error) error {
	if problem.KindOf(err) != problem.Conflict {
		return err
	}
	respond.Flash(c, "problem.import.moved")
	return respond.SeeOther(c, paths.ListImportOf(id))
}

func (d listDoor) startImport(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	_, version := readMapping(c, 0)
	agreed := c.FormValue("consent")
	if agreed != "yes" && agreed != "no" {
		i, err := d.waitlist.ImportPage(ctx, tenant(c), id, 0)
		if err != nil {
			return err
		}
		return respond.Form(c, problem.Invalid(problem.Bad("consent", "problem.required")), showImport(c, i))
	}
	shown := i18n.For(c.FormValue("wording"))
	err := d.waitlist.StartImport(ctx, middleware.MustUser(c).Staff(), id, waitlist.StartImport{
		Version: version, Consented: agreed == "yes", Wording: wording(c, shown), Locale: shown.Tag(),
	})
	if err != nil {
		return leadToImport(c, id, err)
	}
	return respond.SeeOther(c, paths.ListImportOf(id))
}

func (d listDoor) cancelImport(c echo.Context) error {
	if err := d.waitlist.CancelImport(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return leadToImport(c, c.Param("id"), err)
	}
	respond.Flash(c, "admin.import.cancelled")
	return respond.SeeOther(c, paths.ListImport)
}

func (d listDoor) undoImport(c echo.Context) error {
	if err := d.waitlist.UndoImport(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return leadToImport(c, c.Param("id"), err)
	}
	return respond.SeeOther(c, paths.ListImportOf(c.Param("id")))
}

// badRows is the file of the rows to mend: as they were, with what is wrong behind.
func (d listDoor) badRows(c echo.Context) error {
	f, err := d.waitlist.BadFile(c.Request().Context(), tenant(c), c.Param("id"))
	if err != nil {
		return err
	}
	return listfile.BadRows(c, f)
}
