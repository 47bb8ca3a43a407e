package admin_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// upload sends a file as the form of the logo does.
func (s *site) upload(file []byte) answer {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("logo", `"><script>.png`)
	s.check(err)
	_, err = part.Write(file)
	s.check(err)
	s.check(form.Close())
	return s.askWith("POST", paths.Logo, &body, "Content-Type", form.FormDataContentType())
}

// wide and tall are logos that no frame was made for; the second can be seen through.
func wide() []byte { return drawn(image.Rect(0, 0, 1200, 120), color.NRGBA{240, 90, 40, 255}, false) }
func tall() []byte { return drawn(image.Rect(0, 0, 200, 800), color.NRGBA{20, 24, 60, 255}, true) }

func drawn(size image.Rectangle, c color.NRGBA, through bool) []byte {
	m := image.NewNRGBA(size)
	if !through {
		draw.Draw(m, size, image.NewUniform(color.White), image.Point{}, draw.Src)
	}
	for step := range 8 { // stripes, with room around them
		w, h := size.Dx()/16, size.Dy()/16
		stripe := image.Rect(step*2*w+w/2, h, step*2*w+w+w/2, size.Dy()-h)
		draw.Draw(m, stripe, image.NewUniform(c), image.Point{}, draw.Over)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestALogoIsUploadedShownRemovedAndBroughtBack(t *testing.T) {
	s := open(t)
	if a := s.upload([]byte("no picture")).refuses("logo"); !strings.Contains(a.main(), "PNG, JPEG or WebP file") {
		t.Error("it isn't said what can be read")
	}
	s.upload(make([]byte, 3<<20)).refuses("logo").says("at most 2 MB")
	if a := s.upload(make([]byte, 7<<20)); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("seven megabytes: %d", a.status)
	}
	page := s.leadsTo(s.upload(wide()), paths.Look).says("This is your logo now.")
	src := page.Find("#logo img").AttrOr("src", "")
	if !strings.HasPrefix(src, paths.Join(s.Slug)+"/logo?v=") || page.Find(".wl-brand img").AttrOr("src", "") != src {
		t.Fatalf("the logo is at %q", src)
	}
	got := s.get(src)
	for header, want := range map[string]string{
		"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=31536000, immutable", "Cross-Origin-Resource-Policy": "cross-origin",
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s: %q", header, got.header.Get(header))
		}
	}
	if plain := s.get(paths.Join(s.Slug) + "/logo?v=old"); plain.header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("another version is kept: %q", plain.header.Get("Cache-Control"))
	}
	removed := s.leadsTo(s.press(page, paths.LogoRemoval, nil), paths.Look).says("The logo is removed.", "No logo yet")
	if a := s.get(src); a.status != http.StatusNotFound {
		t.Errorf("a removed logo answers %d", a.status)
	}
	undo := removed.Find("#flash form").AttrOr("action", "")
	s.leadsTo(s.ask("POST", undo, url.Values{}), paths.Look).says("The logo is back.")
	if a := s.get(src); a.status != http.StatusOK {
		t.Errorf("a logo that is back answers %d", a.status)
	}
}

