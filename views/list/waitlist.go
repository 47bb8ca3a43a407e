package list

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/icon"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListState is all that the page of the waiting list shows.
type ListState struct {
	waitlist.ListPage
	Query    waitlist.ListQuery
	Services []waitlist.ServiceChoice
	Staff    []waitlist.StaffChoice
	Tags     []waitlist.Tag
	Nobody   bool   // nobody has ever joined
	JoinLink string // to share, when Nobody
	Zone     *time.Location
}

// ListPath is the address of a page of the list.
func ListPath(q waitlist.ListQuery) string {
	v := ListValues(q)
	if q.After != "" {
		v.Set("after", q.After)
	}
	if q.Before != "" {
		v.Set("before", q.Before)
	}
	if q.At > 1 {
		v.Set("at", strconv.Itoa(q.At))
	}
	return withQuery(paths.Waitlist, v)
}

// ListValues are the filter and order of a list as they stand in an address.
func ListValues(q waitlist.ListQuery) url.Values {
	v := q.Values()
	if q.Order != waitlist.ListByPlace {
		v.Set("order", string(q.Order))
	}
	return v
}

func withQuery(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

func (l ListState) first() string {
	return ListPath(waitlist.ListQuery{ListFilter: l.Query.ListFilter, Order: l.Query.Order})
}

func (l ListState) pages(ctx context.Context) ui.Pagination {
	p := ui.Pagination{Text: t(ctx, "list.rows", "From", strconv.Itoa(l.At), "To", strconv.Itoa(l.At+len(l.Rows)-1))}
	if l.Next != "" {
		p.Later = ListPath(waitlist.ListQuery{ListFilter: l.Query.ListFilter, Order: l.Query.Order, After: l.Next, At: l.At + len(l.Rows)})
	}
	if l.Previous != "" {
		p.Earlier = ListPath(waitlist.ListQuery{ListFilter: l.Query.ListFilter, Order: l.Query.Order, Before: l.Previous, At: max(1, l.At-waitlist.ListPageSize)})
	}
	return p
}

func (l ListState) count(ctx context.Context) string {
	n := i18n.From(ctx).Number(int64(l.Count))
	if l.More {
		return t(ctx, "list.more_than", "Number", n)
	}
	return t(ctx, "list.count", "Count", l.Count, "Number", n)
}

// chip is one filter that is set, with the list without it.
type chip struct{ text, without string }

func (l ListState) chips(ctx context.Context) []chip {
	var chips []chip
	add := func(text string, drop func(*waitlist.ListFilter)) {
		f := l.Query.ListFilter
		drop(&f)
		chips = append(chips, chip{text, ListPath(waitlist.ListQuery{ListFilter: f, Order: l.Query.Order})})
	}
	f := l.Query.ListFilter
	if f.Find != "" {
		add(t(ctx, "list.chip.find", "Typed", l.Typed), func(f *waitlist.ListFilter) { f.Find = "" })
	}
	if f.Service != "" {
		add(chosen(listServiceOptions(l, ""), f.Service), func(f *waitlist.ListFilter) { f.Service = "" })
	}
	if f.State != "" {
		add(stateName(ctx, f.State), func(f *waitlist.ListFilter) { f.State = "" })
	}
	if f.Source != "" {
		add(t(ctx, "list.source."+f.Source), func(f *waitlist.ListFilter) { f.Source = "" })
	}
	if f.Tag != "" {
		add(t(ctx, "list.chip.tag", "Tag", chosen(tagOptions(l.Tags, ""), f.Tag)), func(f *waitlist.ListFilter) { f.Tag = "" })
	}
	if f.Staff != "" {
		add(t(ctx, "list.chip.staff", "Name", chosen(listStaffOptions(l, ""), f.Staff)), func(f *waitlist.ListFilter) { f.Staff = "" })
	}
	if !f.JoinedFrom.IsZero() {
		add(t(ctx, "list.chip.from", "Day", day(ctx, f.JoinedFrom)), func(f *waitlist.ListFilter) { f.JoinedFrom = rules.Date{} })
	}
	if !f.JoinedTo.IsZero() {
		add(t(ctx, "list.chip.to", "Day", day(ctx, f.JoinedTo)), func(f *waitlist.ListFilter) { f.JoinedTo = rules.Date{} })
	}
	if f.PassedOver {
		add(t(ctx, "list.passed_over"), func(f *waitlist.ListFilter) { f.PassedOver = false })
	}
	if f.NoAddress {
		add(t(ctx, "list.no_address"), func(f *waitlist.ListFilter) { f.NoAddress = false })
	}
	return chips
}

func chosen(options []ui.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Text
		}
	}
	return "?"
}

