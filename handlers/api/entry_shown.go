package api

import (
	"time"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func entryOf(row waitlist.ListRow) spec.Entry {
	e := spec.Entry{
		ID: row.ID, State: spec.EntryState(row.State), Service: spec.Reference{ID: row.ServiceID, Name: row.ServiceName}, Customer: contactOf(row.Person),
		JoinedAt: row.JoinedAt.UTC(), ConfirmedAt: momentOrNull(row.ConfirmedAt), ChangedAt: row.ChangedAt.UTC(), EndedAt: momentOrNull(row.EndedAt),
		Source: spec.EntrySource(row.Source), Priority: row.Priority, Note: orNull(row.Note), Wishes: wishesShown(row.Wishes), Tags: borneTags(row.Tags),
		Consented: row.Consented, PassedOverCount: row.PassedOver, StayAsked: row.StayAsked, StaysUntil: momentOrNull(&row.StaysUntil), Blocked: row.Blocked,
		Unwritten: orNull(row.Unwritten),
	}
	return e
}

func contactOf(p waitlist.Person) spec.CustomerContact {
	return spec.CustomerContact{ID: p.ID, Name: p.Name, Email: orNull(p.Email), Phone: orNull(p.Phone)}
}

func borneTags(tags []waitlist.Tag) []spec.BorneTag {
	list := make([]spec.BorneTag, len(tags))
	for i, t := range tags {
		list[i] = spec.BorneTag{ID: t.ID, Name: t.Name, Colour: t.Colour}
	}
	return list
}

func scoreOf(p rules.Parts) spec.EntryScore {
	return spec.EntryScore{
		Total: int(p.Total()), Wait: p.Wait, Priority: p.Priority, Loyalty: p.Loyalty, Reliability: p.Reliability, Flexibility: p.Flexibility, NoShow: p.NoShow, Lift: p.Lift,
		PreferredStaff: p.PreferredStaff, PreferredTime: p.PreferredTime,
	}
}

// momentOrNull is an instant, or null for nil and for the zero time.
func momentOrNull(at *time.Time) nullable.Nullable[time.Time] {
	if at == nil || at.IsZero() {
		return nullable.NewNullNullable[time.Time]()
	}
	return nullable.NewNullableWithValue(at.UTC())
}

// or is what was sent, else what stands for nothing.
func or[T any](asked *T, otherwise T) T {
	if asked == nil {
		return otherwise
	}
	return *asked
}

// filterOf is a filter with what is searched for sealed, as the list takes it. Fails with InvalidInput.
func (d *door) filterOf(c echo.Context, asked spec.EntryFilter) (waitlist.ListFilter, error) {
	f, err := readFilter(asked)
	if err != nil {
		return f, err
	}
	f.Find, err = d.Waitlist.SealFind(c.Request().Context(), staffOf(c).TenantID, or(asked.Search, ""))
	return f, named(err, "q", "filter/search")
}

// readFilter reads all of a filter but what is searched for.
func readFilter(asked spec.EntryFilter) (waitlist.ListFilter, error) {
	f := waitlist.ListFilter{
		Service: or(asked.ServiceID, ""), State: string(or(asked.State, "")), Source: string(or(asked.Source, "")), Tag: or(asked.TagID, ""), Staff: or(asked.StaffMemberID, ""),
		PassedOver: or(asked.PassedOver, false), NoAddress: or(asked.NoAddress, false),
	}
	f.JoinedFrom, f.JoinedTo = askedDay(asked.JoinedFrom), askedDay(asked.JoinedTo)
	if !f.JoinedTo.IsZero() && f.JoinedTo.Before(f.JoinedFrom) {
		return f, problem.Invalid(problem.Bad("joined_to", "problem.before_start"))
	}
	return f, nil
}
