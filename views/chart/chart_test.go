package chart

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

func TestAnAxisEndsAtOrAboveTheHighestBarInAFewWholeSteps(t *testing.T) {
	for most, want := range map[int][]int{
		0: {0, 1}, 1: {0, 1}, 3: {0, 1, 2, 3}, 4: {0, 1, 2, 3, 4}, 5: {0, 2, 4, 6}, 9: {0, 5, 10}, 20: {0, 5, 10, 15, 20}, 21: {0, 10, 20, 30}, 101: {0, 50, 100, 150},
	} {
		if got := ticks(most); !slices.Equal(got, want) {
			t.Errorf("to %d: %v, want %v", most, got, want)
		}
	}
}

func TestABarStandsOnTheAxisAndReachesItsValue(t *testing.T) {
	f := frame{width: 100, height: 100, left: 10, right: 10, top: 10, bottom: 10}
	for _, c := range []struct {
		value int
		want  string
	}{
		{0, ""}, {4, "M40 90v-77q0-3 3-3h14q3 0 3 3v77z"}, {2, "M40 90v-37q0-3 3-3h14q3 0 3 3v37z"},
	} {
		if got := f.column(50, 20, c.value, 4); got != c.want {
			t.Errorf("%d of 4: %q, want %q", c.value, got, c.want)
		}
	}
}

func TestACurveStaysFlatWhereNothingChanges(t *testing.T) {
	if got := curve([]float64{0, 3, 6}, []float64{5, 5, 2}); got != "M0 5C1 5 2 5 3 5C4 5 5 3 6 2" {
		t.Errorf("it leaves the range of its points: %s", got)
	}
}

func draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Find("[style]").Length() != 0 {
		t.Errorf("an inline style, which the browser refuses: %s", b.String())
	}
	return doc
}

func TestNothingIsDrawnOfACourseThatIsNone(t *testing.T) {
	for _, values := range [][]float64{nil, {3}, {0, 0, 0}} {
		if doc := draw(t, Spark{Values: values}); doc.Find("svg").Length() != 0 {
			t.Errorf("%v has a drawing", values)
		}
	}
	if d, _ := draw(t, Spark{Values: []float64{0, 2, 1}}).Find(".wl-spark-line").Attr("d"); !strings.HasPrefix(d, "M2 30C") {
		t.Errorf("the course is %q", d)
	}
}

func TestARingIsFilledByItsShare(t *testing.T) {
	for share, want := range map[float64]string{0.5: "50 100", 1: "100 100", 1.2: "100 100"} {
		if got := draw(t, Ring{Share: share}).Find(".wl-share-part").AttrOr("stroke-dasharray", ""); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
	if draw(t, Ring{}).Find(".wl-share-part").Length() != 0 {
		t.Error("nothing fills a part of the ring") // a round end would show
	}
}

func TestBarsHaveANameADescriptionALegendAndATable(t *testing.T) {
	doc := draw(t, Bars{
		ID: "c", Title: "Openings by day", Text: "Three.", Over: "Day", Whole: "Openings", Part: "Filled", Also: "Money",
		List: []Bar{{Name: "Monday", Mark: "Mon", Whole: 3, Part: 1, Also: "€5"}, {Name: "Tuesday", Also: "€0"}, {Name: "Wednesday", Later: true}},
	})
	if doc.Find("svg title#c-name").Text() != "Openings by day" || doc.Find("svg desc#c-text").Text() != "Three." {
		t.Error("no name or no description")
	}
	if doc.Find(".wl-chart-whole").Length() != 1 || doc.Find(".wl-chart-part").Length() != 1 {
		t.Error("a bar of nothing, or none of something")
	}
	if got := doc.Find(".wl-chart-key").Text(); got != "OpeningsFilled" {
		t.Errorf("the legend says %q", got)
	}
	if got := doc.Find("tbody tr").Map(func(_ int, row *goquery.Selection) string { return row.Text() }); !slices.Equal(got, []string{"Monday31€5", "Tuesday00€0"}) {
		t.Errorf("the table has %q", got)
	}
}

func TestThePartsOfAWholeAreAsWideAsTheirShare(t *testing.T) {
	doc := draw(t, Parts{{Label: "Accepted", Count: "2", Share: "67%", Width: 2.0 / 3, Main: true}, {Label: "Declined", Count: "1", Share: "33%", Width: 1.0 / 3}})
	widths := doc.Find(".wl-parts-part").Map(func(_ int, r *goquery.Selection) string { return r.AttrOr("width", "") })
	if !slices.Equal(widths, []string{"66.7", "33.3"}) || doc.Find(".wl-parts-main").Length() != 1 {
		t.Errorf("widths %v", widths)
	}
}
