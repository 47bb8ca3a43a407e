package email

import (
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestALetterIsDressedAsItsBusiness(t *testing.T) {
	p := offerPage()
	p.Business.Phone, p.Business.Email, p.Business.Website = "+4930901820", "hallo@studio-nord.de", "https://studio-nord.de"
	p.Business.Look = waitlist.Look{Colour: "#fff9c4", Logo: waitlist.Logo{Hash: "0123456789abcdef", Width: 480, Height: 48}}
	letter := Offer(paper(i18n.For("en")), p)
	raw, doc := html(t, letter)
	if foot := doc.Find("td.foot").Text(); !strings.Contains(foot, "Torggata 12, 0181 Oslo") || !strings.Contains(foot, "+49 30 901820 · hallo@studio-nord.de · https://studio-nord.de") {
		t.Errorf("the foot says %q", foot)
	}
	if !strings.Contains(letter.Text(), "-- \nStudio Nord\nTorggata 12, 0181 Oslo\n+49 30 901820 · ") {
		t.Errorf("the text says\n%s", letter.Text())
	}
	logo := doc.Find("td.sender img")
	if logo.AttrOr("src", "") != "https://wait.example/b/studio-nord/logo?v=0123456789abcdef" || logo.AttrOr("width", "") != "240" || logo.AttrOr("height", "") != "24" {
		t.Errorf("the logo: %s", raw)
	}
	brand, _ := rules.ParseColour("#fff9c4")
	shades := rules.PaletteOf(brand)
	for selector, want := range map[string]string{
		"td.button": "background-color:" + shades.Light.Fill.String(), "a.press": "color:" + shades.Light.OnFill.String(),
		".highlight": "background-color:" + shades.Light.Soft.String(), "a.link": "color:" + shades.Light.Ink.String(),
	} {
		if style := doc.Find(selector).AttrOr("style", ""); !strings.Contains(style, want) {
			t.Errorf("%s: %q lacks %s", selector, style, want)
		}
	}
	if head := doc.Find("head style").Text(); !strings.Contains(head, shades.Dark.Fill.String()) {
		t.Errorf("nothing for the dark: %s", head)
	}
}

func TestALetterReadsAsWellUndressed(t *testing.T) {
	_, doc := html(t, Offer(paper(i18n.For("en")), offerPage()))
	if doc.Find("img").Length() != 0 || strings.TrimSpace(doc.Find("td.sender").Text()) != "Studio Nord" {
		t.Error("a business without a logo has one")
	}
}
