package api

import (
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// dayOf is a local date that was sent; the zero date when none was.
func dayOf(asked *spec.LocalDate) rules.Date {
	if asked == nil {
		return rules.Date{}
	}
	return rules.DateOf(asked.Time, time.UTC)
}

// shownDay is a local date as it is written.
func shownDay(d rules.Date) spec.LocalDate {
	return spec.LocalDate{Time: d.In(0, time.UTC)}
}

// minuteOf is the minute of the day of a local time that the document allows; 1440 is the end of the day.
func minuteOf(asked spec.LocalTime) int {
	var hour, minute int
	if _, err := fmt.Sscanf(asked, "%d:%d", &hour, &minute); err != nil {
		return -1 // which is no time of day
	}
	return hour*60 + minute
}

func shownMinute(minute int) spec.LocalTime { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// periodOf is a period that is asked for.
func periodOf(from, to *spec.LocalDate) waitlist.Period {
	return waitlist.Period{From: dayOf(from), To: dayOf(to)}
}
