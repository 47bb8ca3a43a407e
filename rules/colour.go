package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is an sRGB colour of eight bits a channel.
type Colour struct{ R, G, B uint8 }

var (
	white = Colour{255, 255, 255}
	black = Colour{}
)

// ParseColour reads #1a2b3c or #abc, with or without the #.
func ParseColour(text string) (c Colour, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "#")
	if len(text) == 3 {
		text = string([]byte{text[0], text[0], text[1], text[1], text[2], text[2]})
	}
	n, err := strconv.ParseUint(text, 16, 32)
	if err != nil || len(text) != 6 {
		return Colour{}, false
	}
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true // the lowest eight bits of each
}

// String is #1a2b3c.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Luminance is the relative luminance of WCAG 2.2, 0 (black) to 1 (white).
func (c Colour) Luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Contrast is the contrast ratio of WCAG 2.2, 1 to 21, whichever of the two is the lighter.
func Contrast(a, b Colour) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// linear undoes the gamma of a channel: 0 to 1. The knee is the one of IEC 61966-2-1; no 8-bit value lies between it and WCAG's.
func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func unlinear(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// oklch is a colour by its lightness as the eye sees it (0 to 1), its chroma (0: grey) and its hue in radians.
// https://bottosson.github.io/posts/oklab/
type oklch struct{ l, c, h float64 }

func (c Colour) oklch() oklch {
	lab := c.oklab()
	return oklch{lab[0], math.Hypot(lab[1], lab[2]), math.Atan2(lab[2], lab[1])}
}

func (c Colour) oklab() [3]float64 {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// ofOklab is the nearest colour, and whether screens can show that very one.
func ofOklab(lab [3]float64) (c Colour, within bool) {
	l := lab[0] + 0.3963377774*lab[1] + 0.2158037573*lab[2]
	m := lab[0] - 0.1055613458*lab[1] - 0.0638541728*lab[2]
	s := lab[0] - 0.0894841775*lab[1] - 1.2914855480*lab[2]
	l, m, s = l*l*l, m*m*m, s*s*s
	within = true
	channel := func(v float64) uint8 {
		v = unlinear(v) * 255
		within = within && v > -0.5 && v < 255.5
		return uint8(math.Round(min(255, max(0, v))))
	}
	c.R = channel(4.0767416621*l - 3.3077115913*m + 0.2309699292*s)
	c.G = channel(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s)
	c.B = channel(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s)
	return c, within
}

// colour gives up as much chroma as it takes for screens to show it: lightness and hue stay.
func (o oklch) colour() Colour {
	for c := o.c; c > 0; c -= 0.002 {
		if shown, within := ofOklab([3]float64{o.l, c * math.Cos(o.h), c * math.Sin(o.h)}); within {
			return shown
		}
	}
	grey, _ := ofOklab([3]float64{o.l, 0, 0})
	return grey
}

// mixed is so much (0 to 1) of a in b, mixed in Oklab as the stylesheet does.
func mixed(a Colour, much float64, b Colour) Colour {
	x, y := a.oklab(), b.oklab()
	var lab [3]float64
	for i := range lab {
		lab[i] = much*x[i] + (1-much)*y[i]
	}
	c, _ := ofOklab(lab)
	return c
}
