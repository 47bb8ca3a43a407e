package api

import (
	"fmt"
	"strconv"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// wishesOf are wishes with what was asked for instead; what wasn't sent is as it was. Fails with InvalidInput.
func wishesOf(w waitlist.Wishes, asked *spec.WishesChange) (waitlist.Wishes, error) {
	if asked == nil {
		return w, nil
	}
	if asked.OnlyStaffMemberIds != nil {
		w.OnlyStaff = *asked.OnlyStaffMemberIds
	}
	if asked.PreferredStaffMemberID.IsSpecified() {
		w.PreferredStaff, _ = asked.PreferredStaffMemberID.Get() // null: nobody in particular
	}
	if asked.EarliestOn.IsSpecified() {
		w.EarliestOn = dayOf(asked.EarliestOn)
	}
	if asked.LatestOn.IsSpecified() {
		w.LatestOn = dayOf(asked.LatestOn)
	}
	if asked.NoticeMinutes != nil {
		w.Notice = time.Duration(*asked.NoticeMinutes) * time.Minute
	}
	if asked.Windows == nil {
		return w, nil
	}
	w.Windows = nil
	for i, window := range *asked.Windows {
		from, to := windowMinute(window.From), windowMinute(window.To)
		if from >= to {
			return w, problem.Invalid(problem.Bad("wishes/windows/"+strconv.Itoa(i), "problem.window"))
		}
		weekday, _ := window.Weekday.Get() // null: any day
		w.Windows = append(w.Windows, rules.Window{Weekday: weekday, From: from, To: to, Preferred: or(window.Preferred, false)})
	}
	return w, nil
}

func wishesShown(w waitlist.Wishes) spec.Wishes {
	shown := spec.Wishes{
		OnlyStaffMemberIds: append([]spec.ID{}, w.OnlyStaff...), PreferredStaffMemberID: orNull(w.PreferredStaff), EarliestOn: dayOrNull(w.EarliestOn), LatestOn: dayOrNull(w.LatestOn),
		Windows: []spec.WishedWindow{}, NoticeMinutes: int(w.Notice / time.Minute),
	}
	for _, window := range w.Windows {
		shown.Windows = append(shown.Windows, spec.WishedWindow{Weekday: orNull(window.Weekday), From: windowTime(window.From), To: windowTime(window.To), Preferred: &window.Preferred})
	}
	return shown
}

// windowMinute is the minute of the day of a local time that the document allows.
func windowMinute(t spec.LocalTime) int {
	hour, _ := strconv.Atoi(t[:2])
	minute, _ := strconv.Atoi(t[3:])
	return hour*60 + minute
}

func windowTime(minute int) spec.LocalTime { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// dayOf is a date, or none for null.
func dayOf(asked nullable.Nullable[openapi_types.Date]) rules.Date {
	at, err := asked.Get()
	if err != nil {
		return rules.Date{}
	}
	return askedDay(&at)
}

func dayOrNull(d rules.Date) nullable.Nullable[openapi_types.Date] {
	if d.IsZero() {
		return nullable.NewNullNullable[openapi_types.Date]()
	}
	return nullable.NewNullableWithValue(dateOf(d))
}
