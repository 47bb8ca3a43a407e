package bench

import (
	"strings"
	"testing"
)

func TestAPercentileIsAMeasuredValue(t *testing.T) {
	for _, c := range []struct {
		values []int
		p      int
		want   int
	}{
		{[]int{7}, 50, 7}, {[]int{7}, 99, 7},
		{[]int{3, 1, 2}, 50, 2}, {[]int{4, 3, 2, 1}, 50, 2},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 99, 10}, {[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 90, 9},
	} {
		if got := percentile(c.values, c.p); got != c.want {
			t.Errorf("%d %% of %v: %d, want %d", c.p, c.values, got, c.want)
		}
	}
}

func TestTheDocumentSaysWhatMissesItsGoal(t *testing.T) {
	r := results{figures: []figure{{name: "a", goal: "1", met: true}, {name: "b", goal: "1"}, {name: "c"}}}
	for _, line := range []string{"| a |  |  |  | 1 | met |", "| b |  |  |  | 1 | **not met** |", "| c |  |  |  |  | no goal set |"} {
		if !strings.Contains(r.table(), line) {
			t.Errorf("no line %q in\n%s", line, r.table())
		}
	}
}
