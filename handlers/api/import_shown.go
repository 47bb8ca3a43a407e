package api

import (
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/waitlist"
)

func importOf(i waitlist.Import) spec.Import {
	return spec.Import{
		ID: i.ID, State: spec.ImportState(i.State), FileName: orNull(i.FileName), Mapping: mappingOf(i.Mapping),
		RowCounts: spec.ImportRowCounts{All: i.All, Good: i.Good, Bad: i.Bad, Listed: i.Listed, Added: i.Added, Undone: i.Undone, Kept: i.Kept},
		Consented: i.Consented, UploadedAt: i.Uploaded.UTC(), EndedAt: momentOrNull(&i.Ended), Undoable: i.Undoable, RowsKeptUntil: momentOrNull(&i.RowsUntil),
	}
}

func mappingOf(m waitlist.Mapping) spec.ImportMapping {
	shown := spec.ImportMapping{Columns: []spec.ImportField{}, Head: m.Head, DayFirst: m.DayFirst, ServiceID: orNull(m.Service)}
	for _, f := range m.Columns {
		shown.Columns = append(shown.Columns, importField(f))
	}
	return shown
}

func (d *door) importDetail(c echo.Context, p waitlist.ImportPage) (spec.ImportDetail, error) {
	i := importOf(p.Import)
	wording, _, err := d.importWording(c)
	shown := spec.ImportDetail{
		ID: i.ID, State: spec.ImportDetailState(i.State), FileName: i.FileName, Mapping: i.Mapping, RowCounts: i.RowCounts, Consented: i.Consented, UploadedAt: i.UploadedAt,
		EndedAt: i.EndedAt, Undoable: i.Undoable, RowsKeptUntil: i.RowsKeptUntil, Columns: []spec.ImportColumn{}, EarlierImportID: nullable.NewNullNullable[string](),
		Consent: wording, KeptEntries: []spec.KeptEntry{},
	}
	for _, column := range p.Columns {
		shown.Columns = append(shown.Columns, spec.ImportColumn{Name: orNull(column.Name), Samples: append([]string{}, column.Samples...)})
	}
	if p.Earlier != nil {
		shown.EarlierImportID = orNull(p.Earlier.ID)
	}
	for _, k := range p.Kept {
		shown.KeptEntries = append(shown.KeptEntries, spec.KeptEntry{EntryID: k.Entry, Name: k.Name, State: spec.EntryState(k.State)})
	}
	return shown, err
}

func badRowOf(l i18n.Locale, r waitlist.BadRow) spec.BadRow {
	shown := spec.BadRow{Line: r.Line, Name: r.Name, Problems: []spec.BadCell{}}
	for _, p := range r.Problems {
		shown.Problems = append(shown.Problems, spec.BadCell{Field: importField(p.Field), Typed: p.Typed, Code: respond.CodeOf(p.Why.Key), Detail: l.Fill(p.Why.Key, p.Why.Args)})
	}
	return shown
}
