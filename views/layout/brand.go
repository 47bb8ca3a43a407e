package layout

import (
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// sheetVersion is part of the address of a business's stylesheet: raise it when BrandSheet says something else about the same colour.
const sheetVersion = "1"

// BrandVersion is the version of BrandSheet for a colour as a business chose it.
func BrandVersion(colour string) string { return strings.TrimPrefix(colour, "#") + "-" + sheetVersion }

// BrandSheet gives what selector stands for the shades of a colour, in place of the program's own. static/src/app.css names the same
// properties.
func BrandSheet(selector string, colour rules.Colour) string {
	p := rules.PaletteOf(colour)
	var css strings.Builder
	css.WriteString(selector + "{")
	for _, one := range []struct {
		name        string
		light, dark rules.Colour
	}{
		{"brand", p.Light.Fill, p.Dark.Fill}, {"brand-hover", p.Light.Hover, p.Dark.Hover}, {"on-brand", p.Light.OnFill, p.Dark.OnFill},
		{"brand-ink", p.Light.Ink, p.Dark.Ink}, {"brand-soft", p.Light.Soft, p.Dark.Soft},
	} {
		fmt.Fprintf(&css, "--color-%s:light-dark(%s,%s);", one.name, one.light, one.dark)
	}
	css.WriteString("}\n")
	return css.String()
}

// brandSheet is the address of the stylesheet with the business's colours; empty when it has none.
func (p Page) brandSheet() string {
	if p.Look.Colour == "" || p.Slug == "" {
		return ""
	}
	return paths.BrandSheet(p.Slug, BrandVersion(p.Look.Colour))
}

// shownSize is the size of a logo in CSS pixels, within a height.
func shownSize(l waitlist.Logo, highest int) (width, height string) {
	w, h := float64(l.Width)/2, float64(l.Height)/2
	if scale := float64(highest) / h; scale < 1 {
		w, h = w*scale, h*scale
	}
	return fmt.Sprintf("%.0f", max(1, w)), fmt.Sprintf("%.0f", max(1, h))
}

// alone tells that a logo is so wide that it most likely spells the name: there is no room for both.
func (p Page) alone() bool {
	return p.hasLogo() && p.Look.Logo.Width >= 2*p.Look.Logo.Height
}

func (p Page) hasLogo() bool { return p.Look.Logo.Hash != "" && p.Slug != "" }

// logoAlt is what stands for the logo: the name, unless that stands beside it.
func (p Page) logoAlt() string {
	if p.alone() {
		return p.Business
	}
	return ""
}

// Contact is how customers reach a business. Empty parts are left out.
type Contact struct {
	Address string // on one line
	Phone   string // E.164
	Email   string
	Website string
	Privacy string
}

func (c Contact) any() bool { return c != Contact{} }

func (c Contact) phoneText() string { return i18n.Phone(c.Phone) }

// website is its address without what everybody leaves out.
func (c Contact) website() string {
	_, plain, _ := strings.Cut(c.Website, "://")
	return strings.TrimSuffix(strings.TrimPrefix(plain, "www."), "/")
}
