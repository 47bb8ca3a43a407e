package bench

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
)

const (
	joinPages    = 1500 // in one round
	joinPageGoal = 0.3
)

// BenchmarkJoinPage is customers opening the page on which they join, against an Echo with one route and no middleware that sends the
// same number of bytes from memory.
func BenchmarkJoinPage(b *testing.B) {
	h := newHouse(b)
	services := []string{h.AddService("Haircut", 30*time.Minute, 0), h.AddService("Colour", 90*time.Minute, 0), h.AddService("Beard", 15*time.Minute, 0)}
	for _, name := range []string{"Mia", "Jonas", "Noor"} {
		h.AddStaffMember(name, services...)
	}
	p := h.serve(h.DB, nil)
	page, err := get(p.client, p.url+paths.Join(h.Slug))
	h.ok(err)
	bare, bareURL := bareEcho(b, page)

	same := func(client *http.Client, url string) func() float64 {
		return func() float64 {
			return each(b, joinPages, func(_, _ int) error {
				got, err := get(client, url)
				if err == nil && len(got) != len(page) {
					err = fmt.Errorf("%d bytes instead of %d", len(got), len(page))
				}
				return err
			})
		}
	}
	perSecond, most, ratio := alternate(b, same(p.client, p.url+paths.Join(h.Slug)), same(bare, bareURL))
	b.ReportMetric(perSecond, "pages/s")
	report.add(figure{
		name: "join pages", value: fmt.Sprintf("%.0f per second", perSecond), floor: fmt.Sprintf("%.0f per second: bare Echo, the same %d bytes", most, len(page)),
		ratio: fmt.Sprintf("%.2f", ratio), goal: fmt.Sprintf("at least %.1f", joinPageGoal), met: ratio >= joinPageGoal,
	})
	tapped, wire := h.tapped(nil)
	statements := wire.during(func() {
		again, err := get(tapped.client, tapped.url+paths.Join(h.Slug))
		h.ok(err)
		if !bytes.Contains(again, []byte("Studio Nord")) {
			b.Error("the page is not the business's")
		}
	})
	report.explain("What one join page asks the database", "%s", list(statements))
}

func bareEcho(b *testing.B, page []byte) (*http.Client, string) {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	e := echo.New()
	e.GET("/", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page) })
	return serve(b, listener, e), "http://" + listener.Addr().String() + "/"
}
