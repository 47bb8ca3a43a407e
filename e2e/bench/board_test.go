package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
)

// tablet is a browser at the counter, logged in.
type tablet struct {
	*program
	client *http.Client
}

// tablet logs somebody in through the page.
func (h *house) tablet(p *program) tablet {
	h.b.Helper()
	const email, password = "ada@example.org", "correct horse battery"
	_, err := p.accounts.CreateAdmin(h.Context(), accounts.CreateAdmin{Email: email, Name: "Ada", Business: h.Slug, Password: password})
	h.ok(err)
	jar, err := cookiejar.New(nil)
	h.ok(err)
	client := *p.client
	client.Jar = jar
	r, err := http.NewRequestWithContext(h.Context(), http.MethodPost, p.url+paths.Login, strings.NewReader(url.Values{"email": {email}, "password": {password}}.Encode()))
	h.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, err = ask(&client, r, http.StatusSeeOther)
	h.ok(err)
	return tablet{p, &client}
}

// refresh asks for the board as the page does when something has changed.
func (t tablet) refresh(query string) ([]byte, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, t.url+paths.Counter+query, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Request-Type", "partial")
	r.Header.Set("HX-Target", "div#"+counter.BoardID)
	body, err := ask(t.client, r, http.StatusOK)
	if err == nil && (bytes.Contains(body, []byte("<html")) || !bytes.Contains(body, []byte(`id="`+counter.BoardID+`"`))) {
		err = fmt.Errorf("not the board alone:\n%s", body)
	}
	return body, err
}

// busy is a house with a day's work: staff members with offers out and bookings, and people who wait.
func (h *house) busy(waiting int) {
	h.b.Helper()
	service := h.AddService("Haircut", 30*time.Minute, 0)
	h.crowd(service, waiting+6, nil)
	for i := range 3 {
		staff := h.AddStaffMember([]string{"Mia", "Jonas", "Noor"}[i], service)
		h.Open(staff, 0, "14:00", 30*time.Minute)
		h.Open(staff, 0, "15:00", 30*time.Minute)
	}
	h.Send()
	if n := h.number("SELECT COUNT(*) FROM offers WHERE state = 'pending'"); n != 6 {
		h.b.Fatalf("%d offers are out", n)
	}
}

// BenchmarkBoard is what a tablet is sent each time the board changes.
func BenchmarkBoard(b *testing.B) {
	for _, c := range []struct {
		waiting     int
		query, name string
	}{{5, "", ""}, {50, "", ""}, {500, "", ", of whom 100 are shown"}, {500, "?rows=500", ", all shown"}} {
		h := newHouse(b)
		h.busy(c.waiting)
		t := h.tablet(h.serve(h.DB, nil))
		part, err := t.refresh(c.query)
		h.ok(err)
		report.add(figure{name: fmt.Sprintf("board refresh, %d waiting%s", c.waiting, c.name), value: fmt.Sprintf("%d bytes, %d gzipped", len(part), gzipped(b, part))})
	}
}

func gzipped(b *testing.B, text []byte) int {
	b.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(text); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return packed.Len()
}
