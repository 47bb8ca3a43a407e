package api

import (
	"fmt"
	"time"

	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
)

// patch writes what was sent into a field of a form; what wasn't sent leaves it as it is.
func patch[T any](field *string, sent *T) {
	if sent != nil {
		*field = fmt.Sprint(*sent)
	}
}

// patchOrClear is patch for what can be null, which empties the field.
func patchOrClear[T any](field *string, sent nullable.Nullable[T]) {
	if !sent.IsSpecified() {
		return
	}
	*field = ""
	if v, err := sent.Get(); err == nil {
		*field = fmt.Sprint(v)
	}
}

// dateOf is a day as the document has it.
func dateOf(d rules.Date) spec.LocalDate {
	return spec.LocalDate{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)}
}
