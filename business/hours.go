package business

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// MostIntervals is how many opening hours one weekday can have.
const MostIntervals = 6

// HoursForm is what is typed about the opening hours of a week: Days[0] is Monday.
type HoursForm struct {
	Days     [7][]HoursRow
	Version  string   // of the hours that the form was made from, see hoursVersion
	Seen     string   // Touched.Fingerprint of what was shown
	Withdraw []string // what was chosen there: WithdrawOffers, WithdrawOpenings
}

// HoursRow is one interval as typed: times of day like 09:00, To 00:00 for midnight at the end. A row without both is none.
type HoursRow struct{ From, To string }

// HoursField is the name of the field that holds a row's start ("from") or end ("to"); weekday is 1 (Monday) to 7.
func HoursField(which string, weekday, row int) string {
	return which + "_" + strconv.Itoa(weekday) + "_" + strconv.Itoa(row)
}

// ReadHoursForm takes the rows out of a form's values, at most MostIntervals a day.
func ReadHoursForm(values url.Values) HoursForm {
	f := HoursForm{Version: values.Get("version"), Seen: values.Get("seen"), Withdraw: values["withdraw"]}
	for d := range f.Days {
		for row := range MostIntervals {
			from, to := HoursField("from", d+1, row), HoursField("to", d+1, row)
			if values.Has(from) || values.Has(to) {
				f.Days[d] = append(f.Days[d], HoursRow{values.Get(from), values.Get(to)})
			}
		}
	}
	return f
}

// WithRow has one more empty row on a weekday, 1 to 7.
func (f HoursForm) WithRow(weekday int) HoursForm {
	if weekday >= 1 && weekday <= 7 && len(f.Days[weekday-1]) < MostIntervals {
		f.Days[weekday-1] = append(f.Days[weekday-1], HoursRow{})
	}
	return f
}

// WithoutRow lacks one row of a weekday.
func (f HoursForm) WithoutRow(weekday, row int) HoursForm {
	if weekday >= 1 && weekday <= 7 && row >= 0 && row < len(f.Days[weekday-1]) {
		day := append([]HoursRow{}, f.Days[weekday-1][:row]...)
		f.Days[weekday-1] = append(day, f.Days[weekday-1][row+1:]...)
	}
	return f
}

// Copied has the rows of one weekday on others too.
func (f HoursForm) Copied(from int, to []int) HoursForm {
	if from < 1 || from > 7 {
		return f
	}
	for _, day := range to {
		if day >= 1 && day <= 7 {
			f.Days[day-1] = append([]HoursRow{}, f.Days[from-1]...)
		}
	}
	return f
}

// Hours is the form of the opening hours as saved.
func (b *Business) Hours(ctx context.Context, tenantID int64) (HoursForm, error) {
	hours, err := openingHours(ctx, b.db.Queries, tenantID)
	if err != nil {
		return HoursForm{}, err
	}
	return hoursForm(hours), nil
}

func hoursForm(hours []rules.OpenInterval) HoursForm {
	f := HoursForm{Version: hoursVersion(hours)}
	for _, h := range hours {
		f.Days[h.Weekday-1] = append(f.Days[h.Weekday-1], HoursRow{clockText(h.From), clockText(h.To)})
	}
	return f
}

// inOrder sorts hours as they are read.
func inOrder(hours []rules.OpenInterval) []rules.OpenInterval {
	return slices.SortedFunc(slices.Values(hours), func(a, b rules.OpenInterval) int {
		return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.From, b.From))
	})
}

// hoursVersion stands for exactly these hours: a week's have no row of their own that could count changes.
func hoursVersion(hours []rules.OpenInterval) string {
	h := sha256.New()
	for _, one := range hours {
		fmt.Fprintln(h, one.Weekday, one.From, one.To)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func openingHours(ctx context.Context, q *db.Queries, tenantID int64) ([]rules.OpenInterval, error) {
	rows, err := q.ListOpeningHours(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the opening hours: %w", err))
	}
	var hours []rules.OpenInterval
	for _, row := range rows {
		hours = append(hours, rules.OpenInterval{Weekday: row.Weekday, From: row.FromMinute, To: row.ToMinute})
	}
	return hours, nil
}

func (f HoursForm) read() ([]rules.OpenInterval, error) {
	var r reading
	var hours []rules.OpenInterval
	var fields []HoursRow // the names of the fields of each interval
	for d, rows := range f.Days {
		if len(rows) > MostIntervals {
			r.refuse(HoursField("from", d+1, MostIntervals), "problem.too_many", "Most", MostIntervals)
			continue
		}
		for i, row := range rows {
			if strings.TrimSpace(row.From) == "" && strings.TrimSpace(row.To) == "" {
				continue
			}
			from, to := HoursField("from", d+1, i), HoursField("to", d+1, i)
			start, started := r.clock(from, row.From)
			end, ended := r.clock(to, row.To)
			switch {
			case started && !ended && !r.refused(to):
				r.refuse(to, "admin.bad.until")
			case ended && !started && !r.refused(from):
				r.refuse(from, "admin.bad.from")
			}
			if !started || !ended {
				continue
			}
			if end == 0 {
				end = 24 * 60
			}
			hours = append(hours, rules.OpenInterval{Weekday: d + 1, From: start, To: end})
			fields = append(fields, HoursRow{from, to})
		}
	}
	for _, p := range rules.SortedHoursProblems(hours) {
		if p.Reason == rules.HoursOverlap {
			r.refuse(fields[p.Index].From, "admin.bad.hours_overlap")
		} else {
			r.refuse(fields[p.Index].To, "admin.bad.hours_order")
		}
	}
	return hours, r.err()
}
