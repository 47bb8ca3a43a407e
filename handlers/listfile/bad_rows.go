package listfile

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/waitlist"
)

// BadRows answers with the rows of an import that must be mended: as they were, with what is wrong behind.
func BadRows(c echo.Context, f waitlist.BadFile) error {
	l := middleware.Locale(c)
	head := f.Head
	if len(head) == 0 {
		for _, field := range f.Mapping.Columns {
			head = append(head, fieldName(l, field))
		}
	}
	w := Begin(c, l.T("admin.import.bad_column")+".csv")
	width := len(f.Mapping.Columns)
	if err := w.Write(append(padded(head, width), l.T("admin.import.bad_column"))...); err != nil {
		return err
	}
	for _, row := range f.Rows {
		var told []string
		for _, p := range row.Problems {
			told = append(told, fieldName(l, p.Field)+": "+l.Fill(p.Why.Key, p.Why.Args))
		}
		if err := w.Write(append(padded(row.Cells, width), strings.Join(told, " "))...); err != nil {
			return err
		}
	}
	return w.Flush()
}

func padded(cells []string, width int) []string {
	row := make([]string, width)
	copy(row, cells)
	return row
}
