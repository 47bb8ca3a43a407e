package bench

import (
	"fmt"
	"slices"
	"strings"
)

// counters are the server's own Handler_read counters, how often it read a row or an index entry. Nobody else may use the server meanwhile.
type counters map[string]int64

// reads are what the server reads while act runs, without what it takes to ask.
func (h *house) reads(act func()) counters {
	h.b.Helper()
	idle := h.counters().since(h.counters())
	before := h.counters()
	act()
	after := h.counters()
	spent := after.since(before)
	for name := range spent {
		spent[name] += idle[name] // negative: the later of two readings was taken first
	}
	return spent
}

func (h *house) counters() counters {
	h.b.Helper()
	now := counters{}
	rows, err := h.DB.Pool().QueryContext(h.Context(), "SHOW GLOBAL STATUS LIKE 'Handler_read%'")
	h.ok(err)
	defer rows.Close()
	for rows.Next() {
		var name string
		var value int64
		h.ok(rows.Scan(&name, &value))
		now[name] = value
	}
	h.ok(rows.Err())
	return now
}

func (c counters) since(earlier counters) counters {
	spent := counters{}
	for name, value := range c {
		spent[name] = value - earlier[name]
	}
	return spent
}

func (c counters) sum() (n int64) {
	for _, value := range c {
		n += value
	}
	return n
}

// beside is counters as the rows of one table, whose columns are named; what nobody read is left out.
func beside(columns []string, of ...counters) string {
	var names []string
	for _, c := range of {
		for name, value := range c {
			if value != 0 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	var b strings.Builder
	fmt.Fprintf(&b, "| counter | %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat(" --- |", len(columns)+1))
	for _, name := range names {
		fmt.Fprintf(&b, "| `%s` |", name)
		for _, c := range of {
			fmt.Fprintf(&b, " %d |", c[name])
		}
		b.WriteString("\n")
	}
	b.WriteString("| together |")
	for _, c := range of {
		fmt.Fprintf(&b, " %d |", c.sum())
	}
	return b.String()
}
