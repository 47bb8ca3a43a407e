package admin

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/chart"
	"github.com/your-org/waitlist-management/views/ui"
)

// daysOf is how a period is named in keys: 1, 7 or 30.
func daysOf(f insights.Figures) string { return strconv.Itoa(int(f.Period)) }

// period is the day, or the first and the last.
func period(ctx context.Context, f insights.Figures) string {
	if f.Period == insights.Today {
		return i18n.Capital(i18n.From(ctx).LongDate(f.Now))
	}
	return days(ctx, rules.DateOf(f.From, f.From.Location()), rules.DateOf(f.Now, f.Now.Location()))
}

// periods lead to the same figures of another one, which a script puts in their place.
func periods(ctx context.Context, current insights.Period) ui.Segmented {
	s := ui.Segmented{Label: t(ctx, "admin.figures.period")}
	for _, p := range insights.Periods() {
		at := paths.Figures(int(p))
		s.Items = append(s.Items, ui.Segment{Text: t(ctx, "admin.figures.periods."+strconv.Itoa(int(p))), Href: at, Current: p == current, Attrs: templ.Attributes{
			"hx-get": at, "hx-target": "#" + FiguresID, "hx-swap": "outerMorph", "hx-push-url": "true",
		}})
	}
	return s
}

func money(ctx context.Context, minor int64, currency string) string {
	return i18n.From(ctx).Money(minor, currency)
}

func rate(ctx context.Context, of insights.Totals) string {
	share, ok := of.Rate()
	if !ok {
		return "–"
	}
	return i18n.From(ctx).Percent(share)
}

// delivered is the share of the emails that arrived, as far as anybody tells.
func delivered(ctx context.Context, f insights.Figures) string {
	if !f.Reported {
		return t(ctx, "events.figures.none")
	}
	share, known := f.Emails.Rate()
	if !known {
		return "–"
	}
	return i18n.From(ctx).Percent(share)
}

// goal says whether a share is what it should be.
func goal(ctx context.Context, share float64) string {
	key := "events.figures.missed"
	if share > insights.DeliveryGoal {
		key = "events.figures.met"
	}
	return t(ctx, key, "Goal", i18n.From(ctx).Percent(insights.DeliveryGoal))
}

// ofEmails says what the share is of.
func ofEmails(ctx context.Context, f insights.Figures) string {
	words := []string{t(ctx, "events.figures.sent", "Count", f.Emails.Sent)}
	if !f.Reported {
		return words[0]
	}
	for _, part := range []struct {
		key string
		n   int
	}{{"arrived", f.Emails.Delivered}, {"failed", f.Emails.Failed}, {"silent", f.Emails.Silent}} {
		if part.n > 0 {
			words = append(words, t(ctx, "events.figures."+part.key, "Count", part.n))
		}
	}
	return strings.Join(words, " · ")
}

func ringOf(of insights.Totals) templ.Component {
	share, ok := of.Rate()
	if !ok {
		return nil
	}
	return chart.Ring{Share: share}
}

func median(ctx context.Context, of insights.Totals) string {
	if of.Filled() == 0 {
		return "–"
	}
	return span(ctx, of.Median)
}

// span is a time to fill, as exact as it says something: minutes for some hours, hours for two days.
func span(ctx context.Context, d time.Duration) string {
	l := i18n.From(ctx)
	switch {
	case d < time.Minute:
		return t(ctx, "admin.figures.under_a_minute")
	case d < 10*time.Hour:
		return l.Minutes(d)
	case d < 48*time.Hour:
		return l.Minutes(d.Truncate(time.Hour))
	}
	return l.Span(d)
}

// worth says what the money counts, and what it doesn't.
func worth(ctx context.Context, r insights.Recovered) string {
	words := []string{t(ctx, "admin.figures.from_bookings", "Count", r.Bookings)}
	if r.Unpriced > 0 {
		words = append(words, t(ctx, "admin.figures.unpriced", "Count", r.Unpriced))
	}
	if r.Foreign > 0 {
		words = append(words, t(ctx, "admin.figures.foreign", "Count", r.Foreign))
	}
	return strings.Join(words, "; ")
}

