package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/list"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// waitlistDoor is the whole waiting list, tags and what is done with many entries at once.
type waitlistDoor struct {
	waitlist *waitlist.Waitlist
	base     paths.Base
}

// WaitlistRoutes adds the pages of the whole list.
func WaitlistRoutes(pages *echo.Group, w *waitlist.Waitlist, base paths.Base) {
	d := waitlistDoor{waitlist: w, base: base}
	pages.GET(paths.Waitlist, d.list)
	pages.POST(paths.Waitlist, d.search)
	pages.GET(paths.WaitlistActs, d.acts)
	pages.POST(paths.WaitlistActs, d.act)
	pages.GET(paths.WaitlistActRoute, d.oneAct)
	pages.POST(paths.WaitlistActUndoRoute, d.undoAct)
	pages.GET(paths.Tags, d.tags)
	pages.POST(paths.Tags, d.addTag)
	pages.GET(paths.TagRoute, d.tag)
	pages.POST(paths.TagRoute, d.changeTag)
	pages.POST(paths.TagRemovalRoute, d.removeTag)
	pages.POST(paths.TagRestorationRoute, d.restoreTag)
}

// page is the frame of a page that follows the changes of the business.
func (d waitlistDoor) page(c echo.Context, title string) layout.Page {
	p := page(c, "waitlist", title)
	p.Stream = paths.CounterStream
	return p
}

func (d waitlistDoor) list(c echo.Context) error {
	q, bad := readListQuery(c.QueryParams())
	l, err := d.readList(c, q)
	if err != nil {
		return err
	}
	status, errs := http.StatusOK, ui.Errors(nil)
	if len(bad) > 0 {
		status, errs = http.StatusUnprocessableEntity, ui.ErrorsOf(middleware.Locale(c), problem.Invalid(bad...))
	}
	c.Response().Header().Set("HX-Push-Url", pushed(c, q))
	whole := list.Waitlist(d.page(c, text(c, "common.nav.waitlist")), l, errs)
	return respond.HTML(c, status, whole, respond.Part{ID: list.WaitlistID, Component: list.WaitlistRows(l)})
}

// pushed is the address that the browser shows after a part: the filter that was set, and none for a list that only looked again.
func pushed(c echo.Context, q waitlist.ListQuery) string {
	here, err := url.Parse(c.Request().Header.Get("HX-Current-URL"))
	if err != nil || here.RequestURI() == list.ListPath(q) {
		return "false"
	}
	return list.ListPath(q)
}

func readListQuery(v url.Values) (waitlist.ListQuery, []problem.Field) {
	f, bad := waitlist.ReadListFilter(v)
	q := waitlist.ListQuery{ListFilter: f, After: v.Get("after"), Before: v.Get("before")}
	if order := waitlist.ListOrder(v.Get("order")); slices.Contains(waitlist.ListOrders(), order) {
		q.Order = order
	}
	if at, err := strconv.Atoi(v.Get("at")); err == nil && at > 0 {
		q.At = min(at, 10_000_000)
	}
	return q, bad
}

func (d waitlistDoor) readList(c echo.Context, q waitlist.ListQuery) (l list.ListState, err error) {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	l.Query = q
	if l.ListPage, err = d.waitlist.List(ctx, user.TenantID, q); err != nil {
		return l, err
	}
	if l.Services, err = d.waitlist.ListServices(ctx, user.TenantID); err != nil {
		return l, err
	}
	if l.Staff, err = d.waitlist.ListStaff(ctx, user.TenantID); err != nil {
		return l, err
	}
	if l.Tags, err = d.waitlist.TagNames(ctx, user.TenantID); err != nil {
		return l, err
	}
	now, err := d.waitlist.Now(ctx, user.TenantID)
	l.Zone = now.Location()
	if err != nil || len(l.Rows) > 0 || q != (waitlist.ListQuery{}) {
		return l, err
	}
	if l.Nobody, err = d.waitlist.NobodyEver(ctx, user.TenantID); err != nil || !l.Nobody {
		return l, err
	}
	business, err := d.waitlist.Business(ctx, user.TenantID)
	l.JoinLink = d.base.Abs(paths.Join(business.Slug))
	return l, err
}

// search leads on to the list with what was looked for sealed in its address.
func (d waitlistDoor) search(c echo.Context) error {
	q, _ := readListQuery(c.QueryParams())
	find, err := d.waitlist.SealFind(c.Request().Context(), middleware.MustUser(c).TenantID, c.FormValue("q"))
	if err != nil {
		return respond.Form(c, err, func(status int, errs ui.Errors) error {
			l, err := d.readList(c, q)
			if err != nil {
				return err
			}
			return respond.HTML(c, status, list.Waitlist(d.page(c, text(c, "common.nav.waitlist")), l, errs))
		})
	}
	q.Find = find
	return respond.SeeOther(c, list.ListPath(waitlist.ListQuery{ListFilter: q.ListFilter, Order: q.Order}))
}