func TestAColourIsSeenBeforeItIsSavedAndThenOnEveryPage(t *testing.T) {
	s := open(t)
	s.staffed()
	page := s.page(paths.Look, "Business profile").silent("takes its place")
	seen := s.get(paths.Look+"?colour=%23fff9c4&picked=%23fff9c4&was=").says("takes its place", "Your colour as it is.", "Black text on it")
	sheet := s.get(seen.Find("#colour-preview link").AttrOr("href", ""))
	if !strings.HasPrefix(sheet.body, ".wl-sample,.wl-sample-fill{--color-brand:light-dark(#") || !strings.Contains(sheet.body, ",#fff9c4)") {
		t.Errorf("the preview's colours: %s", sheet.body)
	}
	s.pressLive(page, paths.Look, "colour-form", url.Values{"colour": {"beige"}}).refuses("colour").partOnly("colour-form")
	if join := s.get(paths.Join(s.Slug)); join.Find(`link[href*="brand.css"]`).Length() != 0 {
		t.Error("a colour is used that isn't saved")
	}
	saved := s.leadsTo(s.press(page, paths.Look, url.Values{"colour": {"#fff9c4"}}), paths.Look).says("The colour is saved.")
	s.Pass(3 * time.Second)
	for _, a := range []answer{saved, s.get(paths.Join(s.Slug)), s.get(paths.Admin)} {
		href := a.Find(`link[href*="brand.css"]`).AttrOr("href", "")
		css := s.get(href)
		if css.header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(css.header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(css.body, ":root{--color-brand:") {
			t.Errorf("%q: %v %s", href, css.header, css.body)
		}
	}
	s.press(page, paths.Look, url.Values{"colour": {"#000"}}).says("Somebody saved these settings")
	if got := s.get(paths.PreviewSheet("red;}")); got.status != http.StatusNotFound {
		t.Errorf("what is no colour: %d", got.status)
	}
}

func TestAChangedAddressLeadsOnFromThePoster(t *testing.T) {
	s := open(t)
	s.staffed()
	page := s.page(paths.PublicAddress, "Business profile").says(s.server.URL + paths.Join(s.Slug))
	s.press(page, paths.PublicAddress, url.Values{"slug": {"nord-hair"}}).refuses("sure")
	s.leadsTo(s.press(page, paths.PublicAddress, url.Values{"slug": {"nord-hair"}, "sure": {"on"}}), paths.PublicAddress).says("Former addresses", s.server.URL+paths.Join(s.Slug))
	s.Pass(3 * time.Second)
	for _, at := range []string{"", "?lang=de", "/code.svg", "/sent"} {
		a := s.get(paths.Join(s.Slug) + at)
		if a.status != http.StatusTemporaryRedirect || a.header.Get("Location") != paths.Join("nord-hair")+at {
			t.Errorf("%q: %d to %q", at, a.status, a.header.Get("Location"))
		}
	}
	if a := s.ask("POST", paths.Join(s.Slug), url.Values{"name": {"Ada"}}); a.status != http.StatusTemporaryRedirect {
		t.Errorf("a form that was open: %d", a.status)
	}
	if a := s.get(paths.Join("never-was")); a.status != http.StatusNotFound {
		t.Errorf("an address nobody had: %d", a.status)
	}
}

// The nastiest a business can choose: a colour that is lost by light, one that is lost in the dark, logos that are far too wide or tall.
func TestWhateverItChoosesABusinessLooksRight(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 2, "10:00", 45*time.Minute)
	s.Send()
	profile := s.page(paths.Profile, "Business profile")
	s.leadsTo(s.press(profile, paths.Profile, url.Values{
		"street": {"Lange Straße der Republik 128 b"}, "postcode": {"10119"}, "town": {"Berlin"}, "country": {"DE"}, "phone": {"030 901820"}, "email": {"hallo@studio-nord-am-hackeschen-markt.de"},
		"website": {"www.studio-nord-am-hackeschen-markt.de"}, "privacy": {"https://studio-nord.de/datenschutz"},
	}), paths.Profile)
	b := browser.Start(t)
	screens := map[string]browser.Screen{"phone": browser.Phone, "tablet-dark": browser.Tablet.InTheDark(), "desktop": browser.Desktop, "phone-dark": browser.Phone.InTheDark()}
	pages := map[string]*browser.Page{}
	for name, screen := range screens {
		pages[name] = b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
	}
	for dress, logo := range map[string][]byte{"#fff9c4": wide(), "#0b0b0f": tall()} {
		s.leadsTo(s.upload(logo), paths.Look)
		s.leadsTo(s.press(s.get(paths.Look), paths.Look, url.Values{"colour": {dress}}), paths.Look)
		for name, page := range pages {
			for picture, at := range map[string]string{
				"look": paths.Look, "address": paths.PublicAddress + "?lang=de", "profile": paths.Profile + "?lang=de", "launch": paths.Launch + "?lang=de", "overview": paths.Admin + "?lang=en",
				"offer": paths.Offer(s.OfferTo(who)), "join": paths.Join(s.Slug),
			} {
				page.Go(s.server.URL + at)
				page.Picture(fmt.Sprintf("dress-%s-%s-%s", strings.Trim(dress, "#"), picture, name))
				page.Fits()
				page.Reachable()
				page.Accessible()
			}
		}
	}
	page := pages["phone"]
	page.Go(s.server.URL + paths.Look + "?lang=en")
	page.Set("#f-picked", "#00ff00")
	page.Wait(`document.querySelector("#f-colour").value == "#00ff00"`)
	page.Wait(`!!document.querySelector("#colour-preview link[href$=\"%2300ff00\"]")`)
	page.SeeText("#colour-preview", "takes its place")
	page.Picture("look-picked")
	browser.Valid(t, map[string]string{"look": s.get(paths.Look).body, "address": s.get(paths.PublicAddress).body, "launch": s.get(paths.Launch).body, "join": s.get(paths.Join(s.Slug)).body})
}