// comparison is a figure against the same of the period before.
type comparison struct {
	by     string // how much, with the direction in words; empty when there is none
	than   string
	up     bool
	better int // above zero is good, below is bad, zero is neither
}

// compare gives the words for a difference: kind names the keys, and better is 1 where more is good.
func compare(ctx context.Context, f insights.Figures, difference, better int, kind string, args ...any) comparison {
	switch {
	case difference > 0:
		return comparison{t(ctx, "admin.figures."+kind+"_more", args...), t(ctx, "admin.figures.than."+daysOf(f)), true, better}
	case difference < 0:
		return comparison{t(ctx, "admin.figures."+kind+"_less", args...), t(ctx, "admin.figures.than."+daysOf(f)), false, -better}
	}
	return comparison{than: t(ctx, "admin.figures.as."+daysOf(f))}
}

func openingsChange(ctx context.Context, f insights.Figures) comparison {
	difference := f.Openings - f.Before.Openings
	return compare(ctx, f, difference, 0, "count", "Count", abs(difference))
}

func filledChange(ctx context.Context, f insights.Figures) comparison {
	difference := f.Filled() - f.Before.Filled()
	return compare(ctx, f, difference, 1, "count", "Count", abs(difference))
}

func recoveredChange(ctx context.Context, f insights.Figures) comparison {
	difference := f.Recovered.Minor - f.Before.Recovered.Minor
	return compare(ctx, f, sign(difference), 1, "money", "Amount", money(ctx, max(difference, -difference), f.Currency))
}

// rateChange compares whole percents, as they are shown.
func rateChange(ctx context.Context, f insights.Figures) comparison {
	now, known := f.Rate()
	before, knownBefore := f.Before.Rate()
	if !known || !knownBefore {
		return comparison{than: t(ctx, "admin.figures.incomparable")}
	}
	difference := int(math.Round(100*now)) - int(math.Round(100*before))
	return compare(ctx, f, difference, 1, "points", "Count", abs(difference))
}

// medianChange compares whole minutes, as they are shown.
func medianChange(ctx context.Context, f insights.Figures) comparison {
	if f.Filled() == 0 || f.Before.Filled() == 0 {
		return comparison{than: t(ctx, "admin.figures.incomparable")}
	}
	difference := f.Median.Truncate(time.Minute) - f.Before.Median.Truncate(time.Minute)
	return compare(ctx, f, sign(int64(difference)), -1, "time", "Span", span(ctx, difference.Abs()))
}

// satisfaction is the mean to a tenth.
func satisfaction(ctx context.Context, of insights.Totals) string {
	mean, ok := of.Satisfaction()
	if !ok {
		return "–"
	}
	return t(ctx, "rating.figure.of", "Mean", i18n.From(ctx).Decimal(mean, 1))
}

// satisfactionChange compares tenths, as they are shown.
func satisfactionChange(ctx context.Context, f insights.Figures) comparison {
	now, known := f.Satisfaction()
	before, knownBefore := f.Before.Satisfaction()
	if !known || !knownBefore {
		return comparison{than: t(ctx, "admin.figures.incomparable")}
	}
	difference := int(math.Round(10*now)) - int(math.Round(10*before))
	return compare(ctx, f, difference, 1, "stars", "Mean", i18n.From(ctx).Decimal(float64(abs(difference))/10, 1))
}

func abs(n int) int { return max(n, -n) }

func sign(n int64) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

func openedIn(b insights.Bucket) float64    { return float64(b.Openings) }
func filledIn(b insights.Bucket) float64    { return float64(b.Filled) }
func recoveredIn(b insights.Bucket) float64 { return float64(b.Minor) }