func (d waitlistDoor) readBulk(c echo.Context) (f list.BulkForm, err error) {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	form := c.Request().PostForm
	f.Act, f.Priority, f.Reason, f.Tag = form.Get("act"), form.Get("priority"), form.Get("reason"), form.Get("tag")
	f.Entries = slices.Concat(form["entry"], strings.Fields(form.Get("entries"))) // ticked on the list, or asked about before
	f.All, f.Press = form.Get("all") != "", form.Get("press")
	values, err := url.ParseQuery(form.Get("list"))
	if err != nil {
		return f, problem.Invalid(problem.Bad("list", "problem.unreadable"))
	}
	q, _ := readListQuery(values)
	f.List, f.Filter = list.ListValues(q).Encode(), q.ListFilter
	if f.All {
		f.Entries = nil
	}
	if f.Tags, err = d.waitlist.TagNames(ctx, user.TenantID); err != nil {
		return f, err
	}
	if f.Tag == "" && len(f.Tags) > 0 {
		f.Tag = f.Tags[0].ID
	}
	if f.Priority == "" {
		f.Priority = "1"
	}
	level, err := strconv.Atoi(f.Priority)
	if err != nil {
		level = 99 // no level
	}
	f.Bulk.Priority = level
	return f, nil
}

// act shows what an act on many would do, and does it once that is confirmed.
func (d waitlistDoor) act(c echo.Context) error {
	f, err := d.readBulk(c)
	if err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if c.FormValue("confirmed") == "" {
		f.Press = seal.PublicID()
		return d.ask(c, f)(http.StatusOK, nil)
	}
	id, err := d.waitlist.DoBulk(ctx, user.Staff(), f.Bulk)
	if err != nil {
		return respond.Form(c, err, d.ask(c, f))
	}
	done, err := d.waitlist.BulkPage(ctx, user.TenantID, id)
	if err != nil {
		return err
	}
	if done.AtWork() {
		return respond.SeeOther(c, paths.WaitlistAct(id))
	}
	respond.FlashUndo(c, paths.WaitlistActUndo(id), "list.flash."+done.Act, "Count", done.Changed)
	return respond.SeeOther(c, withQuery(paths.Waitlist, f.List))
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

func (d waitlistDoor) ask(c echo.Context, f list.BulkForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		preview, err := d.waitlist.PreviewBulk(c.Request().Context(), middleware.MustUser(c).Staff(), f.Bulk)
		if problem.KindOf(err) == problem.InvalidInput && status == http.StatusOK {
			status, errs = http.StatusUnprocessableEntity, ui.ErrorsOf(middleware.Locale(c), err)
		} else if err != nil && problem.KindOf(err) != problem.InvalidInput {
			return err
		}
		if !slices.Contains(waitlist.BulkActs(), f.Act) || errs.For("entry") != "" { // nothing to ask about: back to the list
			return d.refuse(c, f, status, errs)
		}
		f.Preview = preview
		whole := list.BulkAskPage(d.page(c, text(c, "list.act."+f.Act)), f, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: list.BulkAskID, Component: list.BulkAsk(f, errs)})
	}
}

// refuse shows the list again with what is wrong.
func (d waitlistDoor) refuse(c echo.Context, f list.BulkForm, status int, errs ui.Errors) error {
	l, err := d.readList(c, waitlist.ListQuery{ListFilter: f.Filter})
	if err != nil {
		return err
	}
	p := d.page(c, text(c, "common.nav.waitlist"))
	p.Flash = ui.Flash{Tone: ui.Bad, Text: errs[0].Text}
	return respond.HTML(c, status, list.Waitlist(p, l, nil))
}

func (d waitlistDoor) acts(c echo.Context) error {
	ctx, tenantID := c.Request().Context(), middleware.MustUser(c).TenantID
	acts, err := d.waitlist.RecentBulks(ctx, tenantID, 30)
	if err != nil {
		return err
	}
	now, err := d.waitlist.Now(ctx, tenantID)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, list.BulkList(d.page(c, text(c, "list.acts.title")), acts, now))
}

func (d waitlistDoor) oneAct(c echo.Context) error {
	ctx, tenantID := c.Request().Context(), middleware.MustUser(c).TenantID
	b, err := d.waitlist.BulkPage(ctx, tenantID, c.Param("id"))
	if err != nil {
		return err
	}
	now, err := d.waitlist.Now(ctx, tenantID)
	if err != nil {
		return err
	}
	whole := list.BulkPage(d.page(c, list.BulkTitle(ctx, b)), b, now)
	return respond.HTML(c, http.StatusOK, whole, respond.Part{ID: list.BulkCardID, Component: list.BulkCard(b)})
}

func (d waitlistDoor) undoAct(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.waitlist.UndoBulk(ctx, user.Staff(), c.Param("id")); err != nil {
		return err
	}
	return respond.SeeOther(c, paths.WaitlistAct(c.Param("id")))
}
