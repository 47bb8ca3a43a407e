package rules

import "math"

// What WCAG 2.2 asks for, level AA.
const (
	TextContrast  = 4.5 // 1.4.3: text on what is behind it
	ShapeContrast = 3   // 1.4.11: a button, a ring, on what is around it
)

// Palette is a business's colour as pages use it, by light and in the dark.
type Palette struct{ Light, Dark Shades }

// Shades are one colour in its parts: a fill with its text, an ink for text on a page, a soft ground behind ink.
type Shades struct {
	Fill   Colour // a button
	Hover  Colour // a button under the pointer
	OnFill Colour // the text of the button: white or black
	Ink    Colour // text, links, the frame around what has the focus
	Soft   Colour // the ground of a mark or a chosen line
}

// ground is what a page is made of, and what becomes of a colour there. static/src/app.css says the same as --color-bg, --color-surface,
// --color-raised and --color-muted.
type ground struct {
	surfaces         []Colour
	softLight        float64 // lightness of the soft ground
	softMost, softOf float64 // its chroma: this part of the brand's, at most so much
	away             float64 // which way hovering goes: -1 darker, 1 lighter
}

var hueOfGrey = 265 * math.Pi / 180

func shade(l, c float64) Colour { return oklch{l, c, hueOfGrey}.colour() }

var (
	byLight = ground{
		surfaces:  []Colour{shade(0.984, 0.002), white, shade(0.97, 0.003)},
		softLight: 0.955, softMost: 0.03, softOf: 0.12, away: -1,
	}
	inTheDark = ground{
		surfaces:  []Colour{shade(0.163, 0.008), shade(0.204, 0.009), shade(0.25, 0.011)},
		softLight: 0.29, softMost: 0.065, softOf: 0.35, away: 1,
	}
)

// PaletteOf makes the shades of a business's colour so that everything can be read: text on the fill and on the soft ground, ink on a page
// and on the soft ground reach TextContrast, the fill on a page ShapeContrast. The fill is the colour itself wherever that may be, else the
// nearest by lightness.
func PaletteOf(brand Colour) Palette {
	return Palette{Light: byLight.shades(brand), Dark: inTheDark.shades(brand)}
}

// Adjusted tells where the fill had to become another colour than the business's own.
func (p Palette) Adjusted(brand Colour) (byLight, inTheDark bool) {
	return p.Light.Fill != brand, p.Dark.Fill != brand
}

func (g ground) shades(brand Colour) (s Shades) {
	s.OnFill = white
	s.Fill = nearest(brand, g.stands)
	// White is what people expect on a strong colour: for that it may become a little darker. A lighter one gets black.
	if Contrast(white, s.Fill) < almostText {
		s.OnFill = black
	}
	s.Fill = nearest(brand, func(c Colour) bool { return g.stands(c) && Contrast(s.OnFill, c) >= TextContrast })
	s.Hover = g.hover(s)
	tone := brand.oklch()
	s.Soft = oklch{g.softLight, min(g.softMost, g.softOf*tone.c), tone.h}.colour()
	under := append([]Colour{s.Soft, mixed(s.Fill, 0.1, s.Soft)}, g.surfaces...)
	s.Ink = nearest(brand, func(c Colour) bool { return all(under, c, TextContrast) })
	return s
}

// almostText is from where white text is worth a darker fill.
const almostText = 3.5

// stands tells whether a fill can be told from all that may be around it.
func (g ground) stands(c Colour) bool { return all(g.surfaces, c, ShapeContrast) }

func all(grounds []Colour, c Colour, contrast float64) bool {
	for _, one := range grounds {
		if Contrast(one, c) < contrast {
			return false
		}
	}
	return true
}

// hover is a step away from the fill, or back, as far as its text can still be read.
func (g ground) hover(s Shades) Colour {
	tone := s.Fill.oklch()
	for _, step := range []float64{0.05, 0.04, 0.03, 0.02} {
		for _, way := range []float64{g.away, -g.away} {
			c := oklch{min(1, max(0, tone.l+way*step)), tone.c, tone.h}.colour()
			if c != s.Fill && g.stands(c) && Contrast(s.OnFill, c) >= TextContrast {
				return c
			}
		}
	}
	return s.Fill
}

// nearest is the colour itself when it will do, else the one next to it by lightness that does; the darker of two.
func nearest(c Colour, do func(Colour) bool) Colour {
	if do(c) {
		return c
	}
	tone := c.oklch()
	for away := 0.002; away <= 1; away += 0.002 {
		for _, l := range []float64{tone.l - away, tone.l + away} {
			if l < 0 || l > 1 {
				continue
			}
			if near := (oklch{l, tone.c, tone.h}).colour(); do(near) {
				return near
			}
		}
	}
	return c // never: from black to white every contrast is met somewhere
}