// courses are the values of the buckets up to now.
func courses(f insights.Figures, of func(insights.Bucket) float64) []float64 {
	var values []float64
	for _, b := range f.Buckets {
		if !b.From.After(f.Now) {
			values = append(values, of(b))
		}
	}
	return values
}

// outcomes say what became of the openings; the numbers add up to all of them.
func outcomes(ctx context.Context, of insights.Totals) string {
	words := []string{t(ctx, "admin.figures.opened", "Count", of.Openings)}
	for _, outcome := range []rules.OpeningOutcome{rules.OpeningFilled, rules.OpeningBooked, rules.OpeningWithdrawn, rules.OpeningLapsed, rules.OpeningLive} {
		if n := of.Outcomes[outcome]; n > 0 {
			name := string(outcome)
			if outcome == rules.OpeningLive {
				name = "live"
			}
			words = append(words, t(ctx, "admin.figures.outcome."+name, "Count", n))
		}
	}
	return strings.Join(words, " · ")
}

// bars are the openings of each hour or day, and how many of them are filled.
func bars(ctx context.Context, f insights.Figures) chart.Bars {
	b := chart.Bars{
		ID: "openings-chart", Title: t(ctx, "admin.figures.chart."+daysOf(f)), Over: t(ctx, "admin.figures.day"),
		Whole: t(ctx, "admin.figures.openings"), Part: t(ctx, "admin.figures.filled"), Also: t(ctx, "admin.figures.recovered"),
	}
	if f.Period == insights.Today {
		b.Over = t(ctx, "admin.figures.hour")
	}
	busiest := 0
	for i, bucket := range f.Buckets {
		name, mark := bucketNames(ctx, f, i)
		b.List = append(b.List, chart.Bar{
			Name: name, Mark: mark, Whole: bucket.Openings, Part: bucket.Filled, Also: money(ctx, bucket.Minor, f.Currency), Later: bucket.From.After(f.Now),
		})
		if bucket.Openings > f.Buckets[busiest].Openings {
			busiest = i
		}
	}
	b.Text = outcomes(ctx, f.Totals) + ". " + t(ctx, "admin.figures.busiest", "When", b.List[busiest].Name, "Count", b.List[busiest].Whole)
	return b
}

// bucketNames are the whole name of an hour or a day, and the mark under its bar: where there are many, few have one.
func bucketNames(ctx context.Context, f insights.Figures, i int) (name, mark string) {
	l, b := i18n.From(ctx), f.Buckets[i]
	switch f.Period {
	case insights.Today:
		if b.From.Hour()%6 == 0 {
			mark = l.Time(b.From)
		}
		return l.TimeRange(b.From, b.To), mark
	case insights.Week:
		mark = l.WeekdayShort(rules.DateOf(b.From, b.From.Location()).ISOWeekday())
	default:
		if (len(f.Buckets)-1-i)%7 == 0 {
			mark = l.DayMonth(b.From)
		}
	}
	return l.Date(b.From), mark
}

// offers are what became of the offers made; the numbers add up to all of them.
func offers(ctx context.Context, of insights.Totals) chart.Parts {
	var p chart.Parts
	for _, state := range []rules.OfferState{
		rules.OfferAccepted, rules.OfferDeclined, rules.OfferExpired, rules.OfferWithdrawn, rules.OfferUndeliverable, rules.OfferPending,
	} {
		part := chart.Part{Label: t(ctx, "common.state.offer."+string(state)), Count: strconv.Itoa(of.Offers[state]), Main: state == rules.OfferAccepted}
		if state == rules.OfferPending {
			part.Label = t(ctx, "admin.figures.still_out")
		}
		if made := of.Made(); made > 0 {
			part.Width = float64(of.Offers[state]) / float64(made)
		}
		part.Share = i18n.From(ctx).Percent(part.Width)
		p = append(p, part)
	}
	return p
}
