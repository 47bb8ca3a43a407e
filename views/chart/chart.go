// Package chart draws small charts as SVG, without script and without inline style: what colours them are the wl-chart classes. Texts are
// given translated. Whoever doesn't see a chart hears its title and description, and finds every number in its table.
package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ticks are the marks of an axis of whole numbers: 0 to at least most, at most four steps of 1, 2 or 5 times a power of ten.
func ticks(most int) []int {
	marks := []int{0}
	for step := stepFor(most); marks[len(marks)-1] < max(most, 1); {
		marks = append(marks, marks[len(marks)-1]+step)
	}
	return marks
}

func stepFor(most int) int {
	for scale := 1; ; scale *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if step := digit * scale; 4*step >= most {
				return step
			}
		}
	}
}

// frame is where a chart stands in its picture, in the picture's units.
type frame struct{ width, height, left, right, top, bottom float64 }

// middle is the x of the middle of the ith of n bars.
func (f frame) middle(i, n int) float64 {
	return f.left + (f.width-f.left-f.right)*(float64(i)+0.5)/float64(n)
}

// thickness is how wide each of n bars is.
func (f frame) thickness(n int) float64 {
	return min(44, (f.width-f.left-f.right)/float64(n)*0.62)
}

// y is the height of a value on an axis that ends at most.
func (f frame) y(value, most int) float64 {
	return f.height - f.bottom - (f.height-f.top-f.bottom)*float64(value)/float64(most)
}

// column is the outline of a bar with rounded upper corners, standing on the axis; nothing for nothing.
func (f frame) column(middle, thickness float64, value, most int) string {
	top := f.y(value, most)
	height := f.height - f.bottom - top
	if height <= 0 {
		return ""
	}
	r := min(3, height, thickness/2)
	return fmt.Sprintf("M%s %sv-%sq0-%s %s-%sh%sq%s 0 %s %sv%sz", number(middle-thickness/2), number(f.height-f.bottom), number(height-r),
		number(r), number(r), number(r), number(thickness-2*r), number(r), number(r), number(r), number(height-r))
}

// curve is a line through the points that never leaves the range of its neighbours, so that nothing is drawn that was not.
func curve(xs, ys []float64) string {
	var b strings.Builder
	n := len(xs)
	fmt.Fprintf(&b, "M%s %s", number(xs[0]), number(ys[0]))
	if n < 2 {
		return b.String()
	}
	slopes := make([]float64, n-1)
	for i := range slopes {
		slopes[i] = (ys[i+1] - ys[i]) / (xs[i+1] - xs[i])
	}
	tangents := make([]float64, n)
	tangents[0], tangents[n-1] = slopes[0], slopes[n-2]
	for i := 1; i < n-1; i++ {
		if slopes[i-1]*slopes[i] > 0 {
			tangents[i] = 2 / (1/slopes[i-1] + 1/slopes[i])
		}
	}
	for i := range slopes {
		third := (xs[i+1] - xs[i]) / 3
		fmt.Fprintf(&b, "C%s %s %s %s %s %s", number(xs[i]+third), number(ys[i]+tangents[i]*third),
			number(xs[i+1]-third), number(ys[i+1]-tangents[i+1]*third), number(xs[i+1]), number(ys[i+1]))
	}
	return b.String()
}

// number writes a coordinate, to a tenth of a unit.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}
