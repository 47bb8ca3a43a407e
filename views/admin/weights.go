package admin

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// The parts of the page of who goes first, and the act of its form that saves nothing.
const (
	WeightsFormID     = "weights-form"
	WeightsProgressID = "weights-progress"
	ConsequencesID    = "weights-consequences"
	ActPreview        = "preview"

	slidersID = "weights-sliders"
)

// knob is one weight as it is set: by a slider up to what is usual, by the number beside it up to the bounds.
type knob struct {
	name, value string
	usual, step int
	times       bool // counts times, not points
}

type knobs struct {
	name string // of the group
	list []knob
}

// knobsOf are all weights in their groups.
func knobsOf(f business.WeightsForm) []knobs {
	return []knobs{
		{"waiting", []knob{
			{name: "wait_per_hour", value: f.WaitPerHour, usual: 60, step: 1},
			{name: "priority_per_level", value: f.PriorityPerLevel, usual: 2000, step: 20},
		}},
		{"customer", []knob{
			{name: "loyalty_per_visit", value: f.LoyaltyPerVisit, usual: 200, step: 5},
			{name: "loyalty_most", value: f.LoyaltyMost, usual: 2000, step: 20},
			{name: "reliability", value: f.Reliability, usual: 1000, step: 10},
			{name: "flexibility", value: f.Flexibility, usual: 1000, step: 10},
			{name: "no_show", value: f.NoShow, usual: 1000, step: 10},
			{name: "no_show_most", value: f.NoShowMost, usual: 2000, step: 20},
		}},
		{"opening", []knob{
			{name: "preferred_staff", value: f.PreferredStaff, usual: 500, step: 5},
			{name: "preferred_time", value: f.PreferredTime, usual: 500, step: 5},
		}},
		{"fairness", []knob{
			{name: "pass_over_limit", value: f.PassOverLimit, usual: 12, step: 1, times: true},
			{name: "pass_over_lift", value: f.PassOverLift, usual: 500, step: 5},
		}},
	}
}

// most is the slider's end: the usual one, unless the number stands beyond it.
func (k knob) most() string {
	n, err := strconv.Atoi(k.value)
	if err != nil || n <= k.usual || n > 10000 {
		return strconv.Itoa(k.usual)
	}
	return strconv.Itoa((n + k.step - 1) / k.step * k.step)
}

func (k knob) unit(ctx context.Context) string {
	if k.times {
		return t(ctx, "admin.weights.times")
	}
	return t(ctx, "admin.weights.points")
}

// saidID is where a group's examples stand.
func saidID(group string) string { return "weights-said-" + group }

// said are a group's weights in examples of the business's own.
func said(ctx context.Context, group string, p business.WeightsPage) []string {
	w := p.Weights
	like := func(points int) string { return likeWaiting(ctx, w, points) }
	switch group {
	case "waiting":
		list := []string{t(ctx, "admin.weights.said.no_wait")}
		if w.WaitPerHour > 0 {
			list[0] = t(ctx, "admin.weights.said.wait", "Hour", pointsOf(ctx, w.WaitPerHour), "Day", pointsOf(ctx, 24*w.WaitPerHour))
		}
		return append(list, sayUnlessZero(ctx, "priority", w.PriorityPerLevel, "Like", like(w.PriorityPerLevel)))
	case "customer":
		return []string{
			loyalty(ctx, w, like),
			sayUnlessZero(ctx, "reliability", w.Reliability, "Like", like(w.Reliability-w.Reliability/2)),
			sayUnlessZero(ctx, "flexibility", w.Flexibility, "Like", like(w.Flexibility)),
			noShows(ctx, w, like),
		}
	case "opening":
		staff := sayUnlessZero(ctx, "staff_anyone", w.PreferredStaff, "Like", like(w.PreferredStaff))
		if p.Staff != "" && w.PreferredStaff > 0 {
			staff = t(ctx, "admin.weights.said.staff", "Name", p.Staff, "Like", like(w.PreferredStaff))
		}
		return []string{staff, sayUnlessZero(ctx, "time", w.PreferredTime, "Like", like(w.PreferredTime))}
	}
	if w.PassOverLimit == 0 || w.PassOverLift == 0 {
		return []string{t(ctx, "admin.weights.said.no_lift")}
	}
	return []string{t(ctx, "admin.weights.said.lift", "Count", w.PassOverLimit, "Like", like(w.PassOverLift))}
}

func sayUnlessZero(ctx context.Context, key string, points int, args ...any) string {
	if points == 0 {
		return t(ctx, "admin.weights.said.no_"+key)
	}
	return t(ctx, "admin.weights.said."+key, args...)
}

func loyalty(ctx context.Context, w rules.Weights, like func(int) string) string {
	if w.LoyaltyPerVisit == 0 || w.LoyaltyMost == 0 {
		return t(ctx, "admin.weights.said.no_loyalty")
	}
	visits := (w.LoyaltyMost + w.LoyaltyPerVisit - 1) / w.LoyaltyPerVisit
	return t(ctx, "admin.weights.said.loyalty", "Like", like(min(w.LoyaltyPerVisit, w.LoyaltyMost)), "Count", visits, "Most", like(w.LoyaltyMost))
}

func noShows(ctx context.Context, w rules.Weights, like func(int) string) string {
	if w.NoShow == 0 || w.NoShowMost == 0 {
		return t(ctx, "admin.weights.said.no_no_show")
	}
	return t(ctx, "admin.weights.said.no_show", "Like", like(min(w.NoShow, w.NoShowMost)), "Most", like(w.NoShowMost))
}

