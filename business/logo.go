package business

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // read as they are uploaded
	"image/png"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // likewise

	"github.com/your-org/waitlist-management/problem"
)

const (
	// MostLogoBytes is how large an uploaded file may be.
	MostLogoBytes = 2 << 20

	mostLogoSide   = 4096      // pixels, of an uploaded picture
	mostLogoPixels = 8_000_000 // 64 MB unpacked, at 16 bits a channel
	leastLogoSide  = 16        // pixels: less can't be made out

	// What is kept: twice as many pixels as the largest place shows, for sharp screens.
	logoWidth, logoHeight = 480, 160
)

// Plate is what was put behind a logo that one can see through.
type Plate string

// The plates. A dark logo gets a light one and the other way round, so that both are seen by light and in the dark.
const (
	NoPlate    Plate = "none"
	LightPlate Plate = "light"
	DarkPlate  Plate = "dark"
)

var (
	lightPlate = color.NRGBA{255, 255, 255, 255}
	darkPlate  = color.NRGBA{24, 24, 27, 255}
)

// picture is a logo as it is kept.
type picture struct {
	png           []byte
	width, height int
	plate         Plate
}

func (p picture) hash() string {
	sum := sha256.Sum256(p.png)
	return hex.EncodeToString(sum[:8])
}

// drawing lets one picture be unpacked at a time: a large one takes much memory.
var drawing sync.Mutex

// drawLogo draws an uploaded picture anew, at the size of a logo: nothing else that the file may hold is kept. What is refused is
// problem.InvalidInput with the field logo.
func drawLogo(file []byte) (picture, error) {
	refuse := func(key string, args ...any) (picture, error) {
		return picture{}, problem.Invalid(problem.Bad("logo", key, args...))
	}
	if len(file) == 0 {
		return refuse("profile.bad.logo_none")
	}
	if len(file) > MostLogoBytes {
		return refuse("profile.bad.logo_bytes", "Most", MostLogoBytes>>20)
	}
	// The size is in the head of the file: a bomb is refused before it is unpacked.
	head, format, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case err != nil:
		return refuse("profile.bad.logo_kind")
	case head.Width < leastLogoSide || head.Height < leastLogoSide:
		return refuse("profile.bad.logo_small", "Least", leastLogoSide)
	case head.Width > mostLogoSide || head.Height > mostLogoSide || head.Width*head.Height > mostLogoPixels:
		return refuse("profile.bad.logo_large", "Width", head.Width, "Height", head.Height)
	}
	drawing.Lock()
	defer drawing.Unlock()
	source, _, err := image.Decode(bytes.NewReader(file))
	if err != nil || source.Bounds().Dx() != head.Width || source.Bounds().Dy() != head.Height {
		return refuse("profile.bad.logo_broken")
	}
	if format == "jpeg" {
		source = upright(source, orientation(file))
	}
	drawn, plate, empty := onPlate(fitted(source))
	if empty {
		return refuse("profile.bad.logo_empty")
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, drawn); err != nil {
		return picture{}, fmt.Errorf("drawing a logo: %w", err)
	}
	return picture{out.Bytes(), drawn.Bounds().Dx(), drawn.Bounds().Dy(), plate}, nil
}

// fitted is the picture at the size of a logo, never larger than it came.
func fitted(source image.Image) *image.NRGBA {
	width, height := source.Bounds().Dx(), source.Bounds().Dy()
	if scale := min(1, float64(logoWidth)/float64(width), float64(logoHeight)/float64(height)); scale < 1 {
		width, height = max(1, int(float64(width)*scale+0.5)), max(1, int(float64(height)*scale+0.5))
	}
	small := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Bounds(), source, source.Bounds(), draw.Src, nil)
	return small
}

// onPlate puts a picture that one can see through on a plate with a margin; empty when there is nothing to see at all.
func onPlate(source *image.NRGBA) (drawn *image.NRGBA, plate Plate, empty bool) {
	through, seen, bright := false, 0.0, 0.0
	for i := 0; i < len(source.Pix); i += 4 {
		r, g, b, a := float64(source.Pix[i]), float64(source.Pix[i+1]), float64(source.Pix[i+2]), float64(source.Pix[i+3])/255
		through = through || a < 0.99
		seen += a
		bright += a * (0.2126*r + 0.7152*g + 0.0722*b) / 255
	}
	switch {
	case seen < 1:
		return source, NoPlate, true
	case !through:
		return source, NoPlate, false
	}
	plate, ground := LightPlate, lightPlate
	if bright/seen > 0.72 {
		plate, ground = DarkPlate, darkPlate
	}
	margin := max(4, source.Bounds().Dy()/10)
	drawn = image.NewNRGBA(image.Rect(0, 0, source.Bounds().Dx()+2*margin, source.Bounds().Dy()+2*margin))
	draw.Draw(drawn, drawn.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(drawn, source.Bounds().Add(image.Pt(margin, margin)), source, image.Point{}, draw.Over)
	return drawn, plate, false
}
