package rules

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

func TestAColourIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"#1a2b3c": "#1a2b3c", "1A2B3C": "#1a2b3c", " #abc ": "#aabbcc", "#000": "#000000", "ffffff": "#ffffff",
	} {
		if c, ok := ParseColour(text); !ok || c.String() != want {
			t.Errorf("%q is read as %s, %v", text, c, ok)
		}
	}
	for _, text := range []string{"", "#", "#12", "#1234", "#12345", "#1234567", "#12345g", "red", "+12345", "0x1234", "#ééé", "##aabbcc", "-1", "1_2_3a"} {
		if c, ok := ParseColour(text); ok {
			t.Errorf("%q is taken as %s", text, c)
		}
	}
}

// The values are those of the examples and definitions of WCAG 2.2.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#000000", 21}, {"#777777", "#777777", 1},
		{"#767676", "#ffffff", 4.54}, {"#777777", "#ffffff", 4.48}, {"#949494", "#ffffff", 3.03}, {"#969696", "#ffffff", 2.96},
		{"#ff0000", "#ffffff", 4.00}, {"#0000ff", "#ffffff", 8.59}, {"#ffff00", "#ffffff", 1.07},
	} {
		if got := Contrast(must(t, c.a), must(t, c.b)); math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestAColourComesBackFromOklchAsItWas(t *testing.T) {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				c := Colour{uint8(r), uint8(g), uint8(b)}
				if got := c.oklch().colour(); got != c {
					t.Fatalf("%s comes back as %s", c, got)
				}
			}
		}
	}
}

func must(t *testing.T, text string) Colour {
	t.Helper()
	c, ok := ParseColour(text)
	if !ok {
		t.Fatalf("%q is no colour", text)
	}
	return c
}

// unreadable says what can't be read in one of a palette's halves.
func (g ground) unreadable(s Shades) (bad []string) {
	need := func(what string, a, b Colour, least float64) {
		if got := Contrast(a, b); got < least {
			bad = append(bad, fmt.Sprintf("%s: %s on %s is %.2f, want %.1f", what, a, b, got, least))
		}
	}
	need("text on the fill", s.OnFill, s.Fill, TextContrast)
	need("text on the fill under the pointer", s.OnFill, s.Hover, TextContrast)
	need("ink on soft", s.Ink, s.Soft, TextContrast)
	need("ink on soft under the pointer", s.Ink, mixed(s.Fill, 0.1, s.Soft), TextContrast)
	muted := map[float64]Colour{byLight.softLight: shade(0.48, 0.018), inTheDark.softLight: shade(0.74, 0.014)}[g.softLight]
	need("lesser text on soft", muted, s.Soft, TextContrast)
	for _, surface := range g.surfaces {
		need("the fill on the page", s.Fill, surface, ShapeContrast)
		need("the fill under the pointer on the page", s.Hover, surface, ShapeContrast)
		need("ink on the page", s.Ink, surface, TextContrast)
	}
	return bad
}

func TestWhateverColourABusinessHasItsPagesCanBeRead(t *testing.T) {
	colours := []string{"#000000", "#ffffff", "#fff9c4", "#0b0b0f", "#777777", "#767676", "#949494", "#3e4ccf", "#6366f1", "#f97316", "#ffff00", "#00ff00", "#0000ff", "#ff00ff"}
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			for b := 0; b < 256; b += 51 {
				colours = append(colours, Colour{uint8(r), uint8(g), uint8(b)}.String())
			}
		}
	}
	for _, text := range colours {
		p := PaletteOf(must(t, text))
		for where, bad := range map[string][]string{"by light": byLight.unreadable(p.Light), "in the dark": inTheDark.unreadable(p.Dark)} {
			for _, one := range bad {
				t.Errorf("%s %s: %s", text, where, one)
			}
		}
	}
}

func TestAColourIsKeptWhereverItCanBeRead(t *testing.T) {
	for _, c := range []struct {
		why, brand          string
		light, dark         bool // adjusted
		onLight, onDark     string
		lightFill, darkFill string // empty: whatever
	}{
		{why: "a strong blue does in both", brand: "#535fd9", onLight: "#ffffff", onDark: "#ffffff"},
		{why: "pale yellow is lost on a white page, and fine in the dark", brand: "#fff9c4", light: true, onLight: "#000000", onDark: "#000000", darkFill: "#fff9c4"},
		{why: "near black is fine on a white page, and lost in the dark", brand: "#0b0b0f", dark: true, onLight: "#ffffff", onDark: "#ffffff", lightFill: "#0b0b0f"},
		{why: "white is lost on a white page", brand: "#ffffff", light: true, onLight: "#000000", onDark: "#000000", darkFill: "#ffffff"},
		{why: "black is lost in the dark", brand: "#000000", dark: true, onLight: "#ffffff", onDark: "#ffffff", lightFill: "#000000"},
		{why: "indigo whose white text misses 4.5 by a hair gets a hair darker", brand: "#6366f1", light: true, dark: true, onLight: "#ffffff", onDark: "#ffffff"},
		{why: "a red that white is half readable on gets black text as it is", brand: "#f6544a", onLight: "#000000", onDark: "#000000"},
	} {
		p := PaletteOf(must(t, c.brand))
		if light, dark := p.Adjusted(must(t, c.brand)); light != c.light || dark != c.dark {
			t.Errorf("%s: adjusted by light %v to %s, in the dark %v to %s", c.why, light, p.Light.Fill, dark, p.Dark.Fill)
		}
		if p.Light.OnFill.String() != c.onLight || p.Dark.OnFill.String() != c.onDark {
			t.Errorf("%s: text %s and %s", c.why, p.Light.OnFill, p.Dark.OnFill)
		}
		if c.lightFill != "" && p.Light.Fill.String() != c.lightFill || c.darkFill != "" && p.Dark.Fill.String() != c.darkFill {
			t.Errorf("%s: fills %s and %s", c.why, p.Light.Fill, p.Dark.Fill)
		}
	}
}

func TestAnAdjustedColourKeepsItsHueAndGoesNoFurtherThanItMust(t *testing.T) {
	brand := must(t, "#ffe08a")
	fill := PaletteOf(brand).Light.Fill
	if turned := math.Abs(fill.oklch().h - brand.oklch().h); turned > 0.05 {
		t.Errorf("%s became %s: the hue turned by %.3f", brand, fill, turned)
	}
	least := math.Inf(1)
	for _, surface := range byLight.surfaces {
		least = min(least, Contrast(fill, surface))
	}
	if least < ShapeContrast || least > ShapeContrast+0.1 {
		t.Errorf("%s became %s, whose contrast is %.2f", brand, fill, least)
	}
}

// The stylesheet's own colours, against which the shades are chosen, are written down twice.
func TestTheGroundsAreThoseOfTheStylesheet(t *testing.T) {
	css, err := os.ReadFile("../static/src/app.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"--color-bg: light-dark(oklch(0.984 0.002 265), oklch(0.163 0.008 265));",
		"--color-surface: light-dark(oklch(1 0 0), oklch(0.204 0.009 265));",
		"--color-raised: light-dark(oklch(0.97 0.003 265), oklch(0.25 0.011 265));",
		"--color-muted: light-dark(oklch(0.48 0.018 265), oklch(0.74 0.014 265));",
	} {
		if !strings.Contains(string(css), line) {
			t.Errorf("app.css no longer says %q: choose the shades against what it says now", line)
		}
	}
}