// likeWaiting measures points by waiting: "20 points, like 2 h of waiting"; where waiting counts nothing, the points alone.
func likeWaiting(ctx context.Context, w rules.Weights, points int) string {
	if w.WaitPerHour == 0 {
		return pointsOf(ctx, points)
	}
	return t(ctx, "admin.weights.like", "Span", span(ctx, time.Duration(points)*time.Hour/time.Duration(w.WaitPerHour)))
}

func pointsOf(ctx context.Context, points int) string {
	return t(ctx, "admin.weights.so_many_points", "Count", points, "Number", i18n.From(ctx).Number(int64(points)))
}

// proposed leads to the page with these weights in its form.
func proposed(w rules.Weights) string {
	fields := url.Values{}
	for _, group := range knobsOf(business.WeightsForm{}.Filled(w)) {
		for _, k := range group.list {
			fields.Set(k.name, k.value)
		}
	}
	return paths.ProposedWeights(fields)
}

// moved says how many would move, in one sentence.
func moved(ctx context.Context, p business.WeightsPage) string {
	l, of := i18n.From(ctx), p.Preview
	switch {
	case of.OnList == 0:
		return t(ctx, "admin.weights.moved.nobody_waits")
	case of.Moved > 0:
		return t(ctx, "admin.weights.moved.some", "Count", of.Moved, "Number", l.Number(int64(of.Moved)), "Total", l.Number(int64(of.Ranked)))
	case p.Weights == p.Saved && !p.Rekeying.Going:
		return t(ctx, "admin.weights.moved.in_force")
	}
	return t(ctx, "admin.weights.moved.none")
}

// exactness says for how much of the list that is worked out.
func exactness(ctx context.Context, p *waitlist.Preview) string {
	if p.Ranked == p.OnList {
		return t(ctx, "admin.weights.exact")
	}
	l := i18n.From(ctx)
	return t(ctx, "admin.weights.exact_for", "Number", l.Number(int64(p.Ranked)), "Total", l.Number(int64(p.OnList)))
}

// cause says what moved somebody: their own points, or what others lose and gain.
func cause(ctx context.Context, m waitlist.PreviewMove) string {
	c := m.Cause
	if c.Part == "" {
		return ""
	}
	part := t(ctx, "admin.weights.part."+string(c.Part))
	switch {
	case c.Others && m.Is < m.Was:
		return t(ctx, "admin.weights.cause.others_lose", "Part", part)
	case c.Others:
		return t(ctx, "admin.weights.cause.others_gain", "Part", part)
	case c.Part == rules.PartWait:
		return t(ctx, "admin.weights.cause.rate", "Part", part, "Is", signedPoints(ctx, c.Is), "Was", signedPoints(ctx, c.Was))
	}
	return t(ctx, "admin.weights.cause.points", "Part", part, "Is", signedPoints(ctx, c.Is), "Was", signedPoints(ctx, c.Was))
}

func signedPoints(ctx context.Context, n int) string {
	text := i18n.From(ctx).Number(int64(abs(n)))
	switch {
	case n > 0:
		return "+" + text
	case n < 0:
		return "−" + text
	}
	return text
}

// difference lists what one change of the weights changed.
func difference(ctx context.Context, c business.WeightsChange) string {
	var words []string
	before, after := knobsOf(business.WeightsForm{}.Filled(c.Before)), knobsOf(business.WeightsForm{}.Filled(c.After))
	for g, group := range after {
		for i, k := range group.list {
			if was := before[g].list[i].value; was != k.value {
				words = append(words, t(ctx, "admin.weights.changed", "Weight", t(ctx, "admin.weights."+k.name), "Was", was, "Is", k.value))
			}
		}
	}
	return strings.Join(words, " · ")
}

func historyReason(ctx context.Context, c business.WeightsChange) string {
	if c.Reason == "" {
		return t(ctx, "admin.weights.history.no_reason")
	}
	return c.Reason
}

func historyDate(ctx context.Context, c business.WeightsChange, zone *time.Location) string {
	at := c.At.In(zone)
	return t(ctx, "admin.weights.history.at", "Date", i18n.From(ctx).ShortDate(at), "Time", i18n.From(ctx).Time(at))
}

func historyBy(ctx context.Context, c business.WeightsChange, zone *time.Location) string {
	if c.Who == "" {
		return historyDate(ctx, c, zone)
	}
	who := c.Who
	if c.Key {
		who = t(ctx, "keys.actor", "Name", who)
	}
	return t(ctx, "admin.weights.history.by", "At", historyDate(ctx, c, zone), "Who", who)
}

// nextOf says who would be asked.
func nextOf(ctx context.Context, n waitlist.PreviewNext) string {
	switch {
	case n.Entry == "" && n.Sure:
		return t(ctx, "admin.weights.next.nobody")
	case n.Entry == "":
		return t(ctx, "admin.weights.next.nobody_yet")
	case !n.Sure:
		return t(ctx, "admin.weights.next.perhaps", "Name", n.Name)
	}
	return n.Name
}

// refusedFields are errors about the weights alone, without what else the form asks for.
func refusedFields(errs ui.Errors) (list ui.Errors) {
	for _, e := range errs {
		if slices.Contains(business.WeightFields(), e.Name) {
			list = append(list, e)
		}
	}
	return list
}
