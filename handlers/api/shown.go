package api

import (
	"time"

	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func contactOf(p waitlist.Person) spec.CustomerContact {
	return spec.CustomerContact{ID: p.ID, Name: p.Name, Email: orNull(p.Email), Phone: orNull(p.Phone)}
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
