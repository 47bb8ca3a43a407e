package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// figure is one line of the document: a value, what it is held against, and whether it is good enough.
type figure struct {
	name  string
	value string
	floor string // what the value is held against; empty: nothing
	ratio string // of the two
	goal  string // empty: none was set
	met   bool
}

// results are the figures of one run, with what is to be said about them.
type results struct {
	figures  []figure
	sections []section
}

type section struct{ title, text string }

var report results

func (r *results) add(f ...figure) { r.figures = append(r.figures, f...) }

func (r *results) explain(title, format string, args ...any) {
	r.sections = append(r.sections, section{title, strings.TrimSpace(fmt.Sprintf(format, args...))})
}

// table is the figures as Markdown.
func (r *results) table() string {
	var b strings.Builder
	b.WriteString("| figure | value | held against | ratio | goal | |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, f := range r.figures {
		verdict := "met"
		switch {
		case f.goal == "":
			verdict = "no goal set"
		case !f.met:
			verdict = "**not met**"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", f.name, f.value, f.floor, f.ratio, f.goal, verdict)
	}
	return b.String()
}

// median is the middle of what was measured; of an even number the lower one in the middle.
func median[T int | int64 | float64 | time.Duration](values []T) T { return percentile(values, 50) }

// percentile is the smallest value that p per cent do not exceed.
func percentile[T int | int64 | float64 | time.Duration](values []T, p int) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}

// milliseconds is how times are printed.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}
