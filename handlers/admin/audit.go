package admin

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/handlers/listfile"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/trail"
	"github.com/your-org/waitlist-management/views/ui"
)

type auditDoor struct{ trail *audit.Trail }

// AuditRoutes adds the audit trail to a group that asks the policy.
func AuditRoutes(pages *echo.Group, t *audit.Trail) {
	d := auditDoor{t}
	pages.GET(paths.Audit, d.page)
	pages.GET(paths.AuditCheck, d.progress)
	pages.POST(paths.AuditCheck, d.check)
	pages.POST(paths.AuditExport, d.export)
}

func (d auditDoor) page(c echo.Context) error {
	var f audit.Filter
	if err := (&echo.DefaultBinder{}).BindQueryParams(c, &f); err != nil {
		return err
	}
	ctx, tenantID := c.Request().Context(), middleware.MustUser(c).TenantID
	p, err := d.trail.Page(ctx, tenantID, f)
	if problem.KindOf(err) == problem.InvalidInput {
		refused := err
		if p, err = d.trail.Page(ctx, tenantID, audit.Filter{Who: f.Who, What: f.What}); err == nil {
			return respond.Form(c, refused, d.show(c, p, f))
		}
	}
	if err != nil {
		return err
	}
	return d.show(c, p, f)(http.StatusOK, nil)
}

func (d auditDoor) show(c echo.Context, p audit.Page, f audit.Filter) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := trail.Page(page(c, "audit", text(c, "audit.title")), p, f, errs)
		if len(errs) > 0 { // what was refused is outside the part
			return respond.HTML(c, status, whole)
		}
		return respond.HTML(c, status, whole, respond.Part{ID: trail.LinesID, Component: trail.Lines(p, f)})
	}
}

// progress is how far a check is: the part for a script, the page for who comes without one.
func (d auditDoor) progress(c echo.Context) error {
	ctx, tenantID := c.Request().Context(), middleware.MustUser(c).TenantID
	p, err := d.trail.Page(ctx, tenantID, audit.Filter{})
	if err != nil {
		return err
	}
	whole := trail.Page(page(c, "audit", text(c, "audit.title")), p, audit.Filter{}, nil)
	return respond.HTML(c, http.StatusOK, whole, respond.Part{ID: trail.CheckID, Component: trail.Check(p.Chain, p.Zone, p.Now)})
}

func (d auditDoor) check(c echo.Context) error {
	user := middleware.MustUser(c)
	if err := d.trail.AskCheck(c.Request().Context(), user.TenantID, user.ID); err != nil {
		return err
	}
	if c.Request().Header.Get("HX-Request") == "true" {
		return d.progress(c)
	}
	return respond.SeeOther(c, paths.Audit+"#trust")
}

func (d auditDoor) export(c echo.Context) error {
	f := audit.Filter{Who: c.FormValue("who"), What: c.FormValue("what"), From: c.FormValue("from"), To: c.FormValue("to"), About: c.FormValue("about")}
	format := c.FormValue("format")
	if format != audit.FormatTable && format != audit.FormatLines {
		return problem.Invalid(problem.Bad("format", "problem.unreadable"))
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	p, err := d.trail.Page(ctx, user.TenantID, f) // refuses what can't be asked for before anything is written
	if err != nil {
		return err
	}
	if err := d.trail.NoteExport(ctx, user.TenantID, user.ID, format); err != nil {
		return err
	}
	name := fmt.Sprintf("audit-%s-%s.%s", user.Slug, p.Now.In(p.Zone).Format(time.DateOnly), format)
	if format == audit.FormatLines {
		err = d.lines(c, user.TenantID, name)
	} else {
		err = d.table(c, user.TenantID, name, f, p.Zone)
	}
	if err != nil && c.Response().Committed {
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
	return err
}

// lines writes the whole chain.
func (d auditDoor) lines(c echo.Context, tenantID int64, name string) error {
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "application/jsonl; charset=utf-8")
	header.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set(echo.HeaderCacheControl, "no-store")
	return d.trail.WriteLines(c.Request().Context(), tenantID, c.Response())
}

// table writes the lines as a table in the reader's language.
func (d auditDoor) table(c echo.Context, tenantID int64, name string, f audit.Filter, zone *time.Location) error {
	l := middleware.Locale(c)
	var columns []string
	for _, column := range []string{"number", "at", "who", "what", "changes", "reason", "action", "record", "record_number", "digest"} {
		columns = append(columns, l.T("audit.column."+column))
	}
	out := listfile.Begin(c, name)
	if err := out.Write(columns...); err != nil {
		return err
	}
	err := d.trail.Each(c.Request().Context(), tenantID, f, func(line audit.Line) error {
		number := ""
		if line.Number > 0 {
			number = strconv.FormatInt(line.Number, 10)
		}
		return out.Write(number, line.At.In(zone).Format(time.DateTime), trail.Who(l, line), trail.Act(l, line), trail.Changes(l, line), line.Reason,
			line.Action, line.Record, strconv.FormatInt(line.RecordID(), 10), line.Hash())
	})
	return errors.Join(err, out.Flush())
}
