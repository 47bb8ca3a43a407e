package api

import (
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/listfile"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// ListImports answers GET /imports.
func (d *door) ListImports(c echo.Context, p spec.ListImportsParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	imports, next, err := d.Waitlist.ImportsFrom(c.Request().Context(), staffOf(c).TenantID, after, limitOf(p.Limit))
	if err != nil {
		return err
	}
	data := make([]spec.Import, len(imports))
	for i, each := range imports {
		data[i] = importOf(each)
	}
	return answer(c, http.StatusOK, spec.ImportList{Data: data, NextCursor: cursor(next)})
}

// UploadImport answers POST /imports.
func (d *door) UploadImport(c echo.Context, p spec.UploadImportParams) error {
	content, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	u := waitlist.Upload{FileName: "list.csv", Content: content, Press: pressOf(c)}
	if p.ContentDisposition != nil {
		_, said, err := mime.ParseMediaType(*p.ContentDisposition)
		if err != nil || said["filename"] == "" {
			return problem.Invalid(problem.Bad(echo.HeaderContentDisposition, "problem.api.value"))
		}
		u.FileName = said["filename"]
	}
	id, err := d.Waitlist.UploadImport(c.Request().Context(), staffOf(c), u)
	if err != nil {
		return err
	}
	i, err := d.importByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/imports/"+id, i)
}

// GetImport answers GET /imports/{import_id}.
func (d *door) GetImport(c echo.Context, id spec.ImportID) error {
	i, err := d.importByID(c, id)
	if err != nil {
		return err
	}
	return one(c, i)
}

func (d *door) importByID(c echo.Context, id string) (spec.ImportDetail, error) {
	i, err := d.Waitlist.ImportPage(c.Request().Context(), staffOf(c).TenantID, id, 0)
	if err != nil {
		return spec.ImportDetail{}, err
	}
	return d.importDetail(c, i)
}

// MapImport answers PUT /imports/{import_id}/mapping.
func (d *door) MapImport(c echo.Context, id spec.ImportID, _ spec.MapImportParams) error {
	var asked spec.ImportMapping
	if err := read(c, &asked); err != nil {
		return err
	}
	i, err := d.importToChange(c, id)
	if err != nil {
		return err
	}
	if len(asked.Columns) != len(i.Mapping.Columns) {
		return problem.Invalid(problem.Bad("columns", "problem.api.columns", "Count", len(i.Mapping.Columns)))
	}
	m := waitlist.Mapping{Head: asked.Head, DayFirst: asked.DayFirst}
	m.Service, _ = asked.ServiceID.Get() // null: none
	names := []string{"service", "service_id"}
	for n, field := range asked.Columns {
		m.Columns = append(m.Columns, columnField(field))
		names = append(names, waitlist.ColumnField(n), "columns/"+strconv.Itoa(n))
	}
	if err := d.Waitlist.CheckImport(c.Request().Context(), staffOf(c), id, m, i.Version); err != nil {
		return overtaken(c, named(err, names...))
	}
	return d.GetImport(c, id)
}

// importToChange is an import as If-Match demands it.
func (d *door) importToChange(c echo.Context, id string) (waitlist.ImportPage, error) {
	i, err := d.Waitlist.ImportPage(c.Request().Context(), staffOf(c).TenantID, id, 0)
	if err != nil {
		return i, err
	}
	shown, err := d.importDetail(c, i)
	if err != nil {
		return i, err
	}
	return i, unchanged(c, shown)
}

// StartImport answers POST /imports/{import_id}/start.
func (d *door) StartImport(c echo.Context, id spec.ImportID, _ spec.StartImportParams) error {
	var asked spec.ImportStart
	if err := read(c, &asked); err != nil {
		return err
	}
	i, err := d.importToChange(c, id)
	if err != nil {
		return err
	}
	wording, l, err := d.importWording(c)
	if err != nil {
		return err
	}
	err = d.Waitlist.StartImport(c.Request().Context(), staffOf(c), id, waitlist.StartImport{Version: i.Version, Consented: asked.Consented, Wording: wording, Locale: l.Tag()})
	if err != nil {
		return overtaken(c, err)
	}
	return d.GetImport(c, id)
}

// importWording is what is stated by saying that the people of an import agreed to emails: in the language of the business, whoever asks.
func (d *door) importWording(c echo.Context) (string, i18n.Locale, error) {
	b, err := d.Waitlist.Business(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return "", i18n.Locale{}, err
	}
	l := i18n.For(b.Locale)
	return l.T("admin.import.consent_wording", "Business", b.Name), l, nil
}

// CancelImport answers POST /imports/{import_id}/cancellation.
func (d *door) CancelImport(c echo.Context, id spec.ImportID, _ spec.CancelImportParams) error {
	if err := d.Waitlist.CancelImport(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetImport(c, id)
}

// UndoImport answers POST /imports/{import_id}/undoing.
func (d *door) UndoImport(c echo.Context, id spec.ImportID, _ spec.UndoImportParams) error {
	if err := d.Waitlist.UndoImport(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetImport(c, id)
}

// ListBadRows answers GET /imports/{import_id}/bad-rows.
func (d *door) ListBadRows(c echo.Context, id spec.ImportID, p spec.ListBadRowsParams) error {
	place, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	after := 0
	if place != "" {
		if after, err = strconv.Atoi(place); err != nil || after < 1 || after > 1<<30 {
			return badCursor()
		}
	}
	rows, more, err := d.Waitlist.BadRows(c.Request().Context(), staffOf(c).TenantID, id, after, limitOf(p.Limit))
	if err != nil {
		return err
	}
	data := make([]spec.BadRow, len(rows))
	for i, r := range rows {
		data[i] = badRowOf(middleware.Locale(c), r)
	}
	next := cursor("")
	if more {
		next = cursor(strconv.Itoa(rows[len(rows)-1].Line))
	}
	return answer(c, http.StatusOK, spec.BadRowList{Data: data, NextCursor: next})
}

// ExportBadRows answers GET /imports/{import_id}/bad-rows/file.
func (d *door) ExportBadRows(c echo.Context, id spec.ImportID) error {
	f, err := d.Waitlist.BadFile(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return listfile.BadRows(c, f)
}

func columnField(f spec.ImportField) sheet.Field {
	if f == spec.ImportFieldIgnore {
		return sheet.Ignore
	}
	return sheet.Field(f)
}

func importField(f sheet.Field) spec.ImportField {
	if f == sheet.Ignore {
		return spec.ImportFieldIgnore
	}
	return spec.ImportField(f)
}
