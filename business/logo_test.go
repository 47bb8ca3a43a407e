package business

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/draw"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// plain is a picture of one colour.
func plain(width, height int, c color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// claims is a PNG whose head says another size than it holds: what a bomb looks like.
func claims(file []byte, width, height uint32) []byte {
	bomb := bytes.Clone(file)
	binary.BigEndian.PutUint32(bomb[16:], width)
	binary.BigEndian.PutUint32(bomb[20:], height)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	return bomb
}

func TestAPictureThatIsNoLogoIsRefusedForWhatIsWrongWithIt(t *testing.T) {
	small := pngOf(t, plain(64, 64, color.NRGBA{200, 0, 0, 255}))
	for _, c := range []struct {
		what string
		file []byte
		key  string
	}{
		{"no file", nil, "profile.bad.logo_none"},
		{"text", []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "profile.bad.logo_kind"},
		{"a GIF", []byte("GIF89a\x40\x00\x40\x00\x80\x00\x00"), "profile.bad.logo_kind"},
		{"a file too large", append(bytes.Clone(small), make([]byte, MostLogoBytes)...), "profile.bad.logo_bytes"},
		{"a speck", pngOf(t, plain(15, 64, color.White)), "profile.bad.logo_small"},
		{"a bomb", claims(small, 60000, 60000), "profile.bad.logo_large"},
		{"one side too long", claims(small, mostLogoSide+1, 64), "profile.bad.logo_large"},
		{"too many pixels", claims(small, 4000, 2001), "profile.bad.logo_large"},
		{"half a picture", small[:len(small)-30], "profile.bad.logo_broken"},
		{"a head that lies", claims(small, 128, 64), "profile.bad.logo_broken"},
		{"nothing to see", pngOf(t, plain(64, 64, color.NRGBA{255, 0, 0, 0})), "profile.bad.logo_empty"},
	} {
		_, err := drawLogo(c.file)
		var p *problem.Error
		if !errors.As(err, &p) || len(p.Fields) != 1 || p.Fields[0].Name != "logo" || p.Fields[0].Key != c.key {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestALogoIsDrawnAnewAtItsSize(t *testing.T) {
	for _, c := range []struct {
		what          string
		file          []byte
		width, height int
		plate         Plate
		atCorner      color.NRGBA
	}{
		{"a wide photo", jpegOf(t, plain(2000, 100, color.White)), 480, 24, NoPlate, color.NRGBA{255, 255, 255, 255}},
		{"a tall one", pngOf(t, plain(100, 2000, color.Black)), 8, 160, NoPlate, color.NRGBA{0, 0, 0, 255}},
		{"a small one stays small", pngOf(t, plain(40, 20, color.Black)), 40, 20, NoPlate, color.NRGBA{0, 0, 0, 255}},
		{"a dark one to see through gets white", pngOf(t, half(color.NRGBA{20, 20, 60, 255})), 110, 60, LightPlate, lightPlate},
		{"a light one to see through gets black", pngOf(t, half(color.NRGBA{250, 250, 230, 255})), 110, 60, DarkPlate, darkPlate},
	} {
		p, err := drawLogo(c.file)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		back, err := png.Decode(bytes.NewReader(p.png))
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if p.width != c.width || p.height != c.height || back.Bounds().Dx() != c.width || back.Bounds().Dy() != c.height || p.plate != c.plate {
			t.Errorf("%s: %d × %d on %s, want %d × %d on %s", c.what, p.width, p.height, p.plate, c.width, c.height, c.plate)
		}
		if got := color.NRGBAModel.Convert(back.At(0, 0)); got != c.atCorner {
			t.Errorf("%s: its corner is %v", c.what, got)
		}
	}
}

// half is a picture whose left half is of one colour and whose right half can be seen through.
func half(c color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 100, 50))
	draw.Draw(m, image.Rect(0, 0, 50, 50), image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

// A phone writes beside a picture how it was held, and where: the first is done, the second is not kept.
func TestAPhotoStandsUprightAndTellsNothingElse(t *testing.T) {
	m := plain(60, 40, color.White)
	draw.Draw(m, image.Rect(0, 0, 30, 40), image.NewUniform(color.Black), image.Point{}, draw.Src) // black at the left
	file := jpegOf(t, m)
	for turn, black := range map[uint16]image.Point{1: {5, 20}, 2: {55, 20}, 3: {55, 20}, 4: {5, 20}, 5: {20, 5}, 6: {20, 5}, 7: {20, 55}, 8: {20, 55}} {
		exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
		exif = append(binary.LittleEndian.AppendUint16(exif, turn), "\x00\x00\x00\x00\x00\x00SECRET PLACE"...)
		marked := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
		marked = append(append(marked, exif...), file[2:]...)
		p, err := drawLogo(marked)
		if err != nil {
			t.Fatal(err)
		}
		back, err := png.Decode(bytes.NewReader(p.png))
		if err != nil {
			t.Fatal(err)
		}
		if r, _, _, _ := back.At(black.X, black.Y).RGBA(); r > 0x4000 {
			t.Errorf("turn %d: no black at %v of %v", turn, black, back.Bounds())
		}
		if bytes.Contains(p.png, []byte("SECRET")) {
			t.Errorf("turn %d: what stood beside the picture is kept", turn)
		}
	}
	for _, torn := range [][]byte{{}, {0xff, 0xd8}, {0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff}, []byte("\xff\xd8\xff\xe1\x00\x14Exif\x00\x00II*\x00\xff\xff\xff\x7f\x00\x00")} {
		if got := orientation(torn); got != 1 {
			t.Errorf("%x is turned by %d", torn, got)
		}
	}
}

func TestAnAddressIsWrittenAsInItsCountry(t *testing.T) {
	for _, c := range []struct{ street, postcode, town, country, want string }{
		{"Torstr. 1", "10119", "Berlin", "DE", "Torstr. 1, 10119 Berlin"},
		{"1 High St", "SW1A 1AA", "London", "GB", "1 High St, London SW1A 1AA"},
		{"5 Main St", "62701", "Springfield, IL", "US", "5 Main St, Springfield, IL 62701"},
		{"", "", "Wien", "AT", "Wien"}, {"Gasse 1", "", "", "", "Gasse 1"}, {"", "", "", "DE", ""},
	} {
		if got := addressLine(c.street, c.postcode, c.town, c.country); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestOnlyAnAddressOfTheWholeInternetIsPublic(t *testing.T) {
	for base, want := range map[string]bool{
		"https://wait.studio-nord.de": true, "https://example.org/wait": true, "https://203.0.113.7": true, "https://[2606:4700::1]": true,
		"http://wait.studio-nord.de": false, "https://localhost": false, "https://localhost:3000": false, "https://nas": false, "https://nas.local": false,
		"https://app.localhost.": false, "https://192.168.1.5": false, "https://127.0.0.1": false, "https://[::1]": false, "https://10.0.0.1:8443": false, "https://a.test": false,
	} {
		if got := public(paths.Base(base)); got != want {
			t.Errorf("%s: %v", base, got)
		}
	}
}
