package list

import (
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// BulkForm is something to be done with many entries, as far as it is typed, and what it would do.
type BulkForm struct {
	waitlist.Bulk
	Priority string // as typed
	List     string // the list that one came from, as ListValues
	Preview  waitlist.BulkPreview
	Tags     []waitlist.Tag
}

func bulkOptions(ctx context.Context, tags bool) []ui.Option {
	var list []ui.Option
	for _, act := range waitlist.BulkActs() {
		if tags || act != waitlist.BulkTag && act != waitlist.BulkUntag {
			list = append(list, ui.Option{Value: act, Text: t(ctx, "list.act."+act)})
		}
	}
	return list
}

func priorityChoices(ctx context.Context, chosen string) []ui.Option {
	var list []ui.Option
	for p := 3; p >= -3; p-- {
		value := strconv.Itoa(p)
		list = append(list, ui.Option{Value: value, Text: counter.PriorityName(ctx, p), Chosen: value == chosen})
	}
	return list
}

// bulkTitle asks, or says, what is done to how many.
func bulkTitle(ctx context.Context, f BulkForm) string {
	return t(ctx, "list.ask."+f.Act, "Count", f.Preview.Changes, "Number", i18n.From(ctx).Number(int64(f.Preview.Changes)))
}

// bulkLines is what becomes of everybody it is about.
func bulkLines(ctx context.Context, f BulkForm) []string {
	var lines []string
	say := func(key string, n int) {
		if n > 0 {
			lines = append(lines, t(ctx, key, "Count", n, "Number", i18n.From(ctx).Number(int64(n))))
		}
	}
	say("list.preview.offered", f.Preview.Offered)
	say("list.preview.same."+f.Act, f.Preview.Same)
	say("list.preview.unfit", f.Preview.Unfit)
	return lines
}

// bulkWhat names an act on many.
func bulkWhat(ctx context.Context, b waitlist.BulkPage) string {
	switch b.Act {
	case waitlist.BulkPriority:
		return t(ctx, "list.done.priority", "Level", counter.PriorityName(ctx, b.Priority))
	case waitlist.BulkTag, waitlist.BulkUntag:
		return t(ctx, "list.done."+b.Act, "Tag", b.Tag.Name)
	}
	return t(ctx, "list.done."+b.Act)
}

// bulkOutcome tells how far an act on many is, and what came of it.
func bulkOutcome(ctx context.Context, b waitlist.BulkPage) []string {
	l := i18n.From(ctx)
	count := func(key string, n int) string { return l.T(key, "Count", n, "Number", l.Number(int64(n))) }
	var lines []string
	if b.State == "undone" || b.State == "undoing" {
		lines = append(lines, count("list.outcome.restored", b.Restored))
		if b.Kept > 0 {
			lines = append(lines, count("list.outcome.kept", b.Kept))
		}
		return lines
	}
	lines = append(lines, count("list.outcome.changed", b.Changed))
	if b.Unchanged > 0 {
		lines = append(lines, count("list.outcome.unchanged", b.Unchanged))
	}
	return lines
}

func bulkWhen(ctx context.Context, b waitlist.BulkPage, now time.Time) string {
	at := i18n.From(ctx).DayAndTime(b.Created.In(now.Location()), now)
	if b.By == "" {
		return at
	}
	by := b.By
	if b.Key {
		by = t(ctx, "keys.actor", "Name", by)
	}
	return t(ctx, "list.acts.by", "Name", by, "When", at)
}

func bulkBadge(ctx context.Context, b waitlist.BulkPage) templ.Component {
	tone := ui.Info
	switch b.State {
	case "done":
		tone = ui.OK
	case "undone":
		tone = ui.Neutral
	}
	return ui.Badge{Text: t(ctx, "list.stage."+b.State), Tone: tone}
}

// BulkTitle is the title of the page of an act on many.
func BulkTitle(ctx context.Context, b waitlist.BulkPage) string { return bulkWhat(ctx, b) }
