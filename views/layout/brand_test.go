package layout

import (
	"os"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestTheSheetOfABusinessTakesThePlaceOfWhatPagesGoBy(t *testing.T) {
	colour, _ := rules.ParseColour("#fff9c4")
	sheet := BrandSheet(":root", colour)
	css, err := os.ReadFile("../../static/src/app.css")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.TrimPrefix(sheet, ":root{"), "}\n"), ";") {
		if name, _, ok := strings.Cut(line, ":"); ok && !strings.Contains(string(css), name+":") {
			t.Errorf("no page goes by %s", name)
		}
	}
	// Browsers keep a sheet for ever under its version: when this changes, raise sheetVersion.
	const first = ":root{--color-brand:light-dark(#958f5e,#fff9c4);"
	if sheetVersion != "1" || !strings.HasPrefix(sheet, first) {
		t.Errorf("version %s of the sheet is %s", sheetVersion, sheet)
	}
}

func TestALogoFitsItsPlaceAndAWideOneStandsAlone(t *testing.T) {
	for _, c := range []struct {
		width, height int
		w, h          string
		alone         bool
	}{
		{480, 48, "240", "24", true}, {8, 160, "2", "36", false}, {160, 160, "36", "36", false}, {320, 160, "72", "36", true}, {40, 20, "20", "10", true},
	} {
		p := Page{Business: "Studio Nord", Slug: "studio-nord", Look: waitlist.Look{Logo: waitlist.Logo{Hash: "a", Width: c.width, Height: c.height}}}
		if w, h := shownSize(p.Look.Logo, 36); w != c.w || h != c.h || p.alone() != c.alone {
			t.Errorf("%d × %d is shown as %s × %s, alone %v", c.width, c.height, w, h, p.alone())
		}
		doc := show(t, "en", Public(p))
		if named := strings.Contains(doc.Find("header").Text(), "Studio Nord"); named == c.alone {
			t.Errorf("%d × %d: the name beside it: %v", c.width, c.height, named)
		}
		if alt := doc.Find("header img").AttrOr("alt", "none"); (alt == "Studio Nord") != c.alone {
			t.Errorf("%d × %d: alt %q", c.width, c.height, alt)
		}
	}
}
