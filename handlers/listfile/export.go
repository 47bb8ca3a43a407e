// Package listfile writes the list as files that spreadsheet programs open and an import reads again.
package listfile

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// Export answers with the list as it is read: neither it nor the file is ever whole in memory. A failure in the middle breaks the download off,
// so that nobody takes half a list for all of it.
func Export(c echo.Context, w *waitlist.Waitlist, s waitlist.Staff, f waitlist.ListFilter) error {
	ctx, l := c.Request().Context(), middleware.Locale(c)
	b, err := w.Business(ctx, s.TenantID)
	if err != nil {
		return err
	}
	now, err := w.Now(ctx, s.TenantID)
	if err != nil {
		return err
	}
	var file *sheet.Writer
	err = w.Export(ctx, s, f, func(rows []waitlist.ExportRow) error {
		if file == nil {
			file = Begin(c, b.Slug+"-"+l.T("admin.export.file")+"-"+now.Format(time.DateOnly)+".csv")
			if err := file.Write(Head(l, b.Zone)...); err != nil {
				return err
			}
		}
		for _, row := range rows {
			if err := file.Write(exportRow(l, b.Zone, row)...); err != nil {
				return err
			}
		}
		if err := file.Flush(); err != nil {
			return err
		}
		c.Response().Flush()
		return nil
	})
	if err != nil && c.Response().Committed {
		panic(http.ErrAbortHandler)
	}
	return err
}

// Begin begins a file that is downloaded under a name.
func Begin(c echo.Context, name string) *sheet.Writer {
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	header.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	return sheet.NewWriter(c.Response(), sheet.Separator(middleware.Locale(c).Language()))
}

// Head names the columns of an export in words that an import knows again.
func Head(l i18n.Locale, zone *time.Location) []string {
	name := func(field sheet.Field) string { return fieldName(l, field) }
	return []string{
		name(sheet.Name), name(sheet.Email), name(sheet.Phone), name(sheet.Service), l.T("admin.export.state"),
		name(sheet.Joined) + " (" + zone.String() + ")", name(sheet.Priority), name(sheet.Staff), name(sheet.Language), name(sheet.Note), name(sheet.Tags), l.T("admin.export.wanted"),
	}
}

func exportRow(l i18n.Locale, zone *time.Location, row waitlist.ExportRow) []string {
	agreed := "admin.export.no"
	if row.Consented {
		agreed = "admin.export.yes"
	}
	var tags []string
	for _, tag := range row.Tags {
		tags = append(tags, tag.Name)
	}
	return []string{
		row.Person.Name, row.Person.Email, row.Person.Phone, row.Service, l.T("common.state.entry." + string(row.State)),
		row.JoinedAt.In(zone).Format(time.RFC3339Nano), strconv.Itoa(row.Priority), row.Staff, i18n.For(row.Locale).Language(), row.Note, strings.Join(tags, " | "), l.T(agreed),
	}
}

func fieldName(l i18n.Locale, field sheet.Field) string {
	if field == sheet.Ignore {
		return ""
	}
	return l.T("admin.import.field." + string(field))
}