func stateName(ctx context.Context, state string) string {
	switch state {
	case "":
		return t(ctx, "list.state.live")
	case waitlist.ListEnded, waitlist.ListAll:
		return t(ctx, "list.state."+state)
	}
	return t(ctx, "common.state.entry."+state)
}

func stateOptions(ctx context.Context, chosen string) []ui.Option {
	list := []ui.Option{{Value: "", Text: stateName(ctx, ""), Chosen: chosen == ""}}
	for _, s := range waitlist.ListStates() {
		list = append(list, ui.Option{Value: s, Text: stateName(ctx, s), Chosen: s == chosen})
	}
	return list
}

func orderOptions(ctx context.Context, chosen waitlist.ListOrder) []ui.Option {
	var list []ui.Option
	for _, o := range waitlist.ListOrders() {
		key := string(o)
		if o == waitlist.ListByPlace {
			key = "place"
		}
		list = append(list, ui.Option{Value: string(o), Text: t(ctx, "list.order."+key), Chosen: o == chosen})
	}
	return list
}

func listServiceOptions(l ListState, chosen string) []ui.Option {
	var list []ui.Option
	for _, s := range l.Services {
		list = append(list, ui.Option{Value: s.ID, Text: s.Name, Chosen: s.ID == chosen})
	}
	return list
}

func listStaffOptions(l ListState, chosen string) []ui.Option {
	var list []ui.Option
	for _, s := range l.Staff {
		list = append(list, ui.Option{Value: s.ID, Text: s.Name, Chosen: s.ID == chosen})
	}
	return list
}

func tagOptions(tags []waitlist.Tag, chosen string) []ui.Option {
	var list []ui.Option
	for _, tag := range tags {
		list = append(list, ui.Option{Value: tag.ID, Text: tag.Name, Chosen: tag.ID == chosen})
	}
	return list
}

// sourceOptions leaves out what no entry can come from yet.
func sourceOptions(ctx context.Context, chosen string) []ui.Option {
	var list []ui.Option
	for _, s := range waitlist.ListSources() {
		list = append(list, ui.Option{Value: s, Text: t(ctx, "list.source."+s), Chosen: s == chosen})
	}
	return list
}

// anyOf puts the choice of none before others.
func anyOf(ctx context.Context, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Text: t(ctx, "list.any")}}, options...)
}

// rowMeta is what stands in a row besides name, service and state.
func rowMeta(ctx context.Context, l ListState, r waitlist.ListRow) []ui.Meta {
	now := l.Now.In(l.Zone)
	at := func(when time.Time) string { return i18n.Capital(i18n.From(ctx).DayAndTime(when.In(l.Zone), now)) }
	meta := []ui.Meta{{Icon: icon.Clock, Label: t(ctx, "list.waiting_since"), Text: i18n.From(ctx).Span(l.Now.Sub(r.JoinedAt))}}
	switch {
	case r.EndedAt != nil:
		meta[0] = ui.Meta{Icon: icon.TimerOff, Label: t(ctx, "list.ended"), Text: at(*r.EndedAt)}
	case l.Query.Order == waitlist.ListByChanged:
		meta[0] = ui.Meta{Icon: icon.Clock, Label: t(ctx, "list.changed"), Text: at(r.ChangedAt)}
	case l.Query.Order != waitlist.ListByPlace:
		meta[0] = ui.Meta{Icon: icon.Clock, Label: t(ctx, "list.joined"), Text: at(r.JoinedAt)}
	}
	if r.Person.Email == "" {
		meta = append(meta, ui.Meta{Icon: icon.Phone, Label: t(ctx, "counter.phone"), Text: orText(r.Person.Phone, t(ctx, "counter.no_contact"))})
	}
	if r.Priority != 0 {
		meta = append(meta, ui.Meta{Icon: icon.Star, Label: t(ctx, "counter.priority.title"), Text: counter.PriorityName(ctx, r.Priority)})
	}
	if r.PassedOver > 0 {
		meta = append(meta, ui.Meta{Icon: icon.ArrowUpRight, Text: t(ctx, "list.passed", "Count", r.PassedOver)})
	}
	return meta
}

func orText(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func rowWishes(ctx context.Context, r waitlist.ListRow) string {
	return strings.Join(counter.WishesInShort(ctx, r.WaitingEntry), " · ")
}

// entryPath leads to an entry, from where one comes back to this list.
func entryPath(l ListState, r waitlist.ListRow) string {
	return withQuery(paths.CounterEntry(r.ID), url.Values{"list": {ListValues(l.Query).Encode()}})
}
