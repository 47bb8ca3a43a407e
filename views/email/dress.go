package email

import (
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Dress is what makes a letter look like the business's own. The zero value is the program's. A letter reads as well without: many
// readers show no pictures.
type Dress struct {
	Colours       *rules.Palette
	Logo          string // absolute address; empty: none
	Width, Height string // of the logo, in CSS pixels
	Contact       []string
}

func dress(b waitlist.Business, base paths.Base) (d Dress) {
	if colour, ok := rules.ParseColour(b.Look.Colour); ok {
		palette := rules.PaletteOf(colour)
		d.Colours = &palette
	}
	if logo := b.Look.Logo; logo.Hash != "" {
		d.Logo = base.Abs(paths.LogoImage(b.Slug, logo.Hash))
		d.Width, d.Height = fmt.Sprint(max(1, logo.Width/2)), fmt.Sprint(max(1, logo.Height/2))
	}
	d.Contact = contact(b)
	return d
}

// contact are the lines that say where the business is and how to reach it.
func contact(b waitlist.Business) (lines []string) {
	if where := place(b); where != "" {
		lines = append(lines, where)
	}
	var ways []string
	if b.Phone != "" {
		ways = append(ways, i18n.Phone(b.Phone))
	}
	for _, way := range []string{b.Email, b.Website} {
		if way != "" {
			ways = append(ways, way)
		}
	}
	if len(ways) > 0 {
		lines = append(lines, strings.Join(ways, " · "))
	}
	return lines
}

// sheet has the shades in place of the program's; what styles says elsewhere stays.
func (d Dress) sheet() string {
	if d.Colours == nil {
		return ""
	}
	half := func(s rules.Shades) string {
		return fmt.Sprintf(".highlight, .circle { background-color: %s; color: %[2]s; } .button { background-color: %[3]s; } .card { border-top-color: %[3]s; } "+
			".press { color: %[4]s; } .link { color: %[2]s; }",
			s.Soft, s.Ink, s.Fill, s.OnFill)
	}
	return "<style>" + half(d.Colours.Light) + " @media (prefers-color-scheme: dark) { " + half(d.Colours.Dark) + " }</style>"
}
