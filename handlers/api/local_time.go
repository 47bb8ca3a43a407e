package api

import (
	"time"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// askedDay is a local date that was sent; the zero date when none was.
func askedDay(asked *spec.LocalDate) rules.Date {
	if asked == nil {
		return rules.Date{}
	}
	return rules.DateOf(asked.Time, time.UTC)
}

// periodOf is a period that is asked for.
func periodOf(from, to *spec.LocalDate) waitlist.Period {
	return waitlist.Period{From: askedDay(from), To: askedDay(to)}
}
